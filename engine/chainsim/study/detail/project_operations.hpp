#pragma once

#include <chainsim/accounts/cash_flow.hpp>
#include <chainsim/accounts/plant_money.hpp>
#include <chainsim/study/run.hpp>

#include <boost/container/flat_map.hpp>

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace chainsim::study::detail {

/// What projects have in common: prices of all years, assets of all plants, and what of a surplus
/// could not be sold.
class ProjectWorld {
public:
    explicit ProjectWorld(const Run& run);

    [[nodiscard]] const Run& run() const noexcept { return run_; }
    [[nodiscard]] const model::Scenario& scenario() const noexcept { return run_.scenario(); }
    [[nodiscard]] const model::Economy& economy() const;
    [[nodiscard]] bool is_known() const noexcept { return !assets_.empty(); }
    [[nodiscard]] const accounts::PlantAssets& assets(model::Index<model::Facility> facility) const;
    /// A rate of a year, kept once it was asked for.
    double rate(model::Rate which, int year);
    /// Prices of a year, kept once they were asked for.
    const std::vector<accounts::Dealing>& dealings(int year);
    /// The computed year whose flows stand for `year`.
    [[nodiscard]] const YearRun& standing_for(int year) const;
    /// Share of what was made and bought of a commodity that was flared, dumped or let out.
    [[nodiscard]] double wasted(const YearRun& year,
                                model::Index<model::Commodity> commodity) const;

private:
    const Run& run_;
    std::vector<accounts::PlantAssets> assets_;
    std::map<int, std::array<double, model::rate_kinds.size()>> rates_;
    std::map<int, std::vector<accounts::Dealing>> dealings_;
    std::map<int, std::vector<double>> wasted_; ///< by year, by commodity index
};

/// The plants of one project over the years from the start of construction.
class ProjectOperations {
public:
    /// `price`: of the main product in every year, in place of that of the market.
    ProjectOperations(ProjectWorld& world, const model::Project& project, int life);

    [[nodiscard]] accounts::Operations at(std::optional<double> price);

    [[nodiscard]] int first_year() const noexcept { return first_year_; }
    [[nodiscard]] int last_year() const noexcept { return last_year_; }
    [[nodiscard]] const std::vector<double>& vat() const noexcept { return vat_; }
    [[nodiscard]] const std::vector<double>& made() const noexcept { return made_; }
    [[nodiscard]] const std::vector<double>& main_sales() const noexcept { return main_sales_; }
    [[nodiscard]] std::optional<model::Index<model::Commodity>> product() const noexcept {
        return product_;
    }
    [[nodiscard]] const std::vector<std::string>& missing() const noexcept { return missing_; }
    [[nodiscard]] double jobs() const noexcept { return jobs_; }

private:
    /// In order of commodity. A plant moves a dozen, and each project has some thirty years of
    /// them.
    using Amounts = boost::container::flat_map<model::Index<model::Commodity>, double>;

    /// Net amounts of a year by commodity; coal from the ground apart, for its tax.
    struct Flows {
        Amounts net;
        Amounts mined;
        Amounts emitted;
        Amounts withdrawn;
    };

    [[nodiscard]] Flows flows_in(int year) const;
    void find_product();
    void note_missing(const std::string& what);
    void trade(std::size_t at, int year, const Flows& flows, std::optional<double> price,
               accounts::Operations& out);
    void pay_on_goods(std::size_t at, int year, const Flows& flows, accounts::Operations& out);
    void run_plants(std::size_t at, int year, accounts::Operations& out) const;
    void write_off(accounts::Operations& out) const;

    ProjectWorld& world_;
    const model::Project& project_;
    std::vector<model::Index<model::Facility>> plants_;
    int first_year_ = 0;
    int last_year_ = 0;
    double investment_ = 0.0;
    double jobs_ = 0.0;
    double land_ = 0.0;            ///< mu that pay the land-use tax
    double own_maintenance_ = 0.0; ///< a year, of plants whose industry states it
    double maintained_ = 0.0;      ///< investment of the others
    std::optional<model::Index<model::Commodity>> product_;
    std::vector<Flows> flows_; ///< by year
    std::vector<double> vat_;
    std::vector<double> made_;       ///< of the product, net, by year
    std::vector<double> main_sales_; ///< of the product
    std::vector<std::string> missing_;
};

} // namespace chainsim::study::detail
