#include <chainsim/base/diagnostic.hpp>
#include <chainsim/base/nearest.hpp>
#include <chainsim/footprint/footprint.hpp>
#include <chainsim/graph/lookup.hpp>
#include <chainsim/study/footprint.hpp>
#include <chainsim/table/column.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace chainsim::study {

namespace {

using footprint::Allocation;
using footprint::Burdens;
using footprint::Footprint;
using footprint::Supply;

/// Short words for what is asked for most.
std::string burden_id(const std::string& word) {
    static const std::map<std::string, std::string> words{{"energy", "energy_total_equivalent"},
                                                          {"co2", "co2_total"},
                                                          {"carbon", "co2_total"},
                                                          {"water", "fresh_water"}};
    const auto found = words.find(word);
    return found == words.end() ? word : found->second;
}

class Making {
public:
    Making(const Study& study, const FootprintRequest& request)
        : scenario_(study.scenario()), request_(request),
          year_(request.year != 0 ? request.year : scenario_.years.back()),
          run_(solved(study, year_)), system_(run_.year(year_).system()),
          solution_(run_.year(year_).solution()),
          burdens_(footprint::burdens_of(scenario_, system_, solution_)) {}

    FootprintReport make() {
        FootprintReport out;
        out.year = year_;
        out.allocation = request_.allocation;
        out.commodities = system_.layout.rows;
        out.facilities = system_.layout.columns;
        const int row = row_asked();
        out.commodity = system_.layout.rows[static_cast<std::size_t>(row)];
        const int burden = burden_asked();
        out.burden = static_cast<std::size_t>(burden);
        for (const auto& info : burdens_.info) {
            auto& line = out.lines.emplace_back();
            line.burden = info;
            line.value.fill(table::absent);
        }
        for (std::size_t a = 0; a < footprint::allocations.size(); ++a) {
            if (const auto one = footprint_of(supply(footprint::allocations[a]))) {
                for (std::size_t b = 0; b < out.lines.size(); ++b) {
                    out.lines[b].value[a] = one->intensity().col(row)[static_cast<Eigen::Index>(b)];
                }
            }
        }
        const auto supply_asked = supply(request_.allocation);
        const Footprint asked(supply_asked, burdens_);
        out.tree = footprint::tree_of(asked, row, burden, request_.tree);
        out.paths = footprint::paths_of(asked, row, burden, request_.paths);
        const auto requirement = asked.requirement(row);
        find_takes(supply_asked, requirement, burden, out);
        find_remarks(supply_asked, requirement, out);
        for (const auto& route : request_.routes) {
            out.routes.push_back(route_of(route, row));
        }
        return out;
    }

private:
    static Run solved(const Study& study, int year) {
        auto run = study.run(year);
        if (const auto& failure = run.failure()) {
            throw NoSolution(failure->message);
        }
        return run;
    }

    [[nodiscard]] InputError refusal(std::string message, std::string help) const {
        return InputError(
            {Diagnostic{{}, scenario_.id, std::move(message), std::move(help), {}, {}}});
    }

    [[nodiscard]] const model::Commodity& commodity(int row) const {
        return scenario_.model.commodities[system_.layout.rows[static_cast<std::size_t>(row)]];
    }

    [[nodiscard]] Supply supply(Allocation allocation) const {
        return {scenario_, system_, solution_, burdens_, allocation};
    }

    [[nodiscard]] std::optional<Footprint> footprint_of(const Supply& supply) const {
        try {
            return Footprint(supply, burdens_);
        } catch (const footprint::Unproductive&) {
            return std::nullopt;
        }
    }

    /// The row of the commodity; of a family the one member that is supplied in the year.
    [[nodiscard]] int row_asked() const {
        const auto meaning = graph::look_up(scenario_.model, request_.commodity);
        std::vector<int> rows;
        std::vector<std::string> ids;
        for (const auto member : meaning.members) {
            const int row = system_.layout.row_of[member.value];
            const bool is_there = row >= 0 && (!meaning.family || is_supplied(row));
            if (is_there) {
                rows.push_back(row);
                ids.push_back(scenario_.model.commodities[member].id);
            }
        }
        if (rows.empty()) {
            throw refusal(fmt::format("nobody makes or buys '{}' in {}", request_.commodity, year_),
                          "a commodity that the plants of the scenario take or give");
        }
        if (rows.size() > 1) {
            throw refusal(fmt::format("'{}' means several commodities", request_.commodity),
                          fmt::format("name one: {}", fmt::join(ids, ", ")));
        }
        return rows.front();
    }

    [[nodiscard]] bool is_supplied(int row) const {
        double there = solution_.bought[row];
        const auto& net = system_.equations.net;
        for (int f = 0; f < static_cast<int>(net.cols()); ++f) {
            there += std::max(0.0, net.coeff(row, f)) * solution_.activity[f];
        }
        return there > 0.0;
    }

    [[nodiscard]] int burden_asked() const {
        const auto id = burden_id(request_.burden);
        const int found = burdens_.find(id);
        if (found < 0) {
            std::vector<std::string> ids{"energy", "co2", "water"};
            for (const auto& info : burdens_.info) {
                ids.push_back(info.id);
            }
            throw refusal(fmt::format("no burden '{}'", request_.burden),
                          fmt::format("one of {}", fmt::join(ids, ", ")));
        }
        return found;
    }

