#include <chainsim/base/nearest.hpp>
#include <chainsim/input/document.hpp>
#include <chainsim/io/csv.hpp>
#include <chainsim/sheets/detail/branch.hpp>
#include <chainsim/sheets/detail/key_path.hpp>
#include <chainsim/sheets/detail/yaml_text.hpp>
#include <chainsim/sheets/sheets.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace chainsim::sheets {

namespace {

namespace fs = std::filesystem;
using detail::Branch;
using detail::Step;

constexpr std::array<std::string_view, 2> own_sheets{"files.csv", "settings.csv"};

/// A path within the folder: relative, and without a way out of it.
bool stays_within(const std::string& path) {
    const fs::path one(path);
    return !path.empty() && one.is_relative() &&
           std::none_of(one.begin(), one.end(), [](const fs::path& part) {
               return part == ".." || part == "." || part.empty();
           });
}

class Reading {
public:
    explicit Reading(fs::path folder) : folder_(std::move(folder)) {}

    Imported read() {
        read_files();
        raise();
        read_settings();
        std::vector<fs::path> sheets;
        for (const auto& entry : fs::directory_iterator(folder_)) {
            const auto name = entry.path().filename().string();
            const bool is_own =
                std::find(own_sheets.begin(), own_sheets.end(), name) != own_sheets.end();
            if (entry.is_regular_file() && name.ends_with(".csv") && !is_own) {
                sheets.push_back(entry.path());
            }
        }
        // Records before what is within them.
        const auto is_inner = [](const fs::path& one) {
            return one.stem().string().find('.') != std::string::npos;
        };
        std::sort(sheets.begin(), sheets.end(), [&](const fs::path& a, const fs::path& b) {
            return std::pair(is_inner(a), a) < std::pair(is_inner(b), b);
        });
        for (const auto& sheet : sheets) {
            read_sheet(sheet);
        }
        raise();
        for (const auto& [path, root] : roots_) {
            if (const auto* gap = detail::gap_in(root)) {
                problems_.push_back(Diagnostic{gap->cell,
                                               {},
                                               "an item of this list is left out",
                                               "items stand in their order from [0] on",
                                               {},
                                               {}});
            }
        }
        raise();
        for (const auto& [path, root] : roots_) {
            auto yaml = detail::to_yaml(root);
            out_.cells.emplace(path, std::move(yaml.cells));
            out_.files.push_back({path, std::move(yaml.text)});
        }
        return std::move(out_);
    }

private:
    struct Rows {
        std::string name;
        std::vector<io::CsvRow> rows;
    };

    static Rows rows_of(const fs::path& file) {
        const auto name = file.filename().string();
        return {name, io::csv_rows(input::read_text(file), name)};
    }

    void note(const Rows& sheet, const io::CsvRow& row, std::size_t column, std::string message,
              std::string help) {
        constexpr std::size_t most = 200;
        if (problems_.size() < most) {
            problems_.push_back(Diagnostic{
                place(sheet, row, column), {}, std::move(message), std::move(help), {}, {}});
        }
    }
    void raise() {
        if (!problems_.empty()) {
            throw InputError(std::exchange(problems_, {}));
        }
    }
    static SourceLocation place(const Rows& sheet, const io::CsvRow& row, std::size_t column) {
        return {sheet.name, row.line, column < row.columns.size() ? row.columns[column] : 1};
    }
    static const std::string& cell(const io::CsvRow& row, std::size_t column) {
        static const std::string none;
        return column < row.cells.size() ? row.cells[column] : none;
    }
    static bool is_blank(const io::CsvRow& row) {
        return std::all_of(row.cells.begin(), row.cells.end(),
                           [](const std::string& one) { return one.empty(); });
    }

    /// Whether a sheet begins with these columns.
    bool has_head(const Rows& sheet, std::initializer_list<std::string_view> names) {
        std::size_t at = 0;
        for (const auto name : names) {
            if (cell(sheet.rows.front(), at) != name) {
                note(sheet, sheet.rows.front(), at,
                     fmt::format("column {} is '{}'", at + 1, cell(sheet.rows.front(), at)),
                     fmt::format("the sheet begins with: {}", fmt::join(names, ", ")));
                return false;
            }
            ++at;
        }
        return true;
    }

