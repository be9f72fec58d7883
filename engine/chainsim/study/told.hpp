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
    /// By indicator: months that are missing of a year that the statistics have begun, "2025-03".
    /// What the value is then is no ground for a verdict.
    std::map<std::string, std::vector<std::string>> gaps;

    [[nodiscard]] Basis basis_of(const std::string& indicator) const;
};

/// Sets the statistics of a scenario into its years.
///
/// What is told of a year stands, and an indicator that the accounts do not count is added. A year
/// after the last that is told of an indicator, but none before the base year of the region, starts
/// from there:
///
///     totals of energy, CO2 of energy, GDP    planned + (told - planned then)
///     GDP as given                            told x growth of each year since
///     all others                              planned x told / planned then
///
/// for the totals hold what the model lacks, which stays, and amounts of plants end with them.
/// Controlled energy moves with the total and its deductions, as the period has them, unless it is
/// told as late as they are; a quotient of which a part is told later than itself is taken anew.
///
/// Cost  Made once a scenario; no year is solved by it.
class Teller {
public:
    Teller() = default; ///< without statistics
    explicit Teller(const model::Scenario& scenario);

    /// The years in the past on which those given rest, ascending, those given left out; what the
    /// model has of them is to be kept before those are told.
    [[nodiscard]] std::vector<int> anchors_of(const std::vector<int>& years) const;
    /// Keeps what the model has in a year, if any other rests on it.
    void keep(int year, const std::vector<accounts::IndicatorValue>& modelled);

    /// Errors  ContractError if an anchor of the year has not been kept.
    ///
    /// `scenario` may differ from that of the teller in what is tried: the past stays as it is.
    [[nodiscard]] Told tell(const model::Scenario& scenario, const system::System& system,
                            const std::vector<accounts::IndicatorValue>& modelled,
                            const ConfidenceShares& shares) const;

private:
    using YearEnds = std::map<int, YearEnd>;

    int base_year_ = 0;
    std::map<std::string, YearEnds> told_; ///< by indicator
    std::map<int, std::vector<accounts::IndicatorValue>> modelled_;
};

} // namespace chainsim::study
