#include <chainsim/base/diagnostic.hpp>
#include <chainsim/input_output/detail/align.hpp>
#include <chainsim/input_output/io_table.hpp>
#include <chainsim/table/number_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace chainsim::input_output {

namespace {

using detail::Directory;
using Eigen::Index;
using table::reader_text;

Diagnostic told(SourceLocation where, std::string message, std::string help) {
    return {.where = std::move(where),
            .field = {},
            .message = std::move(message),
            .help = std::move(help),
            .also = {},
            .line_text = {}};
}

/// Names for what has none: "1", "2", ...
std::vector<Label> numbered(Index count) {
    std::vector<Label> labels;
    labels.reserve(static_cast<std::size_t>(count));
    for (Index k = 1; k <= count; ++k) {
        labels.push_back({{}, std::to_string(k)});
    }
    return labels;
}

class Reader {
public:
    Reader(const TableFiles& files, const TableOptions& options, const parallel::Executor& executor)
        : files_(files), options_(options), executor_(executor), is_flows_(!files.flows.empty()) {
        CHAINSIM_EXPECT(files.flows.empty() != files.coefficients.empty(),
                        "a table of flows or of coefficients");
    }

    Economy read() {
        read_main();
        read_output();
        read_final_demand();
        read_demand();
        read_satellites();
        find_output();
        findings_.raise();
        to_coefficients();
        findings_.raise();
        check_balance();
        findings_.raise();
        const bool output_follows = !table_.has_output() && table_.has_final_demand();
        auto economy = make_economy(std::move(table_), executor_);
        auto& table = economy.table;
        if (output_follows) {
            table.output = economy.leontief.solve(table.final_demand.rowwise().sum());
        }
        if (table.has_output() && !table.has_final_demand()) {
            table.final_demand = table.output - table.coefficients.times(table.output);
            table.categories = {{{}, "final_demand"}};
            table.demand_is_implied = true;
        }
        finish_satellites(table);
        findings_.raise();
        return economy;
    }

private:
    Sheet read(const std::filesystem::path& file) { return read_sheet(file, findings_, executor_); }

    void read_main() {
        main_ = read(is_flows_ ? files_.flows : files_.coefficients);
        auto labels = main_.rows;
        Sheet named; // what names the sectors, for places
        if (main_.is_labelled()) {
            named.file = main_.file;
            named.row_lines = main_.row_lines;
        } else if (!files_.labels.empty()) {
            named = detail::read_labels(files_.labels, findings_);
            labels = named.rows;
        } else {
            named.file = main_.file;
            labels = numbered(main_.values.rows());
        }
        const Index rows = main_.values.rows();
        const Index columns = main_.values.columns();
        if (rows != columns) {
            findings_.add(
                told({main_.file, 0, 0},
                     fmt::format("the table is not square: {} rows and {} columns", rows, columns),
                     "each sector has a row and a column"));
        }
        if (static_cast<Index>(labels.size()) != rows) {
            findings_.add(told({named.file, 0, 0},
                               fmt::format("{} labels for {} sectors", labels.size(), rows),
                               "write one a line, in the order of the matrix"));
            findings_.raise();
        }
        if (rows == 0) {
            findings_.add(told({main_.file, 0, 0}, "a table without sectors",
                               "write a row and a column for each"));
            findings_.raise();
        }
        sectors_ = Directory(named, std::move(labels), findings_);
        const auto from =
            sectors_.find(main_, Directory::Side::columns, Directory::Gaps::are_wrong, findings_);
        if (rows == columns &&
            std::all_of(from.begin(), from.end(), [](Index place) { return place >= 0; })) {
            main_.values.permute_columns(from);
        }
        row_places_ = std::move(named);
        table_.sectors = sectors_.labels();
    }

    void read_output() {
        if (files_.output.empty()) {
            return;
        }
        const Sheet sheet = read(files_.output);
        const auto from =
            sectors_.find(sheet, Directory::Side::rows, Directory::Gaps::are_wrong, findings_);
        if (sheet.values.columns() != 1) {
            findings_.add(told({sheet.file, 0, 0},
                               fmt::format("{} columns of output", sheet.values.columns()),
                               "write one number for each sector"));
            return;
        }
        table_.output = detail::rows_in_order(sheet, from).col(0);
        output_is_given_ = true;
        for (std::size_t k = 0; k < from.size(); ++k) {
            const double output = table_.output[static_cast<Index>(k)];
            if (output < 0.0 && from[k] >= 0) {
                findings_.add(told(sheet.row_place(static_cast<std::size_t>(from[k])),
                                   fmt::format("the output of '{}' is negative: {}",
                                               to_string(table_.sectors[k]), output),
                                   "an output is at least 0"));
            }
        }
    }

