#include <chainsim/input_output/report.hpp>
#include <chainsim/io/csv.hpp>
#include <chainsim/io/file.hpp>
#include <chainsim/table/column.hpp>

#include <fmt/format.h>

#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <utility>

namespace chainsim::input_output {

namespace {

using Eigen::Index;
using table::absent;
using table::number_column;
using table::text_column;

double at(const Eigen::VectorXd& values, Index k) { return values.size() > k ? values[k] : absent; }

const Label& sector_of(const Report& report, Index k) {
    return report.economy->table.sectors[static_cast<std::size_t>(k)];
}

table::Table sectors_table(const Report& report) {
    const auto& table = report.economy->table;
    table::Table result("sectors", {text_column("region"), text_column("sector"),
                                    number_column("output"), number_column("final_demand")});
    for (Index k = 0; k < table.size(); ++k) {
        const auto& label = sector_of(report, k);
        result.append({label.region, label.name, at(table.output, k),
                       table.has_final_demand() ? table.final_demand.row(k).sum() : absent});
    }
    return result;
}

table::Table multipliers_table(const Report& report) {
    const auto& all = report.multipliers;
    table::Table result("multipliers", {text_column("region"), text_column("sector"),
                                        text_column("satellite"), number_column("direct"),
                                        number_column("type_1"), number_column("type_2")});
    for (Index k = 0; k < all.total.rows(); ++k) {
        const auto& label = sector_of(report, k);
        for (Index m = 0; m < all.total.cols(); ++m) {
            result.append({label.region, label.name, all.names[static_cast<std::size_t>(m)],
                           all.direct(k, m), all.total(k, m),
                           all.induced.cols() > 0 ? all.induced(k, m) : absent});
        }
    }
    return result;
}

table::Table linkages_table(const Report& report) {
    const auto& links = report.linkages;
    table::Table result("linkages",
                        {text_column("region"), text_column("sector"), number_column("backward"),
                         number_column("forward"), number_column("forward_ghosh"),
                         number_column("dispersion_power"), number_column("dispersion_sensitivity"),
                         number_column("dispersion_ghosh")});
    for (Index k = 0; k < links.backward.size(); ++k) {
        const auto& label = sector_of(report, k);
        result.append({label.region, label.name, links.backward[k], links.forward[k],
                       at(links.forward_ghosh, k), links.power[k], links.sensitivity[k],
                       at(links.sensitivity_ghosh, k)});
    }
    return result;
}

table::Table accounts_table(const Report& report, const Footprints& footprints) {
    table::Table result("accounts",
                        {text_column("satellite"), text_column("level"), text_column("region"),
                         text_column("sector"), number_column("production_based"),
                         number_column("consumption_based"), number_column("embodied_imports"),
                         number_column("embodied_exports")});
    const auto regions = static_cast<Index>(footprints.regions.size());
    const auto consumers = static_cast<Index>(footprints.consumers.size());
    const bool is_same = footprints.consumers == footprints.regions;
    for (const auto& one : footprints.all) {
        result.append({one.satellite, std::string("total"), std::string{}, std::string{}, one.total,
                       one.total_of_consumption, absent, absent});
        for (Index r = 0; r < regions; ++r) {
            result.append({one.satellite, std::string("region"),
                           footprints.regions[static_cast<std::size_t>(r)], std::string{},
                           one.production[r], is_same ? one.consumption[r] : absent,
                           footprints.is_trade_known ? one.imports[r] : absent,
                           footprints.is_trade_known ? one.exports[r] : absent});
        }
        for (Index c = 0; c < consumers && !is_same; ++c) {
            result.append({one.satellite, std::string("consumer"),
                           footprints.consumers[static_cast<std::size_t>(c)], std::string{}, absent,
                           one.consumption[c], absent, absent});
        }
        for (Index k = 0; k < one.by_sector.size(); ++k) {
            const auto& label = sector_of(report, k);
            result.append({one.satellite, std::string("sector"), label.region, label.name,
                           one.by_sector[k], one.by_product[k], absent, absent});
        }
        for (Index c = 0; c < consumers && consumers > 1; ++c) {
            for (Index p = 0; p < one.of_consumer_by_product.cols(); ++p) {
                result.append({one.satellite, std::string("product"),
                               footprints.consumers[static_cast<std::size_t>(c)],
                               footprints.products[static_cast<std::size_t>(p)], absent,
                               one.of_consumer_by_product(c, p), absent, absent});
            }
        }
    }
    return result;
}

table::Table paths_table(const Report& report, const Paths& paths) {
    table::Table result("paths", {table::whole_column("rank"), text_column("path"),
                                  number_column("amount"), number_column("share")});
    std::int64_t rank = 0;
    for (const auto& path : paths.paths) {
        std::string text;
        for (const Index sector : path.sectors) {
            text += (text.empty() ? "" : " <- ") + to_string(sector_of(report, sector));
        }
        result.append({++rank, std::move(text), path.amount,
                       paths.total != 0.0 ? path.amount / paths.total : absent});
    }
    result.append({std::int64_t{0}, std::string("remainder"), paths.remainder,
                   paths.total != 0.0 ? paths.remainder / paths.total : absent});
    return result;
}

table::Table demands_table(const Report& report) {
    const auto& table = report.economy->table;
    table::Table result("demands",
                        {text_column("demand"), text_column("region"), text_column("sector"),
                         text_column("satellite"), number_column("amount")});
    for (Index d = 0; d < report.required.cols(); ++d) {
        const auto name = to_string(table.demands[static_cast<std::size_t>(d)]);
        for (Index k = 0; k < table.size(); ++k) {
            const auto& label = sector_of(report, k);
            result.append(
                {name, label.region, label.name, std::string("output"), report.required(k, d)});
        }
        for (Index m = 0; m < report.factors.rows(); ++m) {
            result.append({name, std::string{}, std::string{},
                           table.satellites[static_cast<std::size_t>(m)], report.factors(m, d)});
        }
    }
    return result;
}

std::string quoted(const std::string& text) {
    if (text.find_first_of(",\"\t;") == std::string::npos) {
        return text;
    }
    std::string result = "\"";
    for (const char character : text) {
        result.append(character == '"' ? 2 : 1, character);
    }
    return result + '"';
}

/// The lines above the numbers; with regions those of pymrio, which name the labels in a third
/// line.
std::string head_of(const std::vector<Label>& columns, bool has_regions) {
    const auto line = [&](const std::string& begin, auto&& text_of) {
        std::string text = begin;
        for (const auto& column : columns) {
            text += ',' + quoted(text_of(column));
        }
        return text + '\n';
    };
    const auto name = [](const Label& label) { return label.name; };
    if (!has_regions) {
        return line("sector", name);
    }
    return line("region,", [](const Label& label) { return label.region; }) +
           line("sector,", name) +
           line("region,sector", [](const Label& /*label*/) { return std::string{}; });
}

/// Writes rows as they come, some hundred at a time.
template <class ValueOf>
void write_rows(const std::filesystem::path& file, const std::vector<Label>& rows,
                const std::vector<Label>& columns, const parallel::Executor& executor,
                const ValueOf& value_of) {
    constexpr std::size_t at_a_time = 16;
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    const auto check = [&] {
        if (!out) {
            throw IoError(fmt::format("cannot write '{}'", file.string()));
        }
    };
    const bool has_regions = !rows.empty() && !rows.front().region.empty();
    out << head_of(columns, has_regions);
    check();
    const std::size_t jobs = (rows.size() + at_a_time - 1) / at_a_time;
    std::vector<std::string> texts(static_cast<std::size_t>(executor.slots()));
    executor.in_order(
        0, static_cast<std::int64_t>(jobs),
        [&](std::int64_t job, int /*worker*/, int slot) {
            auto& text = texts[static_cast<std::size_t>(slot)];
            text.clear();
            const std::size_t first = static_cast<std::size_t>(job) * at_a_time;
            for (std::size_t i = first; i < std::min(first + at_a_time, rows.size()); ++i) {
                text += has_regions ? quoted(rows[i].region) + ',' : std::string{};
                text += quoted(rows[i].name);
                for (std::size_t j = 0; j < columns.size(); ++j) {
                    fmt::format_to(std::back_inserter(text), ",{}",
                                   value_of(static_cast<Index>(i), static_cast<Index>(j)) + 0.0);
                }
                text += '\n';
            }
        },
        [&](std::int64_t /*job*/, int slot) {
            out << texts[static_cast<std::size_t>(slot)];
            return static_cast<bool>(out);
        });
    out.flush();
    check();
}

} // namespace

std::vector<table::Table> tables_of(const Report& report) {
    std::vector<table::Table> tables{sectors_table(report), multipliers_table(report),
                                     linkages_table(report)};
    if (report.footprints && !report.footprints->all.empty()) {
        tables.push_back(accounts_table(report, *report.footprints));
    }
    if (report.paths) {
        tables.push_back(paths_table(report, *report.paths));
    }
    if (report.required.cols() > 0) {
        tables.push_back(demands_table(report));
    }
    return tables;
}

void write_report(const Report& report, const std::filesystem::path& folder,
                  const parallel::Executor& executor) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) {
        throw IoError(
            fmt::format("cannot make the folder '{}': {}", folder.string(), error.message()));
    }
    for (const auto& table : tables_of(report)) {
        io::write_file(folder / (table.name() + ".csv"), io::to_csv(table), io::Device::later);
    }
    const auto& sectors = report.economy->table.sectors;
    if (report.inverse.size() > 0) {
        write_matrix(folder / "L.csv", sectors, sectors, report.inverse, executor);
    }
    if (report.ghosh.size() > 0) {
        write_matrix(folder / "G.csv", sectors, sectors, report.ghosh, executor);
    }
}

void write_matrix(const std::filesystem::path& file, const std::vector<Label>& rows,
                  const std::vector<Label>& columns, const Matrix& values,
                  const parallel::Executor& executor) {
    write_rows(file, rows, columns, executor,
               [&values](Index row, Index column) { return values.at(row, column); });
}

void write_matrix(const std::filesystem::path& file, const std::vector<Label>& rows,
                  const std::vector<Label>& columns, const Eigen::MatrixXd& values,
                  const parallel::Executor& executor) {
    write_rows(file, rows, columns, executor,
               [&values](Index row, Index column) { return values(row, column); });
}

} // namespace chainsim::input_output
