#include <chainsim/base/diagnostic.hpp>
#include <chainsim/base/nearest.hpp>
#include <chainsim/input_output/io_table.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

namespace chainsim::input_output {

namespace {

using Eigen::Index;

/// Of a long list of sectors only the first are named.
constexpr std::size_t most_named = 8;

std::string names_of(const std::vector<Label>& sectors, const std::vector<Index>& which) {
    std::string names;
    for (std::size_t k = 0; k < std::min(which.size(), most_named); ++k) {
        names += fmt::format("{}'{}'", k == 0 ? "" : ", ",
                             to_string(sectors[static_cast<std::size_t>(which[k])]));
    }
    if (which.size() > most_named) {
        names += fmt::format(" and {} more", which.size() - most_named);
    }
    return names;
}

[[noreturn]] void refuse_unproductive(const std::vector<Label>& sectors,
                                      const std::vector<Index>& loop) {
    throw NoAnswer(fmt::format("unproductive: {} {} at least as much of {} own output as {}",
                               names_of(sectors, loop), loop.size() == 1 ? "uses up" : "use up",
                               loop.size() == 1 ? "its" : "their",
                               loop.size() == 1 ? "it makes" : "they make"));
}

[[noreturn]] void refuse_name(const std::string& name, const std::vector<std::string>& known,
                              const std::string& option, const std::string& what) {
    const std::string near = nearest(name, known);
    throw InputError({Diagnostic{
        .where = {},
        .field = option,
        .message = fmt::format("the table has no {} '{}'", what, name),
        .help = near.empty() ? fmt::format("known are {}{}", known.empty() ? "none" : known.front(),
                                           known.size() > 1 ? ", ..." : "")
                             : fmt::format("did you mean '{}'?", near),
        .also = {},
        .line_text = {}}});
}

} // namespace

std::size_t IoTable::satellite(const std::string& name, const std::string& option) const {
    const auto found = std::find(satellites.begin(), satellites.end(), name);
    if (found == satellites.end()) {
        refuse_name(name, satellites, option, "satellite");
    }
    return static_cast<std::size_t>(found - satellites.begin());
}

Index IoTable::sector(const std::string& name, const std::string& option) const {
    std::vector<std::string> known;
    known.reserve(sectors.size());
    std::optional<Index> found;
    std::size_t count = 0;
    for (std::size_t k = 0; k < sectors.size(); ++k) {
        known.push_back(to_string(sectors[k]));
        if (known.back() == name) {
            return static_cast<Index>(k);
        }
        if (sectors[k].name == name) {
            found = static_cast<Index>(k);
            ++count;
        }
    }
    if (!found) {
        refuse_name(name, known, option, "sector");
    }
    if (count > 1) {
        throw InputError(
            {Diagnostic{.where = {},
                        .field = option,
                        .message = fmt::format("{} regions have a sector '{}'", count, name),
                        .help = fmt::format("write the region too, as in '{}'",
                                            known[static_cast<std::size_t>(*found)]),
                        .also = {},
                        .line_text = {}}});
    }
    return *found;
}

std::vector<Index> IoTable::category(const std::string& name, const std::string& option) const {
    std::vector<std::string> known;
    known.reserve(categories.size());
    std::vector<Index> which;
    for (std::size_t k = 0; k < categories.size(); ++k) {
        known.push_back(categories[k].name);
        if (categories[k].name == name || to_string(categories[k]) == name) {
            which.push_back(static_cast<Index>(k));
        }
    }
    if (which.empty()) {
        refuse_name(name, known, option, "category of final demand");
    }
    return which;
}

Economy make_economy(IoTable table, const parallel::Executor& executor) {
    const Index size = table.size();
    CHAINSIM_EXPECT(table.sectors.size() == static_cast<std::size_t>(size) &&
                        table.coefficients.columns() == size,
                    "a label for each sector of a square table");
    if (table.intensities.size() == 0) {
        table.intensities.resize(size, 0);
    }
    table.regions.clear();
    table.region_of.clear();
    for (const auto& sector : table.sectors) {
        auto found = std::find(table.regions.begin(), table.regions.end(), sector.region);
        if (found == table.regions.end()) {
            table.regions.push_back(sector.region);
            found = std::prev(table.regions.end());
        }
        table.region_of.push_back(static_cast<std::size_t>(found - table.regions.begin()));
    }
    try {
        Leontief leontief(table.coefficients, executor);
        const auto loop =
            unproductive(table.coefficients, leontief.solve(Eigen::VectorXd::Ones(size)));
        if (!loop.empty()) {
            refuse_unproductive(table.sectors, loop);
        }
        return {std::move(table), std::move(leontief)};
    } catch (const NoAnswer&) {
        // A singular system has no solution that would tell: the loops are looked at themselves.
        const auto unknown =
            Eigen::VectorXd::Constant(size, std::numeric_limits<double>::quiet_NaN());
        const auto loop = unproductive(table.coefficients, unknown);
        if (loop.empty()) {
            throw;
        }
        refuse_unproductive(table.sectors, loop);
    }
}

} // namespace chainsim::input_output
