#include <chainsim/study/detail/reader.hpp>
#include <chainsim/study/version.hpp>
#include <chainsim/table/catalogue.hpp>
#include <chainsim/view/detail/json.hpp>
#include <chainsim/view/district_view.hpp>
#include <chainsim/view/folders_view.hpp>
#include <chainsim/view/view.hpp>

#include <set>
#include <string_view>

namespace chainsim::view {

namespace {

using detail::Json;
using detail::name;

/// All texts behind these keys, anywhere in the document.
void gather_units(const Json& json, std::set<std::string>& units) {
    if (json.is_object()) {
        for (const auto& [key, value] : json.items()) {
            if ((key == "unit" || key == "u") && value.is_string()) {
                units.insert(value.get<std::string>());
            } else {
                gather_units(value, units);
            }
        }
    } else if (json.is_array()) {
        for (const auto& one : json) {
            gather_units(one, units);
        }
    }
}

} // namespace

Json words_json() {
    Json out = Json::object();
    for (const auto key : table::sentences()) {
        constexpr std::string_view beginning = "view_";
        if (key.substr(0, beginning.size()) == beginning) {
            out[std::string(key)] = name({std::string(table::say(key, table::Language::zh)),
                                          std::string(table::say(key, table::Language::en))});
        }
    }
    return out;
}

Json units_json(const Json& document) {
    std::set<std::string> units;
    gather_units(document, units);
    Json out = Json::object();
    for (const auto& unit : units) {
        Json both = Json::object();
        for (const auto& [code, language] :
             {std::pair("zh", table::Language::zh), std::pair("en", table::Language::en)}) {
            // As the forms have it, a share is told in per cent.
            const auto one = unit == "1" ? study::detail::ReaderAmount{100.0, "%"}
                                         : study::detail::for_reader(1.0, unit, language);
            both[code] = {{"size", detail::drawn(1.0 / one.number)}, {"text", one.unit}};
        }
        out[unit] = std::move(both);
    }
    return out;
}

Json view_json(const ViewRequest& request) {
    Json districts = Json::array();
    for (const auto& study : request.studies) {
        const auto run = study.run();
        if (districts.empty() && run.failure()) {
            throw study::NoSolution(run.failure()->message);
        }
        DistrictOptions options;
        options.year = request.year;
        options.with_years = districts.empty();
        options.with_analyses = districts.empty();
        districts.push_back(district_json(study, run, options));
    }
    Json fronts = Json::array();
    for (const auto& folder : request.fronts) {
        fronts.push_back(front_json(folder));
    }
    Json samples = Json::array();
    for (const auto& folder : request.samples) {
        samples.push_back(sample_json(folder));
    }
    Json out{
        {"schema", "chainsim.view/1"},
        {"engine",
         {{"version", std::string(study::version())}, {"commit", std::string(study::commit())}}},
        {"language", request.language == table::Language::zh ? "zh" : "en"},
        {"words", words_json()},
        {"units", Json::object()},
        {"districts", std::move(districts)},
        {"comparison", request.studies.size() > 1 ? comparison_json(request.studies, request.year)
                                                  : Json(nullptr)},
        {"fronts", std::move(fronts)},
        {"samples", std::move(samples)}};
    out["units"] = units_json(out);
    return out;
}

} // namespace chainsim::view
