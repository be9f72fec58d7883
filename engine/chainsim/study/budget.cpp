#include <chainsim/accounts/indicators.hpp>
#include <chainsim/analysis/pulls.hpp>
#include <chainsim/base/error.hpp>
#include <chainsim/solve/dispatch.hpp>
#include <chainsim/study/budget.hpp>
#include <chainsim/table/column.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <future>
#include <map>
#include <utility>

namespace chainsim::study {

namespace {

using model::BudgetKind;

/// Below it a figure is what the solver leaves.
constexpr double least_told = 1e-6;

double& line_of(BudgetYear& year, BudgetLine line) {
    return year.lines.at(static_cast<std::size_t>(line));
}

BudgetLine line_of(const model::Project& project) {
    switch (project.status) {
    case model::Status::proposed:
        return BudgetLine::proposed;
    case model::Status::approved:
        return BudgetLine::approved;
    case model::Status::building:
    case model::Status::running:
    case model::Status::at_capacity:
    case model::Status::closed:
        break;
    }
    return BudgetLine::built;
}

/// Controlled energy and CO2 of one year of a scenario.
struct Use {
    double energy = 0.0;
    double co2 = 0.0;

    [[nodiscard]] double of(BudgetKind kind) const {
        return kind == BudgetKind::energy ? energy : co2;
    }
};

Use use_in(const model::Scenario& scenario, int year) {
    const auto system = accounts::compile(scenario, year);
    const auto solution = solve::Dispatch(system.equations).solve();
    if (solution.outcome != system::Outcome::solved) {
        throw NoSolution(fmt::format("no solution in {}: a budget needs every year", year));
    }
    Use use{table::absent, table::absent};
    for (const auto& one : accounts::evaluate(system, solution)) {
        if (one.id == model::indicator_of(BudgetKind::energy)) {
            use.energy = one.value;
        } else if (one.id == model::indicator_of(BudgetKind::carbon)) {
            use.co2 = one.value;
        }
    }
    return use;
}

/// What a project pulled in a year.
using Pulled = std::map<std::string, analysis::Pull>;

double amount_of(const analysis::Pull& pull, BudgetKind kind) {
    return kind == BudgetKind::energy ? pull.controlled : pull.co2;
}

/// A year of the district: what it uses, what each project pulls, what closures and retrofits of
/// the year free.
struct BudgetDistrict {
    Use use;
    Pulled pulled;
    struct Freed {
        std::string id;
        model::Name name;
        bool is_closure = false;
        Use use;
    };
    std::vector<Freed> freed;
};

/// Does a project that runs retire the plant in this year?
bool is_replaced(const model::Scenario& scenario, const std::string& facility, int year) {
    return std::any_of(scenario.projects.begin(), scenario.projects.end(), [&](const auto& one) {
        return one.selected && one.start == year &&
               std::find(one.replaces.begin(), one.replaces.end(), facility) != one.replaces.end();
    });
}

class BudgetWorld {
public:
    /// Solves the years of all periods, and those before them, side by side.
    explicit BudgetWorld(const model::Scenario& scenario) : scenario_(scenario) {
        std::map<int, std::future<BudgetDistrict>> tasks;
        for (const auto& period : scenario.periods) {
            for (int year = period.from - 1; year <= period.until; ++year) {
                if (!tasks.contains(year)) {
                    tasks.emplace(year, std::async(std::launch::async,
                                                   [this, year] { return solved(year); }));
                }
            }
        }
        for (auto& [year, task] : tasks) {
            years_.emplace(year, task.get());
        }
    }

    [[nodiscard]] const BudgetDistrict& in(int year) const { return years_.at(year); }

private:
    [[nodiscard]] BudgetDistrict solved(int year) const {
        BudgetDistrict out;
        const auto district = analysis::district_pulls(scenario_, year);
        if (district.outcome != system::Outcome::solved) {
            throw NoSolution(fmt::format("no solution in {}: a budget needs every year", year));
        }
        out.use = {district.controlled, district.co2};
        for (const auto& pull : district.projects) {
            out.pulled.emplace(scenario_.projects[pull.project].id, pull);
        }
        for (const auto& facility : scenario_.facilities) {
            const auto index = scenario_.facilities.find(facility.id);
            if (index && facility.retire == year && facility.exists(year - 1) &&
                !is_replaced(scenario_, facility.id, year)) {
                auto copy = scenario_;
                copy.facilities[*index].retire.reset();
                out.freed.push_back(
                    {facility.id, facility.name, true, less(use_in(copy, year), out.use)});
            }
        }
        for (const auto& project : scenario_.projects) {
            if (project.selected && project.start == year && !project.retrofits.empty()) {
                out.freed.push_back({project.id, project.name, false,
                                     less(use_in(as_before(project), year), out.use)});
            }
        }
        return out;
    }

