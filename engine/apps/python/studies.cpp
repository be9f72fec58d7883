#include "bindings.hpp"
#include <chainsim/study/check_report.hpp>
#include <chainsim/study/sensitivity.hpp>
#include <chainsim/study/starter.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace chainsim::python {

namespace {

using study::CheckReport;
using Unlocked = py::call_guard<py::gil_scoped_release>;

constexpr int first_year = 1900;
constexpr int last_year = 2200;
constexpr int most_threads = 1024;

study::SensitivityMethod method_named(const std::string& word) {
    if (word == "gradient") {
        return study::SensitivityMethod::gradient;
    }
    if (word == "morris") {
        return study::SensitivityMethod::morris;
    }
    if (word == "sobol") {
        return study::SensitivityMethod::sobol;
    }
    throw refused(fmt::format("unknown method '{}'", word),
                  "methods are 'gradient', 'morris' and 'sobol'");
}

study::Page sensitivity(const StudyOrPath& asked, const std::string& indicator,
                        const std::string& method, const std::optional<int>& year, int top,
                        std::int64_t n, std::uint64_t seed, int threads) {
    study::SensitivityRequest request;
    request.indicator = indicator;
    request.method = method_named(method);
    check_range("top", top, 1, 1000);
    check_range("threads", threads, 0, most_threads);
    if (n != 0) {
        check_range("n", static_cast<double>(n), 2, 1 << 24);
    }
    request.top = top;
    request.n = n;
    request.seed = seed;
    request.threads = threads;
    const auto study = study_of(asked);
    if (year) {
        check_solves(study->scenario(), *year);
        request.year = *year;
    }
    return study::sensitivity_page(*study, request);
}

CheckReport check(const StudyOrPath& asked, const std::optional<int>& year, bool projects) {
    const auto study = study_of(asked);
    std::vector<int> years;
    if (year) {
        check_solves(study->scenario(), *year);
        years.push_back(*year);
    }
    auto report = study::check(*study, years, projects);
    if (const auto& failure = report.run.failure()) {
        throw study::NoSolution(failure->message);
    }
    return report;
}

template <auto member>
std::vector<std::string> ids(const model::Scenario& scenario) {
    return (scenario.*member).ids();
}

void bind_scenarios(py::module_& module) {
    using model::Scenario;
    py::class_<Scenario>(module, "Scenario", "What is asked of the world, read and checked")
        .def_readonly("id", &Scenario::id)
        .def_property_readonly("name", [](const Scenario& one) { return name_dict(one.name); })
        .def_readonly("years", &Scenario::years)
        .def_property_readonly("facilities", &ids<&Scenario::facilities>, "Ids")
        .def_property_readonly("projects", &ids<&Scenario::projects>, "Ids, selected or not")
        .def_property_readonly("policies", &ids<&Scenario::policies>, "Ids")
        .def_property_readonly("markets", &ids<&Scenario::markets>, "Ids")
        .def_property_readonly(
            "commodities", [](const Scenario& one) { return one.model.commodities.ids(); }, "Ids")
        .def_property_readonly(
            "processes", [](const Scenario& one) { return one.model.processes.ids(); }, "Ids")
        .def_property_readonly(
            "inputs",
            [](const Scenario& one) {
                std::vector<std::string> out;
                out.reserve(one.inputs.size());
                for (const auto& file : one.inputs) {
                    out.push_back(file.path);
                }
                return out;
            },
            "Files that it was read from")
        .def_property_readonly("hash", &study::hash_of, "SHA-256 of what they say")
        .def("__repr__", [](const Scenario& one) { return "<chainsim.Scenario " + one.id + ">"; });
}

void bind_checks(py::module_& module) {
    py::class_<CheckReport, std::shared_ptr<CheckReport>>(
        module, "CheckReport", "The policies of a run, and what projects weigh in one year")
        .def_property_readonly(
            "run",
            [](const CheckReport& report) { return std::make_shared<study::Run>(report.run); })
        .def_readonly("year", &CheckReport::year, "Of the weights")
        .def_readonly("missing", &CheckReport::missing, "Base figures that are not known")
        .def_property_readonly(
            "missed_hard", [](const CheckReport& report) { return study::missed_hard(report.run); },
            "Hard policies that are missed, each with its year")
        .def(
            "text",
            [](const CheckReport& report, const std::string& language, std::size_t width,
               bool all) {
                return study::check_text(report, {.language = language_named(language),
                                                  .width = width,
                                                  .all = all,
                                                  .project = {}});
            },
            py::arg("language") = "en", py::arg("width") = 0, py::arg("all") = false,
            "As `chainsim check` prints it")
        .def(
            "to_dict",
            [](const CheckReport& report) { return from_json(study::check_json(report, {})); },
            "What `chainsim check --json` prints: policies by year, the worst first; projects");
    module.def("check", &check, py::arg("study"), py::arg("year") = py::none(),
               py::arg("projects") = true, Unlocked(),
               "Judges every policy year by year, and weighs projects in the dual control.\n\n"
               "Raises NoSolution if a year has none.");
}

} // namespace

