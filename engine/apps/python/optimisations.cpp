#include "bindings.hpp"
#include <chainsim/optimise/backend.hpp>
#include <chainsim/study/optimisation.hpp>

#include <fmt/format.h>

#include <cstddef>

namespace chainsim::python {

namespace {

namespace fs = std::filesystem;
using study::Optimisation;

/// What was found, and the stop that the search listens to.
class Optimised {
public:
    explicit Optimised(study::OptimiseRequest request)
        : is_to_be_written_(!request.folder.empty()) {
        request.interrupt = &stop_;
        found_ = std::make_unique<Optimisation>(std::move(request));
    }

    void make() {
        found_->solve();
        const bool has_plan = study::failure_of(*found_).empty() || !found_->plans().empty();
        if (is_to_be_written_ && has_plan && !stop_.load()) {
            found_->write();
            is_written_ = true;
        }
    }

    [[nodiscard]] const Optimisation& found() const { return *found_; }
    [[nodiscard]] bool is_written() const noexcept { return is_written_; }
    [[nodiscard]] std::atomic<bool>& stop() noexcept { return stop_; }

private:
    std::atomic<bool> stop_{false};
    bool is_to_be_written_;
    bool is_written_ = false;
    std::unique_ptr<Optimisation> found_;
};

portfolio::Operation operation_named(const std::string& word) {
    if (word == "as_run") {
        return portfolio::Operation::as_run;
    }
    if (word == "free") {
        return portfolio::Operation::open;
    }
    throw refused(fmt::format("unknown operation '{}'", word), "it is 'as_run' or 'free'");
}

/// The ranges of the command line, and what goes with what.
void check_request(const study::OptimiseRequest& request) {
    check_range("slack", request.slack, 0.0, 1.0);
    check_range("points", request.points, 2, 500);
    check_range("alternatives", request.alternatives, 0, 100);
    check_range("within", request.within, 0.0, 1.0);
    check_range("step", request.step, 0.0, 0.5);
    check_range("chance", request.chance, 0.0, 1.0);
    check_range("gap", request.gap, 0.0, 1.0);
    check_range("seconds", request.seconds, 1.0, 1e6);
    check_range("draws", static_cast<double>(request.draws), 0, 10'000'000);
    if (!request.pareto.empty()) {
        check_range("len(pareto)", static_cast<double>(request.pareto.size()), 2, 3);
    }
    if (request.sample != 0) {
        check_range("sample", static_cast<double>(request.sample), 2, 200);
        if (!request.then.empty() || !request.pareto.empty() || !request.curve.empty() ||
            request.alternatives != 0) {
            throw refused("a plan for a sample has one goal, and no other plans beside it",
                          "leave out then, pareto, curve and alternatives");
        }
    }
}

/// A study is opened again from its file, for there may be candidates that it did not take.
void take_scenario(const StudyOrPath& asked, study::OptimiseRequest& request) {
    if (const auto* path = std::get_if<fs::path>(&asked)) {
        request.scenario = *path;
        return;
    }
    const auto& study = *std::get<std::shared_ptr<OpenedStudy>>(asked);
    if (study.path().empty()) {
        throw refused("a study that was read from a text cannot be optimised",
                      "write it to a file, and name that");
    }
    request.scenario = study.path();
    if (request.years.empty()) {
        request.years = study.asked_years();
    }
}

std::shared_ptr<Optimised> optimise(const StudyOrPath& asked, const std::string& objective,
                                    const std::vector<int>& years, const Texts& then, double slack,
                                    const Texts& pareto, int points, int alternatives,
                                    double within, const Texts& at_most, const Texts& at_least,
                                    const std::string& curve, double step, std::int64_t sample,
                                    double chance, std::int64_t draws, const std::string& operation,
                                    double gap, double seconds, const std::string& solver,
                                    const std::optional<fs::path>& folder) {
    study::OptimiseRequest request;
    request.objective = objective;
    request.years = years;
    request.then = then;
    request.slack = slack;
    request.pareto = pareto;
    request.points = points;
    request.alternatives = alternatives;
    request.within = within;
    request.at_most = at_most;
    request.at_least = at_least;
    request.curve = curve;
    request.step = step;
    request.sample = sample;
    request.chance = chance;
    request.draws = draws;
    request.operation = operation_named(operation);
    request.gap = gap;
    request.seconds = seconds;
    request.solver = solver;
    request.folder = folder.value_or(fs::path{});
    check_request(request);
    take_scenario(asked, request);
    std::shared_ptr<Optimised> out;
    {
        const py::gil_scoped_release without_lock;
        out = std::make_shared<Optimised>(std::move(request));
    }
    do_watched([&out] { out->make(); }, out->stop());
    return out;
}

/// What is built, or closed, of all that could be.
table::Table portfolio_of(const Optimisation& one) {
    table::Table out("portfolio",
                     {table::text_column("id"), table::text_column("name_zh"),
                      table::text_column("name_en"), table::text_column("kind"),
                      table::whole_column("made"), table::number_column("year"),
                      table::number_column("size"), table::number_column("capex", "CNY")});
    const auto& choices = one.district().choices();
    for (std::size_t c = 0; c < one.plan().portfolio.size(); ++c) {
        const auto& choice = choices[c];
        const auto& decided = one.plan().portfolio[c];
        const auto& size = choice.sizes[static_cast<std::size_t>(decided.size)];
        const double year = decided.is_made() ? decided.year : table::absent;
        out.append({choice.id, choice.name.zh, choice.name.en,
                    std::string(choice.is_closure ? "closure" : "project"),
                    std::int64_t{decided.is_made() ? 1 : 0}, year, size.share,
                    choice.capex * size.capex});
    }
    return out;
}

} // namespace

void bind_optimisations(py::module_& module) {
    py::class_<Optimised, std::shared_ptr<Optimised>>(module, "Optimisation",
                                                      "Which projects are built and when, and why")
        .def_property_readonly(
            "is_found", [](const Optimised& one) { return one.found().is_found(); },
            "Whether a plan keeps everything when it is run")
        .def_property_readonly("status",
                               [](const Optimised& one) {
                                   return std::string(
                                       one.found().is_found()
                                           ? "found"
                                           : optimise::to_string(one.found().plan().status));
                               })
        .def_property_readonly(
            "failure",
            [](const Optimised& one) {
                const auto text = study::failure_of(one.found());
                return text.empty() ? std::nullopt : std::optional(text);
            },
            "Why there is no plan, in one line; None if there is one")
        .def_property_readonly(
            "values", [](const Optimised& one) { return one.found().plan().outcome.values; },
            "Of the goals, in their order, of the best plan when it is run")
        .def_property_readonly(
            "folder",
            [](const Optimised& one) {
                return one.is_written() ? std::optional(one.found().folder()) : std::nullopt;
            },
            "Where it was written; None if nowhere")
        .def(
            "portfolio", [](const Optimised& one) { return shared(portfolio_of(one.found())); },
            "What is built, or closed, and in which year, of all that could be")
        .def(
            "page",
            [](const Optimised& one) {
                return std::make_shared<study::Page>(study::optimisation_page(one.found()));
            },
            "What `chainsim optimise` prints")
        .def(
            "to_dict",
            [](const Optimised& one) { return from_json(study::optimisation_json(one.found())); },
            "What `chainsim optimise --json` prints; its paths are there if it was written")
        .def("__repr__", [](const Optimised& one) {
            return fmt::format("<chainsim.Optimisation {}: {}>", one.found().study().scenario().id,
                               one.found().is_found() ? "found" : "no plan");
        });
    const study::OptimiseRequest usual;
    module.def("optimise", &optimise, py::arg("study"), py::arg("objective") = usual.objective,
               py::kw_only(), py::arg("years") = usual.years, py::arg("then") = usual.then,
               py::arg("slack") = usual.slack, py::arg("pareto") = usual.pareto,
               py::arg("points") = usual.points, py::arg("alternatives") = usual.alternatives,
               py::arg("within") = usual.within, py::arg("at_most") = usual.at_most,
               py::arg("at_least") = usual.at_least, py::arg("curve") = usual.curve,
               py::arg("step") = usual.step, py::arg("sample") = usual.sample,
               py::arg("chance") = usual.chance, py::arg("draws") = usual.draws,
               py::arg("operation") = "as_run", py::arg("gap") = usual.gap,
               py::arg("seconds") = usual.seconds, py::arg("solver") = usual.solver,
               py::arg("folder") = py::none(),
               "Chooses which projects are built, and when, under the policies and means.\n\n"
               "Arguments are those of `chainsim optimise`. at_most and at_least are texts\n"
               "\"INDICATOR=AMOUNT\". folder: where the plan is written as a scenario, with its\n"
               "run; else nothing is. Ctrl-C ends the search.");
}

} // namespace chainsim::python
