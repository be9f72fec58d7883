#pragma once

#include <chainsim/model/datum.hpp>

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chainsim::model {

/// What wages, assets, taxes and money cost: the rates that the accounts of money use.
enum class Rate {
    wage,
    labour_on_cost,
    buildings_share,
    machinery_life,
    buildings_life,
    residual_value,
    vat_services,
    urban_maintenance_tax,
    education_surcharge,
    local_education_surcharge,
    property_tax,
    land_use_tax,
    stamp_duty,
    income_tax,
    income_tax_western,
    maintenance,
    overhead,
    working_capital,
    loan_share,
    loan_rate,
    loan_years,
    loss_years
};

struct RateKind {
    std::string_view key; ///< in the library
    std::string_view unit;
    std::string_view doc;
};

/// All rates, in the order of `Rate`.
inline constexpr std::array<RateKind, 22> rate_kinds{{
    {"wage", "CNY/a", "Yearly wage of one person."},
    {"labour_on_cost", "1", "Compensation over wage: social insurance, housing fund, welfare."},
    {"buildings_share", "1", "Share of buildings in the investment of a plant; the rest is plant."},
    {"machinery_life", "a", "Years over which plant is written off, in equal parts."},
    {"buildings_life", "a", "Years over which buildings are written off."},
    {"residual_value", "1", "Share of the first value that is never written off."},
    {"vat_services", "1", "VAT on services, as on the disposal of waste."},
    {"urban_maintenance_tax", "1", "Share of the VAT that is paid (城市维护建设税)."},
    {"education_surcharge", "1", "Share of the VAT that is paid (教育费附加)."},
    {"local_education_surcharge", "1", "Share of the VAT that is paid (地方教育附加)."},
    {"property_tax", "1", "Share of the first value of buildings, a year (房产税)."},
    {"land_use_tax", "CNY/m2", "Per area and year (城镇土地使用税)."},
    {"stamp_duty", "1", "Share of what is sold and of what is bought (印花税)."},
    {"income_tax", "1", "Share of the profit (企业所得税)."},
    {"income_tax_western", "1", "The same for industries that are encouraged in the west."},
    {"maintenance", "1", "Repairs a year, as share of the first value of the assets."},
    {"overhead", "1", "Other cost of management and sales, as share of the sales."},
    {"working_capital", "1", "Working capital, as share of the sales of a year."},
    {"loan_share", "1", "Share of the investment that a loan pays; the rest is equity."},
    {"loan_rate", "1", "Interest a year."},
    {"loan_years", "a", "Years over which the loan is paid back in equal parts, from the start."},
    {"loss_years", "a", "Years for which a loss may be set off against later profits."},
}};

/// The rates of a country or region, and its taxes on single goods.
struct Economy {
    std::string id;
    Name name;
    std::array<Path, rate_kinds.size()> rates;
    std::map<std::string, Path> sales_taxes;      ///< commodity -> share of its value where mined
    std::map<std::string, Path> emission_taxes;   ///< commodity -> CNY per unit given off
    std::map<std::string, Path> withdrawal_taxes; ///< commodity -> CNY per unit taken from nature
    Provenance provenance;

    [[nodiscard]] const Path& path(Rate rate) const {
        return rates[static_cast<std::size_t>(rate)];
    }
    /// In the unit of its kind.
    [[nodiscard]] number::Number read(Rate rate, int year) const {
        return path(rate).read(year,
                               units::Unit::parse(rate_kinds[static_cast<std::size_t>(rate)].unit));
    }
    /// The same where no recording asks.
    [[nodiscard]] double at(Rate rate, int year) const { return read(rate, year).value(); }
};

/// Plants that are alike in staff, land, life and tax, by the recipes or the chains that they run.
struct Industry {
    std::string id;
    Name name;
    std::vector<std::string> processes; ///< ids; these go before chains
    std::vector<std::string> chains;
    /// Its units stand within the plants that they serve: their staff, land and investment are
    /// counted with those.
    bool within_hosts = false;
    std::optional<Datum> jobs; ///< persons per CNY of investment
    std::optional<Datum> land; ///< mu per CNY of investment
    std::optional<Datum> life; ///< years that a project of it is judged over
    /// Repairs a year as share of the first value; absent: as the economy has it.
    std::optional<Datum> maintenance;
    std::optional<Datum> taxed_land; ///< share of its land that pays the tax; absent: all of it
    bool western = false;            ///< encouraged in the west: the lower income tax
    std::optional<Datum> required_return; ///< of an investment a year, before income tax
    Provenance provenance;
};

/// What of a project a norm of the park is set on.
enum class ParkFigure {
    investment,
    investment_per_mu,
    output_per_mu,
    tax_per_mu,
    value_added_per_mu
};

[[nodiscard]] std::string_view to_string(ParkFigure figure);
[[nodiscard]] std::string_view unit_of(ParkFigure figure);

inline constexpr std::array park_figures{ParkFigure::investment, ParkFigure::investment_per_mu,
                                         ParkFigure::output_per_mu, ParkFigure::tax_per_mu,
                                         ParkFigure::value_added_per_mu};

/// What a park asks of those who want to build in it, or what its plants reached on average.
struct ParkNorm {
    std::string id;
    Name name;
    ParkFigure figure = ParkFigure::investment;
    Datum at_least;
    std::optional<Datum> weight; ///< in the park's score of a project
    bool is_average = false;     ///< what the park reached: a measure, and no condition
    Provenance provenance;
};

} // namespace chainsim::model