    static Use less(const Use& a, const Use& b) { return {a.energy - b.energy, a.co2 - b.co2}; }

    /// The scenario without what a project rebuilds.
    [[nodiscard]] model::Scenario as_before(const model::Project& project) const {
        auto copy = scenario_;
        for (const auto& id : project.retrofits) {
            if (const auto index = copy.facilities.find(id)) {
                std::erase_if(copy.facilities[*index].overrides,
                              [&](const auto& one) { return one.from == project.start; });
            }
        }
        return copy;
    }

    const model::Scenario& scenario_;
    std::map<int, BudgetDistrict> years_;
};

class BudgetMaker {
public:
    BudgetMaker(const model::Scenario& scenario, model::Budget budget, const BudgetWorld& world)
        : scenario_(scenario), world_(world) {
        account_.budget = std::move(budget);
    }

    BudgetAccount make() {
        for (const auto& period : scenario_.periods) {
            rise_ = rise_of(period);
            double left = 0.0;
            for (int year = period.from; year <= period.until; ++year) {
                auto one = year_of(period, year, left);
                left = one.left;
                if (!account_.first_red && one.left < -least_told) {
                    account_.first_red = year;
                }
                account_.years.push_back(std::move(one));
            }
        }
        std::stable_sort(account_.years.begin(), account_.years.end(),
                         [](const auto& a, const auto& b) { return a.year < b.year; });
        return std::move(account_);
    }

private:
    [[nodiscard]] const model::Policy* rise_of(const model::Period& period) const {
        for (const auto& policy : scenario_.policies) {
            if (policy.change == model::Change::rise && policy.period == period.id &&
                policy.target && policy.indicator == model::indicator_of(account_.budget.kind)) {
                return &policy;
            }
        }
        return nullptr;
    }

    [[nodiscard]] units::Unit unit() const {
        return units::Unit::parse(unit_of(account_.budget.kind));
    }

    void quota(BudgetYear& out, const model::Period& period) {
        auto& line = line_of(out, BudgetLine::quota);
        const auto& stated = account_.budget.quota;
        if (stated) {
            line = stated->at(out.year).in_a_year(unit());
            add(out, "quota", account_.budget.name, BudgetLine::quota, line);
            account_.illustration = account_.illustration || stated->confidence_at(out.year) ==
                                                                 model::Confidence::assumption;
        } else if (rise_ != nullptr && rise_->target) {
            line = rise_->target->at(period.until).in_a_year(unit()) /
                   (period.until - period.base_year);
            account_.rise_policy = rise_->id;
            account_.illustration =
                account_.illustration ||
                rise_->target->confidence_at(period.until) == model::Confidence::assumption;
            add(out, rise_->id, rise_->name, BudgetLine::quota, line);
        } else {
            line = table::absent;
            out.missing.emplace_back("quota");
        }
    }

    static void add(BudgetYear& out, const std::string& id, const model::Name& name,
                    BudgetLine line, double amount) {
        if (std::abs(amount) > least_told) {
            out.items.push_back({id, name, line, amount});
        }
    }

    void purchases(BudgetYear& out, const model::Period& period) {
        const auto kind = account_.budget.kind;
        if (account_.budget.rights) {
            auto& line = line_of(out, BudgetLine::rights);
            line = account_.budget.rights->at(out.year).in_a_year(unit());
            add(out, "rights", account_.budget.name, BudgetLine::rights, line);
        }
        if (kind != BudgetKind::energy || !period.certificates) {
            return; // CO2 of power in the network is the same with certificates or without
        }
        auto& line = line_of(out, BudgetLine::certificates);
        line = certificates_in(period, out.year) -
               (out.year == period.from ? 0.0 : certificates_in(period, out.year - 1));
        add(out, "certificates", period.name, BudgetLine::certificates, line);
    }

