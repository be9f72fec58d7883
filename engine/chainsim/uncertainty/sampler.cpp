#include <chainsim/base/vector_isa.hpp>
#include <chainsim/draws/generator.hpp>
#include <chainsim/uncertainty/sampler.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <utility>

namespace chainsim::uncertainty {

namespace {

constexpr auto width = static_cast<std::size_t>(vector_lanes);

/// A range without a shape is most likely at its value, and nothing beyond it.
draws::Shape shape_of(model::Distribution distribution) {
    switch (distribution) {
    case model::Distribution::uniform:
        return draws::Shape::uniform;
    case model::Distribution::normal:
        return draws::Shape::normal;
    case model::Distribution::lognormal:
        return draws::Shape::lognormal;
    case model::Distribution::pert:
        return draws::Shape::pert;
    case model::Distribution::none:
    case model::Distribution::triangular:
        break;
    }
    return draws::Shape::triangular;
}

} // namespace

Sampler::Sampler(const model::Scenario& scenario, const SampleOptions& options)
    : options_(options), parameters_(parameters_of(scenario)) {
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
    for (const int year : scenario.years) {
        years_.emplace_back(scenario, year, parameters_, roles_);
        outputs_ += years_.back().info().size();
    }
}

void Sampler::make_plan() {
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
        marginals.push_back({shape_of(one.shape), one.value, one.low, one.high, {}, {}});
    }
    groups.erase(std::remove_if(groups.begin(), groups.end(),
                                [](const auto& group) { return group.members.size() < 2; }),
                 groups.end());
    plan_ = std::make_unique<draws::Plan>(std::move(marginals), groups, options_.method,
                                          options_.seed, options_.draws);
}

Sampler::Workspace::Workspace(const Sampler& sampler)
    : values_(sampler.parameters_.all.size() * width), planned_(sampler.drawn_.size() * width) {
    for (std::size_t p = 0; p < sampler.parameters_.all.size(); ++p) {
        std::fill_n(values_.data() + p * width, width, sampler.parameters_.all[p].value);
    }
    for (const auto& year : sampler.years_) {
        years_.emplace_back(year);
    }
}

void Sampler::draw(std::int64_t first, int lanes, Workspace& work) const {
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
void Sampler::redraw(std::size_t recipe, std::int64_t draw, int lane, Workspace& work) const {
    constexpr std::uint32_t most = 100;
    constexpr std::uint32_t first_stream = 1000; // far from those of the plan
    constexpr std::size_t dimensions = 64;       // a recipe has fewer flows, or shares some
    const auto& closing = recipes_[recipe];
    Aligned uniforms(dimensions * width);
    for (std::uint32_t attempt = 1; attempt <= most; ++attempt) {
        ++work.history_[static_cast<std::size_t>(lane)].redrawn;
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

void Sampler::evaluate(std::int64_t first, int lanes, Workspace& work, double* results) const {
    work.history_ = {};
    draw(first, lanes, work);
    solve_years(work.values_.data(), lanes, work, results);
}

void Sampler::evaluate_values(double* values, int lanes, Workspace& work, double* results) const {
    work.history_ = {};
    for (const auto& recipe : recipes_) {
        const unsigned closed = options_.keeps_closure ? recipe.close(values) : ~0U;
        for (int lane = 0; lane < lanes; ++lane) {
            if ((closed >> static_cast<unsigned>(lane) & 1U) == 0) {
                recipe.shrink(values, lane);
            }
        }
    }
    solve_years(values, lanes, work, results);
}

void Sampler::solve_years(const double* values, int lanes, Workspace& work, double* results) const {
    for (std::size_t y = 0; y < years_.size(); ++y) {
        const auto ways = years_[y].evaluate(values, lanes, work.years_[y], results);
        for (std::size_t lane = 0; lane < width; ++lane) {
            auto& history = work.history_[lane];
            history.on_piece += (ways.on_piece >> lane & 1U) != 0 ? 1 : 0;
            history.in_lanes += (ways.in_lanes >> lane & 1U) != 0 ? 1 : 0;
            history.alone += (ways.alone >> lane & 1U) != 0 ? 1 : 0;
        }
        results += years_[y].info().size() * width;
    }
}

} // namespace chainsim::uncertainty
