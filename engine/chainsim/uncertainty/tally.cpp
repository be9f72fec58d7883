#include <chainsim/uncertainty/tally.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <utility>

namespace chainsim::uncertainty {

namespace {

constexpr double two_sided = 1.959963984540054; // of a standard normal, 95 %
constexpr std::size_t halves = 1U << 16U;

/// A key that orders as the value does.
std::uint32_t key_of(float value) {
    const auto bits = std::bit_cast<std::uint32_t>(value);
    constexpr std::uint32_t sign = 0x80000000U;
    return (bits & sign) != 0 ? ~bits : bits | sign;
}

float value_of(std::uint32_t key) {
    constexpr std::uint32_t sign = 0x80000000U;
    return std::bit_cast<float>((key & sign) != 0 ? key & ~sign : ~key);
}

} // namespace

Estimate share_of(std::int64_t hits, std::int64_t count) {
    if (count == 0) {
        return {std::numeric_limits<double>::quiet_NaN(), 0.0, 1.0};
    }
    const auto n = static_cast<double>(count);
    const double p = static_cast<double>(hits) / n;
    const double z2 = two_sided * two_sided;
    const double middle = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    const double half =
        two_sided * std::sqrt(p * (1.0 - p) / n + z2 / (4.0 * n * n)) / (1.0 + z2 / n);
    return {p, std::max(0.0, middle - half), std::min(1.0, middle + half)};
}

Tally::Tally(std::size_t columns) : columns_(columns) {}

/// The block for itself, then joined to those before it (Chan, Golub and LeVeque 1979).
void Tally::add(std::size_t column, const float* values, std::size_t count) {
    auto& one = columns_[column];
    std::int64_t numbers = 0;
    double sum = 0.0;
    for (std::size_t i = 0; i < count; ++i) {
        const double value = values[i];
        if (std::isnan(value)) {
            continue;
        }
        const bool is_first = one.count == 0 && numbers == 0;
        one.least = is_first ? value : std::min(one.least, value);
        one.most = is_first ? value : std::max(one.most, value);
        ++numbers;
        sum += value;
    }
    one.left_out += static_cast<std::int64_t>(count) - numbers;
    if (numbers == 0) {
        return;
    }
    const auto n = static_cast<double>(numbers);
    const double mean = sum / n;
    double squares = 0.0;
    for (std::size_t i = 0; i < count; ++i) {
        if (!std::isnan(values[i])) {
            squares += (values[i] - mean) * (values[i] - mean);
        }
    }
    const auto before = static_cast<double>(one.count);
    const double step = mean - one.mean;
    one.squares += squares + step * step * before * n / (before + n);
    one.mean += step * n / (before + n);
    one.count += numbers;
}

double Tally::sd(std::size_t column) const {
    const auto& one = columns_[column];
    return one.count < 2 ? 0.0 : std::sqrt(one.squares / static_cast<double>(one.count - 1));
}

Estimate Tally::mean_of(std::size_t column) const {
    const auto n = static_cast<double>(count(column));
    const double half = n > 0.0 ? two_sided * sd(column) / std::sqrt(n) : 0.0;
    return {mean(column), mean(column) - half, mean(column) + half};
}

QuantileFinder::QuantileFinder(std::vector<double> shares)
    : shares_(std::move(shares)), uppers_(halves, 0), table_of_upper_(halves, -1) {}

void QuantileFinder::first_pass(const float* values, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        if (!std::isnan(values[i])) {
            ++uppers_[key_of(values[i]) >> 16U];
        }
    }
}

void QuantileFinder::between() {
    std::int64_t all = 0;
    for (const auto count : uppers_) {
        all += count;
    }
    for (const double share : shares_) {
        if (all == 0) {
            break;
        }
        auto rank = static_cast<std::int64_t>(std::ceil(share * static_cast<double>(all)));
        rank = std::clamp<std::int64_t>(rank, 1, all);
        std::size_t upper = 0;
        while (rank > uppers_[upper]) {
            rank -= uppers_[upper++];
        }
        if (table_of_upper_[upper] < 0) {
            table_of_upper_[upper] = static_cast<int>(lowers_.size());
            lowers_.emplace_back(halves, 0);
        }
        wanted_.push_back({rank, static_cast<std::uint32_t>(upper),
                           static_cast<std::size_t>(table_of_upper_[upper])});
    }
}

void QuantileFinder::second_pass(const float* values, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        if (std::isnan(values[i])) {
            continue;
        }
        const auto key = key_of(values[i]);
        const int table = table_of_upper_[key >> 16U];
        if (table >= 0) {
            ++lowers_[static_cast<std::size_t>(table)][key & 0xFFFFU];
        }
    }
}

std::vector<double> QuantileFinder::finish() const {
    std::vector<double> out(shares_.size(), std::numeric_limits<double>::quiet_NaN());
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
        auto rank = wanted_[i].rank;
        const auto& lowers = lowers_[wanted_[i].table];
        std::uint32_t lower = 0;
        while (rank > lowers[lower]) {
            rank -= lowers[lower++];
        }
        out[i] = static_cast<double>(value_of(wanted_[i].upper << 16U | lower));
    }
    return out;
}

} // namespace chainsim::uncertainty
