#include <chainsim/accounts/unit_energy.hpp>
#include <chainsim/study/products.hpp>
#include <chainsim/table/column.hpp>

#include <cmath>
#include <cstddef>

namespace chainsim::study {

namespace {

/// Projects of the lists' time: they were drawn up in 2021.
constexpr int last_year_of_existing = 2021;

bool is_new(const model::Facility& facility) {
    return !facility.project.empty() || facility.start.value_or(0) > last_year_of_existing;
}

class ProductJudge {
public:
    ProductJudge(const model::Scenario& scenario, int year) : scenario_(scenario), year_(year) {}

    [[nodiscard]] ProductJudgement judge(const accounts::UnitEnergy& energy) const {
        const auto& standard = scenario_.model.unit_standards[energy.standard];
        ProductJudgement result = stated(standard, energy);
        const auto* limits = model::edition_in(standard.limits, year_);
        const auto* grades = model::edition_in(standard.grades, year_);
        if (limits != nullptr) {
            set_levels(result, standard, *limits, energy);
        }
        if (grades != nullptr) {
            result.list = grades->number;
            result.benchmark = grades->benchmark.value.in(standard.unit);
            result.baseline = grades->baseline.value.in(standard.unit);
            result.grade = result.value <= result.benchmark  ? Grade::advanced
                           : result.value <= result.baseline ? Grade::standard
                                                             : Grade::backward;
        }
        set_duty(result, limits, grades, is_new(scenario_.facilities[energy.facility]));
        decide(result, standard, limits, energy);
        return result;
    }

private:
    static ProductJudgement stated(const model::UnitStandard& standard,
                                   const accounts::UnitEnergy& energy) {
        static const auto power = units::Unit::parse("kgce/kWh");
        ProductJudgement result;
        result.id = standard.id;
        result.standard = energy.standard;
        result.facility = energy.facility;
        result.value = energy.value;
        result.unit = standard.unit.text();
        result.benchmark = table::absent;
        result.baseline = table::absent;
        result.levels.fill(table::absent);
        result.bound = table::absent;
        result.margin = table::absent;
        result.electricity_factor =
            standard.electricity ? standard.electricity->value.in(power) : table::absent;
        result.source = standard.provenance.source;
        result.confidence = standard.provenance.confidence;
        return result;
    }

    static void set_levels(ProductJudgement& result, const model::UnitStandard& standard,
                           const model::LimitEdition& limits, const accounts::UnitEnergy& energy) {
        result.edition = limits.number;
        for (std::size_t i = 0; i < limits.levels.size(); ++i) {
            if (limits.levels[i]) {
                result.levels[i] = limits.levels[i]->value.in(standard.unit);
            }
        }
        for (const auto& [process, allowance] : limits.allowances) {
            for (const auto& [through, share] : energy.leaves_through) {
                if (through == process) {
                    result.levels[2] += share * allowance.value.in(standard.unit);
                }
            }
        }
        if (limits.levels[2]) {
            result.level = 4;
            for (int i = 2; i >= 0; --i) { // level 2 of power plants lies below level 1
                result.level = result.value <= result.levels[static_cast<std::size_t>(i)]
                                   ? i + 1
                                   : result.level;
            }
        }
    }

    /// A level of an edition, counted from 0; null where it has none.
    static const model::Datum* level_of(const model::LimitEdition* limits, std::size_t at) {
        if (limits == nullptr) {
            return nullptr;
        }
        const auto& level = limits->levels[at];
        return level ? &*level : nullptr;
    }

    static void set_duty(ProductJudgement& result, const model::LimitEdition* limits,
                         const model::GradeEdition* grades, bool is_new) {
        const auto set = [&result](Duty duty, double bound, const model::Datum& from) {
            result.duty = duty;
            result.bound = bound;
            result.source = from.provenance.source;
            result.confidence = from.provenance.confidence;
        };
        if (grades != nullptr) {
            set(is_new ? Duty::benchmark : Duty::baseline,
                is_new ? result.benchmark : result.baseline,
                is_new ? grades->benchmark : grades->baseline);
        } else if (const auto* second = is_new ? level_of(limits, 1) : nullptr) {
            set(Duty::level_2, result.levels[1], *second);
        } else if (const auto* third = level_of(limits, 2)) {
            set(Duty::level_3, result.levels[2], *third);
        }
    }

    static void decide(ProductJudgement& result, const model::UnitStandard& standard,
                       const model::LimitEdition* limits, const accounts::UnitEnergy& energy) {
        if (std::isnan(result.value)) {
            result.missing.emplace_back("product");
        } else if (standard.plausible && (result.value < standard.plausible->first ||
                                          result.value > standard.plausible->second)) {
            result.missing.emplace_back("plausible");
        }
        if (result.duty == Duty::none) {
            result.missing.push_back(limits != nullptr ? limits->number : "limit");
            return;
        }
        result.margin = result.bound - result.value;
        const double assumed =
            energy.confidence[static_cast<std::size_t>(model::Confidence::assumption)];
        result.illustration =
            result.confidence == model::Confidence::assumption ||
            (assumed > 0.0 && assumed * std::abs(result.value) >= std::abs(result.margin));
        if (result.missing.empty()) {
            result.verdict = result.margin >= 0.0 ? Verdict::met : Verdict::missed;
        }
    }

    const model::Scenario& scenario_;
    int year_;
};

} // namespace

std::string_view to_string(Grade grade) {
    switch (grade) {
    case Grade::advanced:
        return "advanced";
    case Grade::standard:
        return "standard";
    case Grade::backward:
        return "backward";
    }
    return {};
}

std::string_view to_string(Duty duty) {
    switch (duty) {
    case Duty::none:
        return "none";
    case Duty::benchmark:
        return "benchmark";
    case Duty::level_2:
        return "level_2";
    case Duty::baseline:
        return "baseline";
    case Duty::level_3:
        return "level_3";
    }
    return {};
}

std::vector<ProductJudgement> judge_products(const model::Scenario& scenario,
                                             const system::System& system,
                                             const system::Solution& solution) {
    const ProductJudge judge(scenario, system.year);
    std::vector<ProductJudgement> result;
    for (const auto& energy : accounts::unit_energies(scenario, system, solution)) {
        result.push_back(judge.judge(energy));
    }
    return result;
}

} // namespace chainsim::study
