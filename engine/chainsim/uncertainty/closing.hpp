#pragma once

#include <chainsim/base/error.hpp>
#include <chainsim/uncertainty/parameters.hpp>

#include <string>
#include <vector>

namespace chainsim::uncertainty {

/// A recipe that cannot be drawn within its balance: a hundred draws in a row left a closing flow
/// below nothing, made energy or took less than its reactions need.
class ClosingError : public Error {
public:
    using Error::Error;
};

/// How the closing flows of a recipe follow its other coefficients, so that mass and every element
/// stay as open as the nominal recipe leaves them (DESIGN, "Closing flows"): by the least relative
/// change, weighted by their ranges, that keeps them. That is linear as long as no flow falls below
/// nothing.
///
/// A flow whose elements no combination of closing flows holds cannot move without opening the
/// balance: it is `held` at its nominal amount. Energy and services, which have no mass, move
/// freely. Elements of which the nominal recipe holds but traces are left as they come.
///
/// A draw is good if no closing flow is below nothing, no energy is made and no feed is below what
/// the reactions need (`detail::limits_of`).
class ClosingRecipe {
public:
    /// Which flows may move: those with a range, or all, to ask what each would do.
    enum class Movers { ranged, all };

    ClosingRecipe(const RecipeInUse& recipe, const std::vector<Parameter>& parameters,
                  const model::Registry<model::Commodity>& commodities,
                  Movers who = Movers::ranged);

    [[nodiscard]] const std::string& id() const noexcept { return id_; }
    /// Parameters that follow: no draw of their own.
    [[nodiscard]] const std::vector<int>& closing() const noexcept { return closing_; }
    /// Parameters that the closing flows follow.
    [[nodiscard]] const std::vector<int>& drawn() const noexcept { return drawn_; }
    /// Parameters of the recipe with a range that move: those and the ones without mass.
    [[nodiscard]] const std::vector<int>& moving() const noexcept { return moving_; }
    /// Whether a draw can be other than good, or anything follows.
    [[nodiscard]] bool has_say() const noexcept {
        return !limits_.empty() || (!closing_.empty() && !drawn_.empty());
    }
    /// Parameters with a range that cannot move.
    [[nodiscard]] const std::vector<int>& held() const noexcept { return held_; }
    /// Slope of closing flow i by drawn flow j.
    [[nodiscard]] double slope(std::size_t i, std::size_t j) const {
        return slopes_[i * drawn_.size() + j];
    }

    /// Sets the closing flows of eight draws; values by parameter, [p * 8 + lane]. -> the draws,
    /// one bit each, that are good.
    [[nodiscard]] unsigned close(double* values) const;

    /// Moves the flows of one draw back towards the nominal recipe, all by the same share, as far
    /// as it takes for the draw to be good.
    void shrink(double* values, int lane) const;

    /// Mass and elements that a draw leaves open beyond what the nominal recipe does, at most, as
    /// share of what passes through (of an element; of the whole for mass).
    [[nodiscard]] double opened(const double* values, int lane) const;

private:
    /// Content of a unit of a flow, signed: t of each element that is kept.
    using Content = std::vector<double>;
    [[nodiscard]] static std::vector<double> follow(const Content& content,
                                                    const std::vector<Content>& closing,
                                                    const std::vector<double>& widths);

    /// What must not be negative: the nominal margin, and how it moves with each moving flow.
    struct Limit {
        double margin = 0.0;
        std::vector<double> slopes; ///< by position in `moving_`
    };
    void take_limits(const RecipeInUse& recipe, const std::vector<Parameter>& parameters,
                     const model::Registry<model::Commodity>& commodities, Movers who);
    [[nodiscard]] double margin(const Limit& limit, const double* values, std::size_t lane) const;

    std::string id_;
    std::vector<int> closing_;
    std::vector<int> drawn_;
    std::vector<int> moving_;
    std::vector<int> held_;
    std::vector<double> slopes_; ///< closing x drawn
    std::vector<double> nominal_closing_;
    std::vector<double> nominal_drawn_;
    std::vector<double> nominal_moving_;
    std::vector<Limit> limits_;
    std::vector<double> nominal_held_;
    std::vector<double> scale_;               ///< by kept element: what passes through
    std::vector<Content> content_of_closing_; ///< all in shares of `scale_`
    std::vector<Content> content_of_drawn_;
    std::vector<Content> content_of_held_;
};

} // namespace chainsim::uncertainty