    void read_final_demand() {
        if (files_.final_demand.empty()) {
            return;
        }
        final_ = read(files_.final_demand);
        const auto from =
            sectors_.find(final_, Directory::Side::rows, Directory::Gaps::are_wrong, findings_);
        table_.final_demand = detail::rows_in_order(final_, from);
        table_.categories =
            final_.is_labelled() ? final_.columns : numbered(final_.values.columns());
    }

    void read_demand() {
        if (files_.demand.empty()) {
            return;
        }
        const Sheet sheet = read(files_.demand);
        const auto from =
            sectors_.find(sheet, Directory::Side::rows, Directory::Gaps::are_zero, findings_);
        table_.demand = detail::rows_in_order(sheet, from);
        table_.demands = sheet.is_labelled() ? sheet.columns : numbered(sheet.values.columns());
    }

    void read_satellites() {
        if (!files_.satellite.empty()) {
            satellite_ = read(files_.satellite);
            const auto from = sectors_.find(satellite_, Directory::Side::columns,
                                            Directory::Gaps::are_wrong, findings_);
            table_.intensities = detail::columns_in_order(satellite_, from);
            const auto labels =
                satellite_.is_labelled() ? satellite_.rows : numbered(satellite_.values.rows());
            factors_ = Directory(satellite_, labels, findings_);
            for (const auto& label : labels) {
                table_.satellites.push_back(to_string(label));
            }
        }
        if (!files_.final_satellite.empty()) {
            read_final_satellites();
        }
    }

    void read_final_satellites() {
        const Sheet sheet = read(files_.final_satellite);
        if (files_.satellite.empty() || files_.final_demand.empty()) {
            findings_.add(told({sheet.file, 0, 0},
                               "satellites of final demand, without satellites of the sectors or "
                               "without final demand",
                               "give --satellite and --final-demand too"));
            return;
        }
        const Directory categories(final_, table_.categories, findings_);
        const auto columns =
            categories.find(sheet, Directory::Side::columns, Directory::Gaps::are_zero, findings_);
        const auto rows =
            factors_.find(sheet, Directory::Side::rows, Directory::Gaps::are_zero, findings_);
        const Eigen::MatrixXd by_column = detail::columns_in_order(sheet, columns).transpose();
        table_.final_satellites =
            Eigen::MatrixXd::Zero(factors_.size(), static_cast<Index>(columns.size()));
        for (std::size_t k = 0; k < rows.size(); ++k) {
            if (rows[k] >= 0) {
                table_.final_satellites.row(static_cast<Index>(k)) = by_column.row(rows[k]);
            }
        }
    }

    void find_output() {
        if (table_.has_output() || !is_flows_) {
            return;
        }
        if (!table_.has_final_demand()) {
            findings_.add(told({main_.file, 0, 0}, "the output of the sectors is not told",
                               "give --x, or --final-demand, of which it is the sum with the "
                               "flows"));
            return;
        }
        if (main_.values.columns() != main_.values.rows()) {
            return;
        }
        table_.output = main_.values.row_sums() + table_.final_demand.rowwise().sum();
        for (Index k = 0; k < table_.output.size(); ++k) {
            if (table_.output[k] < 0.0) {
                const auto sector = static_cast<std::size_t>(k);
                findings_.add(told(row_places_.row_place(sector),
                                   fmt::format("the output of '{}' is negative: {}",
                                               to_string(table_.sectors[sector]), table_.output[k]),
                                   "flows and final demand of a row add up to at least 0"));
            }
        }
    }

    void to_coefficients() {
        if (is_flows_) {
            const Eigen::VectorXd bought =
                main_.values.transposed_times(Eigen::VectorXd::Ones(main_.values.rows()));
            Eigen::VectorXd factors(table_.output.size());
            for (Index k = 0; k < factors.size(); ++k) {
                const bool runs = table_.output[k] > 0.0;
                factors[k] = runs ? 1.0 / table_.output[k] : 0.0;
                if (!runs && bought[k] != 0.0) {
                    const auto sector = static_cast<std::size_t>(k);
                    findings_.add(told(main_.column_place(sector),
                                       fmt::format("'{}' has no output, and buys {}",
                                                   to_string(table_.sectors[sector]), bought[k]),
                                       "state its output, or leave its purchases out"));
                }
            }
            main_.values.scale_columns(factors);
        }
        table_.coefficients = std::move(main_.values);
    }

