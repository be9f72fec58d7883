#include <chainsim/study/detail/analysis_json.hpp>
#include <chainsim/study/reconciliation.hpp>

#include <nlohmann/json.hpp>

#include <utility>

namespace chainsim::study {

namespace {

using detail::Json;
using detail::number;

Json test_json(const reconcile::GlobalTest& test) {
    return {{"statistic", number(test.statistic)},
            {"degrees_of_freedom", test.degrees_of_freedom},
            {"critical", number(test.critical)},
            {"probability", number(test.probability)},
            {"passed", test.passed}};
}

Json quantity_json(const ReconciledQuantity& one) {
    const auto& after = one.after;
    const bool is_measured = one.measured.has_value();
    Json json{{"id", one.id},
              {"kind", reconcile::to_string(one.label.kind)},
              {"name", {{"zh", one.label.zh}, {"en", one.label.en}}}};
    if (!one.label.facility.empty()) {
        json["facility"] = one.label.facility;
    }
    if (!one.label.commodity.empty()) {
        json["commodity"] = one.label.commodity;
    }
    if (one.label.direction != reconcile::Direction::none) {
        json["direction"] = reconcile::to_string(one.label.direction);
    }
    json["unit"] = one.unit;
    json["measured"] = number(one.measured);
    json["sigma_before"] = is_measured ? number(one.sigma_before) : Json(nullptr);
    json["reconciled"] = number(after.value);
    json["sigma_after"] = number(after.sigma);
    json["adjustment"] = is_measured ? number(after.adjustment) : Json(nullptr);
    json["normalised"] = is_measured ? number(after.normalised) : Json(nullptr);
    json["weight"] = is_measured ? number(after.weight) : Json(nullptr);
    json["class"] = reconcile::to_string(after.standing);
    json["at_bound"] = after.bound < 0   ? Json("min")
                       : after.bound > 0 ? Json("max")
                                         : Json(nullptr);
    json["suspect"] = one.suspect > 0 ? Json(one.suspect) : Json(nullptr);
    json["without_suspects"] = number(one.without_suspects);
    return json;
}

Json suspects_json(const Reconciliation& report) {
    Json list = Json::array();
    const auto& variables = report.measurements.problem.variables;
    for (const auto& suspect : report.elimination.suspects) {
        const auto& variable = variables[static_cast<std::size_t>(suspect.variable)];
        Json equivalents = Json::array();
        for (const int other : suspect.equivalents) {
            equivalents.push_back(variables[static_cast<std::size_t>(other)].id);
        }
        list.push_back({{"id", variable.id},
                        {"unit", variable.unit},
                        {"measured", number(variable.measured)},
                        {"estimate", number(suspect.estimate)},
                        {"sigma", number(suspect.sigma)},
                        {"normalised", number(suspect.normalised)},
                        {"critical", number(suspect.critical)},
                        {"equivalents", std::move(equivalents)},
                        {"global_test", test_json(suspect.after)}});
    }
    return list;
}

} // namespace

std::string reconciliation_json(const Reconciliation& report) {
    Json json{{"schema", "chainsim.reconcile/1"},
              {"measurements", report.request.file.filename().string()}};
    if (!report.scenario.empty()) {
        json["scenario"] = report.scenario;
        json["year"] = report.measurements.year;
    }
    json["method"] = report.request.method == reconcile::Method::huber ? "huber" : "least_squares";
    json["level"] = report.request.tests.level;
    json["suspects_left_out"] = report.request.leave_out_suspects;
    json["solver"] = {{"status", "solved"},
                      {"iterations", report.solution.iterations},
                      {"residual", report.solution.residual},
                      {"conditions", report.measurements.problem.conditions.size()}};
    json["global_test"] = test_json(report.test);
    json["measurement_test"] = {
        {"correction", reconcile::to_string(report.request.tests.correction)},
        {"tested", report.tested},
        {"critical", number(report.critical)}};
    json["suspects"] = suspects_json(report);
    Json list = Json::array();
    for (const auto& one : report.quantities) {
        list.push_back(quantity_json(one));
    }
    json["quantities"] = std::move(list);
    return json.dump(1) + '\n';
}

} // namespace chainsim::study
