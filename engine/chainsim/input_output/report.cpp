#include <chainsim/base/diagnostic.hpp>
#include <chainsim/input_output/report.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace chainsim::input_output {

namespace {

using Eigen::Index;

[[noreturn]] void refuse(const std::string& option, std::string message, std::string help) {
    throw InputError({Diagnostic{.where = {},
                                 .field = option,
                                 .message = std::move(message),
                                 .help = std::move(help),
                                 .also = {},
                                 .line_text = {}}});
}

std::optional<Households> households_of(const IoTable& table, const Question& question) {
    if (question.households_income.empty()) {
        return std::nullopt;
    }
    if (!table.has_output() || !table.has_final_demand() || table.demand_is_implied) {
        refuse("--households", "households need the output and the final demand of the table",
               "give --final-demand");
    }
    return Households{table.satellite(question.households_income, "--households"),
                      table.category(question.households_consumption, "--households")};
}

PathOptions path_options(const IoTable& table, const Question& question) {
    PathOptions options;
    options.sector = table.sector(question.paths_of, "--paths");
    if (!question.paths_by.empty()) {
        options.satellite = table.satellite(question.paths_by, "--of");
    }
    options.cut_off = question.cut_off;
    options.most_paths = question.most_paths;
    return options;
}

/// Of x = A x + y, relative to x.
double residual(const IoTable& table, const Eigen::MatrixXd& output,
                const Eigen::MatrixXd& demand) {
    if (output.size() == 0) {
        return 0.0;
    }
    const Eigen::MatrixXd off = output - table.coefficients.times(output) - demand;
    const double largest = output.cwiseAbs().maxCoeff();
    return largest > 0.0 ? off.cwiseAbs().maxCoeff() / largest : 0.0;
}

} // namespace

Report make_report(const Economy& economy, const Question& question,
                   const std::filesystem::path& named_in) {
    const auto& table = economy.table;
    Report report;
    report.economy = &economy;
    const auto households = households_of(table, question);
    if (!question.paths_of.empty()) {
        report.path_options = path_options(table, question);
    }
    if (question.inverse && table.coefficients.is_sparse() && table.size() > most_inverted) {
        refuse("--inverse",
               fmt::format("the inverse of the {} sectors of '{}' is dense: {} numbers",
                           table.size(), named_in.string(), table.size() * table.size()),
               "ask for multipliers, --demand or --paths, which need no inverse");
    }
    report.multipliers = multipliers(economy, households);
    report.linkages = linkages(economy);
    if (table.has_output() && table.has_final_demand()) {
        report.footprints = footprints(economy);
    }
    if (report.path_options) {
        report.paths = structural_paths(economy, *report.path_options);
    }
    if (table.demand.cols() > 0) {
        report.required = economy.leontief.solve(table.demand);
        report.factors = table.intensities.transpose() * report.required;
        report.residual = residual(table, report.required, table.demand);
    }
    const Eigen::VectorXd ones = Eigen::VectorXd::Ones(table.size());
    report.residual = std::max(report.residual, residual(table, report.linkages.forward, ones));
    if (question.inverse) {
        report.inverse = economy.leontief.inverse();
        if (table.has_output()) {
            report.ghosh = ghosh_inverse(report.inverse, table.output);
        }
    }
    return report;
}

std::string why_not(const Flows& flows, const Balanced& balanced) {
    const auto named = [](const std::vector<Label>& labels, const std::vector<Index>& which) {
        constexpr std::size_t most_named = 5;
        std::string text;
        for (std::size_t k = 0; k < std::min(which.size(), most_named); ++k) {
            text += fmt::format("{}'{}'", k == 0 ? "" : ", ",
                                to_string(labels[static_cast<std::size_t>(which[k])]));
        }
        return which.size() > most_named
                   ? text + fmt::format(" and {} more", which.size() - most_named)
                   : text;
    };
    const auto both = [&] {
        std::string text;
        if (!balanced.rows.empty()) {
            text += "rows " + named(flows.rows, balanced.rows);
        }
        if (!balanced.columns.empty()) {
            text +=
                (text.empty() ? "columns " : "; columns ") + named(flows.columns, balanced.columns);
        }
        return text;
    };
    switch (balanced.outcome) {
    case BalanceOutcome::balanced:
        return {};
    case BalanceOutcome::totals_differ:
        return fmt::format("the totals of the rows add up to {}, those of the columns to {}",
                           flows.row_totals.sum(), flows.column_totals.sum());
    case BalanceOutcome::impossible:
        return fmt::format("no entry can bear the total of {}", both());
    case BalanceOutcome::not_converged:
        return fmt::format("no table with these zeros and signs comes to the totals: after {} "
                           "rounds {:.3g} of the largest total is left; off are {}",
                           balanced.rounds, balanced.worst, both());
    }
    return {};
}

} // namespace chainsim::input_output
