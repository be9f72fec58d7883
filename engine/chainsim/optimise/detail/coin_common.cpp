#include <chainsim/optimise/detail/coin_common.hpp>

#include <coin/CoinPackedMatrix.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>

namespace chainsim::optimise::detail {

namespace {

using SearchClock = std::chrono::steady_clock;

constexpr double seconds_to_return = 2.0;
constexpr unsigned iterations_between_looks = 16;
constexpr int stopped_by_event = 5;

} // namespace

SearchLimit::SearchLimit(const SolveOptions& options)
    : interrupt_(options.interrupt), seconds_(options.seconds), begin_(SearchClock::now()) {}

double SearchLimit::elapsed() const {
    return std::chrono::duration<double>(SearchClock::now() - begin_).count();
}

double SearchLimit::left() const { return std::max(0.0, seconds_ - elapsed()); }

bool SearchLimit::is_reached() const {
    return (interrupt_ != nullptr && interrupt_->load(std::memory_order_relaxed)) ||
           elapsed() >= seconds_;
}

void SearchLimit::begin_return() {
    interrupt_ = nullptr;
    seconds_ = elapsed() + seconds_to_return;
}

SolverVoice::SolverVoice(bool speaks) : CoinMessageHandler(stderr), speaks_(speaks) {
    setLogLevel(speaks ? 1 : 0);
}

int SolverVoice::print() { return speaks_ ? CoinMessageHandler::print() : 0; }

CoinMessageHandler* SolverVoice::clone() const { return new SolverVoice(*this); }

int SimplexStop::event(Event which) {
    const bool is_time_to_look =
        which != endOfIteration || ++iterations_ % iterations_between_looks == 0;
    return is_time_to_look && limit_->is_reached() ? stopped_by_event : -1;
}

ClpEventHandler* SimplexStop::clone() const { return new SimplexStop(*this); }

double sense_of(const Program& program) { return program.is_maximised ? -1.0 : 1.0; }

void load_program(const Program& program, bool with_cost, ClpSimplex& model) {
    const auto& matrix = program.matrix;
    const CoinPackedMatrix packed(true, program.rows(), program.columns(),
                                  static_cast<int>(matrix.nonZeros()), matrix.valuePtr(),
                                  matrix.innerIndexPtr(), matrix.outerIndexPtr(), nullptr);
    std::vector<double> cost(program.cost.size(), 0.0);
    if (with_cost) {
        std::transform(program.cost.begin(), program.cost.end(), cost.begin(),
                       [&program](double value) { return sense_of(program) * value; });
    }
    model.loadProblem(packed, program.lower.data(), program.upper.data(), cost.data(),
                      program.row_lower.data(), program.row_upper.data());
}

void prepare_simplex(ClpSimplex& model, const SolveOptions& options, const SearchLimit& limit,
                     SolverVoice& voice) {
    model.passInMessageHandler(&voice);
    model.setLogLevel(options.log ? 1 : 0);
    SimplexStop stop(limit);
    model.passInEventHandler(&stop);
    model.setPrimalTolerance(options.tolerance);
    model.setDualTolerance(options.tolerance);
}

double largest_violation(const Program& program, const std::vector<double>& point) {
    double worst = 0.0;
    const auto look = [&worst](double value, double lower, double upper) {
        const double scale = std::max(1.0, std::abs(value));
        worst = std::max({worst, (lower - value) / scale, (value - upper) / scale});
    };
    std::vector<double> activity(program.row_lower.size(), 0.0);
    for (int column = 0; column < program.columns(); ++column) {
        const auto at = place(column);
        look(point[at], program.lower[at], program.upper[at]);
        if (program.is_integer[at] != 0) {
            worst = std::max(worst, std::abs(point[at] - std::round(point[at])));
        }
        for (Eigen::SparseMatrix<double>::InnerIterator entry(program.matrix, column); entry;
             ++entry) {
            activity[place(static_cast<int>(entry.row()))] += entry.value() * point[at];
        }
    }
    for (std::size_t row = 0; row < activity.size(); ++row) {
        look(activity[row], program.row_lower[row], program.row_upper[row]);
    }
    return worst;
}

} // namespace chainsim::optimise::detail
