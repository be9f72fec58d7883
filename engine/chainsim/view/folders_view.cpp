#include <chainsim/base/diagnostic.hpp>
#include <chainsim/io/csv.hpp>
#include <chainsim/io/file.hpp>
#include <chainsim/load/load_scenario.hpp>
#include <chainsim/study/detail/reader.hpp>
#include <chainsim/table/catalogue.hpp>
#include <chainsim/view/detail/json.hpp>
#include <chainsim/view/folders_view.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace chainsim::view {

namespace {

namespace fs = std::filesystem;
using detail::Json;
using detail::name;
using detail::number;

/// The document, of which somebody may have changed anything.
Json document(const fs::path& file, std::string_view schema) {
    const auto refuse = [&](const std::string& message, const std::string& help) {
        throw InputError({Diagnostic{{file.string(), 0, 0}, {}, message, help, {}, {}}});
    };
    Json out = Json::parse(io::read_file(file), nullptr, false);
    if (!out.is_object() || out.value("schema", std::string()) != schema) {
        refuse(fmt::format("this is no document of schema {}", schema),
               "name a folder as chainsim wrote it");
    }
    return out;
}

/// A cell of a table as a number; NaN where there is none.
double number_at(const table::Table& table, std::string_view column, std::size_t row) {
    const auto cell = table.column(column).at(row);
    if (const auto* whole = std::get_if<std::int64_t>(&cell)) {
        return static_cast<double>(*whole);
    }
    const auto* real = std::get_if<double>(&cell);
    return real == nullptr ? table::absent : *real;
}

std::string text_at(const table::Table& table, std::string_view column, std::size_t row) {
    const auto cell = table.column(column).at(row);
    const auto* text = std::get_if<std::string>(&cell);
    return text == nullptr ? std::string() : *text;
}

table::Table table_in(const fs::path& file) {
    return io::from_csv(io::read_file(file), file.string());
}

/// What indicators are called, as the run beside the plans has it.
std::map<std::string, model::Name> indicator_names(const fs::path& folder) {
    std::map<std::string, model::Name> out;
    const auto file = folder / "run" / "indicators.csv";
    if (fs::is_regular_file(file)) {
        const auto table = table_in(file);
        for (std::size_t row = 0; row < table.rows(); ++row) {
            out[text_at(table, "id", row)] = {text_at(table, "name_zh", row),
                                              text_at(table, "name_en", row)};
        }
    }
    return out;
}

model::Name goal_name(const Json& goal, const std::map<std::string, model::Name>& known) {
    model::Name out;
    for (const auto& [id, factor] : goal.at("terms").items()) {
        const auto found = known.find(id);
        const model::Name one =
            found != known.end()
                ? found->second
                : model::Name{std::string(table::heading(id, table::Language::zh)),
                              std::string(table::heading(id, table::Language::en))};
        out.zh += (out.zh.empty() ? "" : " + ") + one.zh;
        out.en += (out.en.empty() ? "" : " + ") + one.en;
    }
    return out;
}

/// Projects that a plan builds.
Json projects_of(const fs::path& file) {
    const auto scenario = load::load_scenario(file);
    Json out = Json::array();
    for (const auto& project : scenario.projects) {
        if (project.selected && project.existing.empty()) {
            out.push_back(name(project.name));
        }
    }
    return out;
}

} // namespace

FolderKind kind_of(const fs::path& folder) {
    if (fs::is_regular_file(folder / "optimise.json")) {
        return FolderKind::front;
    }
    if (fs::is_regular_file(folder / "sample.json")) {
        return FolderKind::sample;
    }
    return fs::is_regular_file(folder / "manifest.json") ? FolderKind::run : FolderKind::other;
}

