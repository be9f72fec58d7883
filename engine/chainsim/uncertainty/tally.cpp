#include <chainsim/uncertainty/tally.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>

namespace chainsim::uncertainty {

namespace {

constexpr double two_sided = 1.959963984540054; // of a standard normal, 95 %
/// A key is found digit by digit: 11, 11 and 10 bits.
constexpr unsigned digit_bits = 11;
constexpr unsigned last_bits = 10;
constexpr std::uint32_t digit_values = 1U << digit_bits;
constexpr std::array<unsigned, QuantileFinder::passes> shifts{21, 10, 0};

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
        constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
        return {unknown, unknown, 0.0, 1.0};
    }
    const auto n = static_cast<double>(count);
    const double p = static_cast<double>(hits) / n;
    const double z2 = two_sided * two_sided;
    const double middle = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    const double half =
        two_sided * std::sqrt(p * (1.0 - p) / n + z2 / (4.0 * n * n)) / (1.0 + z2 / n);
    // At the ends the two are the same but for rounding.
    return {p, std::sqrt(p * (1.0 - p) / n), hits == 0 ? 0.0 : std::max(0.0, middle - half),
            hits == count ? 1.0 : std::min(1.0, middle + half)};
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
    const double error = n > 0.0 ? sd(column) / std::sqrt(n) : 0.0;
    const double half = two_sided * error;
    return {mean(column), error, mean(column) - half, mean(column) + half};
}

QuantileFinder::QuantileFinder(const std::vector<double>& shares) {
    searches_.reserve(shares.size());
    for (const double share : shares) {
        searches_.push_back({share, 0, 0, 0});
    }
    open_tables();
}

/// One table for each beginning that is wanted.
void QuantileFinder::open_tables() {
    prefixes_.clear();
    for (const auto& one : searches_) {
        prefixes_.push_back(one.prefix);
    }
    std::sort(prefixes_.begin(), prefixes_.end());
    prefixes_.erase(std::unique(prefixes_.begin(), prefixes_.end()), prefixes_.end());
    for (auto& one : searches_) {
        one.table = static_cast<std::size_t>(
            std::lower_bound(prefixes_.begin(), prefixes_.end(), one.prefix) - prefixes_.begin());
    }
    tables_.assign(prefixes_.size(), std::vector<std::int64_t>(digit_values, 0));
}

void QuantileFinder::add(const float* values, std::size_t count) {
    const auto at = static_cast<std::size_t>(pass_);
    const unsigned shift = shifts.at(at);
    const std::uint32_t mask = (pass_ + 1 == passes ? 1U << last_bits : digit_values) - 1U;
    for (std::size_t i = 0; i < count; ++i) {
        if (std::isnan(values[i])) {
            continue;
        }
        const std::uint32_t key = key_of(values[i]);
        const std::uint32_t prefix = pass_ == 0 ? 0 : key >> shifts.at(at - 1);
        const auto place = std::lower_bound(prefixes_.begin(), prefixes_.end(), prefix);
        count_ += pass_ == 0 ? 1 : 0;
        if (place != prefixes_.end() && *place == prefix) {
            ++tables_[static_cast<std::size_t>(place - prefixes_.begin())][(key >> shift) & mask];
        }
    }
}

void QuantileFinder::end_pass() {
    for (auto& one : searches_) {
        if (count_ == 0) {
            continue;
        }
        if (pass_ == 0) {
            const auto rank =
                static_cast<std::int64_t>(std::ceil(one.share * static_cast<double>(count_)));
            one.rank = std::clamp<std::int64_t>(rank, 1, count_);
        }
        const auto& table = tables_[one.table];
        std::uint32_t digit = 0;
        while (one.rank > table[digit]) {
            one.rank -= table[digit++];
        }
        const unsigned width = pass_ + 1 == passes ? last_bits : digit_bits;
        one.prefix = one.prefix << width | digit;
    }
    ++pass_;
    if (pass_ < passes) {
        open_tables();
    }
}

std::vector<double> QuantileFinder::found() const {
    std::vector<double> out;
    out.reserve(searches_.size());
    for (const auto& one : searches_) {
        out.push_back(count_ == 0 ? std::numeric_limits<double>::quiet_NaN()
                                  : static_cast<double>(value_of(one.prefix)));
    }
    return out;
}

} // namespace chainsim::uncertainty
