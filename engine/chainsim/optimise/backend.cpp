#include <chainsim/optimise/backend.hpp>

#include <algorithm>
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

double Answer::gap() const {
    if (point.empty()) {
        return infinity;
    }
    return std::abs(objective - bound) / std::max(1e-10, std::abs(objective));
}

} // namespace chainsim::optimise
