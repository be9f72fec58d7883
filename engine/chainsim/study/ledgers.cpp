#include <chainsim/base/error.hpp>
#include <chainsim/study/ledgers.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace chainsim::study {

namespace {

using model::Index;
using model::LedgerKind;
using model::LedgerRule;

/// What is counted over a year, by facility and per unit of its product.
class Counts {
public:
    Counts(const model::Scenario& scenario, const system::System& system,
           const system::Solution& solution)
        : scenario_(scenario), system_(system), solution_(solution),
          column_of_(scenario.facilities.size(), -1) {
        for (std::size_t c = 0; c < system.layout.columns.size(); ++c) {
            column_of_[system.layout.columns[c].value] = static_cast<int>(c);
        }
    }

    [[nodiscard]] const model::Scenario& scenario() const { return scenario_; }
    [[nodiscard]] int year() const { return system_.year; }

    /// Whether the accounts have what a kind is counted by.
    [[nodiscard]] bool knows(const LedgerRule& rule) const {
        return rule.kind == LedgerKind::capacity || rule.kind == LedgerKind::coal ||
               row_of(rule.kind) >= 0;
    }

    /// What a plant brings of a kind in the year; of capacity, its nameplate.
    [[nodiscard]] double fresh(const LedgerRule& rule, Index<model::Commodity> product,
                               Index<model::Facility> plant) const {
        const auto& facility = scenario_.facilities[plant];
        if (!facility.exists(year())) {
            return 0.0;
        }
        if (rule.kind == LedgerKind::capacity) {
            return capacity_of(facility, product, year());
        }
        const int column = column_of_[plant.value];
        return column < 0 ? 0.0 : solution_.activity[column] * per_unit(rule, column);
    }

    /// What a plant that is gone brought, at the load of its last year.
    [[nodiscard]] double gone(const LedgerRule& rule, Index<model::Commodity> product,
                              Index<model::Facility> plant) const {
        const auto& facility = scenario_.facilities[plant];
        if (!facility.retire || *facility.retire > year()) {
            return 0.0;
        }
        const int last = *facility.retire - 1;
        if (rule.kind == LedgerKind::capacity) {
            return capacity_of(facility, product, last);
        }
        const int column = column_of_[plant.value];
        const auto& made = scenario_.model.commodities[product_of(facility, last)];
        return column < 0
                   ? 0.0
                   : facility.available_capacity(last, made.unit).value() * per_unit(rule, column);
    }

    [[nodiscard]] Index<model::Commodity> product_of(const model::Facility& facility,
                                                     int year) const {
        return scenario_.model.processes[facility.process_in(year)].product;
    }

private:
    [[nodiscard]] double capacity_of(const model::Facility& facility,
                                     Index<model::Commodity> product, int year) const {
        if (!(product_of(facility, year) == product)) {
            return 0.0;
        }
        const auto& unit = scenario_.model.commodities[product].unit;
        return facility.capacity.value.in(unit.per(units::Unit::parse("a")));
    }

    [[nodiscard]] int row_of(LedgerKind kind) const {
        // The second way to the total of energy goes by plant.
        const std::vector<std::string> ids =
            kind == LedgerKind::energy
                ? std::vector<std::string>{"energy_total_equivalent.second",
                                           "energy_total_calorific.second"}
                : std::vector<std::string>{std::string(model::to_string(kind))};
        const auto& info = system_.indicators.info;
        for (const auto& id : ids) {
            const auto found = std::find_if(info.begin(), info.end(),
                                            [&id](const auto& one) { return one.id == id; });
            if (found != info.end()) {
                return static_cast<int>(found - info.begin());
            }
        }
        return -1;
    }

    [[nodiscard]] double per_unit(const LedgerRule& rule, int column) const {
        if (rule.kind != LedgerKind::coal) {
            return system_.indicators.weights.coeff(row_of(rule.kind), column);
        }
        static const auto tce = units::Unit::parse("tce");
        double sum = 0.0;
        for (const auto& flow : system_.flows[static_cast<std::size_t>(column)]) {
            const auto index = system_.layout.rows[static_cast<std::size_t>(flow.row)];
            const auto& one = scenario_.model.commodities[index];
            const bool is_coal =
                std::find(rule.carriers.begin(), rule.carriers.end(), index) != rule.carriers.end();
            if (is_coal && one.standard_coal) {
                sum -= flow.amount.value() * one.standard_coal->value.in(tce.per(one.unit));
            }
        }
        return sum;
    }

    const model::Scenario& scenario_;
    const system::System& system_;
    const system::Solution& solution_;
    std::vector<int> column_of_; ///< by facility
};

/// One debt: a rule, of capacity with one of its products.
class Debt {
public:
    Debt(const Counts& counts, Index<model::LedgerRule> index,
         std::optional<Index<model::Commodity>> product)
        : counts_(counts), rule_(counts.scenario().ledger_rules[index]), product_(product) {
        result_.id = rule_.id;
        result_.rule = index;
        result_.product = product;
        result_.unit = product ? counts.scenario().model.commodities[*product].unit.text()
                               : std::string(model::unit_of(rule_.kind));
        result_.ratio = rule_.ratio.value.in("1");
        const auto range = rule_.ratio.range.value_or(std::pair(result_.ratio, result_.ratio));
        result_.lowest_ratio = std::min(range.first, result_.ratio);
        result_.highest_ratio = std::max(range.second, result_.ratio);
        result_.source = rule_.ratio.provenance.source;
        result_.confidence = rule_.ratio.provenance.confidence;
        result_.illustration =
            result_.confidence == model::Confidence::assumption && !rule_.ratio.range;
    }

