#pragma once

#include <chainsim/optimise/backend.hpp>
#include <chainsim/optimise/program.hpp>

#include <coin/ClpEventHandler.hpp>
#include <coin/ClpSimplex.hpp>
#include <coin/CoinMessageHandler.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <vector>

namespace chainsim::optimise::detail {

/// Tells a search when to end.
///
/// Threads  `is_reached` from any; the rest from the one that began.
class SearchLimit {
public:
    explicit SearchLimit(const SolveOptions& options);

    [[nodiscard]] double elapsed() const;
    [[nodiscard]] double left() const;
    [[nodiscard]] bool is_reached() const;
    /// From here on only what brings the best point home: two seconds, whatever was asked.
    void begin_return();

private:
    const std::atomic<bool>* interrupt_;
    double seconds_;
    std::chrono::steady_clock::time_point begin_;
};

/// Says nothing unless asked: parts of COIN set the level of whatever handler they are given.
class SolverVoice : public CoinMessageHandler {
public:
    explicit SolverVoice(bool speaks);

    int print() override;
    [[nodiscard]] CoinMessageHandler* clone() const override;

private:
    bool speaks_;
};

/// Ends CLP in the middle of a simplex run. Copies of a model copy the handler, so it reaches the
/// programs inside cuts and heuristics too.
class SimplexStop : public ClpEventHandler {
public:
    explicit SimplexStop(const SearchLimit& limit) : limit_(&limit) {}

    int event(Event which) override;
    [[nodiscard]] ClpEventHandler* clone() const override;

private:
    const SearchLimit* limit_;
    unsigned iterations_ = 0;
};

[[nodiscard]] inline std::size_t place(int index) { return static_cast<std::size_t>(index); }

/// 1 to minimise, -1 to maximise.
[[nodiscard]] double sense_of(const Program& program);

/// Always minimises: CLP's signs of duals are then those of `Answer` times the sense. The constant
/// is left out.
void load_program(const Program& program, bool with_cost, ClpSimplex& model);

/// Limits, tolerances and voice of a model.
void prepare_simplex(ClpSimplex& model, const SolveOptions& options, const SearchLimit& limit,
                     SolverVoice& voice);

/// The largest violation of rows, bounds and wholeness, scaled.
[[nodiscard]] double largest_violation(const Program& program, const std::vector<double>& point);

} // namespace chainsim::optimise::detail