Json front_json(const fs::path& folder) {
    const auto file = folder / "optimise.json";
    const auto plan = document(file, "chainsim.optimise/1");
    const auto names = indicator_names(folder);
    try {
        Json goals = Json::array();
        for (const auto& goal : plan.at("goals")) {
            std::string id;
            for (const auto& [term, factor] : goal.at("terms").items()) {
                id += (id.empty() ? "" : "+") + term;
            }
            goals.push_back({{"id", id},
                             {"name", name(goal_name(goal, names))},
                             {"unit", goal.at("unit")},
                             {"maximise", goal.at("sense") == "max"}});
        }
        Json points = Json::array();
        for (const auto& one : plan.at("plans")) {
            const auto id = one.at("id").get<std::string>();
            if (id.find("_front_") == std::string::npos) {
                continue;
            }
            // The folder may have been moved since it was written.
            const fs::path written(one.at("scenario").get<std::string>());
            fs::path below;
            for (auto at = written.end(); at != written.begin();) {
                --at;
                below = below.empty() ? *at : *at / below;
                if (*at == "inputs") {
                    break;
                }
            }
            points.push_back({{"id", id},
                              {"values", one.at("values")},
                              {"projects", projects_of(folder / below)}});
        }
        return {{"goals", std::move(goals)}, {"points", std::move(points)}};
    } catch (const nlohmann::json::exception& error) {
        throw InputError(
            {Diagnostic{{file.string(), 0, 0},
                        {},
                        fmt::format("a field is missing or of another kind: {}", error.what()),
                        "name a folder as `optimise --pareto` wrote it",
                        {},
                        {}}});
    }
}

Json sample_json(const fs::path& folder) {
    const auto sample = document(folder / "sample.json", "chainsim.sample/1");
    const auto policies = table_in(folder / "policies.csv");
    const auto indicators = table_in(folder / "indicators.csv");
    std::map<std::pair<std::string, int>, std::pair<double, double>> bounds; // with its chance
    Json chances = Json::array();
    for (std::size_t row = 0; row < policies.rows(); ++row) {
        const int year = static_cast<int>(number_at(policies, "year", row));
        const double chance = number_at(policies, "chance", row);
        const std::string indicator = text_at(policies, "indicator", row);
        bounds[{indicator, year}] = {number_at(policies, "bound", row), chance};
        chances.push_back(
            {{"policy", text_at(policies, "id", row)},
             {"name", name({text_at(policies, "name_zh", row), text_at(policies, "name_en", row)})},
             {"year", year},
             {"met", number(chance)},
             {"low", number(number_at(policies, "chance_low", row))},
             {"high", number(number_at(policies, "chance_high", row))}});
    }
    constexpr std::array quantiles{
        std::pair(0.0, "least"), std::pair(0.01, "p01"), std::pair(0.05, "p05"),
        std::pair(0.25, "p25"),  std::pair(0.5, "p50"),  std::pair(0.75, "p75"),
        std::pair(0.95, "p95"),  std::pair(0.99, "p99"), std::pair(1.0, "most")};
    const auto& keys = study::detail::key_indicators;
    Json distributions = Json::array();
    for (std::size_t row = 0; row < indicators.rows(); ++row) {
        const auto id = text_at(indicators, "id", row);
        const int year = static_cast<int>(number_at(indicators, "year", row));
        const auto bound = bounds.find({id, year});
        if (std::find(keys.begin(), keys.end(), id) == keys.end() && bound == bounds.end()) {
            continue;
        }
        Json shares = Json::array();
        for (const auto& [share, column] : quantiles) {
            shares.push_back({share, detail::drawn(number_at(indicators, column, row))});
        }
        Json one{{"id", id},
                 {"name",
                  name({text_at(indicators, "name_zh", row), text_at(indicators, "name_en", row)})},
                 {"unit", text_at(indicators, "unit", row)},
                 {"year", year},
                 {"nominal", number(number_at(indicators, "nominal", row))},
                 {"quantiles", std::move(shares)}};
        if (bound != bounds.end()) {
            one["bound"] = number(bound->second.first);
            one["chance"] = number(bound->second.second);
        }
        distributions.push_back(std::move(one));
    }
    return {{"draws", sample.value("draws", 0)},
            {"distributions", std::move(distributions)},
            {"chances", std::move(chances)}};
}

} // namespace chainsim::view
