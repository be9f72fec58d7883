#include <chainsim/base/error.hpp>
#include <chainsim/study/detail/analysis_json.hpp>
#include <chainsim/study/outage_report.hpp>

#include <algorithm>

namespace chainsim::study {

namespace {

using detail::Json;

class OutageWriter {
public:
    OutageWriter(const model::Scenario& scenario, int year) : scenario_(scenario), year_(year) {}

    [[nodiscard]] Json outage(const analysis::Outage& outage) const {
        Json out = head(outage);
        out["lost_value_added"] = outage.lost_value_added;
        out["lost_gdp"] = outage.lost_gdp;
        out["energy"] = detail::number(outage.energy);
        out["stops"] = cuts(outage.stops);
        out["reduced"] = cuts(outage.reduced);
        out["flared"] = detail::amounts(scenario_, outage.flared);
        out["bought"] = detail::amounts(scenario_, outage.bought);
        out["sold_less"] = detail::amounts(scenario_, outage.sold_less);
        return out;
    }

    [[nodiscard]] Json unsolved(const analysis::Outage& outage) const {
        Json out = head(outage);
        out["outcome"] = to_string(outage.outcome);
        return out;
    }

private:
    [[nodiscard]] Json head(const analysis::Outage& outage) const {
        const auto& facility = scenario_.facilities[outage.facility];
        const auto& process = scenario_.model.processes[facility.process_in(year_)];
        return {{"facility", facility.id},
                {"name", detail::name(facility.name)},
                {"process", process.id},
                {"activity", outage.activity},
                {"unit", scenario_.model.commodities[process.product].unit.text()}};
    }

    [[nodiscard]] Json cuts(const std::vector<analysis::Cut>& cuts) const {
        Json list = Json::array();
        for (const auto& cut : cuts) {
            list.push_back({{"facility", scenario_.facilities[cut.facility].id},
                            {"before", cut.before},
                            {"after", cut.after}});
        }
        return list;
    }

    const model::Scenario& scenario_;
    int year_;
};

} // namespace

OutageReport outages(const Study& study, int year) {
    OutageReport report{year, std::nullopt, {}};
    const auto run = study.run(year);
    if (run.failure()) {
        report.failure = run.failure();
        return report;
    }
    const auto& solved = run.year(year);
    report.outages = analysis::outages(study.scenario(), solved.system(), solved.solution());
    return report;
}

std::string outages_json(const Study& study, const OutageReport& report, std::size_t most) {
    CHAINSIM_EXPECT(!report.failure, "a year without a solution");
    const auto& outages = report.outages;
    const OutageWriter writer(study.scenario(), report.year);
    Json list = Json::array();
    const std::size_t shown =
        most == 0 ? outages.ranked.size() : std::min(most, outages.ranked.size());
    for (std::size_t i = 0; i < shown; ++i) {
        list.push_back(writer.outage(outages.ranked[i]));
    }
    Json unsolved = Json::array();
    for (const auto& outage : outages.unsolved) {
        unsolved.push_back(writer.unsolved(outage));
    }
    const Json document{{"schema", "chainsim.outages/1"},
                        {"basis", to_string(Basis::planned)}, // of all that says no other
                        {"scenario", study.scenario().id},
                        {"year", report.year},
                        {"base",
                         {{"value_added", outages.value_added},
                          {"gdp", outages.gdp},
                          {"energy_total_equivalent", detail::number(outages.energy)}}},
                        {"outages", std::move(list)},
                        {"unsolved", std::move(unsolved)}};
    return document.dump(1) + '\n';
}

} // namespace chainsim::study
