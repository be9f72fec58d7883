#pragma once

#include <chainsim/accounts/detail/book.hpp>

#include <optional>
#include <string>

namespace chainsim::accounts::detail {

/// A total and the second way to it, by row of the book.
struct TotalRows {
    int total = -1;
    int second = -1;
};

/// Energy consumption of the district in one value of power: `equivalent`, or calorific without.
TotalRows count_energy_total(Book& book, std::optional<Figure> equivalent, const std::string& id,
                             const model::Name& name, const std::string& rest_key);

} // namespace chainsim::accounts::detail
