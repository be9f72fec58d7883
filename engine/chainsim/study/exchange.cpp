#include <chainsim/graph/graphviz.hpp>
#include <chainsim/io/csv.hpp>
#include <chainsim/io/matrix_market.hpp>
#include <chainsim/study/exchange.hpp>
#include <chainsim/study/tables.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace chainsim::study {

namespace {

/// The entries of a sparse matrix, column by column or row by row as it is stored.
template <class Matrix>
std::string matrix(const Matrix& values, const std::string& comment) {
    std::vector<io::MatrixEntry> entries;
    entries.reserve(static_cast<std::size_t>(values.nonZeros()));
    for (Eigen::Index outer = 0; outer < values.outerSize(); ++outer) {
        for (typename Matrix::InnerIterator entry(values, outer); entry; ++entry) {
            entries.push_back({static_cast<std::size_t>(entry.row()),
                               static_cast<std::size_t>(entry.col()), entry.value()});
        }
    }
    return io::to_matrix_market(static_cast<std::size_t>(values.rows()),
                                static_cast<std::size_t>(values.cols()), entries, comment);
}

/// A limit as a cell: none is absent.
double limit(double value) { return std::isfinite(value) ? value : table::absent; }

table::Table rows_of(const model::Scenario& scenario, const system::System& system) {
    table::Table rows("rows", {table::text_column("commodity"), table::text_column("unit"),
                               table::number_column("demand"), table::number_column("buy_limit"),
                               table::number_column("sell_limit"), table::whole_column("sink")});
    for (std::size_t row = 0; row < system.layout.rows.size(); ++row) {
        const auto position = static_cast<Eigen::Index>(row);
        const auto& commodity = scenario.model.commodities[system.layout.rows[row]];
        rows.append({commodity.id, commodity.unit.text(), system.equations.demand[position],
                     limit(system.equations.buy_limit[position]),
                     limit(system.equations.sell_limit[position]),
                     std::int64_t{system.equations.sink[row] != 0 ? 1 : 0}});
    }
    return rows;
}

table::Table columns_of(const model::Scenario& scenario, const system::System& system) {
    table::Table columns("columns", {table::text_column("facility"), table::text_column("process"),
                                     table::text_column("product"), table::text_column("unit"),
                                     table::number_column("capacity")});
    for (std::size_t column = 0; column < system.layout.columns.size(); ++column) {
        const auto& facility = scenario.facilities[system.layout.columns[column]];
        const auto& process = scenario.model.processes[facility.process_in(system.year)];
        const auto& product = scenario.model.commodities[process.product];
        columns.append({facility.id, process.id, product.id, product.unit.text(),
                        system.equations.capacity[static_cast<Eigen::Index>(column)]});
    }
    return columns;
}

table::Table indicators_of(const system::System& system) {
    table::Table indicators("indicators", {table::text_column("id"), table::text_column("unit"),
                                           table::number_column("constant")});
    for (std::size_t i = 0; i < system.indicators.info.size(); ++i) {
        indicators.append({system.indicators.info[i].id, system.indicators.info[i].unit,
                           system.indicators.constant[static_cast<Eigen::Index>(i)]});
    }
    return indicators;
}

} // namespace

std::vector<ExportedFile> export_csv(const Run& run, bool byte_order_mark) {
    std::vector<ExportedFile> files;
    for (const auto& table : tables_of(run)) {
        files.push_back(
            {table.name() + ".csv", io::to_csv(table, {.byte_order_mark = byte_order_mark})});
    }
    return files;
}

std::vector<ExportedFile> export_matrices(const Study& study, int year) {
    const auto& scenario = study.scenario();
    const auto system = accounts::compile(scenario, year);
    const std::string of = fmt::format("scenario {}, year {}", scenario.id, year);
    return {{"A.mtx",
             matrix(system.equations.net, "A: rows.csv x columns.csv, outputs less inputs; " + of)},
            {"Q.mtx", matrix(system.indicators.weights,
                             "Q: indicators.csv x [columns, buy, sell, dispose, demand]; " + of)},
            {"rows.csv", io::to_csv(rows_of(scenario, system))},
            {"columns.csv", io::to_csv(columns_of(scenario, system))},
            {"indicators.csv", io::to_csv(indicators_of(system))}};
}

std::vector<ExportedFile> export_dot(const Study& study, int year, table::Language language,
                                     bool everything) {
    const auto& scenario = study.scenario();
    graph::DotOptions options;
    options.language = language;
    options.everything = everything;
    const Run run = study.run(year);
    if (!run.failure()) {
        for (std::uint32_t i = 0; i < scenario.facilities.size(); ++i) {
            options.activity.push_back(run.year(year).activity(model::Index<model::Facility>{i}));
        }
    }
    return {{"chain.dot", graph::to_dot(scenario, year, options)}};
}

std::string export_json(const std::vector<ExportedFile>& files) {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const auto& file : files) {
        list.push_back({{"name", file.name}, {"text", file.text}});
    }
    nlohmann::ordered_json json = nlohmann::ordered_json::object();
    json["files"] = std::move(list);
    return json.dump(1) + '\n';
}

} // namespace chainsim::study
