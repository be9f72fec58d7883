#include <chainsim/base/diagnostic.hpp>
#include <chainsim/base/error.hpp>
#include <chainsim/study/outlook.hpp>
#include <chainsim/table/column.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>
#include <utility>

namespace chainsim::study {

namespace {

constexpr int months_a_year = 12;
constexpr double per_10k = 1e4; // CNY in 10^4 CNY

int last_year_with_months(const model::Actuals& actuals) {
    int year = 0;
    for (const auto& one : actuals.figures) {
        if (one.month) {
            year = std::max(year, one.year);
        }
    }
    return year;
}

/// The statistics as they are known when the month is over.
model::Actuals known_by(const model::Actuals& actuals, int year, int month) {
    model::Actuals out{actuals.file, {}};
    std::copy_if(actuals.figures.begin(), actuals.figures.end(), std::back_inserter(out.figures),
                 [=](const model::Actual& one) {
                     return one.year < year ||
                            (one.year == year && one.month.value_or(months_a_year) <= month);
                 });
    return out;
}

/// Red: what is told passes the bound already; orange: only the rest of the year would.
Colour colour_of(const Judgement& judged, const std::vector<YearEnd>& ends) {
    if (judged.colour != Colour::none || judged.verdict == Verdict::undetermined) {
        return judged.colour;
    }
    if (judged.verdict == Verdict::met) {
        return Colour::green;
    }
    const bool is_upper = judged.formula.find("<= bound") != std::string::npos;
    const bool is_passed = is_upper && std::any_of(ends.begin(), ends.end(), [&](const auto& end) {
                               return end.boundary == "district" && end.enterprise.empty() &&
                                      end.indicator == judged.indicator &&
                                      end.to_date > judged.bound;
                           });
    return judged.basis == Basis::actual || is_passed ? Colour::red : Colour::orange;
}

/// tce that must still be saved for a policy on energy to be met; absent for all others.
double still_to_save(const Judgement& judged) {
    if (std::isnan(judged.margin) || !judged.indicator.starts_with("energy_")) {
        return table::absent;
    }
    if (judged.unit == "tce") {
        return std::max(0.0, -judged.margin);
    }
    const double room = remark_of(judged, "room");
    return std::isnan(room) ? table::absent : std::max(0.0, -room);
}

std::vector<Saver> savers_of(const std::vector<YearEnd>& ends) {
    const auto year_end = [&ends](const YearEnd& other, std::string_view indicator) {
        const auto found = std::find_if(ends.begin(), ends.end(), [&](const YearEnd& one) {
            return one.boundary == other.boundary && one.enterprise == other.enterprise &&
                   one.indicator == indicator;
        });
        return found == ends.end() ? nullptr : &*found;
    };
    std::vector<Saver> out;
    for (const auto& end : ends) {
        if (end.enterprise.empty() || end.indicator != "energy_total_equivalent") {
            continue;
        }
        const auto* added = year_end(end, "value_added");
        if (added != nullptr && added->full_year > 0.0 && end.full_year > 0.0) {
            const bool is_actual = end.basis == Basis::actual && added->basis == Basis::actual;
            out.push_back({end.enterprise, end.full_year, added->full_year,
                           per_10k * end.full_year / added->full_year,
                           is_actual ? Basis::actual : Basis::expected});
        }
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const Saver& a, const Saver& b) { return a.tce_per_10k > b.tce_per_10k; });
    return out;
}

} // namespace

Outlook outlook(const Study& study, int month, std::optional<int> year) {
    CHAINSIM_EXPECT(month >= 1 && month <= months_a_year, "a month is 1 to 12");
    const auto& actuals = study.scenario().actuals;
    Outlook out;
    out.year = year.value_or(last_year_with_months(actuals));
    out.month = month;
    const bool has_any = std::any_of(actuals.figures.begin(), actuals.figures.end(),
                                     [&](const auto& one) { return one.year == out.year; });
    if (!has_any) {
        throw InputError({Diagnostic{{actuals.file, 1, 1},
                                     {},
                                     out.year == 0 ? std::string("no figure of a month")
                                                   : fmt::format("no figure of {}", out.year),
                                     "write one row a month",
                                     {},
                                     {}}});
    }
    const auto then = with_actuals(study, known_by(actuals, out.year, month));
    out.year_ends = year_ends(then.scenario(), out.year, month);
    out.savers = savers_of(out.year_ends);
    const auto run = then.run(out.year);
    if (const auto& failure = run.failure(); failure.has_value()) {
        out.failure = failure->message;
        return out;
    }
    const auto& solved = run.year(out.year);
    for (auto& end : out.year_ends) {
        for (const auto& one : solved.planned()) {
            if (one.id == end.indicator) {
                end.name = one.name;
            }
        }
    }
    for (auto judged : solved.policies()) {
        if (judged.verdict == Verdict::not_applicable) {
            continue;
        }
        judged.colour = colour_of(judged, out.year_ends);
        out.to_save.push_back(still_to_save(judged));
        out.policies.push_back(std::move(judged));
    }
    return out;
}

} // namespace chainsim::study
