#include <chainsim/base/error.hpp>
#include <chainsim/study/detail/analysis_json.hpp>
#include <chainsim/study/detail/reader.hpp>
#include <chainsim/study/gap_report.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace chainsim::study {

namespace {

using detail::Json;

constexpr std::array<std::pair<analysis::GapOrder, std::string_view>, 3> orders{
    std::pair{analysis::GapOrder::value_per_tce, "value_per_tce"},
    std::pair{analysis::GapOrder::value, "value"},
    std::pair{analysis::GapOrder::tonnage, "tonnage"},
};

std::vector<LocalConversion> conversions(const model::Scenario& scenario, const YearRun& year) {
    std::vector<LocalConversion> out;
    for (const auto& balance : year.commodities()) {
        const auto& one = scenario.model.commodities[balance.commodity];
        const auto& values = year.planned();
        const auto found = std::find_if(values.begin(), values.end(), [&](const auto& value) {
            return value.id == "local_conversion_" + one.id;
        });
        if (balance.produced > 0.0 && found != values.end()) {
            out.push_back({balance.commodity, balance.produced, found->value});
        }
    }
    std::stable_sort(out.begin(), out.end(), [&](const auto& a, const auto& b) {
        const auto weight = [&](const LocalConversion& one) {
            return one.made * detail::weight_of(scenario.model.commodities[one.commodity]);
        };
        return weight(a) > weight(b);
    });
    return out;
}

class Writer {
public:
    explicit Writer(const model::Scenario& scenario) : scenario_(scenario) {}

    [[nodiscard]] Json gap(const analysis::Gap& gap) const {
        const auto& one = scenario_.model.commodities[gap.commodity];
        Json candidates = Json::array();
        for (const auto& each : gap.candidates) {
            candidates.push_back(candidate(each));
        }
        return {{"kind", analysis::to_string(gap.kind)},
                {"commodity", one.id},
                {"name", detail::name(one.name)},
                {"amount", gap.amount},
                {"unit", one.unit.text()},
                {"wasted", gap.wasted},
                {"tonnes", gap.tonnes},
                {"candidates", std::move(candidates)}};
    }

    [[nodiscard]] Json chain(const analysis::ChainProgress& progress) const {
        const auto& chain = scenario_.model.chains[progress.chain];
        Json steps = Json::array();
        for (const auto& step : progress.steps) {
            Json links = Json::array();
            for (const auto& one : step) {
                links.push_back(link(one));
            }
            steps.push_back(std::move(links));
        }
        Json products = Json::array();
        for (const auto& one : progress.products) {
            products.push_back({{"id", one.id}, {"made", one.made}, {"along", one.along}});
        }
        return {{"id", chain.id},
                {"name", detail::name(chain.name)},
                {"kind", chain.kind},
                {"length", progress.steps.size()},
                {"realised", progress.realised},
                {"reached", progress.reached},
                {"value_added", progress.value_added},
                {"products", std::move(products)},
                {"steps", std::move(steps)}};
    }

private:
    [[nodiscard]] Json candidate(const analysis::Candidate& one) const {
        const auto& process = scenario_.model.processes[one.process];
        Json let_in = Json::array();
        for (const auto commodity : one.let_in) {
            let_in.push_back(scenario_.model.commodities[commodity].id);
        }
        return {{"process", process.id},
                {"outcome", to_string(one.outcome)},
                {"product", scenario_.model.commodities[process.product].id},
                {"unit", scenario_.model.commodities[process.product].unit.text()},
                {"capacity", one.capacity},
                {"activity", one.activity},
                {"closes", one.closes},
                {"value_added", one.value_added},
                {"energy", detail::number(one.energy)},
                {"value_per_tce", detail::number(one.value_per_tce())},
                {"capex", detail::number(one.capex)},
                {"binding",
                 {{"kind", to_string(one.binding)},
                  {"commodity", one.binding_commodity
                                    ? Json(scenario_.model.commodities[*one.binding_commodity].id)
                                    : Json(nullptr)}}},
                {"bought", detail::amounts(scenario_, one.bought)},
                {"let_in", std::move(let_in)}};
    }

    [[nodiscard]] Json link(const analysis::Link& link) const {
        Json facilities = Json::array();
        for (const auto& [facility, part] : link.facilities) {
            facilities.push_back({{"id", scenario_.facilities[facility].id}, {"part", part}});
        }
        Json missing = Json::array();
        for (const auto process : link.missing) {
            missing.push_back(scenario_.model.processes[process].id);
        }
        return {{"from", link.from},
                {"to", link.to},
                {"state", analysis::to_string(link.state)},
                {"siblings", link.siblings},
                {"share", link.share ? Json(*link.share) : Json(nullptr)},
                {"facilities", std::move(facilities)},
                {"missing", std::move(missing)}};
    }

    const model::Scenario& scenario_;
};

} // namespace

std::string_view to_string(analysis::GapOrder order) {
    return std::find_if(orders.begin(), orders.end(),
                        [order](const auto& one) { return one.first == order; })
        ->second;
}

std::optional<analysis::GapOrder> to_gap_order(std::string_view text) {
    const auto* const found = std::find_if(orders.begin(), orders.end(),
                                           [text](const auto& one) { return one.second == text; });
    return found == orders.end() ? std::nullopt : std::optional(found->first);
}

GapReport gaps(const Study& study, int year, analysis::GapOrder order) {
    GapReport report;
    report.year = year;
    report.order = order;
    const auto run = study.run(year);
    if (run.failure()) {
        report.failure = run.failure();
        return report;
    }
    const auto& solved = run.year(year);
    report.gaps = analysis::gaps(study.scenario(), year, order);
    report.chains = analysis::chain_progress(study.scenario(), solved.system(), solved.solution(),
                                             solved.flows(study.scenario()));
    report.conversion = conversions(study.scenario(), solved);
    return report;
}

std::string gaps_json(const Study& study, const GapReport& report, std::size_t most) {
    CHAINSIM_EXPECT(!report.failure, "a year without a solution");
    const auto& scenario = study.scenario();
    const Writer writer(scenario);
    Json list = Json::array();
    const std::size_t count = report.gaps.gaps.size();
    for (std::size_t i = 0; i < (most == 0 ? count : std::min(most, count)); ++i) {
        list.push_back(writer.gap(report.gaps.gaps[i]));
    }
    Json chains = Json::array();
    for (const auto& chain : report.chains) {
        chains.push_back(writer.chain(chain));
    }
    Json conversion = Json::object();
    for (const auto& one : report.conversion) {
        conversion[scenario.model.commodities[one.commodity].id] = one.rate;
    }
    const Json document{{"schema", "chainsim.gaps/1"},
                        {"basis", to_string(Basis::planned)}, // of all that says no other
                        {"scenario", scenario.id},
                        {"year", report.year},
                        {"by", to_string(report.order)},
                        {"value_added", report.gaps.value_added},
                        {"tried", report.gaps.tried},
                        {"gaps", std::move(list)},
                        {"chains", std::move(chains)},
                        {"local_conversion", std::move(conversion)}};
    return document.dump(1) + '\n';
}

} // namespace chainsim::study
