#include <chainsim/sheets/detail/branch.hpp>
#include <chainsim/sheets/detail/yaml_text.hpp>

#include <algorithm>
#include <string_view>

namespace chainsim::sheets::detail {

Branch* Branch::find(const std::string& key) {
    const auto found = std::find_if(entries.begin(), entries.end(),
                                    [&key](const auto& one) { return one.key == key; });
    return found == entries.end() ? nullptr : &found->value;
}

Branch* grow(Branch& root, const std::vector<Step>& path, const SourceLocation& cell) {
    Branch* at = &root;
    for (const auto& step : path) {
        const auto wanted = step.item >= 0 ? Branch::Kind::list : Branch::Kind::map;
        if (at->kind == Branch::Kind::nothing) {
            at->kind = wanted;
            at->cell = cell;
        }
        if (at->kind != wanted) {
            return nullptr;
        }
        if (step.item >= 0) {
            const auto item = static_cast<std::size_t>(step.item);
            while (at->items.size() <= item) { // columns stand in any order
                at->items.emplace_back().cell = cell;
            }
            at = &at->items[item];
        } else if (Branch* there = at->find(step.key)) {
            at = there;
        } else {
            at->entries.push_back({step.key, Branch{}});
            at = &at->entries.back().value;
            at->cell = cell;
        }
    }
    return at;
}

const Branch* gap_in(const Branch& root) {
    for (const auto& item : root.items) {
        const auto* gap = item.kind == Branch::Kind::nothing ? &item : gap_in(item);
        if (gap != nullptr) {
            return gap;
        }
    }
    for (const auto& [key, value] : root.entries) {
        if (const auto* gap = gap_in(value)) {
            return gap;
        }
    }
    return nullptr;
}

bool fill(Branch& branch, const std::string& cell, bool is_list, const SourceLocation& where) {
    if (branch.kind != Branch::Kind::nothing) {
        return false;
    }
    branch.cell = where;
    if (is_list) {
        branch.kind = Branch::Kind::list;
        std::string_view rest = cell;
        for (bool is_last = false; !is_last;) {
            const auto bar = rest.find(list_separator);
            is_last = bar == std::string_view::npos;
            auto& item = branch.items.emplace_back();
            item.kind = Branch::Kind::text;
            item.text = rest.substr(0, bar);
            item.cell = where;
            rest.remove_prefix(is_last ? rest.size() : bar + list_separator.size());
        }
    } else if (cell == "~") {
        branch.kind = Branch::Kind::null;
    } else if (cell == "[]") {
        branch.kind = Branch::Kind::list;
    } else if (cell == "{}") {
        branch.kind = Branch::Kind::map;
    } else {
        branch.kind = Branch::Kind::text;
        branch.is_quoted = cell.front() == text_mark;
        branch.text = branch.is_quoted ? cell.substr(1) : cell;
    }
    return true;
}

} // namespace chainsim::sheets::detail