    LedgerJudgement judge() {
        const auto& projects = counts_.scenario().projects;
        for (std::uint32_t i = 0; i < projects.size(); ++i) {
            if (is_bound(projects[{i}])) {
                add(Index<model::Project>{i});
            }
        }
        for (const auto& source : counts_.scenario().ledger_sources) {
            if (is_of_kind(source)) {
                double used = 0.0;
                for (const auto& use : source.uses) {
                    used += use.amount;
                }
                result_.unassigned += source.amount - used;
                if (source.amount > used) {
                    open_.push_back(source.id);
                }
                is_recorded_ = true;
            }
        }
        for (const auto& entry : result_.entries) {
            result_.fresh += entry.fresh;
        }
        result_.required = result_.fresh * result_.ratio;
        result_.uncovered = uncovered(result_.ratio);
        result_.covered = result_.required - result_.uncovered;
        decide();
        return std::move(result_);
    }

private:
    [[nodiscard]] bool is_bound(const model::Project& project) const {
        if (!project.selected || !project.start || *project.start > counts_.year() ||
            !rule_.years.holds(*project.start)) {
            return false;
        }
        if (rule_.kind == LedgerKind::capacity || rule_.products.empty()) {
            return true; // of capacity, each plant is asked what it makes
        }
        return std::any_of(project.facilities.begin(), project.facilities.end(),
                           [&](const auto& id) {
                               const auto& facility = counts_.scenario().facilities.at(id);
                               const auto made = counts_.product_of(facility, counts_.year());
                               return std::find(rule_.products.begin(), rule_.products.end(),
                                                made) != rule_.products.end();
                           });
    }

    [[nodiscard]] bool is_of_kind(const model::LedgerSource& source) const {
        return source.kind == rule_.kind && source.commodity == product_ && !source.idle_2020 &&
               source.stopped <= counts_.year();
    }

    void add(Index<model::Project> index) {
        const auto& scenario = counts_.scenario();
        const auto& project = scenario.projects[index];
        const auto product = product_.value_or(Index<model::Commodity>{});
        LedgerEntry entry{index, 0.0, 0.0, 0.0};
        for (const auto& id : project.facilities) {
            if (const auto plant = scenario.facilities.find(id)) {
                entry.fresh += counts_.fresh(rule_, product, *plant);
            }
        }
        if (entry.fresh <= 0.0) {
            return; // it brings nothing new, and has nothing to cover
        }
        for (const auto& id : project.replaces) {
            if (const auto plant = scenario.facilities.find(id)) {
                entry.replaced += std::max(counts_.gone(rule_, product, *plant), 0.0);
            }
        }
        for (const auto& source : scenario.ledger_sources) {
            if (is_of_kind(source)) {
                for (const auto& use : source.uses) {
                    entry.assigned += use.project == project.id ? use.amount : 0.0;
                }
            }
        }
        result_.entries.push_back(entry);
    }

    [[nodiscard]] double uncovered(double ratio) const {
        double sum = 0.0;
        for (const auto& entry : result_.entries) {
            const double required = entry.fresh * ratio;
            const double open = required - entry.replaced - entry.assigned;
            sum += open > 1e-12 * required ? open : 0.0;
        }
        return sum;
    }

    /// A debt that is open at every ratio within the range is missed, unless what is recorded and
    /// used by nobody could pay it: then the record is not complete. Nor is it where there is none,
    /// for what a project replaces itself need not be all that it has.
    void decide() {
        const double least = uncovered(result_.lowest_ratio);
        if (uncovered(result_.highest_ratio) <= 0.0) {
            result_.verdict = Verdict::met;
        } else if (least <= 0.0) {
            result_.missing.emplace_back("ratio");
        } else if (!is_recorded_) {
            result_.missing.emplace_back("sources");
        } else if (result_.unassigned >= least) {
            result_.missing = open_;
        } else {
            result_.verdict = Verdict::missed;
        }
    }

    const Counts& counts_;
    const LedgerRule& rule_;
    std::optional<Index<model::Commodity>> product_;
    LedgerJudgement result_;
    std::vector<std::string> open_; ///< sources of which something is left
    bool is_recorded_ = false;
};

} // namespace

std::vector<LedgerJudgement> judge_ledgers(const model::Scenario& scenario,
                                           const system::System& system,
                                           const system::Solution& solution) {
    std::vector<LedgerJudgement> result;
    const Counts counts(scenario, system, solution);
    const auto add = [&](Index<model::LedgerRule> rule,
                         std::optional<Index<model::Commodity>> product) {
        auto judged = Debt(counts, rule, product).judge();
        if (judged.fresh > 0.0) {
            result.push_back(std::move(judged));
        }
    };
    for (std::uint32_t i = 0; i < scenario.ledger_rules.size(); ++i) {
        const Index<model::LedgerRule> index{i};
        const auto& rule = scenario.ledger_rules[index];
        CHAINSIM_EXPECT(counts.knows(rule), "a rule of what the accounts count");
        if (rule.kind != LedgerKind::capacity) {
            add(index, std::nullopt);
        }
        for (std::size_t p = 0; rule.kind == LedgerKind::capacity && p < rule.products.size();
             ++p) {
            add(index, rule.products[p]);
        }
    }
    return result;
}

} // namespace chainsim::study
