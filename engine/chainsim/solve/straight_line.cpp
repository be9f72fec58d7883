#include <chainsim/base/vector_isa.hpp>
#include <chainsim/solve/straight_line.hpp>

#include <cstddef>

namespace chainsim::solve {

namespace {

std::vector<number::Number> all_outputs(const StraightLine::Outputs& outputs) {
    std::vector<number::Number> all;
    for (const auto* part : {&outputs.activity, &outputs.bought, &outputs.sold, &outputs.disposed,
                             &outputs.slack, &outputs.scale}) {
        all.insert(all.end(), part->begin(), part->end());
    }
    return all;
}

} // namespace

StraightLine::StraightLine(const number::Tape& tape, const Outputs& outputs)
    : program_(tape, all_outputs(outputs)) {
    std::size_t next = 0;
    const auto take = [&](std::vector<int>& cells, std::size_t count) {
        cells.reserve(count);
        for (std::size_t i = 0; i < count; ++i) {
            cells.push_back(program_.cell(next++));
        }
    };
    take(activity_, outputs.activity.size());
    take(bought_, outputs.bought.size());
    take(sold_, outputs.sold.size());
    take(disposed_, outputs.disposed.size());
    take(slack_, outputs.slack.size());
    take(scale_, outputs.scale.size());
}

unsigned StraightLine::standing(const double* cells) const {
    constexpr double rounding = 1e-10;
    unsigned mask = (1U << vector_lanes) - 1U;
    for (std::size_t i = 0; i < slack_.size(); ++i) {
        const double* slack = cells + static_cast<std::ptrdiff_t>(slack_[i]) * vector_lanes;
        const double* scale = cells + static_cast<std::ptrdiff_t>(scale_[i]) * vector_lanes;
        for (unsigned lane = 0; lane < vector_lanes; ++lane) {
            // Written so that what is not a number does not pass.
            mask &= slack[lane] >= -rounding * scale[lane] ? ~0U : ~(1U << lane);
        }
    }
    return mask;
}

} // namespace chainsim::solve
