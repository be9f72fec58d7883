#include <chainsim/input/scalar_text.hpp>
#include <chainsim/io/csv.hpp>
#include <chainsim/io/file.hpp>
#include <chainsim/model/indicator_kinds.hpp>
#include <chainsim/model/rebalance.hpp>
#include <chainsim/study/detail/draft.hpp>
#include <chainsim/study/reconciliation.hpp>
#include <chainsim/table/number_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

namespace chainsim::study {

namespace {

namespace fs = std::filesystem;
using reconcile::Direction;
using reconcile::Kind;
using reconcile::Standing;

constexpr std::array<std::string_view, 5> own_files{
    "reconciled.csv", "covariance.csv", "reconcile.json", "actuals.csv", "reconciled.yaml"};

/// Half of the interval that holds the middle 95 % of a normal distribution.
constexpr double half_width = 1.959963984540054;

/// A folder with files of others is left alone.
void check_folder(const fs::path& folder) {
    std::error_code error;
    if (!fs::exists(folder, error)) {
        return;
    }
    if (!fs::is_directory(folder, error)) {
        throw IoError(fmt::format("cannot write '{}': it is not a folder", folder.string()));
    }
    for (const auto& entry : fs::directory_iterator(folder, error)) {
        const auto name = entry.path().filename().string();
        if (std::find(own_files.begin(), own_files.end(), name) == own_files.end()) {
            throw IoError(fmt::format("cannot write '{}': it holds '{}', which is no file of "
                                      "`reconcile`; choose an empty folder, or one that is not "
                                      "there yet",
                                      folder.string(), name));
        }
    }
    if (error) {
        detail::fail("read", folder, error);
    }
}

bool is_known(const ReconciledQuantity& one) { return std::isfinite(one.after.value); }

/// How much was made of each product, where every maker of it is known.
class Made {
public:
    Made(const Reconciliation& report, const model::Scenario& scenario) {
        for (const auto& one : report.quantities) {
            if (one.label.kind == Kind::flow && one.label.direction == Direction::out) {
                known_.emplace(one.id, &one);
            }
        }
        const int year = report.measurements.year;
        for (const auto& facility : scenario.facilities) {
            if (!facility.exists(year)) {
                continue;
            }
            const auto& process = scenario.model.processes[facility.process_in(year)];
            const auto* change = facility.override_in(year);
            for (const auto& flow : change == nullptr ? process.outputs : change->recipe->outputs) {
                if (flow.amount > 0.0) {
                    add(facility.id, scenario.model.commodities[flow.commodity].id);
                }
            }
        }
    }

    /// By commodity; NaN where some plant is unknown.
    [[nodiscard]] const std::map<std::string, double>& totals() const { return totals_; }

private:
    void add(const std::string& facility, const std::string& commodity) {
        const auto found = known_.find(facility + ".out." + commodity);
        totals_[commodity] += found == known_.end() ? table::absent : found->second->after.value;
    }

    std::map<std::string, const ReconciledQuantity*> known_;
    std::map<std::string, double> totals_;
};

/// The coefficients of one plant that measurements have moved, and that its recipe can take: its
/// closing flows make up for them, so that mass and every element stay as they were.
struct Moved {
    std::vector<const ReconciledQuantity*> inputs;
    std::vector<const ReconciledQuantity*> outputs;
    std::vector<const ReconciledQuantity*> refused;
};

class MovedCoefficients {
public:
    MovedCoefficients(const Reconciliation& report, const model::Scenario& scenario)
        : scenario_(scenario), year_(report.measurements.year) {
        for (const auto& one : report.quantities) {
            if (one.label.kind == Kind::coefficient && one.after.standing == Standing::redundant) {
                take(one);
            }
        }
    }

