#include <chainsim/base/vector_isa.hpp>
#include <chainsim/model/closure.hpp>
#include <chainsim/uncertainty/closing.hpp>
#include <chainsim/uncertainty/detail/recipe_limits.hpp>

#include <Eigen/QR>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>

namespace chainsim::uncertainty {

namespace {

constexpr double width_without_range = 0.2; // of the amount, as an override has it

double width_of(const Parameter& one) {
    return one.has_range() ? one.high - one.low : width_without_range * one.value;
}

} // namespace

ClosingRecipe::ClosingRecipe(const RecipeInUse& recipe, const std::vector<Parameter>& parameters,
                             const model::Registry<model::Commodity>& commodities, Movers who)
    : id_(recipe.id) {
    const auto nominal = model::closure(recipe.process, commodities);
    std::vector<std::size_t> kept;
    for (std::size_t e = 0; e < model::element_count; ++e) {
        const double most = std::max(nominal.elements_in[e], nominal.elements_out[e]);
        if (most > 0.0 && !nominal.is_trace(static_cast<model::Element>(e))) {
            kept.push_back(e);
            scale_.push_back(most);
        }
    }
    struct Mover {
        int parameter = 0;
        Content content;
    };
    std::vector<Mover> movers;
    std::vector<double> widths;
    const auto read = [&](const std::vector<model::Flow>& flows, const std::vector<int>& numbers,
                          double sign) {
        for (std::size_t i = 0; i < flows.size(); ++i) {
            const auto& commodity = commodities[flows[i].commodity];
            const auto& one = parameters[static_cast<std::size_t>(numbers[i])];
            Content content;
            content.reserve(kept.size());
            for (std::size_t k = 0; k < kept.size(); ++k) {
                content.push_back(sign * commodity.mass * commodity.composition[kept[k]] /
                                  scale_[k]);
            }
            if (flows[i].closing && commodity.mass > 0.0 && flows[i].amount > 0.0) {
                closing_.push_back(numbers[i]);
                nominal_closing_.push_back(one.value);
                widths.push_back(width_of(one));
                content_of_closing_.push_back(std::move(content));
            } else if (one.has_range() ||
                       (who == Movers::all && flows[i].kind != model::FlowKind::product)) {
                movers.push_back({numbers[i], std::move(content)});
            }
        }
    };
    read(recipe.process.inputs, recipe.inputs, -1.0);
    read(recipe.process.outputs, recipe.outputs, 1.0);

    std::vector<std::vector<double>> columns;
    for (auto& mover : movers) {
        const auto& one = parameters[static_cast<std::size_t>(mover.parameter)];
        const bool has_content = std::any_of(mover.content.begin(), mover.content.end(),
                                             [](double share) { return share != 0.0; });
        if (!has_content) { // moves freely, and nothing follows
            moving_.push_back(mover.parameter);
            nominal_moving_.push_back(one.value);
            continue;
        }
        auto slopes = follow(mover.content, content_of_closing_, widths);
        if (slopes.empty()) {
            held_.push_back(mover.parameter);
            nominal_held_.push_back(one.value);
            content_of_held_.push_back(std::move(mover.content));
            continue;
        }
        drawn_.push_back(mover.parameter);
        nominal_drawn_.push_back(one.value);
        moving_.push_back(mover.parameter);
        nominal_moving_.push_back(one.value);
        content_of_drawn_.push_back(std::move(mover.content));
        columns.push_back(std::move(slopes));
    }
    slopes_.resize(closing_.size() * drawn_.size());
    for (std::size_t i = 0; i < closing_.size(); ++i) {
        for (std::size_t j = 0; j < drawn_.size(); ++j) {
            slopes_[i * drawn_.size() + j] = columns[j][i];
        }
    }
    take_limits(recipe, parameters, commodities, who);
}

/// The limits of the recipe by what moves, closing flows following; those that no draw can reach
/// are left out.
void ClosingRecipe::take_limits(const RecipeInUse& recipe, const std::vector<Parameter>& parameters,
                                const model::Registry<model::Commodity>& commodities, Movers who) {
    const auto place = [](const std::vector<int>& list, int parameter) {
        return static_cast<std::size_t>(std::find(list.begin(), list.end(), parameter) -
                                        list.begin());
    };
    for (const auto& one : detail::limits_of(recipe, commodities)) {
        Limit limit{one.constant, std::vector<double>(moving_.size(), 0.0)};
        for (const auto& [parameter, weight] : one.terms) {
            limit.margin += weight * parameters[static_cast<std::size_t>(parameter)].value;
            if (const auto k = place(moving_, parameter); k < moving_.size()) {
                limit.slopes[k] += weight;
            }
            const auto i = place(closing_, parameter);
            for (std::size_t j = 0; i < closing_.size() && j < drawn_.size(); ++j) {
                limit.slopes[place(moving_, drawn_[j])] += weight * slope(i, j);
            }
        }
        double least = limit.margin;
        for (std::size_t k = 0; k < moving_.size(); ++k) {
            const auto& flow = parameters[static_cast<std::size_t>(moving_[k])];
            least += std::min(limit.slopes[k] * (flow.low - flow.value),
                              limit.slopes[k] * (flow.high - flow.value));
            // A twentieth of these lies beyond the range.
            const bool has_tails = flow.shape == model::Distribution::normal ||
                                   flow.shape == model::Distribution::lognormal;
            if (has_tails && limit.slopes[k] != 0.0) {
                least = -std::numeric_limits<double>::infinity();
            }
        }
        if (least < 0.0 || who == Movers::all) {
            limits_.push_back(std::move(limit));
        }
    }
}

double ClosingRecipe::margin(const Limit& limit, const double* values, std::size_t lane) const {
    double margin = limit.margin;
    for (std::size_t k = 0; k < moving_.size(); ++k) {
        const auto at = static_cast<std::size_t>(moving_[k]) * vector_lanes + lane;
        margin += limit.slopes[k] * (values[at] - nominal_moving_[k]);
    }
    return margin;
}

/// The slopes of all closing flows by a flow of this content; none if they cannot hold it.
std::vector<double> ClosingRecipe::follow(const Content& content,
                                          const std::vector<Content>& closing,
                                          const std::vector<double>& widths) {
    constexpr double exact = 1e-9;
    const auto rows = static_cast<Eigen::Index>(content.size());
    const auto columns = static_cast<Eigen::Index>(closing.size());
    if (columns == 0) {
        return {};
    }
    Eigen::MatrixXd balance(rows, columns);
    Eigen::VectorXd wanted(rows);
    for (Eigen::Index e = 0; e < rows; ++e) {
        wanted(e) = -content[static_cast<std::size_t>(e)];
        for (Eigen::Index i = 0; i < columns; ++i) {
            const auto at = static_cast<std::size_t>(i);
            balance(e, i) = closing[at][static_cast<std::size_t>(e)] * widths[at];
        }
    }
    const Eigen::VectorXd least = balance.completeOrthogonalDecomposition().solve(wanted);
    if (!((balance * least - wanted).norm() <= exact * wanted.norm())) {
        return {};
    }
    std::vector<double> slopes;
    slopes.reserve(closing.size());
    for (Eigen::Index i = 0; i < columns; ++i) {
        slopes.push_back(least(i) * widths[static_cast<std::size_t>(i)]);
    }
    return slopes;
}

unsigned ClosingRecipe::close(double* values) const {
    constexpr auto lanes = static_cast<std::size_t>(vector_lanes);
    unsigned good = (1U << vector_lanes) - 1U;
    for (std::size_t i = 0; i < closing_.size(); ++i) {
        std::array<double, lanes> sum{};
        sum.fill(nominal_closing_[i]);
        for (std::size_t j = 0; j < drawn_.size(); ++j) {
            const double slope = slopes_[i * drawn_.size() + j];
            const double* drawn = values + static_cast<std::size_t>(drawn_[j]) * lanes;
            for (std::size_t lane = 0; lane < lanes; ++lane) {
                sum[lane] += slope * (drawn[lane] - nominal_drawn_[j]);
            }
        }
        double* out = values + static_cast<std::size_t>(closing_[i]) * lanes;
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            out[lane] = sum[lane];
            good &= sum[lane] >= 0.0 ? ~0U : ~(1U << lane);
        }
    }
    for (const auto& limit : limits_) {
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            good &= margin(limit, values, lane) >= 0.0 ? ~0U : ~(1U << lane);
        }
    }
    return good;
}

