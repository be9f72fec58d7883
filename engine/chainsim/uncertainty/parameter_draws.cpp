#include <chainsim/draws/generator.hpp>
#include <chainsim/model/spread.hpp>
#include <chainsim/uncertainty/parameter_draws.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace chainsim::uncertainty {

namespace {

/// Half of the interval that holds the middle 95 % of a standard normal distribution.
constexpr double middle_95 = 1.959963984540054;

constexpr auto width = static_cast<std::size_t>(vector_lanes);

} // namespace

ParameterDraws::ParameterDraws(const model::Scenario& scenario, SampleOptions options)
    : options_(std::move(options)), parameters_(parameters_of(scenario)) {
    take_covariance();
    for (const auto& one : parameters_.all) {
        roles_.push_back(one.has_range() ? 1 : 0);
    }
    for (const auto& recipe : parameters_.recipes) {
        ClosingRecipe closing(recipe, parameters_.all, scenario.model.commodities);
        if (!options_.keeps_closure) {
            recipes_.push_back(std::move(closing));
            continue;
        }
        for (const int p : closing.held()) {
            roles_[static_cast<std::size_t>(p)] = 0;
        }
        for (const int p : closing.closing()) {
            roles_[static_cast<std::size_t>(p)] = closing.drawn().empty() ? 0 : 2;
        }
        if (closing.has_say()) {
            recipes_.push_back(std::move(closing));
        }
    }
    make_plan();
}

/// The figures get the spread that measurements leave them, and no longer move with copies.
void ParameterDraws::take_covariance() {
    const auto& known = options_.covariance;
    const std::size_t n = known.ids.size();
    CHAINSIM_EXPECT(known.values.size() == n * n && known.centres.size() == n,
                    "a covariance is square");
    centres_.reserve(parameters_.all.size());
    for (const auto& one : parameters_.all) {
        centres_.push_back(one.value);
    }
    for (std::size_t i = 0; i < n; ++i) {
        const auto found =
            std::find_if(parameters_.all.begin(), parameters_.all.end(),
                         [&id = known.ids[i]](const auto& one) { return one.id == id; });
        CHAINSIM_EXPECT(found != parameters_.all.end(), "a covariance is of parameters");
        measured_.push_back(static_cast<int>(found - parameters_.all.begin()));
        const double half = middle_95 * std::sqrt(std::max(0.0, known.values[i * n + i]));
        const double centre = known.centres[i];
        centres_[static_cast<std::size_t>(measured_.back())] = centre;
        // A figure does not turn its sign for being measured badly.
        found->low = centre > 0.0 ? std::max(0.0, centre - half) : centre - half;
        found->high = centre + half;
        found->shape = model::Distribution::normal;
        found->set = -1;
    }
}

/// Those of the measured figures that are drawn for themselves, with their correlations.
draws::Group ParameterDraws::measured_group() const {
    draws::Group group;
    group.name = "the covariance";
    const auto n = measured_.size();
    std::vector<std::size_t> kept;
    for (std::size_t i = 0; i < n; ++i) {
        const int at = position(measured_[i]);
        if (at >= 0) {
            kept.push_back(i);
            group.members.push_back(at);
        }
    }
    const auto& values = options_.covariance.values;
    group.correlation.reserve(kept.size() * kept.size());
    for (const auto i : kept) {
        for (const auto j : kept) {
            const double scale = std::sqrt(values[i * n + i]) * std::sqrt(values[j * n + j]);
            group.correlation.push_back(i == j ? 1.0 : values[i * n + j] / scale);
        }
    }
    return group;
}

void ParameterDraws::make_plan() {
    std::vector<draws::Marginal> marginals;
    std::vector<draws::Group> groups(static_cast<std::size_t>(parameters_.sets));
    position_.assign(parameters_.all.size(), -1);
    for (std::size_t p = 0; p < parameters_.all.size(); ++p) {
        const auto& one = parameters_.all[p];
        if (roles_[p] != 1) {
            continue;
        }
        position_[p] = static_cast<int>(drawn_.size());
        if (one.set >= 0) {
            auto& group = groups[static_cast<std::size_t>(one.set)];
            group.name = one.id;
            group.members.push_back(position_[p]);
        }
        drawn_.push_back(static_cast<int>(p));
        marginals.push_back({model::shape_of(one.shape), centres_[p], one.low, one.high, {}, {}});
    }
    groups.push_back(measured_group());
    groups.erase(std::remove_if(groups.begin(), groups.end(),
                                [](const auto& group) { return group.members.size() < 2; }),
                 groups.end());
    plan_ = std::make_unique<draws::Plan>(std::move(marginals), groups, options_.method,
                                          options_.seed, options_.draws);
}

