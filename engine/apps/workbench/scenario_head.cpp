#include "scenario_head.hpp"

#include <chainsim/input/document.hpp>

#include <algorithm>
#include <string_view>
#include <system_error>

namespace chainsim::workbench {

namespace {

namespace fs = std::filesystem;

/// A longer chain of scenarios is refused by the loader.
constexpr std::size_t longest_chain = 32;

std::string text_at(const input::Node& node, std::string_view key) {
    const auto* entry = node.is_map() ? node.find(key) : nullptr;
    return entry != nullptr && entry->value.is_scalar() ? entry->value.text : std::string();
}

model::Name name_in(const input::Node& root, const std::string& id) {
    const auto* entry = root.find("name");
    if (entry == nullptr) {
        return {id, id};
    }
    if (entry->value.is_scalar()) {
        return {entry->value.text, entry->value.text};
    }
    return {text_at(entry->value, "zh"), text_at(entry->value, "en")};
}

/// Most files of a district are no scenarios, and are not worth parsing.
bool has_scenario_line(const fs::path& file) {
    try {
        return ("\n" + input::read_text(file)).find("\nscenario:") != std::string::npos;
    } catch (const IoError&) {
        return false;
    }
}

} // namespace

std::optional<ScenarioHead> head_of(const fs::path& file) {
    try {
        input::Findings ignored;
        const input::Document document(file.string(), input::read_text(file), ignored,
                                       input::TreeCache::of_user());
        const auto& root = document.root();
        const auto id = text_at(root, "scenario");
        if (!document.is_readable()) {
            return std::nullopt;
        }
        return ScenarioHead{id, name_in(root, id), text_at(root, "extends"),
                            text_at(root, "models")};
    } catch (const IoError&) {
        return std::nullopt;
    }
}

std::vector<fs::path> chain_of(const fs::path& file) {
    std::vector<fs::path> chain{file};
    while (chain.size() < longest_chain) {
        const auto head = head_of(chain.back());
        if (!head || head->extends.empty()) {
            break;
        }
        chain.push_back(chain.back().parent_path() / head->extends);
    }
    return chain;
}

fs::path models_of(const fs::path& file) {
    fs::path models;
    for (const auto& one : chain_of(file)) {
        const auto head = head_of(one);
        if (head && !head->models.empty()) {
            models = one.parent_path() / head->models;
        }
    }
    return models;
}

std::vector<fs::path> scenario_files_in(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        const auto& path = entry->path();
        std::error_code ignored;
        if (path.extension() == ".yaml" && !path.filename().string().starts_with('.') &&
            entry->is_regular_file(ignored) && has_scenario_line(path)) {
            files.push_back(path);
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

} // namespace chainsim::workbench