    void read_files() {
        const auto sheet = rows_of(folder_ / "files.csv");
        if (!has_head(sheet, {"path", "format", "main"})) {
            return;
        }
        for (std::size_t r = 1; r < sheet.rows.size(); ++r) {
            const auto& row = sheet.rows[r];
            if (!is_blank(row)) {
                read_file(sheet, row);
            }
        }
        if (out_.main_input.empty()) {
            note(sheet, sheet.rows.front(), 2, "no file is the scenario to be opened",
                 "write yes into the column main of one");
        }
    }

    void read_file(const Rows& sheet, const io::CsvRow& row) {
        const auto& path = cell(row, 0);
        const auto& format = cell(row, 1);
        if (!stays_within(path)) {
            note(sheet, row, 0, fmt::format("'{}' is no path within the folder", path),
                 "a path like scenarios/mine/plants.yaml");
            return;
        }
        if (std::find(paths_.begin(), paths_.end(), path) != paths_.end()) {
            note(sheet, row, 0, fmt::format("'{}' stands twice", path), "remove one of the two");
            return;
        }
        paths_.push_back(path);
        if (cell(row, 2) == "yes") {
            if (!out_.main_input.empty()) {
                note(sheet, row, 2, "two files are the scenario to be opened", "leave one yes");
            }
            out_.main_input = path;
        }
        if (format == "as it is") {
            out_.files.push_back({path, input::read_text(folder_ / path)});
            return;
        }
        auto& root = roots_[path];
        root.kind = Branch::Kind::map;
        root.cell = place(sheet, row, 0);
        put(sheet, row, 1, root, {{"format", -1}}, false);
    }

    /// The tree of the file that a row names; that of the row before where the cell is empty.
    Branch* root_of(const Rows& sheet, const io::CsvRow& row) {
        const auto& path = cell(row, 0).empty() ? last_file_ : cell(row, 0);
        const auto found = roots_.find(path);
        if (found == roots_.end()) {
            const auto near = nearest(path, paths_);
            note(sheet, row, 0, fmt::format("no file '{}' in files.csv", path),
                 near.empty() ? "add it there" : fmt::format("did you mean '{}'?", near));
            return nullptr;
        }
        last_file_ = path;
        return &found->second;
    }

    void put(const Rows& sheet, const io::CsvRow& row, std::size_t column, Branch& root,
             const std::vector<Step>& path, bool is_list) {
        const auto where = place(sheet, row, column);
        auto* branch = detail::grow(root, path, where);
        if (branch == nullptr || !detail::fill(*branch, cell(row, column), is_list, where)) {
            note(sheet, row, column,
                 fmt::format("'{}' is told already, or is more than a text", detail::to_text(path)),
                 "each figure and text once");
        }
    }

    struct Column {
        std::vector<Step> path;
        bool is_list = false;
    };

    /// A path as a heading or a setting has it; one that ends with [] is of a list of texts.
    static std::optional<Column> column_of(std::string_view text) {
        Column out;
        out.is_list = text.ends_with("[]");
        if (out.is_list) {
            text.remove_suffix(2);
        }
        if (text == "itself") {
            return out;
        }
        auto path = detail::to_path(text);
        if (!path) {
            return std::nullopt;
        }
        out.path = std::move(*path);
        return out;
    }

    void read_settings() {
        const auto sheet = rows_of(folder_ / "settings.csv");
        if (!has_head(sheet, {"file", "path", "value"})) {
            return;
        }
        last_file_.clear();
        for (std::size_t r = 1; r < sheet.rows.size(); ++r) {
            const auto& row = sheet.rows[r];
            auto* root = is_blank(row) ? nullptr : root_of(sheet, row);
            if (root == nullptr) {
                continue;
            }
            const auto column = column_of(cell(row, 1));
            if (!column || column->path.empty()) {
                note(sheet, row, 1, fmt::format("'{}' is no path of keys", cell(row, 1)),
                     "a path like region.name.zh");
            } else if (!cell(row, 2).empty()) {
                put(sheet, row, 2, *root, column->path, column->is_list);
            }
        }
    }

