#pragma once

#include <chainsim/study/check_report.hpp>
#include <chainsim/study/page.hpp>
#include <chainsim/study/study.hpp>

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chainsim::study::detail {

/// What a project takes of one energy product, net.
struct CarrierUse {
    const model::Commodity* carrier = nullptr;
    double physical = 0.0;   ///< in its unit; negative: it gives
    double calorific = 0.0;  ///< tce
    double equivalent = 0.0; ///< tce
};

/// Fills the parts of an energy-review card, in the order in which they are read. Access comes
/// first, for it says whether anything behind it may count as met.
class CardMaker {
public:
    CardMaker(const Study& study, const std::string& id, std::optional<int> year);
    Page make();

private:
    using Facility = model::Facility;

    [[nodiscard]] const YearRun& run() const { return report_.run.year(year_); }
    [[nodiscard]] bool is_own(model::Index<Facility> plant) const {
        return plants_.contains(plant.value);
    }
    PagePart& part(const std::string& id, std::vector<std::string> columns);
    /// A line of a form: what it is, its value, and a remark. A value that is missing says why.
    static void line(PagePart& part, const std::string& id, PageCell value,
                     model::Name remark = {});
    void want(const std::string& key, const model::Name& words);
    /// A barred project shows no "met" further down.
    [[nodiscard]] PageCell verdict(std::string_view kind, std::string_view id,
                                   Trace trace = {}) const;

    // card.cpp
    void access();
    [[nodiscard]] std::string product_id(model::Index<model::Commodity> product) const;
    void about();
    void still_open();

    // card_energy.cpp
    [[nodiscard]] std::vector<CarrierUse> carriers() const;
    void energy();
    [[nodiscard]] bool coal_rule() const;
    void unit_energy();
    void weight();

    // card_effects.cpp
    void carbon();
    void environment();
    void economy();
    [[nodiscard]] std::string decider(const model::ReviewRule& rule) const;
    void authority();

    const model::Scenario& scenario_;
    const model::Project& project_;
    int year_;
    CheckReport report_;
    std::set<std::uint32_t> plants_;
    const Weight* weight_ = nullptr;
    const ProjectEconomics* economics_ = nullptr;
    bool barred_ = false;
    double own_calorific_ = 0.0;
    double own_power_ = 0.0;
    std::vector<std::pair<std::string, model::Name>> wanted_;
    std::set<std::string> wanted_keys_;
    Page page_;
};

} // namespace chainsim::study::detail
