#pragma once

#include <chainsim/portfolio/portfolio_program.hpp>

#include <utility>
#include <vector>

namespace chainsim::portfolio {

/// The programs of one choice under several draws of the figures, as one: what is built is decided
/// before the draw is known, how plants run and what is traded after it (two stages, a sample
/// average).
///
/// The goal is the mean over the draws. The means and relations are those of the first part, the
/// nominal figures, which counts for nothing in the goal but has to keep every bound. Of the other
/// parts a few may be given up: each has a column, whole, that lifts its hard bounds, and a row
/// holds their number to what the chance leaves (a chance constraint).
///
/// Source   Kleywegt, Shapiro & Homem-de-Mello (2002), The sample average approximation method for
///          stochastic discrete optimization, SIAM J. Optim. 12; Luedtke & Ahmed (2008), A sample
///          approximation approach for optimization with probabilistic constraints, ibid. 19.
class SampledProgram {
public:
    /// Where a row of a bound could grow without end, a draw that is given up may be over it by so
    /// many times of its largest part, and no more.
    static constexpr double most_beyond = 10.0;

    /// The first part is that of the nominal figures; `may_give_up` of the others may miss bounds.
    ///
    /// Errors  ContractError if the parts are not of the same choices, or fewer than two.
    SampledProgram(std::vector<PortfolioProgram> parts, int may_give_up);

    [[nodiscard]] const optimise::Program& program() const { return program_; }
    [[nodiscard]] const std::vector<PortfolioProgram>& parts() const { return parts_; }
    [[nodiscard]] double unit_of_goal() const { return parts_.front().unit_of_goal(0); }

    [[nodiscard]] Portfolio portfolio(const std::vector<double>& point) const {
        return parts_.front().portfolio(point);
    }
    /// What could be reached if a draw were known: its part, relaxed, with the means of the nominal
    /// figures. Those of its own that differ are left out, so that a bound remains one.
    [[nodiscard]] optimise::Program alone(std::size_t part, bool keeps_bounds) const;
    /// The point of one part in a point of the whole.
    [[nodiscard]] std::vector<double> part_of(std::size_t part,
                                              const std::vector<double>& point) const;
    /// Is the draw of a part given up in a point?
    [[nodiscard]] bool is_given_up(std::size_t part, const std::vector<double>& point) const;
    /// The point of the whole that is made of points of the parts of one portfolio.
    [[nodiscard]] std::vector<double> point(const std::vector<std::vector<double>>& of_parts,
                                            const std::vector<char>& is_given_up) const;

private:
    void add_part(std::size_t part, optimise::ProgramBuilder& builder, int may_give_up);

    std::vector<PortfolioProgram> parts_;
    int shared_ = 0;                ///< the columns of choices come first
    std::vector<int> first_column_; ///< by part, of those that are not shared
    std::vector<int> given_up_;     ///< by part; -1: may not be
    optimise::Program program_;
};

} // namespace chainsim::portfolio
