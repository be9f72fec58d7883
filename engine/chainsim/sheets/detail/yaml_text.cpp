#include <chainsim/input/scalar_text.hpp>
#include <chainsim/sheets/detail/yaml_text.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>

namespace chainsim::sheets::detail {

namespace {

using input::is_plain_scalar;
using input::quoted_scalar;
using input::reads_as_more_than_text;

class Writer {
public:
    void write(const Branch& branch, std::size_t indent) {
        if (branch.kind == Branch::Kind::map) {
            for (const auto* entry : in_order(branch)) {
                const auto& [key, value] = *entry;
                begin(indent, value.cell);
                out_.text += is_plain_scalar(key) ? key : quoted_scalar(key);
                out_.text += ':';
                write_value(value, indent);
            }
            return;
        }
        for (const auto& item : branch.items) {
            begin(indent, item.cell);
            out_.text += '-';
            write_value(item, indent);
        }
    }

    YamlText take() { return std::move(out_); }

private:
    /// As they stand; years ascending, whatever the order of the columns.
    static std::vector<const BranchEntry*> in_order(const Branch& map) {
        std::vector<const BranchEntry*> out;
        bool are_years = true;
        for (const auto& entry : map.entries) {
            out.push_back(&entry);
            are_years = are_years && std::all_of(entry.key.begin(), entry.key.end(),
                                                 [](char c) { return c >= '0' && c <= '9'; });
        }
        if (are_years) {
            std::sort(out.begin(), out.end(), [](const auto* a, const auto* b) {
                return std::pair(a->key.size(), a->key) < std::pair(b->key.size(), b->key);
            });
        }
        return out;
    }

    void begin(std::size_t indent, const SourceLocation& cell) {
        out_.text.append(indent, ' ');
        out_.cells.push_back(cell);
    }

    void write_value(const Branch& value, std::size_t indent) {
        switch (value.kind) {
        case Branch::Kind::nothing:
        case Branch::Kind::null:
            out_.text += " ~\n";
            return;
        case Branch::Kind::text:
            out_.text += ' ';
            out_.text += !value.is_quoted && is_plain_scalar(value.text)
                             ? value.text
                             : quoted_scalar(value.text);
            out_.text += '\n';
            return;
        case Branch::Kind::list:
            if (value.items.empty()) {
                out_.text += " []\n";
                return;
            }
            break;
        case Branch::Kind::map:
            if (value.entries.empty()) {
                out_.text += " {}\n";
                return;
            }
            break;
        }
        out_.text += '\n';
        constexpr std::size_t step = 2;
        write(value, indent + step);
    }

    YamlText out_;
};

} // namespace

std::string cell_of(const input::Node& scalar) {
    if (scalar.is_null()) {
        return "~";
    }
    const auto& text = scalar.text;
    const bool is_itself =
        is_plain_scalar(text) && !(scalar.quoted && reads_as_more_than_text(text));
    return is_itself || !scalar.quoted ? text : text_mark + text;
}

bool is_in_one_cell(const input::Node& list) {
    return !list.items.empty() &&
           std::all_of(list.items.begin(), list.items.end(), [](const input::Node& item) {
               return item.is_scalar() && !item.text.empty() && is_plain_scalar(item.text) &&
                      !(item.quoted && reads_as_more_than_text(item.text)) &&
                      item.text.find('|') == std::string::npos;
           });
}

std::string cell_of_list(const input::Node& list) {
    std::string out;
    for (const auto& item : list.items) {
        out += out.empty() ? "" : list_separator;
        out += item.text;
    }
    return out;
}

YamlText to_yaml(const Branch& root) {
    Writer writer;
    writer.write(root, 0);
    return writer.take();
}

} // namespace chainsim::sheets::detail
