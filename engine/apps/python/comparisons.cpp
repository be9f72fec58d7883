#include "bindings.hpp"
#include <chainsim/study/comparison.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace chainsim::python {

namespace {

using study::ComparedYear;
using study::Comparison;
using Unlocked = py::call_guard<py::gil_scoped_release>;

constexpr std::size_t most_orders = 1'000'000;

Comparison compare(const std::vector<StudyOrPath>& asked, const std::optional<int>& year,
                   const Texts& of, std::size_t orders, std::uint64_t seed) {
    if (asked.size() < 2) {
        throw refused("a comparison needs two scenarios or more");
    }
    if (orders != 0) {
        check_range("orders", static_cast<double>(orders), 2, static_cast<double>(most_orders));
    }
    if (year) {
        check_range("year", *year, 1900, 2200);
    }
    std::vector<study::Study> studies;
    studies.reserve(asked.size());
    for (const auto& one : asked) {
        studies.push_back(*study_of(one));
    }
    auto out = study::compare(studies, {year, of, orders, seed});
    if (out.failure) {
        throw study::NoSolution(fmt::format("{}: {}", out.ids[out.failed], out.failure->message));
    }
    return out;
}

const ComparedYear& year_of(const Comparison& comparison, const std::optional<int>& year) {
    if (!year) {
        return comparison.explained_year();
    }
    for (const auto& one : comparison.years) {
        if (one.year == *year) {
            return one;
        }
    }
    throw refused(fmt::format("the comparison has no year {}", *year));
}

/// One row an indicator; a column of values for each scenario, in their order.
table::Table indicators_of(const Comparison& comparison, const std::optional<int>& year) {
    const auto& rows = year_of(comparison, year).indicators;
    Texts ids;
    Texts names_zh;
    Texts names_en;
    Texts units;
    for (const auto& row : rows) {
        ids.push_back(row.id);
        names_zh.push_back(row.name.zh);
        names_en.push_back(row.name.en);
        units.push_back(row.unit);
    }
    std::vector<table::Column> columns{{"id", {}, std::move(ids)},
                                       {"name_zh", {}, std::move(names_zh)},
                                       {"name_en", {}, std::move(names_en)},
                                       {"unit", {}, std::move(units)}};
    for (std::size_t scenario = 0; scenario < comparison.ids.size(); ++scenario) {
        std::vector<double> values;
        std::vector<double> differences;
        for (const auto& row : rows) {
            values.push_back(row.values[scenario]);
            differences.push_back(row.difference(scenario));
        }
        const auto number = std::to_string(scenario + 1);
        columns.push_back({"value_" + number, {}, std::move(values)});
        if (scenario > 0) {
            columns.push_back({"difference_" + number, {}, std::move(differences)});
        }
    }
    return {"indicators", std::move(columns)};
}

/// The first scenario against that of `position`, counted from 1 as in the columns.
const study::ComparedPair& pair_of(const Comparison& comparison, int with) {
    check_range("with_", with, 2, static_cast<double>(comparison.ids.size()));
    return comparison.pairs[static_cast<std::size_t>(with) - 2];
}

table::Table changes_of(const Comparison& comparison, int with) {
    const auto& changes = pair_of(comparison, with).changes;
    Texts ids;
    Texts kinds;
    Texts names_zh;
    Texts names_en;
    Texts details;
    for (const auto& change : changes) {
        ids.push_back(change.id);
        kinds.emplace_back(study::to_string(change.kind));
        names_zh.push_back(change.name.zh);
        names_en.push_back(change.name.en);
        details.push_back(change.detail.en);
    }
    return {"changes",
            {{"id", {}, std::move(ids)},
             {"kind", {}, std::move(kinds)},
             {"name_zh", {}, std::move(names_zh)},
             {"name_en", {}, std::move(names_en)},
             {"detail", {}, std::move(details)}}};
}

/// What each change adds to the difference of an indicator, the largest first.
table::Table why_of(const Comparison& comparison, const std::string& indicator, int with) {
    const auto& pair = pair_of(comparison, with);
    const auto& indicators = comparison.explained_year().indicators;
    Texts known;
    for (const auto& why : pair.why) {
        known.push_back(indicators[why.indicator].id);
    }
    const auto found = std::find(known.begin(), known.end(), indicator);
    if (found == known.end()) {
        const bool is_there = std::any_of(indicators.begin(), indicators.end(),
                                          [&](const auto& one) { return one.id == indicator; });
        throw is_there
            ? refused(fmt::format("'{}' was not explained", indicator),
                      fmt::format("name it in `of`: compare(..., of=[\"{}\"])", indicator))
            : unknown_id("indicator", indicator, known);
    }
    const auto& why = pair.why[static_cast<std::size_t>(found - known.begin())];
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < pair.changes.size(); ++i) {
        if (why.amount[i] != 0.0) {
            order.push_back(i);
        }
    }
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return std::abs(why.amount[a]) > std::abs(why.amount[b]);
    });
    Texts ids;
    Texts details;
    std::vector<double> amounts;
    std::vector<double> errors;
    for (const auto i : order) {
        ids.push_back(pair.changes[i].id);
        details.push_back(pair.changes[i].detail.en);
        amounts.push_back(why.amount[i]);
        errors.push_back(why.error[i]);
    }
    const auto& unit = indicators[why.indicator].unit;
    return {"why",
            {{"change", {}, std::move(ids)},
             {"detail", {}, std::move(details)},
             {"amount", unit, std::move(amounts)},
             {"error", unit, std::move(errors)}}};
}

} // namespace

