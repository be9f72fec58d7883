#include <chainsim/accounts/closure.hpp>
#include <chainsim/model/closure.hpp>

#include <algorithm>
#include <cmath>

namespace chainsim::accounts {

namespace {

/// What a unit of a commodity carries: t of mass, t of each element, GJ.
struct Content {
    double mass = 0.0;
    model::ElementVector elements{};
    double energy = 0.0;
};

Content content_of(const model::Commodity& commodity) {
    Content content;
    content.mass = commodity.mass;
    for (std::size_t e = 0; e < model::element_count; ++e) {
        content.elements[e] = commodity.mass * commodity.composition[e];
    }
    content.energy = model::energy_content(commodity);
    return content;
}

} // namespace

DistrictClosure closure(const model::Scenario& scenario, const system::System& system,
                        const system::Solution& solution) {
    const auto& eq = system.equations;
    DistrictClosure out;

    std::vector<Content> contents;
    contents.reserve(system.layout.rows.size());
    for (const auto row : system.layout.rows) {
        contents.push_back(content_of(scenario.model.commodities[row]));
    }

    // By recipes: what each leaves open, times its activity.
    double through = 0.0;
    model::ElementVector open{};
    model::ElementVector element_through{};
    Eigen::VectorXd balance = Eigen::VectorXd::Zero(eq.rows());
    Eigen::VectorXd throughput = Eigen::VectorXd::Zero(eq.rows());
    double chemical_heat = 0.0;
    for (int f = 0; f < eq.columns(); ++f) {
        const double x = solution.activity[f];
        double recipe_open = 0.0;
        for (const auto& flow : system.flows[static_cast<std::size_t>(f)]) {
            const auto& content = contents[static_cast<std::size_t>(flow.row)];
            recipe_open += flow.amount.value() * content.mass;
            through += std::max(-flow.amount.value(), 0.0) * content.mass * x;
            for (std::size_t e = 0; e < model::element_count; ++e) {
                open[e] += flow.amount.value() * content.elements[e] * x;
                element_through[e] += std::max(-flow.amount.value(), 0.0) * content.elements[e] * x;
            }
            balance[flow.row] += flow.amount.value() * x;
            throughput[flow.row] += std::max(flow.amount.value(), 0.0) * x;
        }
        out.mass_open_by_recipes += recipe_open * x;
        const auto facility = system.layout.columns[static_cast<std::size_t>(f)];
        chemical_heat +=
            x * scenario.model.processes[scenario.facilities[facility].process_in(system.year)]
                    .chemical_heat;
    }

    // At the boundary: what leaves, less what comes in.
    model::ElementVector crossing{};
    double energy_in = chemical_heat;
    double energy_out = 0.0;
    for (int r = 0; r < eq.rows(); ++r) {
        const auto& content = contents[static_cast<std::size_t>(r)];
        const double leaves = solution.sold[r] + solution.disposed[r] + eq.demand[r];
        out.mass_open_at_boundary += content.mass * (leaves - solution.bought[r]);
        for (std::size_t e = 0; e < model::element_count; ++e) {
            crossing[e] += content.elements[e] * (leaves - solution.bought[r]);
        }
        energy_in += content.energy * solution.bought[r];
        energy_out += content.energy * leaves;
        const double rest = balance[r] + solution.bought[r] - leaves;
        const double scale = std::max({throughput[r] + solution.bought[r], leaves, 1e-9});
        out.balance = std::max(out.balance, std::abs(rest) / scale);
    }
    out.mass = through > 0.0 ? std::abs(out.mass_open_by_recipes) / through : 0.0;
    for (std::size_t e = 0; e < model::element_count; ++e) {
        if (element_through[e] > 0.0) {
            const std::string element(model::to_string(static_cast<model::Element>(e)));
            out.elements.emplace(element, open[e] / element_through[e]);
            out.elements_open_by_recipes.emplace(element, open[e]);
            out.elements_open_at_boundary.emplace(element, crossing[e]);
            out.elements_through.emplace(element, element_through[e]);
        }
    }
    out.energy = energy_in > 0.0 ? std::max(0.0, energy_out - energy_in) / energy_in : 0.0;

    // Two ways to one total, against the sum of what goes into it: a margin may be close to zero.
    const auto& indicators = system.indicators;
    const Eigen::VectorXd values = indicators.values(eq, solution);
    Eigen::VectorXd amounts(eq.columns() + 4 * eq.rows());
    amounts << solution.activity, solution.bought, solution.sold, solution.disposed, eq.demand;
    Eigen::VectorXd sizes = indicators.constant.cwiseAbs();
    for (const auto& term : indicators.terms) {
        sizes[term.row] += std::abs(term.weight.value() * amounts[term.column]);
    }
    for (const auto& agreement : indicators.agreements) {
        const double difference = std::abs(values[agreement.one] - values[agreement.other]);
        const double scale = std::max({sizes[agreement.one], sizes[agreement.other], 1e-9});
        out.accounts = std::max(out.accounts, difference / scale);
    }
    return out;
}

} // namespace chainsim::accounts