void ClosingRecipe::shrink(double* values, int lane) const {
    const auto value = [&](int parameter) -> double& {
        return values[parameter * vector_lanes + lane];
    };
    double share = 1.0;
    const auto keep = [&share](double nominal, double now) {
        if (now < 0.0) {
            share = std::min(share, nominal / (nominal - now));
        }
    };
    for (std::size_t i = 0; i < closing_.size(); ++i) {
        keep(nominal_closing_[i], value(closing_[i]));
    }
    for (const auto& limit : limits_) {
        keep(limit.margin, margin(limit, values, static_cast<std::size_t>(lane)));
    }
    for (std::size_t k = 0; k < moving_.size(); ++k) {
        auto& moved = value(moving_[k]);
        moved = nominal_moving_[k] + share * (moved - nominal_moving_[k]);
    }
    for (std::size_t i = 0; i < closing_.size(); ++i) {
        auto& now = value(closing_[i]);
        now = std::max(nominal_closing_[i] + share * (now - nominal_closing_[i]), 0.0);
    }
}

double ClosingRecipe::opened(const double* values, int lane) const {
    const auto value = [&](int parameter) { return values[parameter * vector_lanes + lane]; };
    double most = 0.0;
    double mass = 0.0;
    double whole = 0.0;
    for (std::size_t e = 0; e < scale_.size(); ++e) {
        double change = 0.0;
        for (std::size_t i = 0; i < closing_.size(); ++i) {
            change += content_of_closing_[i][e] * (value(closing_[i]) - nominal_closing_[i]);
        }
        for (std::size_t j = 0; j < drawn_.size(); ++j) {
            change += content_of_drawn_[j][e] * (value(drawn_[j]) - nominal_drawn_[j]);
        }
        for (std::size_t i = 0; i < held_.size(); ++i) {
            change += content_of_held_[i][e] * (value(held_[i]) - nominal_held_[i]);
        }
        most = std::max(most, std::abs(change));
        mass += change * scale_[e];
        whole += scale_[e];
    }
    return whole > 0.0 ? std::max(most, std::abs(mass) / whole) : 0.0;
}

} // namespace chainsim::uncertainty
