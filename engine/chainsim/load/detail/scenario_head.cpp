#include <chainsim/base/utf8.hpp>
#include <chainsim/load/detail/scenario_head.hpp>
#include <chainsim/load/detail/tables.hpp>
#include <chainsim/load/detail/values.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <system_error>
#include <utility>

namespace chainsim::load::detail {

namespace {

namespace fs = std::filesystem;
using input::FieldPath;
using input::Findings;
using input::Node;
using input::RecordReader;

/// Longer chains of scenarios are no design but a mistake.
constexpr std::size_t longest_chain = 32;

std::optional<Named> named(RecordReader& record, std::string_view key) {
    const std::string text = record.text(key);
    if (text.empty()) {
        return std::nullopt;
    }
    return Named{text, record.node().find(key)->value.place};
}

std::vector<Named> named_list(const Node* list, const FieldPath& path, Findings& findings) {
    std::vector<Named> result;
    if (list == nullptr) {
        return result;
    }
    if (!list->is_sequence()) {
        input::note_kind(*list, path, "a list", findings);
        return result;
    }
    for (const auto& item : list->items) {
        if (item.is_scalar() && !item.text.empty()) {
            result.push_back({item.text, item.place});
        } else {
            input::note_kind(item, path, "a text that is not empty", findings);
        }
    }
    return result;
}

std::vector<int> read_years(const Node* list, Findings& findings) {
    std::vector<int> years;
    if (list == nullptr) {
        return years;
    }
    const FieldPath path("years");
    if (list->items.empty()) {
        findings.add(list->place, "years", "no year is given",
                     "write for example `years: [2020, 2025]`");
    }
    for (const auto& item : list->items) {
        const auto year = input::read_whole(item, path, 1900.0, 2200.0, findings);
        if (!year) {
            continue;
        }
        if (!years.empty() && *year <= years.back()) {
            findings.add(item.place, "years",
                         fmt::format("year {} stands after {}", *year, years.back()),
                         "write the years in ascending order, each once");
            continue;
        }
        years.push_back(static_cast<int>(*year));
    }
    return years;
}

ScenarioHead read_head(const input::Document& document, const fs::path& path, Findings& findings) {
    const FieldPath root("");
    RecordReader record(document.root(), scenario_table, root, findings);
    const ReadingContext context{findings, {}};
    ScenarioHead head;
    head.document = &document;
    head.path = path;
    (void)record.word("format");
    head.id = record.text("scenario");
    if (const Node* name = record.value("name")) {
        head.name = read_name(name, FieldPath("name"), head.id, context);
    }
    head.extends = named(record, "extends");
    head.models = named(record, "models");
    (void)record.texts("include");
    if (const auto* includes = document.root().find("include")) {
        for (const auto& item : includes->value.items) {
            if (item.is_scalar() && !item.text.empty()) {
                head.includes.push_back({item.text, item.place});
            }
        }
    }
    head.actuals = named(record, "actuals");
    head.years = read_years(record.value("years"), findings);
    if (const auto seed = record.whole("seed")) {
        head.seed = static_cast<std::uint64_t>(*seed);
    }
    if (const Node* build = record.value("build")) {
        head.builds_all = build->is_scalar() && build->text == "all";
        if (!head.builds_all) {
            if (!build->is_sequence()) {
                input::note_kind(*build, FieldPath("build"), "`all` or a list of project ids",
                                 findings);
            }
            head.build = build->is_sequence() ? named_list(build, FieldPath("build"), findings)
                                              : std::vector<Named>{};
        }
    }
    for (const auto& [key, list] : {std::pair("skip", &head.skip), std::pair("also", &head.also)}) {
        (void)record.texts(key);
        const auto* names = document.root().find(key);
        if (names != nullptr && names->value.is_sequence()) {
            for (const auto& item : names->value.items) {
                list->push_back({item.text, item.place});
            }
        }
    }
    if (const Node* start = record.value("start")) {
        const FieldPath here("start");
        for (const auto& entry : start->entries) {
            if (const auto year = input::read_whole(entry.value, FieldPath(here, entry.key), 1900.0,
                                                    2200.0, findings)) {
                head.start.push_back({entry.key, static_cast<int>(*year), entry.place});
            } else {
                head.start_misread.push_back(entry.key);
            }
        }
    }
    head.changes = record.value("changes");
    head.additions = record.value("add");
    (void)record.text("note");
    record.finish();
    for (const Node* sections : {head.changes, head.additions}) {
        if (sections != nullptr) {
            check_sections(*sections, sections_table, findings);
        }
    }
    if (head.models && head.extends) {
        findings.add(head.models->place, "models", "`models` stands beside `extends`",
                     "remove it: the extended scenario names the models");
    }
    if (!head.models && !head.extends && document.root().is_map()) {
        findings.add(document.root().place, "", "neither `extends` nor `models` is given",
                     "add `models: ../../models`, or `extends: base.yaml`");
    }
    return head;
}

bool is_inside(const fs::path& path, const fs::path& folder) {
    const auto [rest, end] = std::mismatch(folder.begin(), folder.end(), path.begin(), path.end());
    return rest == folder.end() && end != path.end();
}

/// The file that a scenario names, inside `folder`; nothing after a finding.
std::optional<fs::path> resolve(const Named& name, const fs::path& from, const fs::path& folder,
                                std::string_view key, Findings& findings) {
    const fs::path wanted(name.text);
    const auto note = [&](std::string message, std::string help) {
        findings.add(name.place, std::string(key), std::move(message), std::move(help));
        return std::nullopt;
    };
    if (wanted.is_absolute()) {
        return note(fmt::format("'{}' is an absolute path", utf8::shorten(name.text, 100)),
                    "write it relative to this file");
    }
    const fs::path path = from.parent_path() / wanted;
    std::error_code error;
    // Links are followed first: a link inside of the folder may lead out of it.
    const fs::path real = fs::weakly_canonical(fs::absolute(path), error);
    if (error || !is_inside(real, folder)) {
        return note(
            fmt::format("'{}' leaves the folder of the scenario", utf8::shorten(name.text, 100)),
            "keep what a scenario reads in its own folder or below");
    }
    if (!fs::is_regular_file(real, error)) {
        return note(fmt::format("there is no file '{}'", utf8::shorten(name.text, 100)), "");
    }
    return path;
}

fs::path folder_of(const fs::path& file) {
    std::error_code error;
    const fs::path real = fs::weakly_canonical(file, error);
    return real.parent_path();
}

} // namespace

void check_sections(const Node& node, const input::RecordTable& table, Findings& findings) {
    const FieldPath root("");
    RecordReader reader(node, table, root, findings);
    for (const auto& field : table.fields) {
        switch (field.kind) {
        case input::FieldKind::text:
            (void)reader.text(field.key);
            break;
        case input::FieldKind::word:
            (void)reader.word(field.key);
            break;
        default:
            break; // kinds of sections are told where they are taken apart
        }
    }
}

std::vector<ScenarioHead> read_chain(const fs::path& file, std::optional<std::string> text,
                                     Documents& documents, std::vector<fs::path>& files,
                                     Findings& findings) {
    const fs::path folder = folder_of(file);
    std::vector<ScenarioHead> heads;
    std::set<fs::path> seen;
    fs::path next = file;
    while (true) {
        // A text that is handed in will not be met again: the cache is for files.
        documents.push_back(
            text ? std::make_unique<input::Document>(shown_name(next), *std::exchange(text, {}),
                                                     findings)
                 : std::make_unique<input::Document>(shown_name(next), input::read_text(next),
                                                     findings, input::TreeCache::of_user()));
        files.push_back(next);
        seen.insert(fs::weakly_canonical(next));
        if (!documents.back()->is_readable()) {
            break;
        }
        heads.push_back(read_head(*documents.back(), next, findings));
        const auto& extends = heads.back().extends;
        if (!extends) {
            break;
        }
        const auto base = resolve(*extends, next, folder, "extends", findings);
        if (!base) {
            break;
        }
        if (seen.contains(fs::weakly_canonical(*base)) || heads.size() >= longest_chain) {
            findings.add(
                extends->place, "extends",
                fmt::format("'{}' extends this scenario, so neither has a base", extends->text),
                "remove one `extends` of the circle");
            break;
        }
        next = *base;
    }
    std::reverse(heads.begin(), heads.end());
    return heads;
}

std::vector<std::pair<input::FileName, std::size_t>>
included_files(const std::vector<ScenarioHead>& heads, Findings& findings) {
    std::vector<std::pair<input::FileName, std::size_t>> result;
    if (heads.empty()) {
        return result;
    }
    const fs::path folder = folder_of(heads.back().path);
    std::map<fs::path, input::Place> seen;
    for (std::size_t i = 0; i < heads.size(); ++i) {
        for (const auto& include : heads[i].includes) {
            const auto path = resolve(include, heads[i].path, folder, "include", findings);
            if (!path) {
                continue;
            }
            std::error_code error;
            const auto [first, added] =
                seen.emplace(fs::weakly_canonical(*path, error), include.place);
            if (!added) {
                findings.add(
                    include.place, "include",
                    fmt::format("'{}' is included already", utf8::shorten(include.text, 100)),
                    "keep one of the two", {first->second});
                continue;
            }
            result.emplace_back(input::FileName{*path, shown_name(*path)}, i);
        }
    }
    return result;
}

std::optional<input::FileName> actuals_file(const std::vector<ScenarioHead>& heads,
                                            Findings& findings) {
    for (auto head = heads.rbegin(); head != heads.rend(); ++head) {
        if (const auto& actuals = head->actuals) {
            const auto path =
                resolve(*actuals, head->path, folder_of(heads.back().path), "actuals", findings);
            return path ? std::optional(input::FileName{*path, shown_name(*path)}) : std::nullopt;
        }
    }
    return std::nullopt;
}

std::optional<fs::path> models_folder(const std::vector<ScenarioHead>& heads, Findings& findings) {
    for (const auto& head : heads) {
        if (!head.models) {
            continue;
        }
        const fs::path wanted(head.models->text);
        const fs::path folder = head.path.parent_path() / wanted;
        std::error_code error;
        if (wanted.is_absolute()) {
            findings.add(
                head.models->place, "models",
                fmt::format("'{}' is an absolute path", utf8::shorten(head.models->text, 100)),
                "write it relative to this file");
        } else if (!fs::is_directory(folder, error)) {
            findings.add(
                head.models->place, "models",
                fmt::format("there is no folder '{}'", utf8::shorten(head.models->text, 100)));
        } else {
            return folder;
        }
        return std::nullopt;
    }
    return std::nullopt;
}

} // namespace chainsim::load::detail
