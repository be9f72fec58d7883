#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace chainsim::uncertainty {

/// A share, or a mean, with the interval in which it lies with 95 % confidence.
struct Estimate {
    double value = 0.0;
    double low = 0.0;
    double high = 0.0;
};

/// Of `count` trials `hits` came true (Wilson's interval; nothing known of none: 0 to 1).
[[nodiscard]] Estimate share_of(std::int64_t hits, std::int64_t count);

/// Sums over columns of draws, added block by block in order: the same for the same blocks. Draws
/// that are not a number are counted and left out.
///
/// Cost     memory by column alone.
class Tally {
public:
    explicit Tally(std::size_t columns);

    void add(std::size_t column, const float* values, std::size_t count);

    [[nodiscard]] std::int64_t count(std::size_t column) const { return columns_[column].count; }
    [[nodiscard]] std::int64_t left_out(std::size_t column) const {
        return columns_[column].left_out;
    }
    [[nodiscard]] double mean(std::size_t column) const { return columns_[column].mean; }
    /// With n - 1 below; 0 of one draw.
    [[nodiscard]] double sd(std::size_t column) const;
    [[nodiscard]] double least(std::size_t column) const { return columns_[column].least; }
    [[nodiscard]] double most(std::size_t column) const { return columns_[column].most; }
    /// The mean with its interval, as if draws were independent: for Sobol' points too wide.
    [[nodiscard]] Estimate mean_of(std::size_t column) const;

private:
    struct Column {
        std::int64_t count = 0;
        std::int64_t left_out = 0;
        double mean = 0.0;
        double squares = 0.0; ///< of differences to the mean
        double least = 0.0;
        double most = 0.0;
    };
    std::vector<Column> columns_;
};

/// Quantiles of a column of floats, to the last bit, from two passes over it in pieces: memory does
/// not grow with the number of draws. Values that are not numbers are left out.
class QuantileFinder {
public:
    /// `shares`: 0 .. 1, ascending. The value of share q among n is that of rank ceil(q n), at
    /// least the first (the inverse of the empirical distribution).
    explicit QuantileFinder(std::vector<double> shares);

    void first_pass(const float* values, std::size_t count);
    /// After the last of the first pass, once.
    void between();
    void second_pass(const float* values, std::size_t count);
    /// NaN throughout if there was no number.
    [[nodiscard]] std::vector<double> finish() const;

private:
    struct Wanted {
        std::int64_t rank = 0; ///< within its upper half, from 1
        std::uint32_t upper = 0;
        std::size_t table = 0;
    };

    std::vector<double> shares_;
    std::vector<std::int64_t> uppers_; ///< how many have each upper half of their key
    std::vector<Wanted> wanted_;       ///< by share
    std::vector<int> table_of_upper_;  ///< -1: none wanted
    std::vector<std::vector<std::int64_t>> lowers_;
};

} // namespace chainsim::uncertainty
