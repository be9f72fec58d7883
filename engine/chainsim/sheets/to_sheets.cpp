#include <chainsim/input/document.hpp>
#include <chainsim/io/csv.hpp>
#include <chainsim/load/record_fields.hpp>
#include <chainsim/sheets/detail/key_path.hpp>
#include <chainsim/sheets/detail/yaml_text.hpp>
#include <chainsim/sheets/sheets.hpp>
#include <chainsim/table/table.hpp>

#include <algorithm>
#include <cstddef>
#include <map>
#include <memory>
#include <string_view>
#include <utility>

namespace chainsim::sheets {

namespace {

using detail::Step;
using input::Node;

/// Rows that each have some of the columns.
class Sheet {
public:
    explicit Sheet(std::vector<std::string> leading) : columns_(std::move(leading)) {}

    void begin_row(std::vector<std::string> leading) {
        auto& row = rows_.emplace_back();
        for (std::size_t i = 0; i < leading.size(); ++i) {
            row.emplace(i, std::move(leading[i]));
        }
    }
    void set(const std::string& column, std::string cell) {
        const auto [found, is_new] = places_.try_emplace(column, columns_.size());
        if (is_new) {
            columns_.push_back(column);
        }
        rows_.back().emplace(found->second, std::move(cell));
    }

    [[nodiscard]] std::string csv(bool byte_order_mark) const {
        std::vector<table::Column> columns;
        columns.reserve(columns_.size());
        for (const auto& name : columns_) {
            columns.push_back(table::text_column(name));
        }
        table::Table out("sheet", std::move(columns));
        for (const auto& row : rows_) {
            std::vector<table::Cell> cells(columns_.size(), std::string());
            for (const auto& [at, cell] : row) {
                cells[at] = cell;
            }
            out.append(std::move(cells));
        }
        return io::to_csv(out, {byte_order_mark});
    }

private:
    std::vector<std::string> columns_;
    std::map<std::string, std::size_t> places_; ///< of columns that are paths
    std::vector<std::map<std::size_t, std::string>> rows_;
};

const input::Field* section_field(std::string_view section) {
    const auto* field = load::find_field("models file", section);
    if (field == nullptr) {
        field = load::find_field("study file", section);
    }
    return field != nullptr && field->kind == input::FieldKind::records ? field : nullptr;
}

class Making {
public:
    explicit Making(bool byte_order_mark) : byte_order_mark_(byte_order_mark) {}

    void add(const model::InputFile& file, bool is_main) {
        const bool is_yaml = file.path.ends_with(".yaml") || file.path.ends_with(".yml");
        if (!is_yaml) {
            files_.begin_row({file.path, "as it is", is_main ? "yes" : ""});
            out_.push_back({file.path, file.text});
            return;
        }
        input::Findings findings;
        const input::Document document(file.path, file.text, findings);
        findings.raise();
        const auto* format = document.root().find("format");
        files_.begin_row(
            {file.path, format == nullptr ? "" : format->value.text, is_main ? "yes" : ""});
        for (const auto& entry : document.root().entries) {
            if (entry.key == "format") {
                continue;
            }
            const auto* field = section_field(entry.key);
            if (field != nullptr && entry.value.is_map() && !entry.value.entries.empty()) {
                add_records(file.path, entry, std::string(field->record));
            } else {
                add_setting(file.path, {{entry.key, -1}}, entry.value);
            }
        }
    }

    std::vector<File> take() {
        out_.push_back({"files.csv", files_.csv(byte_order_mark_)});
        out_.push_back({"settings.csv", settings_.csv(byte_order_mark_)});
        for (const auto& [name, sheet] : sheets_) {
            out_.push_back({name + ".csv", sheet.csv(byte_order_mark_)});
        }
        return std::move(out_);
    }

private:
    Sheet& sheet(const std::string& name, const std::vector<std::string>& leading) {
        return sheets_.try_emplace(name, leading).first->second;
    }

