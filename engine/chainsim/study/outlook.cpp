#include <chainsim/base/diagnostic.hpp>
#include <chainsim/base/error.hpp>
#include <chainsim/model/indicator_kinds.hpp>
#include <chainsim/study/outlook.hpp>
#include <chainsim/table/column.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

namespace chainsim::study {

namespace {

constexpr int months_a_year = 12;
constexpr double per_10k = 1e4; // CNY in 10^4 CNY

using Values = std::vector<accounts::IndicatorValue>;

/// The figures of one thing, by year and then by month; 0: the whole year.
using Series = std::map<int, std::map<int, const Actual*>>;

/// A year of a series: its months, and the level that the statistics give it as a whole.
class SeriesYear {
public:
    SeriesYear(const Series& series, int year) : year_(year) {
        if (const auto found = series.find(year); found != series.end()) {
            months_ = &found->second;
        }
    }

    [[nodiscard]] const Actual* at(int month) const {
        if (months_ == nullptr) {
            return nullptr;
        }
        const auto found = months_->find(month);
        return found == months_->end() ? nullptr : found->second;
    }

    /// The sum of January to a month; names those that are missing.
    [[nodiscard]] double sum(int last, YearEnd& end) const {
        double sum = 0.0;
        for (int month = 1; month <= last; ++month) {
            if (const auto* one = at(month)) {
                sum += one->value;
                end.grade = std::min(end.grade, one->grade);
            } else {
                end.missing.push_back(fmt::format("{}-{:02}", year_, month));
            }
        }
        return sum;
    }

private:
    int year_;
    const std::map<int, const Actual*>* months_ = nullptr;
};

void forecast(YearEnd& end, const Series& series, int year, int month) {
    end.to_date = end.to_date_last_year = end.growth = end.last_year = end.full_year =
        table::absent;
    end.grade = ReportGrade::verified;
    const SeriesYear now(series, year);
    const SeriesYear before(series, year - 1);
    const auto* whole = now.at(0);
    if (month == months_a_year && whole != nullptr) {
        end.to_date = end.full_year = whole->value;
        end.grade = whole->grade;
        end.basis = Basis::actual;
    } else {
        const double sum = now.sum(month, end);
        if (!end.missing.empty()) {
            return;
        }
        end.to_date = sum;
        if (month == months_a_year) {
            end.full_year = sum;
            end.basis = Basis::actual;
        }
    }
    // Growth compares months with months; the rest has last year's shares, at the level that was
    // found for the whole of it since.
    YearEnd last = end;
    const double months = before.sum(months_a_year, last);
    if (!last.missing.empty()) {
        if (end.basis != Basis::actual) {
            end.missing = last.missing;
        }
        return;
    }
    YearEnd ignored;
    const auto* level = before.at(0);
    end.last_year = level == nullptr ? months : level->value;
    end.to_date_last_year = before.sum(month, ignored);
    if (!(end.to_date_last_year > 0.0)) {
        if (end.basis != Basis::actual) {
            end.missing.push_back(fmt::format("{}", year - 1));
        }
        return;
    }
    end.growth = end.to_date / end.to_date_last_year - 1.0;
    if (end.basis != Basis::actual) {
        end.grade = std::min({end.grade, last.grade, level == nullptr ? last.grade : level->grade});
        const double rest = end.last_year * (1.0 - end.to_date_last_year / months);
        end.full_year = end.to_date + rest * (1.0 + end.growth);
    }
}

int last_year_with_months(const Actuals& actuals) {
    int year = 0;
    for (const auto& one : actuals.figures) {
        if (one.month) {
            year = std::max(year, one.year);
        }
    }
    return year;
}

std::vector<YearEnd> year_ends(const Actuals& actuals, const model::Scenario& scenario, int year,
                               int month) {
    std::map<std::string, std::string> units;
    for (const auto& kind : model::indicator_kinds(scenario.model, scenario.groups)) {
        units.emplace(kind.id, kind.unit);
    }
    std::map<std::tuple<std::string, std::string, std::string>, Series> all;
    for (const auto& one : actuals.figures) {
        all[{one.boundary, one.enterprise, one.indicator}][one.year][one.month.value_or(0)] = &one;
    }
    std::vector<YearEnd> out;
    out.reserve(all.size());
    for (const auto& [key, series] : all) {
        YearEnd end;
        std::tie(end.boundary, end.enterprise, end.indicator) = key;
        end.name = {end.indicator, end.indicator};
        end.unit = units.at(end.indicator);
        forecast(end, series, year, month);
        out.push_back(std::move(end));
    }
    std::stable_sort(out.begin(), out.end(), [](const YearEnd& a, const YearEnd& b) {
        return a.enterprise.empty() && !b.enterprise.empty();
    });
    return out;
}

/// The model's year with the statistics in the place of what they tell.
class Told {
public:
    Told(const YearRun& year, const std::vector<YearEnd>& ends)
        : system_(year.system()), values_(year.indicators()), shares_(year.confidence()) {
        for (const auto& end : ends) {
            if (end.boundary == "district" && end.enterprise.empty() &&
                !std::isnan(end.full_year)) {
                replace(end);
            }
        }
        for (const auto& ratio : system_.indicators.ratios) {
            renew(ratio);
        }
    }

    [[nodiscard]] const Values& values() const { return values_; }
    [[nodiscard]] const ConfidenceShares& shares() const { return shares_; }
    [[nodiscard]] Basis basis_of(const std::string& indicator) const {
        const auto found = bases_.find(indicator);
        return found == bases_.end() ? Basis::planned : found->second;
    }

private:
    [[nodiscard]] accounts::IndicatorValue* find(const std::string& id) {
        const auto found = std::find_if(values_.begin(), values_.end(),
                                        [&id](const auto& one) { return one.id == id; });
        return found == values_.end() ? nullptr : &*found;
    }

