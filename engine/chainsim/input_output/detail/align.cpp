#include <chainsim/base/nearest.hpp>
#include <chainsim/input_output/detail/align.hpp>
#include <chainsim/io/csv.hpp>
#include <chainsim/io/file.hpp>

#include <fmt/format.h>

#include <utility>

namespace chainsim::input_output::detail {

namespace {

using Eigen::Index;

Diagnostic told(SourceLocation where, std::string message, std::string help,
                std::vector<SourceLocation> also = {}) {
    return {.where = std::move(where),
            .field = {},
            .message = std::move(message),
            .help = std::move(help),
            .also = std::move(also),
            .line_text = {}};
}

Eigen::MatrixXd ordered(const Matrix& values, const std::vector<Index>& from, bool by_rows) {
    const Index across = by_rows ? values.columns() : values.rows();
    Eigen::MatrixXd result = Eigen::MatrixXd::Zero(static_cast<Index>(from.size()), across);
    std::vector<Index> place(static_cast<std::size_t>(by_rows ? values.rows() : values.columns()),
                             -1);
    for (std::size_t k = 0; k < from.size(); ++k) {
        if (from[k] >= 0) {
            place[static_cast<std::size_t>(from[k])] = static_cast<Index>(k);
        }
    }
    values.for_each([&](Index row, Index column, double value) {
        const Index sector = place[static_cast<std::size_t>(by_rows ? row : column)];
        if (sector >= 0) {
            result(sector, by_rows ? column : row) = value;
        }
    });
    return result;
}

} // namespace

Directory::Directory(const Sheet& sheet, std::vector<Label> labels, input::Findings& findings)
    : labels_(std::move(labels)) {
    names_.reserve(labels_.size());
    for (std::size_t k = 0; k < labels_.size(); ++k) {
        names_.push_back(to_string(labels_[k]));
        const auto [found, is_new] = index_.emplace(names_.back(), static_cast<Index>(k));
        if (!is_new && !names_.back().empty()) {
            findings.add(told(sheet.row_place(k), fmt::format("'{}' stands twice", names_.back()),
                              "give each row a name of its own",
                              {sheet.row_place(static_cast<std::size_t>(found->second))}));
        }
    }
}

std::string Directory::near(const Label& label) const {
    constexpr std::size_t most_compared = 20000;
    if (names_.size() > most_compared) {
        return {};
    }
    return nearest(to_string(label), names_);
}

std::vector<Index> Directory::find(const Sheet& sheet, Side side, Gaps gaps,
                                   input::Findings& findings) const {
    const bool by_rows = side == Side::rows;
    const Index count = by_rows ? sheet.values.rows() : sheet.values.columns();
    const auto& labels = by_rows ? sheet.rows : sheet.columns;
    std::vector<Index> from(labels_.size(), -1);
    if (!sheet.is_labelled()) {
        for (std::size_t k = 0; k < from.size(); ++k) {
            from[k] = static_cast<Index>(k) < count ? static_cast<Index>(k) : -1;
        }
        if (count != size()) {
            findings.add(told({sheet.file, 0, 0},
                              fmt::format("{} {}, and the table has {} sectors", count,
                                          by_rows ? "rows" : "columns", size()),
                              "without labels there is one for each sector, in their order"));
        }
        return from;
    }
    const auto place = [&](std::size_t k) {
        return by_rows ? sheet.row_place(k) : sheet.column_place(k);
    };
    for (std::size_t k = 0; k < labels.size(); ++k) {
        if (labels[k].name.empty()) {
            continue; // told when it was read
        }
        const auto found = index_.find(to_string(labels[k]));
        if (found == index_.end()) {
            const std::string other = near(labels[k]);
            findings.add(told(place(k),
                              fmt::format("the table has no sector '{}'", to_string(labels[k])),
                              other.empty() ? fmt::format("its sectors are called as '{}'",
                                                          names_.empty() ? "" : names_.front())
                                            : fmt::format("did you mean '{}'?", other)));
            continue;
        }
        auto& here = from[static_cast<std::size_t>(found->second)];
        if (here >= 0) {
            findings.add(told(place(k), fmt::format("'{}' stands twice", to_string(labels[k])),
                              "keep one of them", {place(static_cast<std::size_t>(here))}));
            continue;
        }
        here = static_cast<Index>(k);
    }
    for (std::size_t k = 0; k < from.size() && gaps == Gaps::are_wrong; ++k) {
        if (from[k] < 0 && !names_[k].empty()) {
            findings.add(told(
                {sheet.file, by_rows ? 0 : sheet.header_line, 0},
                fmt::format("the sector '{}' has no {}", names_[k], by_rows ? "row" : "column"),
                "add it; an empty cell is 0"));
        }
    }
    return from;
}

Eigen::MatrixXd rows_in_order(const Sheet& sheet, const std::vector<Index>& from) {
    return ordered(sheet.values, from, true);
}

Eigen::MatrixXd columns_in_order(const Sheet& sheet, const std::vector<Index>& from) {
    return ordered(sheet.values, from, false);
}

Sheet read_labels(const std::filesystem::path& file, input::Findings& findings) {
    Sheet sheet;
    sheet.file = file.string();
    const auto rows = io::csv_rows(io::read_file(file), sheet.file);
    const auto& head = rows.front().cells;
    const bool has_regions = head.size() > 1 && (head[0] == "region" || head[0] == "地区");
    for (std::size_t k = 1; k < rows.size(); ++k) {
        const auto& cells = rows[k].cells;
        const std::size_t name = has_regions ? 1 : 0;
        if (cells.size() <= name || cells[name].empty()) {
            findings.add(told({sheet.file, rows[k].line, 1}, "a line without a sector",
                              has_regions ? "write region and sector" : "write the sector"));
            continue;
        }
        sheet.rows.push_back({has_regions ? cells[0] : std::string{}, cells[name]});
        sheet.row_lines.push_back(rows[k].line);
    }
    return sheet;
}

} // namespace chainsim::input_output::detail
