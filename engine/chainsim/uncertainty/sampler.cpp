#include <chainsim/base/vector_isa.hpp>
#include <chainsim/uncertainty/sampler.hpp>

#include <cstddef>

namespace chainsim::uncertainty {

Sampler::Sampler(const model::Scenario& scenario, const SampleOptions& options)
    : draws_(scenario, options) {
    for (const int year : scenario.years) {
        years_.emplace_back(scenario, year, draws_.parameters(), draws_.roles());
        outputs_ += years_.back().info().size();
    }
}

Sampler::Workspace::Workspace(const Sampler& sampler) : draws_(sampler.draws_) {
    for (const auto& year : sampler.years_) {
        years_.emplace_back(year);
    }
}

void Sampler::evaluate(std::int64_t first, int lanes, Workspace& work, double* results) const {
    work.history_ = {};
    draws_.fill(first, lanes, work.draws_);
    for (std::size_t lane = 0; lane < work.history_.size(); ++lane) {
        work.history_[lane].redrawn = work.draws_.redrawn()[lane];
    }
    solve_years(work.draws_.values().data(), lanes, work, results);
}

void Sampler::evaluate_values(double* values, int lanes, Workspace& work, double* results) const {
    work.history_ = {};
    draws_.close(values, lanes);
    solve_years(values, lanes, work, results);
}

void Sampler::solve_years(const double* values, int lanes, Workspace& work, double* results) const {
    for (std::size_t y = 0; y < years_.size(); ++y) {
        const auto ways = years_[y].evaluate(values, lanes, work.years_[y], results);
        for (std::size_t lane = 0; lane < work.history_.size(); ++lane) {
            auto& history = work.history_[lane];
            history.on_piece += (ways.on_piece >> lane & 1U) != 0 ? 1 : 0;
            history.in_lanes += (ways.in_lanes >> lane & 1U) != 0 ? 1 : 0;
            history.alone += (ways.alone >> lane & 1U) != 0 ? 1 : 0;
        }
        results += years_[y].info().size() * vector_lanes;
    }
}

} // namespace chainsim::uncertainty
