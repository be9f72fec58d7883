#pragma once

#include <chainsim/model/facility.hpp>

#include <optional>
#include <string>
#include <vector>

namespace chainsim::model {

/// Facilities that are decided together.
struct Project {
    std::string id;
    Name name;
    std::string owner;
    int box = 0;      ///< box of the plan that names it, 0 for elsewhere
    std::string kind; ///< industry or infrastructure
    Status status = Status::proposed;
    std::vector<std::string> facilities;     ///< ids of the facilities that it builds
    std::string main_facility;               ///< whose product and capacity stand for it in lists
    std::optional<Index<Commodity>> product; ///< as stated, else that of the main facility
    std::optional<Datum> capacity; ///< of `product`: as stated, else that of the main facility
    bool selected = false;         ///< built in this scenario
    std::optional<int> start;
    std::optional<int> earliest;
    std::optional<int> latest;
    std::optional<Datum> capex;
    std::vector<double> schedule; ///< shares of the investment in the years before the start
    std::optional<Datum> land;
    std::vector<std::string> existing;  ///< facilities that stand already, which the plan names so
    std::vector<std::string> retrofits; ///< facilities that it rebuilds when it starts
    int ramp_years = 0;                 ///< years until all of its facilities are at capacity
    std::vector<std::string> requirements; ///< projects that must be built as well (`requires`)
    std::vector<std::string> excludes;
    std::vector<std::string> replaces; ///< facilities that retire when it starts
    Provenance provenance;

    /// As stated until construction begins, then building, running, and at capacity once all of it
    /// has ramped up. What is not built stays as stated.
    [[nodiscard]] Status status_in(int year) const noexcept;
    /// Share of the investment that falls into `year`; 0 if it is not built.
    [[nodiscard]] double investment_share(int year) const noexcept;
};

} // namespace chainsim::model
