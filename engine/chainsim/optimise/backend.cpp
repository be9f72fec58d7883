#include <chainsim/base/diagnostic.hpp>
#include <chainsim/base/nearest.hpp>
#include <chainsim/optimise/backend.hpp>
#include <chainsim/optimise/external_backend.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace chainsim::optimise {

std::string_view to_string(Status status) {
    switch (status) {
    case Status::optimal:
        return "optimal";
    case Status::feasible:
        return "feasible";
    case Status::infeasible:
        return "infeasible";
    case Status::unbounded:
        return "unbounded";
    case Status::stopped:
        return "stopped";
    case Status::failed:
        return "failed";
    }
    return "failed";
}

double relative_gap(double objective, double bound) {
    return std::abs(objective - bound) / std::max(1e-10, std::abs(objective));
}

Status status_within(double gap, double objective, double bound) {
    const double allowed = gap * std::max(1e-10, std::abs(objective));
    const double rounding = 1e-9 * std::max(1.0, std::abs(objective));
    return std::abs(objective - bound) <= allowed + rounding ? Status::optimal : Status::feasible;
}

double Answer::gap() const { return point.empty() ? infinity : relative_gap(objective, bound); }

std::unique_ptr<Backend> make_backend(const std::string& solver) {
    if (solver == "cbc") {
        return make_cbc();
    }
    if (solver == "highs") {
        return make_highs();
    }
    // A command names files; so what is one word and has no place for them is meant as a name.
    if (solver.empty() || solver.find_first_of(" \t\n{'\"") != std::string::npos) {
        return make_external(solver);
    }
    const std::array<std::string, 2> known{"cbc", "highs"};
    std::string word = solver;
    std::transform(word.begin(), word.end(), word.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    const auto near = nearest(word, known);
    const auto hint = near.empty() ? std::string() : fmt::format("; did you mean '{}'?", near);
    throw InputError({{.where = {},
                       .field = {},
                       .message = fmt::format("unknown solver '{}'{}", solver, hint),
                       .help = "write cbc, highs, or the command of another one, with {mps} and "
                               "{solution} for its files",
                       .also = {},
                       .line_text = {}}});
}

} // namespace chainsim::optimise
