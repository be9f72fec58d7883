#pragma once

#include <chainsim/accounts/detail/book.hpp>

#include <vector>

namespace chainsim::accounts::detail {

/// Prices of a year without VAT, CNY per unit of account, by row.
struct Prices {
    std::vector<Figure> table; ///< of the price table
    std::vector<Figure> buy;   ///< of the market, or of the table
    std::vector<Figure> sell;
};

[[nodiscard]] Prices prices_in(const Book& book, int year);

/// What getting rid of a unit costs, by row.
[[nodiscard]] std::vector<Figure> disposal_costs(const Book& book);

} // namespace chainsim::accounts::detail
