#include <chainsim/input_output/report.hpp>
#include <chainsim/table/catalogue.hpp>
#include <chainsim/table/number_text.hpp>
#include <chainsim/table/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <utility>

namespace chainsim::input_output {

namespace {

using Eigen::Index;
using table::absent;
using table::Language;
using table::number_column;
using table::reader_text;
using table::text_column;

/// Rows of a table that a terminal shows; the files hold all.
constexpr std::size_t most_rows = 25;

class Writer {
public:
    Writer(const Report& report, Language language, std::size_t width, std::string whole_in)
        : report_(report), table_(report.economy->table), language_(language), width_(width),
          whole_in_(std::move(whole_in)) {}

    std::string write() {
        head();
        sectors();
        satellites();
        accounts();
        demands();
        paths();
        return std::move(out_);
    }

private:
    template <class... Values>
    void say(std::string_view key, const Values&... values) {
        out_ += fmt::format(fmt::runtime(table::say(key, language_)), values...) + '\n';
    }

    template <class... Values>
    void title(std::string_view key, const Values&... values) {
        out_ += '\n';
        say(key, values...);
    }

    void show(const table::Table& table) {
        out_ += table::to_text(table, {.language = language_,
                                       .width = width_,
                                       .first_row = 0,
                                       .most_rows = most_rows,
                                       .whole_in = whole_in_});
    }

    [[nodiscard]] std::string name(Index sector) const {
        return to_string(table_.sectors[static_cast<std::size_t>(sector)]);
    }

    void head() {
        say("io_head", table_.size(), table_.regions.size(), table_.satellites.size());
        if (table_.demand_is_implied) {
            say("io_implied");
        }
    }

    void sectors() {
        title("io_sectors");
        const bool has_type_2 = report_.multipliers.induced.cols() > 0;
        std::vector<table::Column> columns{text_column("sector"), number_column("output"),
                                           number_column("final_demand"), number_column("type_1")};
        if (has_type_2) {
            columns.push_back(number_column("type_2"));
        }
        columns.push_back(number_column("dispersion_power"));
        columns.push_back(number_column("dispersion_sensitivity"));
        columns.push_back(number_column("dispersion_ghosh"));
        table::Table table("sectors", std::move(columns));
        const auto& links = report_.linkages;
        for (Index k = 0; k < table_.size(); ++k) {
            std::vector<table::Cell> row{
                name(k), table_.has_output() ? table_.output[k] : absent,
                table_.has_final_demand() ? table_.final_demand.row(k).sum() : absent,
                report_.multipliers.total(k, 0)};
            if (has_type_2) {
                row.emplace_back(report_.multipliers.induced(k, 0));
            }
            row.emplace_back(links.power[k]);
            row.emplace_back(links.sensitivity[k]);
            row.emplace_back(links.sensitivity_ghosh.size() > 0 ? links.sensitivity_ghosh[k]
                                                                : absent);
            table.append(std::move(row));
        }
        show(table);
        say("io_sectors_note");
    }

    /// Per unit of final demand, satellites side by side; more of them are in the files.
    void satellites() {
        constexpr Index most_columns = 6;
        const auto& all = report_.multipliers;
        if (table_.satellites.empty()) {
            return;
        }
        const auto& shown = all.induced.cols() > 0 ? all.induced : all.total;
        title(all.induced.cols() > 0 ? "io_multipliers_2" : "io_multipliers");
        std::vector<table::Column> columns{text_column("sector")};
        const Index count = std::min(most_columns, shown.cols() - 1);
        for (Index m = 1; m <= count; ++m) {
            columns.push_back(number_column(all.names[static_cast<std::size_t>(m)]));
        }
        table::Table table("multipliers", std::move(columns));
        for (Index k = 0; k < table_.size(); ++k) {
            std::vector<table::Cell> row{name(k)};
            for (Index m = 1; m <= count; ++m) {
                row.emplace_back(shown(k, m));
            }
            table.append(std::move(row));
        }
        show(table);
    }