    void add_records(const std::string& file, const input::Entry& section,
                     const std::string& record) {
        for (const auto& one : section.value.entries) {
            auto& rows = sheet(section.key, {"file", "id"});
            rows.begin_row({file, one.key});
            if (!one.value.is_map() || one.value.entries.empty()) {
                add_leaf(rows, "itself", one.value);
                continue;
            }
            for (const auto& field : one.value.entries) {
                const auto* known = load::find_field(record, field.key);
                const bool has_sheet = known != nullptr &&
                                       known->kind == input::FieldKind::records &&
                                       field.value.is_map() && !field.value.entries.empty();
                if (has_sheet) {
                    add_inner(file, section.key, one.key, field);
                } else {
                    add_paths(rows, {{field.key, -1}}, field.value);
                }
            }
        }
    }

    void add_inner(const std::string& file, const std::string& section, const std::string& id,
                   const input::Entry& field) {
        auto& rows = sheet(section + "." + field.key, {"file", "id", "key"});
        for (const auto& inner : field.value.entries) {
            rows.begin_row({file, id, inner.key});
            if (!inner.value.is_map() || inner.value.entries.empty()) {
                add_leaf(rows, "itself", inner.value);
                continue;
            }
            for (const auto& one : inner.value.entries) {
                add_paths(rows, {{one.key, -1}}, one.value);
            }
        }
    }

    static void add_leaf(Sheet& rows, const std::string& column, const Node& value) {
        if (value.is_sequence()) {
            if (value.items.empty()) {
                rows.set(column, "[]");
            } else {
                rows.set(column + "[]", detail::cell_of_list(value));
            }
        } else {
            rows.set(column, value.is_map() ? "{}" : detail::cell_of(value));
        }
    }

    static bool is_leaf(const Node& value) {
        return value.is_map()        ? value.entries.empty()
               : value.is_sequence() ? value.items.empty() || detail::is_in_one_cell(value)
                                     : true;
    }

    /// Calls `use(path, leaf)` for all that is below a node.
    template <class Use>
    static void walk(std::vector<Step>& path, const Node& value, const Use& use) {
        if (is_leaf(value)) {
            use(path, value);
            return;
        }
        for (const auto& entry : value.entries) {
            path.push_back({entry.key, -1});
            walk(path, entry.value, use);
            path.pop_back();
        }
        for (std::size_t i = 0; i < value.items.size(); ++i) {
            path.push_back({{}, static_cast<int>(i)});
            walk(path, value.items[i], use);
            path.pop_back();
        }
    }

    static void add_paths(Sheet& rows, std::vector<Step> path, const Node& value) {
        walk(path, value, [&rows](const std::vector<Step>& at, const Node& leaf) {
            add_leaf(rows, detail::to_text(at), leaf);
        });
    }

    void add_setting(const std::string& file, std::vector<Step> path, const Node& value) {
        walk(path, value, [&](const std::vector<Step>& at, const Node& leaf) {
            const bool is_list = leaf.is_sequence() && !leaf.items.empty();
            settings_.begin_row({file, detail::to_text(at) + (is_list ? "[]" : ""),
                                 is_list              ? detail::cell_of_list(leaf)
                                 : leaf.is_sequence() ? "[]"
                                 : leaf.is_map()      ? "{}"
                                                      : detail::cell_of(leaf)});
        });
    }

    bool byte_order_mark_;
    std::vector<File> out_;
    Sheet files_{{"path", "format", "main"}};
    Sheet settings_{{"file", "path", "value"}};
    std::map<std::string, Sheet> sheets_;
};

} // namespace

std::vector<File> to_sheets(const std::vector<model::InputFile>& inputs,
                            const std::string& main_input, bool byte_order_mark) {
    Making making(byte_order_mark);
    for (const auto& file : inputs) {
        making.add(file, file.path == main_input);
    }
    return making.take();
}

} // namespace chainsim::sheets