ParameterDraws::Workspace::Workspace(const ParameterDraws& draws)
    : values_(draws.parameters_.all.size() * width), planned_(draws.drawn_.size() * width) {
    for (std::size_t p = 0; p < draws.parameters_.all.size(); ++p) {
        std::fill_n(values_.data() + p * width, width, draws.parameters_.all[p].value);
    }
}

void ParameterDraws::fill(std::int64_t first, int lanes, Workspace& work) const {
    work.redrawn_ = {};
    plan_->fill(first, work.planned_.data());
    for (std::size_t i = 0; i < drawn_.size(); ++i) {
        std::copy_n(work.planned_.data() + i * width, width,
                    work.values_.data() + static_cast<std::size_t>(drawn_[i]) * width);
    }
    if (!options_.keeps_closure) {
        return;
    }
    const unsigned wanted = (1U << static_cast<unsigned>(lanes)) - 1U;
    for (std::size_t r = 0; r < recipes_.size(); ++r) {
        const unsigned open = wanted & ~recipes_[r].close(work.values_.data());
        for (int lane = 0; lane < lanes; ++lane) {
            if ((open >> static_cast<unsigned>(lane) & 1U) != 0) {
                redraw(r, first + lane, lane, work);
            }
        }
    }
}

/// Other values for the flows of one recipe in one draw, until it closes: from a stream of their
/// own for each attempt, in dimensions of their own for each recipe.
void ParameterDraws::redraw(std::size_t recipe, std::int64_t draw, int lane,
                            Workspace& work) const {
    constexpr std::uint32_t most = 100;
    constexpr std::uint32_t first_stream = 1000; // far from those of the plan
    constexpr std::size_t dimensions = 64;       // a recipe has fewer flows, or shares some
    const auto& closing = recipes_[recipe];
    Aligned uniforms(dimensions * width);
    for (std::uint32_t attempt = 1; attempt <= most; ++attempt) {
        ++work.redrawn_[static_cast<std::size_t>(lane)];
        const draws::Generator generator(options_.seed, first_stream + attempt);
        generator.uniforms_from(static_cast<int>(recipe * dimensions),
                                static_cast<std::uint64_t>(draw), static_cast<int>(dimensions),
                                uniforms.data());
        for (std::size_t i = 0; i < closing.moving().size(); ++i) {
            const auto p = static_cast<std::size_t>(closing.moving()[i]);
            work.values_[p * width + static_cast<std::size_t>(lane)] =
                plan_->quantile(position_[p], uniforms[i % dimensions * width]);
        }
        if ((closing.close(work.values_.data()) >> static_cast<unsigned>(lane) & 1U) != 0) {
            return;
        }
    }
    throw ClosingError(fmt::format("the recipe '{}' cannot be drawn: {} draws in a row left a "
                                   "closing flow below nothing, made energy or took less than its "
                                   "reactions need; narrow its ranges, or mark another flow as "
                                   "closing",
                                   closing.id(), most));
}

void ParameterDraws::close(double* values, int lanes) const {
    for (const auto& recipe : recipes_) {
        const unsigned closed = options_.keeps_closure ? recipe.close(values) : ~0U;
        for (int lane = 0; lane < lanes; ++lane) {
            if ((closed >> static_cast<unsigned>(lane) & 1U) == 0) {
                recipe.shrink(values, lane);
            }
        }
    }
}

number::Figures ParameterDraws::figures(std::int64_t draw) const {
    Workspace work(*this);
    fill(draw, 1, work);
    number::Figures out;
    for (std::size_t p = 0; p < parameters_.all.size(); ++p) {
        if (roles_[p] != 0) {
            out.emplace(parameters_.all[p].figure, work.values_[p * width]);
        }
    }
    return out;
}

} // namespace chainsim::uncertainty
