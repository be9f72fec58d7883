#include "bindings.hpp"
#include <chainsim/study/footprint.hpp>
#include <chainsim/study/reconciliation.hpp>

namespace chainsim::python {

namespace {

namespace fs = std::filesystem;

/// A report with the study that its names are of.
struct Footprint {
    std::shared_ptr<OpenedStudy> study;
    study::FootprintReport report;
};

Footprint footprint_of(const StudyOrPath& asked, const std::string& commodity,
                       const std::string& allocation, const std::string& burden,
                       const std::optional<int>& year, const std::vector<std::string>& routes,
                       int paths, int depth, double smallest) {
    const auto known = footprint::to_allocation(allocation);
    if (!known) {
        throw refused("unknown allocation '" + allocation + "'",
                      "it is substitution, mass, energy, economic or carbon");
    }
    check_range("paths", paths, 1, 1000);
    check_range("depth", depth, 1, 50);
    check_range("smallest", smallest, 0.0, 1.0);
    study::FootprintRequest request;
    request.commodity = commodity;
    request.allocation = *known;
    request.burden = burden;
    request.routes = routes;
    request.paths = static_cast<std::size_t>(paths);
    request.tree.depth = depth;
    request.tree.smallest = smallest;
    Footprint out{study_of(asked), {}};
    if (year) {
        check_solves(out.study->scenario(), *year);
        request.year = *year;
    }
    out.report = study::footprint(*out.study, request);
    return out;
}

/// Measurements, reconciled, and the study of their plants, if it is of one.
struct Reconciled {
    std::shared_ptr<OpenedStudy> study;
    study::Reconciliation report;
};

Reconciled reconcile_file(const fs::path& measurements, const std::optional<StudyOrPath>& asked,
                          const std::optional<int>& year, const std::string& method,
                          bool leave_out_suspects) {
    study::ReconcileRequest request;
    request.file = measurements;
    if (method != "least_squares" && method != "huber") {
        throw refused("unknown method '" + method + "'", "it is least_squares or huber");
    }
    request.method =
        method == "huber" ? reconcile::Method::huber : reconcile::Method::least_squares;
    request.leave_out_suspects = leave_out_suspects;
    if (year) {
        if (!asked) {
            throw refused("a year is that of a scenario", "name one behind the file");
        }
        check_range("year", *year, 1900, 2200);
        request.year = *year;
    }
    Reconciled out{asked ? study_of(*asked) : nullptr, {}};
    out.report = study::reconcile_measurements(request, out.study.get());
    return out;
}

} // namespace

void bind_footprints(py::module_& module) {
    using Unlocked = py::call_guard<py::gil_scoped_release>;
    py::class_<Footprint, std::shared_ptr<Footprint>>(
        module, "Footprint", "What a unit of a commodity takes and burdens, from cradle to gate")
        .def_property_readonly("year", [](const Footprint& one) { return one.report.year; })
        .def_property_readonly(
            "total", [](const Footprint& one) { return one.report.total(); },
            "Of the burden and by the allocation that were asked for, in the unit of `to_dict`")
        .def(
            "page",
            [](const Footprint& one) {
                return std::make_shared<study::Page>(study::footprint_page(*one.study, one.report));
            },
            "What `chainsim footprint` prints: burdens by each allocation, tree, paths, routes")
        .def(
            "to_dict",
            [](const Footprint& one) {
                return from_json(study::footprint_json(*one.study, one.report));
            },
            "What `chainsim footprint --json` prints");
    module.def("footprint", &footprint_of, py::arg("study"), py::arg("commodity"), py::kw_only(),
               py::arg("allocation") = "substitution", py::arg("burden") = "energy",
               py::arg("year") = py::none(), py::arg("routes") = std::vector<std::string>{},
               py::arg("paths") = 10, py::arg("depth") = 6, py::arg("smallest") = 0.01, Unlocked(),
               "What a unit of a commodity takes and burdens, from cradle to gate.\n\n"
               "commodity: id, alias or name. allocation: substitution, mass, energy, economic or\n"
               "carbon. burden: energy, co2, water, cost or an id. routes: processes or plants\n"
               "that are set against each other, or \"bought\".");

    py::class_<Reconciled, std::shared_ptr<Reconciled>>(
        module, "Reconciliation", "The most likely true flows where measurements do not add up")
        .def(
            "quantities",
            [](const Reconciled& one) { return shared(study::reconciled_table(one.report)); },
            "Every quantity, as it was measured and as it is reconciled")
        .def(
            "covariance",
            [](const Reconciled& one) { return shared(study::covariance_table(one.report)); },
            "Of what is known with errors, rows and columns by id")
        .def(
            "text",
            [](const Reconciled& one, const std::string& language, std::size_t width) {
                return study::reconciliation_text(one.report, language_named(language), width);
            },
            py::arg("language") = "en", py::arg("width") = 0, "As `chainsim reconcile` prints it")
        .def(
            "to_dict",
            [](const Reconciled& one) { return from_json(study::reconciliation_json(one.report)); },
            "What `chainsim reconcile --json` prints")
        .def(
            "write",
            [](const Reconciled& one, const fs::path& folder) {
                study::write_reconciliation(one.report, one.study.get(), folder);
            },
            py::arg("folder"), Unlocked(),
            "Writes reconciled.csv, covariance.csv and, of a scenario, actuals.csv");
    module.def("reconcile", &reconcile_file, py::arg("measurements"), py::arg("study") = py::none(),
               py::kw_only(), py::arg("year") = py::none(), py::arg("method") = "least_squares",
               py::arg("leave_out_suspects") = false, Unlocked(),
               "Reconciles a CSV of measurements: of a network of its own, or of the plants of a\n"
               "study. method: least_squares, or huber, by which outliers pull less.");
}

} // namespace chainsim::python