    [[nodiscard]] const std::map<std::string, Moved>& plants() const { return plants_; }

private:
    void take(const ReconciledQuantity& one) {
        const auto& facility = scenario_.facilities.at(one.label.facility);
        // Overrides that are there would be replaced.
        if (!facility.overrides.empty() || !facility.project.empty()) {
            return;
        }
        const auto& process = scenario_.model.processes[facility.process_in(year_)];
        auto [found, is_new] = amounts_.try_emplace(
            facility.id,
            model::NewAmounts{std::vector<std::optional<double>>(process.inputs.size()),
                              std::vector<std::optional<double>>(process.outputs.size())});
        const bool is_input = one.label.direction == Direction::in;
        const auto& flows = is_input ? process.inputs : process.outputs;
        const auto flow = std::find_if(flows.begin(), flows.end(), [&](const auto& candidate) {
            return scenario_.model.commodities[candidate.commodity].id == one.label.commodity;
        });
        if (flow == flows.end() || flow->closing) { // closing flows follow by themselves
            return;
        }
        model::NewAmounts with = found->second;
        (is_input ? with.inputs : with.outputs)[static_cast<std::size_t>(flow - flows.begin())] =
            one.after.value;
        auto& plant = plants_[facility.id];
        if (!model::rebalance(process, with, scenario_.model.commodities).is_closed()) {
            plant.refused.push_back(&one);
            return;
        }
        found->second = std::move(with);
        (is_input ? plant.inputs : plant.outputs).push_back(&one);
    }

