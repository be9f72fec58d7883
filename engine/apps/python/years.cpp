#include "bindings.hpp"

#include <algorithm>
#include <cstddef>

namespace chainsim::python {

namespace {

using study::Judgement;
using study::YearRun;
using Values = std::vector<accounts::IndicatorValue>;

/// Errors  InputError with the nearest id.
const accounts::IndicatorValue& find(const Values& values, const std::string& id) {
    const auto found =
        std::lower_bound(values.begin(), values.end(), id,
                         [](const auto& one, const auto& wanted) { return one.id < wanted; });
    if (found == values.end() || found->id != id) {
        std::vector<std::string> known;
        known.reserve(values.size());
        for (const auto& one : values) {
            known.push_back(one.id);
        }
        throw unknown_id("indicator", id, known);
    }
    return *found;
}

double number_in(const accounts::IndicatorValue& value, const std::optional<std::string>& unit) {
    return unit ? units::Quantity(value.value, units::Unit::parse(value.unit)).in(*unit)
                : value.value;
}

std::shared_ptr<table::Table> indicators_of_year(const YearRun& year) {
    Texts ids;
    Texts names_zh;
    Texts names_en;
    Texts units;
    Texts bases;
    std::vector<double> values;
    for (const auto& one : year.indicators()) {
        ids.push_back(one.id);
        names_zh.push_back(one.name.zh);
        names_en.push_back(one.name.en);
        values.push_back(one.value);
        units.push_back(one.unit);
        bases.emplace_back(study::to_string(year.basis_of(one.id)));
    }
    return shared({"indicators",
                   {{"id", {}, std::move(ids)},
                    {"name_zh", {}, std::move(names_zh)},
                    {"name_en", {}, std::move(names_en)},
                    {"value", {}, std::move(values)},
                    {"unit", {}, std::move(units)},
                    {"basis", {}, std::move(bases)}}});
}

py::dict closure_of(const YearRun& year) {
    const auto& closure = year.closure();
    py::dict elements;
    for (const auto& [element, open] : closure.elements) {
        elements[py::str(element)] = open;
    }
    py::dict out;
    out["balance"] = closure.balance;
    out["accounts"] = closure.accounts;
    out["mass"] = closure.mass;
    out["energy"] = closure.energy;
    out["elements"] = elements;
    return out;
}

py::dict confidence_of(const YearRun& year, const std::string& indicator) {
    (void)find(year.indicators(), indicator);
    py::dict out;
    const auto found = year.confidence().find(indicator);
    if (found != year.confidence().end()) {
        for (std::size_t i = 0; i < model::confidences.size(); ++i) {
            out[py::str(std::string(model::to_string(model::confidences[i])))] = found->second[i];
        }
    }
    return out;
}

template <class Enumerator>
auto word(Enumerator Judgement::*member) {
    return [member](const Judgement& one) { return std::string(to_string(one.*member)); };
}

void bind_judgements(py::module_& module) {
    py::class_<Judgement>(module, "Judgement",
                          "A policy, judged: a verdict with its formula and its inputs")
        .def_readonly("id", &Judgement::id)
        .def_property_readonly("name", [](const Judgement& one) { return name_dict(one.name); })
        .def_property_readonly("group", word(&Judgement::group))
        .def_readonly("indicator", &Judgement::indicator)
        .def_readonly("formula", &Judgement::formula)
        .def_property_readonly("inputs",
                               [](const Judgement& one) {
                                   py::dict out;
                                   for (const auto& [id, value] : one.inputs) {
                                       out[py::str(id)] = value;
                                   }
                                   return out;
                               })
        .def_readonly("value", &Judgement::value, "In `unit`; NaN if there is none")
        .def_readonly("bound", &Judgement::bound)
        .def_readonly("margin", &Judgement::margin, "Room left: positive if the bound is kept")
        .def_readonly("unit", &Judgement::unit)
        .def_property_readonly("basis", word(&Judgement::basis))
        .def_readonly("hard", &Judgement::hard)
        .def_readonly("illustration", &Judgement::illustration, "It rests on an assumption")
        .def_property_readonly("verdict", word(&Judgement::verdict),
                               "met, missed, undetermined or not_applicable")
        .def_readonly("missing", &Judgement::missing, "Figures that a verdict would need")
        .def_readonly("source", &Judgement::source)
        .def_property_readonly("confidence", word(&Judgement::confidence))
        .def("__repr__", [](const Judgement& one) {
            return "<chainsim.Judgement " + one.id + ": " +
                   std::string(study::to_string(one.verdict)) + ">";
        });
}

} // namespace

void bind_years(py::module_& module) {
    bind_judgements(module);
    py::class_<YearRun>(module, "YearRun", "A solved year, and all that is counted on it")
        .def_property_readonly("year", &YearRun::year)
        .def(
            "indicator",
            [](const YearRun& year, const std::string& id, const std::optional<std::string>& unit) {
                return number_in(find(year.indicators(), id), unit);
            },
            py::arg("id"), py::arg("unit") = py::none(),
            "Its value in the unit that summary.json states (`unit_of`), or in the one asked for: "
            "\"Mtce\", \"亿元\"")
        .def(
            "planned",
            [](const YearRun& year, const std::string& id, const std::optional<std::string>& unit) {
                return number_in(find(year.planned(), id), unit);
            },
            py::arg("id"), py::arg("unit") = py::none(),
            "The same as the model has it, without the statistics")
        .def(
            "unit_of",
            [](const YearRun& year, const std::string& id) {
                return find(year.indicators(), id).unit;
            },
            py::arg("id"), "Unit of an indicator, as in summary.json: tce, CNY, t, m3 ...")
        .def(
            "basis_of",
            [](const YearRun& year, const std::string& id) {
                (void)find(year.indicators(), id);
                return std::string(study::to_string(year.basis_of(id)));
            },
            py::arg("id"), "Where its value comes from: actual, expected or planned")
        .def("confidence", &confidence_of, py::arg("id"),
             "Shares of an indicator that rest on figures of each confidence")
        .def("indicators", &indicators_of_year, "Every indicator: id, names, value, unit, basis")
        .def_property_readonly(
            "policies", [](const YearRun& year) { return year.policies(); },
            "Every policy, judged, by id")
        .def_property_readonly("closure", &closure_of, "How well all closes, as in summary.json")
        .def("__repr__", [](const YearRun& year) {
            return "<chainsim.YearRun " + std::to_string(year.year()) + ">";
        });
}

} // namespace chainsim::python
