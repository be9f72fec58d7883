#pragma once

#include <chainsim/uncertainty/estimate.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace chainsim::uncertainty {

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

/// Quantiles of a column of floats, to the last bit, from three passes over it in pieces: memory
/// does not grow with the number of draws. Values that are not numbers are left out.
class QuantileFinder {
public:
    static constexpr int passes = 3;

    /// `shares`: 0 .. 1. The value of share q among n is that of rank ceil(q n), at least the first
    /// (the inverse of the empirical distribution).
    explicit QuantileFinder(const std::vector<double>& shares);

    /// A piece of the column, in the pass that goes on.
    void add(const float* values, std::size_t count);
    /// The column has been read through.
    void end_pass();
    /// After the last pass, by share; NaN throughout if there was no number.
    [[nodiscard]] std::vector<double> found() const;

private:
    /// One share: the keys that begin as is known so far, and its rank among them, from 1.
    struct Search {
        double share = 0.0;
        std::int64_t rank = 0;
        std::uint32_t prefix = 0;
        std::size_t table = 0;
    };

    void open_tables();

    std::vector<Search> searches_;
    int pass_ = 0;
    std::int64_t count_ = 0;
    std::vector<std::uint32_t> prefixes_;           ///< of the tables, ascending
    std::vector<std::vector<std::int64_t>> tables_; ///< how many keys go on with each digit
};

} // namespace chainsim::uncertainty