    void set(const std::string& id, double value, Basis basis) {
        if (auto* one = find(id)) {
            one->value = value;
            bases_[id] = basis;
            auto& shares = shares_[id];
            shares.fill(0.0);
            shares[static_cast<std::size_t>(model::Confidence::known)] = 1.0;
        }
    }

    void replace(const YearEnd& end) {
        const auto* one = find(end.indicator);
        if (one == nullptr) {
            return;
        }
        const double modelled = one->value;
        const double more = end.full_year - modelled;
        set(end.indicator, end.full_year, end.basis);
        // Raw material and non-fossil energy stay as the model has them, unless they are told.
        auto* controlled = find("energy_controlled");
        if (end.indicator == "energy_total_equivalent" && controlled != nullptr &&
            !bases_.contains("energy_controlled")) {
            const bool deducts = controlled->value != modelled;
            controlled->value += more;
            bases_["energy_controlled"] = deducts ? Basis::expected : end.basis;
        }
    }

    /// A quotient of which a part is told.
    void renew(const system::RatioInfo& ratio) {
        const auto part = [this](int row) {
            return system_.indicators.info[static_cast<std::size_t>(row)].id;
        };
        const auto* above = find(part(ratio.numerator));
        const auto* below = find(part(ratio.denominator));
        if (above == nullptr || below == nullptr || below->value == 0.0 ||
            bases_.contains(ratio.info.id) ||
            (!bases_.contains(above->id) && !bases_.contains(below->id))) {
            return;
        }
        if (auto* one = find(ratio.info.id)) {
            one->value = ratio.factor * above->value / below->value;
            bases_[ratio.info.id] =
                basis_of(above->id) == Basis::actual && basis_of(below->id) == Basis::actual
                    ? Basis::actual
                    : Basis::expected;
        }
    }

    const system::System& system_;
    Values values_;
    ConfidenceShares shares_;
    std::map<std::string, Basis> bases_;
};

/// tce that must still be saved for a policy on energy to be met; absent for all others.
double still_to_save(const Judgement& judged) {
    if (std::isnan(judged.margin) || !judged.indicator.starts_with("energy_")) {
        return table::absent;
    }
    if (judged.unit == "tce") {
        return std::max(0.0, -judged.margin);
    }
    const auto room = std::find_if(judged.remarks.begin(), judged.remarks.end(),
                                   [](const Remark& one) { return one.id == "room"; });
    return room == judged.remarks.end() ? table::absent : std::max(0.0, -room->value);
}

std::vector<Saver> savers_of(const std::vector<YearEnd>& ends) {
    const auto full_year = [&ends](const YearEnd& other, std::string_view indicator) {
        const auto found = std::find_if(ends.begin(), ends.end(), [&](const YearEnd& one) {
            return one.boundary == other.boundary && one.enterprise == other.enterprise &&
                   one.indicator == indicator;
        });
        return found == ends.end() ? table::absent : found->full_year;
    };
    std::vector<Saver> out;
    for (const auto& end : ends) {
        if (end.enterprise.empty() || end.indicator != "energy_total_equivalent") {
            continue;
        }
        const double added = full_year(end, "value_added");
        if (added > 0.0 && end.full_year > 0.0) {
            out.push_back({end.enterprise, end.full_year, added, per_10k * end.full_year / added});
        }
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const Saver& a, const Saver& b) { return a.tce_per_10k > b.tce_per_10k; });
    return out;
}

} // namespace

std::string_view to_string(Basis basis) {
    switch (basis) {
    case Basis::actual:
        return "actual";
    case Basis::expected:
        return "expected";
    case Basis::planned:
        return "planned";
    }
    return {};
}

Outlook outlook(const Study& study, const Actuals& actuals, int month, std::optional<int> year) {
    CHAINSIM_EXPECT(month >= 1 && month <= months_a_year, "a month is 1 to 12");
    Outlook out;
    out.year = year.value_or(last_year_with_months(actuals));
    out.month = month;
    const bool has_months = std::any_of(actuals.figures.begin(), actuals.figures.end(),
                                        [&](const Actual& one) { return one.year == out.year; });
    if (!has_months) {
        throw InputError({Diagnostic{{actuals.file, 1, 1},
                                     {},
                                     out.year == 0 ? std::string("no figure of a month")
                                                   : fmt::format("no figure of {}", out.year),
                                     "write one row a month",
                                     {},
                                     {}}});
    }
    out.year_ends = year_ends(actuals, study.scenario(), out.year, month);
    out.savers = savers_of(out.year_ends);
    const auto run = study.run(out.year);
    if (const auto& failure = run.failure(); failure.has_value()) {
        out.failure = failure->message;
        return out;
    }
    const auto& planned = run.year(out.year);
    for (auto& end : out.year_ends) {
        for (const auto& one : planned.indicators()) {
            if (one.id == end.indicator) {
                end.name = one.name;
            }
        }
    }
    const Told told(planned, out.year_ends);
    for (auto& judged : judge(study.scenario(), planned.system(), told.values(), told.shares())) {
        if (judged.verdict == Verdict::not_applicable) {
            continue;
        }
        if (judged.colour == Colour::none && judged.verdict != Verdict::undetermined) {
            judged.colour = judged.verdict == Verdict::met ? Colour::green : Colour::red;
        }
        out.bases.push_back(told.basis_of(judged.indicator));
        out.to_save.push_back(still_to_save(judged));
        out.policies.push_back(std::move(judged));
    }
    return out;
}

} // namespace chainsim::study