void check_solves(const model::Scenario& scenario, int year) {
    if (std::find(scenario.years.begin(), scenario.years.end(), year) == scenario.years.end()) {
        throw refused(fmt::format("scenario '{}' does not solve {}", scenario.id, year),
                      fmt::format("its years are {}", fmt::join(scenario.years, ", ")));
    }
}

std::shared_ptr<OpenedStudy> open_study(const std::filesystem::path& path, std::vector<int> years) {
    for (const int year : years) {
        check_range("years", year, first_year, last_year);
    }
    const auto study = study::open(path, years);
    return std::make_shared<OpenedStudy>(study, path, std::move(years));
}

std::shared_ptr<OpenedStudy> study_of(const StudyOrPath& asked) {
    if (const auto* study = std::get_if<std::shared_ptr<OpenedStudy>>(&asked)) {
        return *study;
    }
    return open_study(std::get<std::filesystem::path>(asked), {});
}

void bind_studies(py::module_& module) {
    bind_scenarios(module);
    py::class_<OpenedStudy, std::shared_ptr<OpenedStudy>>(module, "Study",
                                                          "A scenario, read and checked")
        .def_property_readonly(
            "scenario",
            [](const OpenedStudy& study) -> const model::Scenario& { return study.scenario(); },
            py::return_value_policy::reference_internal)
        .def_property_readonly(
            "path",
            [](const OpenedStudy& study) {
                return study.path().empty() ? std::nullopt : std::optional(study.path());
            },
            "Where it was opened; None if it was read from a text")
        .def(
            "run",
            [](const OpenedStudy& study, const std::optional<int>& year) {
                if (year) {
                    check_solves(study.scenario(), *year);
                }
                return std::make_shared<study::Run>(year ? study.run(*year) : study.run());
            },
            py::arg("year") = py::none(), Unlocked(),
            "Solves the years of the scenario in order, or one of them")
        .def("__repr__", [](const OpenedStudy& study) {
            return "<chainsim.Study " + study.scenario().id + ">";
        });
    module.def("open", &open_study, py::arg("path"), py::arg("years") = std::vector<int>{},
               Unlocked(),
               "Reads a scenario file, or the folder of a run. `years` replace those of the "
               "scenario.\n\nRaises InputError with every problem of every file, IoError.");
    module.def(
        "open_text",
        [](const std::filesystem::path& file, std::string text) {
            return std::make_shared<OpenedStudy>(study::open_text(file, std::move(text)),
                                                 std::filesystem::path{}, std::vector<int>{});
        },
        py::arg("file"), py::arg("text"), Unlocked(),
        "Reads a scenario from a text, as if it stood in `file`, which need not be there.");
    bind_checks(module);
    const study::SensitivityRequest usual;
    module.def("sensitivity", &sensitivity, py::arg("study"),
               py::arg("indicator") = usual.indicator, py::kw_only(),
               py::arg("method") = "gradient", py::arg("year") = py::none(),
               py::arg("top") = usual.top, py::arg("n") = usual.n, py::arg("seed") = usual.seed,
               py::arg("threads") = usual.threads, Unlocked(),
               "Which figures an indicator depends on, and which to measure better.\n\n"
               "method: gradient, morris or sobol. threads: 0 for as many as there are cores.");
}

} // namespace chainsim::python
