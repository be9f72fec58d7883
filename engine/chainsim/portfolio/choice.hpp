#pragma once

#include <chainsim/model/candidates.hpp>

#include <optional>
#include <string>
#include <vector>

namespace chainsim::portfolio {

/// A size at which a choice may be made: its own, or a step of it.
struct Size {
    double share = 1.0; ///< of the capacities of its plants
    double capex = 1.0; ///< of its investment
};

/// Something that may be done once, in one of several years: a project built, or a plant closed.
struct Choice {
    std::string id; ///< of the project, or of the facility that is closed
    model::Name name;
    bool is_closure = false;
    std::optional<model::Index<model::Project>> project; ///< absent for a closure
    std::vector<int> years; ///< in which it may begin, ascending; empty: it cannot be done
    std::vector<Size> sizes{Size{}};
    double capex = 0.0;           ///< CNY at its own size
    std::vector<double> schedule; ///< shares of it in the years before the start
    double land = 0.0;            ///< mu, from the start on
    std::vector<model::Index<model::Facility>> plants; ///< that it builds
    std::optional<model::Index<model::Facility>> main; ///< of those, the one it is known by
    std::vector<model::Index<model::Facility>> ends;   ///< that stand no longer once it starts
    std::vector<std::string> needs;                    ///< choices that must be made by then
    std::vector<std::string> excludes;
    /// Choices that rebuild the same plant and of which the recipes are taken as made before: if
    /// both are made, those begin in an earlier year.
    std::vector<std::string> follows;

    /// Share of the investment that falls into a calendar year.
    [[nodiscard]] double investment_share(int start, int year) const;
};

/// What was decided of one choice.
struct Decision {
    int year = 0; ///< 0: it is not made
    int size = 0; ///< position in `Choice::sizes`

    [[nodiscard]] bool is_made() const noexcept { return year != 0; }
    [[nodiscard]] bool is_made_by(int when) const noexcept { return year != 0 && year <= when; }
    friend bool operator==(const Decision&, const Decision&) = default;
};

/// One decision for each choice.
using Portfolio = std::vector<Decision>;

/// What there is to decide, in order of id; closures after projects.
///
/// A project may start in the year for which it is planned and in every computed year after it, or
/// from `earliest` on where that is stated, up to `latest`. Where neither is stated, from the year
/// after the first computed one on. What needs a project that is not to be decided on and not
/// built has no year.
[[nodiscard]] std::vector<Choice> choices_of(const model::Candidates& candidates,
                                             const model::Scenario& decided);

/// What a scenario has decided, as far as it is among the choices.
[[nodiscard]] Portfolio portfolio_of(const std::vector<Choice>& choices,
                                     const model::Scenario& decided);

} // namespace chainsim::portfolio
