#include <chainsim/reconcile/detail/equation.hpp>
#include <chainsim/reconcile/detail/relations.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <utility>

namespace chainsim::reconcile::detail {

namespace {

/// The variable of this id; -1 if there is none, which is noted.
int variable_named(Sheet& sheet, const Problem& problem, int line, std::string_view key,
                   const std::string& name) {
    const auto& all = problem.variables;
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.id == name; });
    if (found != all.end()) {
        return static_cast<int>(found - all.begin());
    }
    std::vector<std::string> known;
    known.reserve(all.size());
    for (const auto& one : all) {
        known.push_back(one.id);
    }
    sheet.refuse_at(line, key, fmt::format("no stream or fraction '{}'", name),
                    help_of(name, known, "name it as in the column `stream`"));
    return -1;
}

class EquationAdder {
public:
    EquationAdder(Sheet& sheet, Problem& problem, const std::vector<units::Unit>& units,
                  const EquationRow& row)
        : sheet_(sheet), problem_(problem), units_(units), row_(row), condition_{row.id, {}, 0.0} {}

    void add(const std::vector<EquationTerm>& terms) {
        for (const auto& term : terms) {
            if (term.names.empty()) {
                condition_.constant += term.factor;
            } else {
                add_term(term);
            }
        }
        problem_.conditions.push_back(std::move(condition_));
    }

private:
    void add_term(const EquationTerm& term) {
        std::vector<int> found;
        found.reserve(term.names.size());
        for (const auto& name : term.names) {
            found.push_back(variable_named(sheet_, problem_, row_.line, "equation", name));
        }
        if (std::find(found.begin(), found.end(), -1) != found.end()) {
            return;
        }
        double scale = 1.0; // of products: what they are in is for the writer to know
        if (found.size() == 1) {
            const auto& unit = units_[static_cast<std::size_t>(found.front())];
            first_ = first_ == nullptr ? &unit : first_;
            if (!unit.is_convertible_to(*first_)) {
                sheet_.refuse_at(row_.line, "equation",
                                 fmt::format("it adds {} and {}", first_->dimension_name(),
                                             unit.dimension_name()));
            }
            scale = unit.scale() / first_->scale();
        }
        condition_.terms.push_back(
            {term.factor * scale, found.front(), found.size() > 1 ? found[1] : -1});
    }

    Sheet& sheet_;
    Problem& problem_;
    const std::vector<units::Unit>& units_;
    const EquationRow& row_;
    Condition condition_;
    const units::Unit* first_ = nullptr; ///< of the first variable that stands alone
};

} // namespace

void add_equations(Sheet& sheet, Problem& problem, const std::vector<units::Unit>& units,
                   const std::vector<EquationRow>& rows) {
    for (const auto& row : rows) {
        try {
            EquationAdder(sheet, problem, units, row).add(parse_equation(row.text));
        } catch (const EquationError& error) {
            sheet.refuse_at(row.line, "equation", error.what(), "write it as a + b - 0.4 c = 2");
        }
    }
}

void add_correlations(Sheet& sheet, Problem& problem, const std::vector<CorrelationRow>& rows) {
    std::map<std::pair<int, int>, int> lines; // of the pairs so far
    for (const auto& row : rows) {
        const int other = variable_named(sheet, problem, row.line, "correlated_with", row.with);
        if (other < 0) {
            continue;
        }
        const auto& variable = problem.variables[static_cast<std::size_t>(other)];
        if (other == row.variable || !variable.measured || variable.sigma == 0.0) {
            sheet.refuse_at(row.line, "correlated_with",
                            fmt::format("'{}' has no other error", row.with),
                            "name another measurement");
            continue;
        }
        const auto [stated, is_new] = lines.try_emplace(std::minmax(row.variable, other), row.line);
        if (!is_new) {
            sheet.refuse_at(row.line, "correlation", "the same two a second time",
                            fmt::format("line {} has their correlation already", stated->second));
            continue;
        }
        problem.correlations.push_back({row.variable, other, row.coefficient});
    }
    if (sheet.is_clean() && !is_possible(problem)) {
        sheet.refuse_at(rows.front().line, "correlation", "no errors can be correlated like this",
                        "what goes with two others cannot go against one of them");
    }
}

} // namespace chainsim::reconcile::detail
