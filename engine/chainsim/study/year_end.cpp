#include <chainsim/model/indicator_kinds.hpp>
#include <chainsim/study/year_end.hpp>
#include <chainsim/table/column.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

namespace chainsim::study {

namespace {

constexpr int last_month = 12;
/// The figures of one thing, by year and then by month; 0: the whole year.
using Series = std::map<int, std::map<int, const model::Actual*>>;

/// A year of a series: its months, and the level that the statistics give it as a whole.
class SeriesYear {
public:
    SeriesYear(const Series& series, int year) : year_(year) {
        if (const auto found = series.find(year); found != series.end()) {
            months_ = &found->second;
        }
    }

    [[nodiscard]] const model::Actual* at(int month) const {
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
    const std::map<int, const model::Actual*>* months_ = nullptr;
};

void forecast(YearEnd& end, const Series& series, int year, int month) {
    end.to_date = end.to_date_last_year = end.growth = table::absent;
    end.last_year = end.months_last_year = end.full_year = table::absent;
    end.grade = model::ReportGrade::verified;
    const SeriesYear now(series, year);
    const SeriesYear before(series, year - 1);
    const auto* whole = now.at(0);
    if (month == last_month && whole != nullptr) {
        end.to_date = end.full_year = whole->value;
        end.grade = whole->grade;
        end.basis = Basis::actual;
    } else {
        const double sum = now.sum(month, end);
        if (!end.missing.empty()) {
            return;
        }
        end.to_date = sum;
        if (month == last_month) {
            end.full_year = sum;
            end.basis = Basis::actual;
        }
    }
    // Growth compares whole years, or months with months; the rest has last year's shares, at the
    // level that was found for the whole of it since.
    const auto* level = before.at(0);
    if (level != nullptr) {
        end.last_year = level->value;
    }
    if (month == last_month && whole != nullptr && level != nullptr) {
        end.to_date_last_year = level->value;
        end.growth = level->value > 0.0 ? end.to_date / level->value - 1.0 : table::absent;
        return;
    }
    YearEnd last = end;
    last.missing.clear();
    const double months = before.sum(last_month, last);
    if (!last.missing.empty()) {
        if (end.basis != Basis::actual) {
            end.missing = last.missing;
        }
        return;
    }
    YearEnd ignored;
    end.months_last_year = months;
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
        const double remaining = end.last_year * (1.0 - end.to_date_last_year / months);
        end.full_year = end.to_date + remaining * (1.0 + end.growth);
    }
}

/// Boundary, enterprise and indicator.
using SeriesKey = std::tuple<std::string, std::string, std::string>;

std::map<SeriesKey, Series> all_series(const model::Actuals& actuals) {
    std::map<SeriesKey, Series> all;
    for (const auto& one : actuals.figures) {
        all[{one.boundary, one.enterprise, one.indicator}][one.year][one.month.value_or(0)] = &one;
    }
    return all;
}

std::map<std::string, std::string> units_of_indicators(const model::Scenario& scenario) {
    std::map<std::string, std::string> units;
    for (const auto& kind : model::indicator_kinds(scenario.model, scenario.groups)) {
        units.emplace(kind.id, kind.unit);
    }
    return units;
}

YearEnd year_end(const SeriesKey& key, const Series& series,
                 const std::map<std::string, std::string>& units, int year, int month) {
    YearEnd end;
    std::tie(end.boundary, end.enterprise, end.indicator) = key;
    end.name = {end.indicator, end.indicator};
    end.unit = units.at(end.indicator);
    forecast(end, series, year, month);
    return end;
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

std::vector<YearEnd> year_ends(const model::Scenario& scenario, int year, int month) {
    const auto units = units_of_indicators(scenario);
    const auto all = all_series(scenario.actuals);
    std::vector<YearEnd> out;
    out.reserve(all.size());
    for (const auto& [key, series] : all) {
        out.push_back(year_end(key, series, units, year, month));
    }
    std::stable_sort(out.begin(), out.end(), [](const YearEnd& a, const YearEnd& b) {
        return a.enterprise.empty() && !b.enterprise.empty();
    });
    return out;
}

std::vector<YearEnd> told_year_ends(const model::Scenario& scenario, int year) {
    const auto units = units_of_indicators(scenario);
    std::vector<YearEnd> out;
    for (const auto& [key, series] : all_series(scenario.actuals)) {
        const auto& [boundary, enterprise, indicator] = key;
        const auto found = series.find(year);
        if (boundary != "district" || !enterprise.empty() || found == series.end()) {
            continue;
        }
        const auto& figures = found->second; // 0: the whole year, and else the months
        const int month = figures.contains(0) ? last_month : figures.rbegin()->first;
        out.push_back(year_end(key, series, units, year, month));
    }
    return out;
}

} // namespace chainsim::study