    /// Up to the cap, as the controlled energy counts them.
    [[nodiscard]] double certificates_in(const model::Period& period, int year) const {
        if (!period.certificates || !period.certificates_at_most || !period.saving_needed ||
            !scenario_.model.factors.contains(period.electricity_equivalent)) {
            return 0.0;
        }
        const double k =
            scenario_.model.factors.at(period.electricity_equivalent).path.at(year).in("tce/MWh");
        const double bought =
            period.certificates->at(year).in_a_year(units::Unit::parse("MWh")) * k;
        return std::min(bought,
                        period.certificates_at_most->at(year).in("1") *
                            period.saving_needed->at(year).in_a_year(units::Unit::parse("tce")));
    }

    BudgetYear year_of(const model::Period& period, int year, double left_before) {
        const auto kind = account_.budget.kind;
        const auto& now = world_.in(year);
        const auto& before = world_.in(year - 1);
        BudgetYear out;
        out.year = year;
        quota(out, period);
        if (year > period.from && account_.budget.carry_over) {
            line_of(out, BudgetLine::carried) = left_before;
        }
        for (const auto& freed : now.freed) {
            const auto line = freed.is_closure ? BudgetLine::closures : BudgetLine::retrofits;
            line_of(out, line) += freed.use.of(kind);
            add(out, freed.id, freed.name, line, freed.use.of(kind));
        }
        purchases(out, period);
        for (const auto& [id, pull] : now.pulled) {
            const auto& project = scenario_.projects.at(id);
            const auto earlier = before.pulled.find(id);
            const double taken =
                amount_of(pull, kind) -
                (earlier == before.pulled.end() ? 0.0 : amount_of(earlier->second, kind));
            line_of(out, line_of(project)) += taken;
            add(out, id, project.name, line_of(project), taken);
        }
        double left = 0.0;
        double net = 0.0; // what projects take, less what is freed and bought in certificates
        for (std::size_t i = 0; i < budget_lines; ++i) {
            const auto line = static_cast<BudgetLine>(i);
            const bool is_taken = line >= BudgetLine::approved;
            left += is_taken ? -out.lines.at(i) : out.lines.at(i);
            if (is_taken || line == BudgetLine::closures || line == BudgetLine::retrofits ||
                line == BudgetLine::certificates) {
                net += is_taken ? out.lines.at(i) : -out.lines.at(i);
            }
        }
        out.left = left;
        out.rise = now.use.of(kind) - before.use.of(kind);
        out.others = out.rise - net;
        if (std::abs(out.others) < least_told) {
            out.others = 0.0;
        }
        return out;
    }

    const model::Scenario& scenario_;
    const BudgetWorld& world_;
    const model::Policy* rise_ = nullptr;
    BudgetAccount account_;
};

} // namespace

std::string_view to_string(BudgetLine line) {
    switch (line) {
    case BudgetLine::quota:
        return "quota";
    case BudgetLine::carried:
        return "carried";
    case BudgetLine::closures:
        return "closures";
    case BudgetLine::retrofits:
        return "retrofits";
    case BudgetLine::certificates:
        return "certificates";
    case BudgetLine::rights:
        return "rights";
    case BudgetLine::approved:
        return "approved";
    case BudgetLine::built:
        return "built";
    case BudgetLine::proposed:
        return "proposed";
    }
    return {};
}

std::vector<BudgetAccount> budgets(const Study& study) {
    const auto& scenario = study.scenario();
    std::vector<model::Budget> asked(scenario.budgets.begin(), scenario.budgets.end());
    std::stable_sort(asked.begin(), asked.end(),
                     [](const auto& a, const auto& b) { return a.kind < b.kind; });
    if (asked.empty()) {
        model::Budget energy;
        energy.id = "energy";
        energy.name = {"能耗预算", "energy budget"};
        asked.push_back(std::move(energy));
    }
    const BudgetWorld world(scenario);
    std::vector<BudgetAccount> out;
    out.reserve(asked.size());
    for (auto& one : asked) {
        out.push_back(BudgetMaker(scenario, std::move(one), world).make());
    }
    return out;
}

} // namespace chainsim::study