    const model::Scenario& scenario_;
    int year_;
    std::map<std::string, model::NewAmounts> amounts_; ///< by plant, taken so far
    std::map<std::string, Moved> plants_;
};

std::string side_text(const char* side, const std::vector<const ReconciledQuantity*>& moved) {
    if (moved.empty()) {
        return {};
    }
    std::string out = fmt::format("          {}:\n", side);
    for (const auto* one : moved) {
        const double low = std::max(0.0, one->after.value - half_width * one->after.sigma);
        const double high = one->after.value + half_width * one->after.sigma;
        out +=
            fmt::format("            {}: {{value: {}, range: [{}, {}], distribution: normal}}\n",
                        one->label.commodity,
                        input::quoted_scalar(table::exact_text(one->after.value) + " " + one->unit),
                        table::exact_text(low), table::exact_text(high));
    }
    return out;
}

} // namespace

table::Table reconciled_table(const Reconciliation& report) {
    table::Table out("reconciled",
                     {table::text_column("id"), table::text_column("kind"),
                      table::text_column("name_zh"), table::text_column("name_en"),
                      table::text_column("facility"), table::text_column("commodity"),
                      table::text_column("direction"), table::text_column("unit"),
                      table::number_column("measured"), table::number_column("sigma_before"),
                      table::number_column("reconciled"), table::number_column("sigma_after"),
                      table::number_column("adjustment"), table::number_column("normalised"),
                      table::text_column("class"), table::number_column("suspect"),
                      table::number_column("without_suspects")});
    for (const auto& one : report.quantities) {
        const bool is_measured = one.measured.has_value();
        out.append({one.id, std::string(to_string(one.label.kind)), one.label.zh, one.label.en,
                    one.label.facility, one.label.commodity,
                    std::string(to_string(one.label.direction)), one.unit,
                    one.measured.value_or(table::absent),
                    is_measured ? one.sigma_before : table::absent, one.after.value,
                    one.after.sigma, is_measured ? one.after.adjustment : table::absent,
                    is_measured ? one.after.normalised : table::absent,
                    std::string(to_string(one.after.standing)),
                    one.suspect > 0 ? static_cast<double>(one.suspect) : table::absent,
                    one.without_suspects});
    }
    return out;
}

table::Table covariance_table(const Reconciliation& report) {
    std::vector<const ReconciledQuantity*> members;
    for (const auto& one : report.quantities) {
        if (one.variable >= 0 && is_known(one) && one.after.standing != Standing::exact) {
            members.push_back(&one);
        }
    }
    std::vector<table::Column> columns{table::text_column("id"), table::text_column("unit"),
                                       table::number_column("value")};
    columns.reserve(members.size() + 3);
    for (const auto* one : members) {
        columns.push_back(table::number_column(
            one->id == "id" || one->id == "unit" || one->id == "value" ? "flow " + one->id
                                                                       : one->id));
    }
    table::Table out("covariance", std::move(columns));
    for (const auto* row : members) {
        std::vector<table::Cell> cells{row->id, row->unit, row->after.value};
        for (const auto* column : members) {
            cells.emplace_back(report.solution.covariance(row->variable, column->variable));
        }
        out.append(std::move(cells));
    }
    return out;
}

table::Table reconciled_actuals(const Reconciliation& report, const Study& study) {
    const auto& scenario = study.scenario();
    table::Table out("actuals", {table::whole_column("year"), table::text_column("month"),
                                 table::text_column("boundary"), table::text_column("enterprise"),
                                 table::text_column("indicator"), table::number_column("value"),
                                 table::text_column("unit"), table::text_column("source"),
                                 table::text_column("grade")});
    const auto add = [&](const std::string& what, const std::string& commodity, double value) {
        const auto& one = scenario.model.commodities.at(commodity);
        if (std::isfinite(value) && model::is_counted_product(one)) {
            out.append({std::int64_t{report.measurements.year}, std::string(),
                        std::string("district"), std::string(), what + "_" + commodity,
                        std::max(0.0, value), one.unit.text(),
                        fmt::format("reconciled from {}", report.request.file.filename().string()),
                        std::string("annual")});
        }
    };
    const Made made(report, scenario);
    for (const auto& [commodity, total] : made.totals()) {
        add("made", commodity, total);
    }
    for (const auto& one : report.quantities) {
        if (one.label.kind == Kind::trade && one.label.direction == Direction::sell) {
            add("sold", one.label.commodity, one.after.value);
        }
    }
    return out;
}

std::string reconciled_scenario(const Reconciliation& report, const Study& study) {
    const auto& scenario = study.scenario();
    const MovedCoefficients moved(report, scenario);
    std::string plants;
    std::string refused;
    const std::string file = report.request.file.filename().string();
    for (const auto& [id, plant] : moved.plants()) {
        for (const auto* one : plant.refused) {
            refused += fmt::format("#   {} {} {}\n", one->id, table::exact_text(one->after.value),
                                   one->unit);
        }
        if (plant.inputs.empty() && plant.outputs.empty()) {
            continue;
        }
        plants += fmt::format("    {}:\n      overrides:\n        - from: {}\n", id,
                              report.measurements.year);
        plants += side_text("inputs", plant.inputs) + side_text("outputs", plant.outputs);
        plants += fmt::format("          reason: {}\n          confidence: known\n"
                              "          source: {}\n",
                              input::quoted_scalar("measured"),
                              input::quoted_scalar("reconciled from " + file));
    }
    if (plants.empty()) {
        return {};
    }
    const std::string base = fs::path(study.main_input()).filename().string();
    std::string out =
        fmt::format("# Written by `chainsim reconcile` from {}. Put it beside {}.\n", file, base);
    if (!refused.empty()) {
        out += "# Left as they are: the closing flows of the recipe could not keep its elements "
               "with\n" +
               refused;
    }
    out += fmt::format("format: chainsim.scenario/1\nscenario: {}_reconciled\n", scenario.id);
    out +=
        fmt::format("name: {{zh: {}, en: {}}}\n", input::quoted_scalar(scenario.name.zh + "(校正)"),
                    input::quoted_scalar(scenario.name.en + ", reconciled"));
    return out + fmt::format("extends: {}\nchanges:\n  facilities:\n", input::quoted_scalar(base)) +
           plants;
}

void write_reconciliation(const Reconciliation& report, const Study* study,
                          const fs::path& folder) {
    check_folder(folder);
    const detail::SignalsLater until_written;
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) {
        detail::fail("make", folder, error);
    }
    std::map<std::string_view, std::string> texts{
        {"reconciled.csv", io::to_csv(reconciled_table(report))},
        {"covariance.csv", io::to_csv(covariance_table(report))},
        {"reconcile.json", reconciliation_json(report)}};
    if (study != nullptr) {
        texts["actuals.csv"] = io::to_csv(reconciled_actuals(report, *study));
        if (auto text = reconciled_scenario(report, *study); !text.empty()) {
            texts["reconciled.yaml"] = std::move(text);
        }
    }
    for (const auto name : own_files) {
        if (const auto found = texts.find(name); found != texts.end()) {
            io::write_file(folder / name, found->second);
        } else {
            fs::remove(folder / name, error); // of an earlier answer
        }
    }
}

} // namespace chainsim::study
