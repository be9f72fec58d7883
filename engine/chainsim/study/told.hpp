#pragma once

#include <chainsim/accounts/indicators.hpp>
#include <chainsim/model/scenario.hpp>
#include <chainsim/study/basis.hpp>
#include <chainsim/study/policies.hpp>
#include <chainsim/study/year_end.hpp>
#include <chainsim/system/system.hpp>

#include <map>
#include <string>
#include <vector>

namespace chainsim::study {

/// The figures of a year with the statistics in the place of what they tell.
struct Told {
    std::vector<accounts::IndicatorValue> values;
    ConfidenceShares shares;
    std::map<std::string, Basis> bases; ///< by indicator; those that are not planned

    [[nodiscard]] Basis basis_of(const std::string& indicator) const;
};

/// Sets the statistics of a scenario into its years.
///
/// What is told of a year stands. A year behind the last that is told of an indicator moves with
/// the model from there: a sum by what the two differ then, a quotient of untold parts by their
/// ratio. A total of energy moves the controlled energy by as much, for raw material and non-fossil
/// energy stay as the model has them; a quotient of which a part is told is taken anew.
///
/// Cost  Made once a scenario; no year is solved by it.
class Teller {
public:
    explicit Teller(const model::Scenario& scenario);

    /// The years in the past on which those given rest, ascending, those given left out; what the
    /// model has of them is to be kept before those are told.
    [[nodiscard]] std::vector<int> anchors_of(const std::vector<int>& years) const;
    /// Keeps what the model has in a year, if any other rests on it.
    void keep(int year, const std::vector<accounts::IndicatorValue>& modelled);

    /// Errors  ContractError if an anchor of the year has not been kept.
    [[nodiscard]] Told tell(const system::System& system,
                            const std::vector<accounts::IndicatorValue>& modelled,
                            const ConfidenceShares& shares) const;

private:
    using YearEnds = std::map<int, YearEnd>;

    std::map<std::string, YearEnds> told_; ///< by indicator
    std::map<int, std::vector<accounts::IndicatorValue>> modelled_;
};

} // namespace chainsim::study
