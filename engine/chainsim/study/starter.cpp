#include <chainsim/base/error.hpp>
#include <chainsim/base/utf8.hpp>
#include <chainsim/input/scalar_text.hpp>
#include <chainsim/io/file.hpp>
#include <chainsim/load/load_scenario.hpp>
#include <chainsim/study/detail/draft.hpp>
#include <chainsim/study/starter.hpp>
#include <chainsim/table/catalogue.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <system_error>

namespace chainsim::study {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view models_in_template = "../../models";
constexpr std::string_view scenario_format = "format: chainsim.scenario/1";

[[noreturn]] void refuse(const fs::path& target, const std::string& why) {
    throw IoError(fmt::format("cannot write '{}': {}", target.string(), why));
}

/// A path without links and without a slash at its end; what is not there yet stays as it is named.
fs::path resolved(const fs::path& path) {
    const fs::path whole = fs::weakly_canonical(fs::absolute(path)).lexically_normal();
    return whole.has_filename() ? whole : whole.parent_path();
}

/// The models as seen from the target, links resolved: `..` of a link leads elsewhere.
std::string models_from(const fs::path& target, const fs::path& models) {
    std::string text = fs::canonical(models).lexically_relative(resolved(target)).generic_string();
    const bool has_control = std::any_of(
        text.begin(), text.end(), [](unsigned char byte) { return byte < 0x20 || byte == 0x7f; });
    if (has_control || utf8::find_invalid(text)) {
        refuse(target, "the path to the models cannot be written in YAML; give their folder "
                       "a plainer name");
    }
    return text;
}

std::string adapted(const StarterFile& file, const std::string& models) {
    std::string text(file.text);
    const std::string key = "\nmodels: ";
    const auto at = text.find(key + std::string(models_in_template));
    if (at != std::string::npos) {
        text.replace(at + key.size(), models_in_template.size(),
                     input::is_plain_scalar(models) ? models : input::quoted_scalar(models));
    }
    return text;
}

bool is_scenario(const StarterFile& file) {
    return file.text.find(scenario_format) != std::string_view::npos;
}

bool extends_another(const StarterFile& file) {
    return file.text.find("\nextends: ") != std::string_view::npos;
}

/// A word for a shell.
std::string shell_word(const std::string& text) {
    constexpr std::string_view plain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/";
    if (text.find_first_not_of(plain) == std::string::npos) {
        return text;
    }
    std::string quoted = "'";
    for (const char character : text) {
        quoted += character == '\'' ? std::string("'\\''") : std::string(1, character);
    }
    return quoted + "'";
}

std::vector<std::string> next_commands(const Starter& starter) {
    std::vector<std::string> commands{
        fmt::format("chainsim validate {}", shell_word(starter.folder.string()))};
    for (const auto& scenario : starter.scenarios) {
        commands.push_back(
            fmt::format("chainsim run {}", shell_word((starter.folder / scenario).string())));
    }
    return commands;
}

} // namespace

void check_starter_target(const fs::path& target, const fs::path& models) {
    const auto relative = resolved(target).lexically_relative(resolved(models));
    if (!relative.empty() && *relative.begin() != "..") {
        refuse(target, fmt::format("it lies inside of the models '{}', and would be read as part "
                                   "of them; choose another place",
                                   models.string()));
    }
    std::error_code error;
    const auto status = fs::status(target, error);
    if (!fs::exists(status)) {
        return;
    }
    if (!fs::is_directory(status)) {
        refuse(target, "it is not a folder; choose one that is empty, or not there yet");
    }
    const fs::directory_iterator entries(target, error);
    if (error) {
        detail::fail("read", target, error);
    }
    if (entries != fs::directory_iterator()) {
        refuse(target, fmt::format("'{}' is in it; choose a folder that is empty, or not there yet",
                                   entries->path().filename().string()));
    }
}

Starter write_starter(const fs::path& target, const fs::path& models) {
    check_starter_target(target, models);
    (void)load::load_model(models);
    Starter starter;
    starter.folder = target;
    starter.models = models_from(target, models);
    for (const auto& file : starter_files()) {
        starter.files.emplace_back(file.name);
        if (is_scenario(file)) {
            starter.scenarios.insert(extends_another(file) ? starter.scenarios.end()
                                                           : starter.scenarios.begin(),
                                     std::string(file.name));
        }
    }
    const detail::SignalsLater later;
    const bool is_there = fs::exists(target);
    detail::Draft draft(is_there ? target / "starter" : target);
    draft.fill([&starter](const fs::path& folder) {
        for (const auto& file : starter_files()) {
            io::write_file(folder / file.name, adapted(file, starter.models));
        }
        io::synchronise(folder);
    });
    if (is_there) {
        draft.publish_up();
    } else {
        draft.publish_new();
    }
    return starter;
}

std::string starter_json(const Starter& starter) {
    using Json = nlohmann::ordered_json;
    const Json json{{"folder", starter.folder.string()},
                    {"models", starter.models},
                    {"files", starter.files},
                    {"scenarios", starter.scenarios},
                    {"next", next_commands(starter)}};
    // A name that is not UTF-8 is legal for a folder.
    return json.dump(1, ' ', false, Json::error_handler_t::replace) + '\n';
}

std::string starter_text(const Starter& starter, table::Language language) {
    std::string out = fmt::format(fmt::runtime(table::say("starter_written", language)),
                                  starter.folder.string(), starter.models);
    out += fmt::format("\n{}:\n", table::say("starter_next", language));
    for (const auto& command : next_commands(starter)) {
        out += fmt::format("  {}\n", command);
    }
    out += fmt::format(fmt::runtime(table::say("starter_change", language)),
                       (starter.folder / "region.yaml").string(),
                       (starter.folder / "README.md").string());
    return out + '\n';
}

} // namespace chainsim::study