void bind_comparisons(py::module_& module) {
    py::class_<Comparison, std::shared_ptr<Comparison>>(
        module, "Comparison", "Scenarios side by side, and what causes the differences")
        .def_readonly("ids", &Comparison::ids, "Of the scenarios, in their order")
        .def_property_readonly("years",
                               [](const Comparison& one) {
                                   std::vector<int> out;
                                   out.reserve(one.years.size());
                                   for (const auto& year : one.years) {
                                       out.push_back(year.year);
                                   }
                                   std::sort(out.begin(), out.end());
                                   return out;
                               })
        .def_property_readonly("explained_year",
                               [](const Comparison& one) { return one.explained_year().year; })
        .def(
            "indicators",
            [](const Comparison& one, const std::optional<int>& year) {
                return shared(indicators_of(one, year));
            },
            py::arg("year") = py::none(),
            "Each indicator in each scenario: value_1, value_2, difference_2 ...")
        .def(
            "changes",
            [](const Comparison& one, int with) { return shared(changes_of(one, with)); },
            py::arg("with_") = 2,
            "In what the inputs of the first scenario differ from those of another, counted from 1")
        .def(
            "why",
            [](const Comparison& one, const std::string& indicator, int with) {
                return shared(why_of(one, indicator, with));
            },
            py::arg("indicator"), py::arg("with_") = 2,
            "What each change adds to the difference of an indicator, the largest first; the "
            "amounts sum to the difference")
        .def(
            "text",
            [](const Comparison& one, const std::string& language, std::size_t width) {
                return study::comparison_text(one, language_named(language), width);
            },
            py::arg("language") = "en", py::arg("width") = 0, "As `chainsim compare` prints it")
        .def(
            "to_dict", [](const Comparison& one) { return from_json(study::comparison_json(one)); },
            "What `chainsim compare --json` prints")
        .def("__repr__", [](const Comparison& one) {
            return fmt::format("<chainsim.Comparison {}>", fmt::join(one.ids, ", "));
        });
    module.def("_compare", &compare, py::arg("studies"), py::arg("year"), py::arg("of"),
               py::arg("orders"), py::arg("seed"), Unlocked());
}

} // namespace chainsim::python