    void accounts() {
        if (!report_.footprints || report_.footprints->all.empty()) {
            return;
        }
        const auto& footprints = *report_.footprints;
        title("io_accounts");
        table::Table table("accounts",
                           {text_column("satellite"), text_column("region"),
                            number_column("production_based"), number_column("consumption_based"),
                            number_column("embodied_imports"), number_column("embodied_exports")});
        for (const auto& one : footprints.all) {
            const std::string total(table::say("io_total", language_));
            table.append(
                {one.satellite, total, one.total, one.total_of_consumption, absent, absent});
            const bool is_same = footprints.consumers == footprints.regions;
            for (std::size_t r = 0; r < footprints.regions.size() && footprints.regions.size() > 1;
                 ++r) {
                const auto k = static_cast<Index>(r);
                table.append({one.satellite, footprints.regions[r], one.production[k],
                              is_same ? one.consumption[k] : absent,
                              footprints.is_trade_known ? one.imports[k] : absent,
                              footprints.is_trade_known ? one.exports[k] : absent});
            }
        }
        show(table);
        if (footprints.is_trade_known) {
            say("io_accounts_note");
        }
    }

    void demands() {
        for (Index d = 0; d < report_.required.cols(); ++d) {
            title("io_demand", to_string(table_.demands[static_cast<std::size_t>(d)]));
            table::Table table("demands", {text_column("sector"), number_column("demand"),
                                           number_column("output")});
            for (Index k = 0; k < table_.size(); ++k) {
                table.append({name(k), table_.demand(k, d), report_.required(k, d)});
            }
            show(table);
            for (Index m = 0; m < report_.factors.rows(); ++m) {
                out_ += fmt::format("  {}: {}\n", table_.satellites[static_cast<std::size_t>(m)],
                                    reader_text(report_.factors(m, d)));
            }
        }
    }

    void paths() {
        if (!report_.paths || !report_.path_options) {
            return;
        }
        const auto& paths = *report_.paths;
        const auto& by = report_.path_options->satellite;
        title("io_paths", name(report_.path_options->sector),
              by ? table_.satellites[*by] : std::string(table::heading("output", language_)),
              reader_text(paths.total));
        table::Table table("paths", {table::whole_column("rank"), text_column("path"),
                                     number_column("amount"), text_column("share")});
        std::int64_t rank = 0;
        const auto share = [&](double amount) {
            return table::percent_text(paths.total != 0.0 ? amount / paths.total : absent);
        };
        for (const auto& path : paths.paths) {
            std::string text;
            for (const Index sector : path.sectors) {
                text += (text.empty() ? "" : " ← ") + name(sector);
            }
            table.append({++rank, std::move(text), path.amount, share(path.amount)});
        }
        show(table);
        say("io_remainder", reader_text(paths.remainder), share(paths.remainder));
        if (!paths.is_complete) {
            say("io_paths_open");
        }
    }

    const Report& report_;
    const IoTable& table_;
    Language language_;
    std::size_t width_;
    std::string whole_in_;
    std::string out_;
};

} // namespace

std::string report_text(const Report& report, Language language, std::size_t width,
                        const std::string& whole_in) {
    return Writer(report, language, width, whole_in).write();
}

std::string balance_text(const Flows& flows, const Balanced& balanced, Language language,
                         std::size_t width) {
    const auto say = [language](std::string_view key, const auto&... values) {
        return fmt::format(fmt::runtime(table::say(key, language)), values...) + '\n';
    };
    std::string out = say("io_balanced", balanced.has_negative ? "GRAS" : "RAS", balanced.rounds,
                          fmt::format("{:.2g}", balanced.worst));
    const auto factors = [&](const std::vector<Label>& labels, const Eigen::VectorXd& totals,
                             const Eigen::VectorXd& of, const std::string& key) {
        table::Table table(
            key, {text_column("sector"), number_column("total"), number_column("scaled_by")});
        for (std::size_t k = 0; k < labels.size(); ++k) {
            const auto place = static_cast<Index>(k);
            table.append({to_string(labels[k]), totals[place], of[place]});
        }
        out += '\n' + say(key) +
               table::to_text(table, {.language = language,
                                      .width = width,
                                      .first_row = 0,
                                      .most_rows = most_rows,
                                      .whole_in = {}});
    };
    factors(flows.rows, flows.row_totals, balanced.row_factors, "io_row_factors");
    factors(flows.columns, flows.column_totals, balanced.column_factors, "io_column_factors");
    return out;
}

} // namespace chainsim::input_output