    void check_balance() {
        if (!output_is_given_ || !table_.has_final_demand()) {
            return;
        }
        const Eigen::VectorXd used = table_.coefficients.times(table_.output);
        for (Index k = 0; k < used.size(); ++k) {
            const double final = table_.final_demand.row(k).sum();
            const double output = table_.output[k];
            const double off = used[k] + final - output;
            const double size = std::max(std::abs(output), std::abs(used[k] + final));
            if (!(std::abs(off) > options_.tolerance * size)) {
                continue;
            }
            const auto sector = static_cast<std::size_t>(k);
            findings_.add(told(
                row_places_.row_place(sector),
                fmt::format("row '{}': intermediate {} + final demand {} differs from output {} "
                            "by {} ({:.3g} %)",
                            to_string(table_.sectors[sector]), reader_text(used[k]),
                            reader_text(final), reader_text(output), reader_text(off),
                            100.0 * off / (output != 0.0 ? output : size)),
                fmt::format("a row balances to {:.3g} %; --tolerance takes a larger share",
                            100.0 * options_.tolerance)));
        }
    }

    void finish_satellites(IoTable& table) {
        if (table.final_satellites.size() == 0) {
            table.final_satellites = Eigen::MatrixXd::Zero(
                static_cast<Index>(table.satellites.size()), table.final_demand.cols());
        }
        if (options_.per_unit || !table.has_output() || table.satellites.empty()) {
            return;
        }
        for (Index k = 0; k < table.intensities.rows(); ++k) {
            auto row = table.intensities.row(k);
            if (table.output[k] > 0.0) {
                row /= table.output[k];
            } else if (row.cwiseAbs().maxCoeff() > 0.0) {
                const auto sector = static_cast<std::size_t>(k);
                findings_.add(told({satellite_.file, satellite_.header_line, 0},
                                   fmt::format("'{}' has satellites and no output",
                                               to_string(table.sectors[sector])),
                                   "state its output, or leave them out"));
            }
        }
    }

    const TableFiles& files_;
    const TableOptions& options_;
    const parallel::Executor& executor_;
    bool is_flows_;
    bool output_is_given_ = false;
    input::Findings findings_;
    Sheet main_, final_, satellite_, row_places_;
    Directory sectors_;
    Directory factors_;
    IoTable table_;
};

} // namespace

Economy read_economy(const TableFiles& files, const TableOptions& options,
                     const parallel::Executor& executor) {
    return Reader(files, options, executor).read();
}

Flows read_flows(const std::filesystem::path& flows, const std::filesystem::path& names,
                 const std::filesystem::path& row_totals,
                 const std::filesystem::path& column_totals, const parallel::Executor& executor) {
    input::Findings findings;
    Sheet sheet = read_sheet(flows, findings, executor);
    auto rows = sheet.is_labelled() ? sheet.rows : numbered(sheet.values.rows());
    auto columns = sheet.is_labelled() ? sheet.columns : numbered(sheet.values.columns());
    if (!names.empty()) {
        const auto named = detail::read_labels(names, findings);
        if (sheet.is_labelled()) {
            findings.add(told({names.string(), 0, 0}, "the table names its sectors itself",
                              "leave out --labels"));
        } else if (named.rows.size() != rows.size() || named.rows.size() != columns.size()) {
            findings.add(told({named.file, 0, 0},
                              fmt::format("{} labels for {} rows and {} columns", named.rows.size(),
                                          rows.size(), columns.size()),
                              "write one a line, in the order of the table"));
        } else {
            rows = named.rows;
            columns = named.rows;
        }
    }
    const auto totals = [&](const std::filesystem::path& file, const std::vector<Label>& labels) {
        const Directory directory(sheet, labels, findings);
        const Sheet given = read_sheet(file, findings, executor);
        if (given.values.columns() != 1) {
            findings.add(told({given.file, 0, 0},
                              fmt::format("{} columns of totals", given.values.columns()),
                              "write one number a line"));
        }
        const auto from =
            directory.find(given, Directory::Side::rows, Directory::Gaps::are_wrong, findings);
        const Eigen::MatrixXd ordered = detail::rows_in_order(given, from);
        return ordered.cols() > 0 ? Eigen::VectorXd(ordered.col(0)) : Eigen::VectorXd();
    };
    Flows result{std::move(rows), std::move(columns), {}, {}, {}};
    result.row_totals = totals(row_totals, result.rows);
    result.column_totals = totals(column_totals, result.columns);
    findings.raise();
    result.values = std::move(sheet.values);
    return result;
}

} // namespace chainsim::input_output