    void read_sheet(const fs::path& file) {
        const auto sheet = rows_of(file);
        const auto stem = file.stem().string();
        const auto dot = stem.find('.');
        const bool is_inner = dot != std::string::npos;
        const bool has_one =
            is_inner ? has_head(sheet, {"file", "id", "key"}) : has_head(sheet, {"file", "id"});
        if (!has_one) {
            return;
        }
        const std::size_t leading = is_inner ? 3 : 2;
        std::vector<std::optional<Column>> columns;
        for (std::size_t c = leading; c < sheet.rows.front().cells.size(); ++c) {
            columns.push_back(column_of(cell(sheet.rows.front(), c)));
            if (!columns.back() && !cell(sheet.rows.front(), c).empty()) {
                note(sheet, sheet.rows.front(), c,
                     fmt::format("'{}' is no path of keys", cell(sheet.rows.front(), c)),
                     "a path like capacity.value");
            }
        }
        last_file_.clear();
        for (std::size_t r = 1; r < sheet.rows.size(); ++r) {
            const auto& row = sheet.rows[r];
            if (is_blank(row)) {
                continue;
            }
            std::vector<Step> record{{stem.substr(0, dot), -1}, {cell(row, 1), -1}};
            if (is_inner) {
                record.push_back({stem.substr(dot + 1), -1});
                record.push_back({cell(row, 2), -1});
            }
            read_row(sheet, row, record, leading, columns);
        }
    }

    void read_row(const Rows& sheet, const io::CsvRow& row, const std::vector<Step>& record,
                  std::size_t leading, const std::vector<std::optional<Column>>& columns) {
        auto* root = root_of(sheet, row);
        if (root == nullptr) {
            return;
        }
        if (record.back().key.empty() || record[1].key.empty()) {
            note(sheet, row, leading - 1, "a row without an id", "every record has one");
            return;
        }
        auto* there = detail::grow(*root, record, place(sheet, row, leading - 1));
        if (there == nullptr || (leading == 2 && there->kind != Branch::Kind::nothing)) {
            note(sheet, row, leading - 1, fmt::format("'{}' stands twice", record.back().key),
                 "remove one of the two");
            return;
        }
        bool is_empty = true;
        for (std::size_t c = 0; c < columns.size(); ++c) {
            const auto& column = columns[c];
            if (!column.has_value() || cell(row, leading + c).empty()) {
                continue;
            }
            is_empty = false;
            auto path = record;
            path.insert(path.end(), column->path.begin(), column->path.end());
            put(sheet, row, leading + c, *root, path, column->is_list);
        }
        if (is_empty && there->kind == Branch::Kind::nothing) {
            there->kind = Branch::Kind::map; // what is within it stands in other sheets
        }
    }

    fs::path folder_;
    Imported out_;
    std::vector<std::string> paths_; ///< of all files
    std::map<std::string, Branch> roots_;
    std::string last_file_;
    std::vector<Diagnostic> problems_;
};

} // namespace

std::vector<Diagnostic> Imported::of_cells(std::vector<Diagnostic> diagnostics) const {
    // The longest path that a place ends with: "plants.yaml" is not "mine/plants.yaml".
    const auto lines_of = [this](const std::string& file) {
        const std::vector<SourceLocation>* found = nullptr;
        std::size_t longest = 0;
        for (const auto& [path, lines] : cells) {
            const bool is_end =
                file.ends_with(path) &&
                (file.size() == path.size() || file[file.size() - path.size() - 1] == '/');
            if (is_end && path.size() > longest) {
                found = &lines;
                longest = path.size();
            }
        }
        return found;
    };
    const auto move = [&lines_of](SourceLocation& where) {
        const auto* lines = lines_of(where.file);
        const auto line = static_cast<std::size_t>(where.line);
        const bool is_known = lines != nullptr && line >= 1 && line <= lines->size();
        if (is_known) {
            where = (*lines)[line - 1];
        }
        return is_known;
    };
    for (auto& one : diagnostics) {
        if (move(one.where)) {
            one.line_text.clear();
        }
        for (auto& also : one.also) {
            move(also);
        }
    }
    return diagnostics;
}

Imported from_sheets(const fs::path& folder) { return Reading(folder).read(); }

} // namespace chainsim::sheets
