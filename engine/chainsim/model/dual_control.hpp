#pragma once

#include <chainsim/model/commodity.hpp>
#include <chainsim/model/datum.hpp>
#include <chainsim/model/registry.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace chainsim::model {

/// A use of energy products as raw material (原料用能): what plants take as feedstock, for the
/// share of their products that is listed, may be deducted from the controlled energy.
///
/// Source  notice 发改环资〔2022〕803号.
struct FeedstockUse {
    std::string id;
    Name name;
    std::vector<Index<Commodity>> products; ///< none of them an energy product
    /// Reference products of plants that recover fuel from what was deducted before.
    std::vector<Index<Commodity>> recovered_by;
    bool counts = true; ///< unless a period states the local practice
    Provenance provenance;
};

/// What is deducted for renewable and other non-fossil power.
enum class NonFossil {
    counted,   ///< nothing
    increment, ///< what is used beyond the base year (发改运行〔2022〕1258号)
    deducted   ///< all of it, in the base year as well (发改环资〔2024〕113号)
};

/// A period of assessment, as a five-year plan: one rule, one base and one path of the equivalent
/// value of power for all its years and for its base year alike.
struct Period {
    std::string id;
    Name name;
    int base_year = 0;
    int from = 0;
    int until = 0;
    bool feedstock_deducted = true;
    std::map<std::string, bool> feedstock_uses; ///< local practice, by FeedstockUse
    NonFossil non_fossil = NonFossil::deducted;
    std::string electricity_equivalent; ///< id of the factor
    /// Statistics of the base year, by figure: energy, feedstock, non_fossil, gdp, co2. Those that
    /// are not known are absent.
    std::map<std::string, std::string> base;
    /// Green certificates bought from elsewhere without their power, MWh per year; they count as
    /// non-fossil energy up to a share of the saving that the target needs (跨省绿证).
    std::optional<Path> certificates;
    std::optional<Path> certificates_at_most; ///< share of `saving_needed`
    std::optional<Path> saving_needed;        ///< tce
    /// Limits between the classes of influence of a project on the place (m, n), as shares.
    std::vector<double> m_classes;
    std::vector<double> n_classes;
    std::optional<Path> gdp_growth; ///< per year, at constant prices of the base year
    Provenance provenance;

    [[nodiscard]] bool holds(int year) const noexcept { return year >= from && year <= until; }
};

/// Indicators of which a period can state the base: what changes are judged of.
[[nodiscard]] const std::vector<std::string>& indicators_with_base();

/// The period that rules in a year, or of which it is the base; null if there is none.
[[nodiscard]] const Period* period_of(const Registry<Period>& periods, int year);

/// Growth of GDP over the years after the base of a period up to `year`, as a factor; absent if no
/// growth is stated.
[[nodiscard]] std::optional<number::Number> growth_since_base(const Period& period, int year);

} // namespace chainsim::model