    /// What is bought for a unit, of all that it takes.
    void find_takes(const Supply& supply, const Eigen::VectorXd& requirement, int burden,
                    FootprintReport& out) const {
        const int cost = burdens_.find("cost");
        for (int r = 0; r < supply.rows(); ++r) {
            for (const auto& one : supply.of(r)) {
                const double amount = requirement[r] * one.share;
                constexpr double nothing = 1e-12;
                if (one.column == footprint::Supplier::bought && std::abs(amount) > nothing) {
                    out.takes.push_back({system_.layout.rows[static_cast<std::size_t>(r)], amount,
                                         amount * one.burden[burden], amount * one.burden[cost]});
                    out.without_factor += one.burden[burden] == 0.0 ? 1 : 0;
                }
            }
        }
        std::stable_sort(out.takes.begin(), out.takes.end(), [](const auto& a, const auto& b) {
            return std::pair(std::abs(a.burden), std::abs(a.cost)) >
                   std::pair(std::abs(b.burden), std::abs(b.cost));
        });
    }

    /// Of what had to be assumed, that which the commodity rests on.
    void find_remarks(const Supply& supply, const Eigen::VectorXd& requirement,
                      FootprintReport& out) const {
        std::vector<char> makes(system_.layout.columns.size(), 0);
        for (int r = 0; r < supply.rows(); ++r) {
            for (const auto& one : supply.of(r)) {
                if (requirement[r] != 0.0 && one.column != footprint::Supplier::bought) {
                    makes[static_cast<std::size_t>(one.column)] = 1;
                }
            }
        }
        std::vector<char> touched(system_.layout.rows.size(), 0);
        const auto& net = system_.equations.net;
        for (int f = 0; f < static_cast<int>(net.cols()); ++f) {
            for (Eigen::SparseMatrix<double>::InnerIterator it(net, f); it; ++it) {
                if (makes[static_cast<std::size_t>(f)] != 0 && it.value() > 0.0) {
                    touched[static_cast<std::size_t>(it.row())] = 1;
                }
            }
        }
        for (const auto& remark : supply.remarks()) {
            const bool is_of_it = remark.row >= 0
                                      ? touched[static_cast<std::size_t>(remark.row)] != 0
                                      : makes[static_cast<std::size_t>(remark.column)] != 0;
            if (is_of_it) {
                out.remarks.push_back(remark);
            }
        }
    }

    [[nodiscard]] FootprintRoute route_of(const std::string& id, int row) const {
        FootprintRoute out;
        out.id = id;
        std::vector<int> columns;
        if (id == "bought") {
            columns.push_back(footprint::Supplier::bought);
            out.name = {"外购", "bought"};
        }
        for (std::size_t c = 0; c < system_.layout.columns.size(); ++c) {
            const auto& facility = scenario_.facilities[system_.layout.columns[c]];
            const auto& process = scenario_.model.processes[facility.process];
            if (facility.id == id) {
                columns.push_back(static_cast<int>(c));
                out.name = facility.name;
            } else if (process.id == id) {
                columns.push_back(static_cast<int>(c));
                out.name = process.name;
            }
        }
        auto supply = this->supply(request_.allocation);
        const auto found = std::find_if(columns.begin(), columns.end(),
                                        [&](int column) { return supply.can_supply(row, column); });
        if (found == columns.end()) {
            throw refusal(fmt::format("'{}' is no way to {} in {}", id, commodity(row).id, year_),
                          fmt::format("one of {}", fmt::join(routes_to(supply, row), ", ")));
        }
        // Of a process with several plants the one that makes most stands for it.
        const int column = *std::max_element(found, columns.end(), [&](int a, int b) {
            const auto made = [&](int one) {
                return one < 0 || !supply.can_supply(row, one) ? -1.0 : solution_.activity[one];
            };
            return made(a) < made(b);
        });
        supply.leave_only(row, column);
        out.is_without_offer = supply.of(row).front().is_without_offer;
        const Footprint asked(supply, burdens_);
        for (Eigen::Index b = 0; b < asked.intensity().rows(); ++b) {
            out.value.push_back(asked.intensity().col(row)[b]);
        }
        return out;
    }

    [[nodiscard]] std::vector<std::string> routes_to(const Supply& supply, int row) const {
        std::vector<std::string> out;
        if (supply.can_supply(row, footprint::Supplier::bought)) {
            out.emplace_back("bought");
        }
        for (std::size_t c = 0; c < system_.layout.columns.size(); ++c) {
            if (supply.can_supply(row, static_cast<int>(c))) {
                const auto& facility = scenario_.facilities[system_.layout.columns[c]];
                const auto& process = scenario_.model.processes[facility.process];
                if (std::find(out.begin(), out.end(), process.id) == out.end()) {
                    out.push_back(process.id);
                }
            }
        }
        return out;
    }

    const model::Scenario& scenario_;
    const FootprintRequest& request_;
    int year_;
    Run run_;
    const system::System& system_;
    const system::Solution& solution_;
    Burdens burdens_;
};

} // namespace

FootprintReport footprint(const Study& study, const FootprintRequest& request) {
    try {
        return Making(study, request).make();
    } catch (const footprint::Unproductive& error) {
        throw NoSolution(
            fmt::format("no footprint by {}: {}", to_string(request.allocation), error.what()));
    }
}

} // namespace chainsim::study
