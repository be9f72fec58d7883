#include "uploads.hpp"

#include "problem.hpp"
#include "scenario_head.hpp"
#include <chainsim/base/utf8.hpp>
#include <chainsim/io/file.hpp>
#include <chainsim/load/load_scenario.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace chainsim::workbench {

namespace {

namespace fs = std::filesystem;

constexpr const char* whole_district = "district"; ///< name of a folder that comes without one

[[noreturn]] void refuse_upload(std::vector<Diagnostic> findings) {
    throw Refusal(
        {Status::wrong_content,
         fmt::format("{} problem{} in the files", findings.size(), findings.size() == 1 ? "" : "s"),
         std::move(findings),
         {}});
}

Diagnostic about(const std::string& file, std::string message, std::string help) {
    return {{file, 0, 0}, utf8::shorten(file, 200), std::move(message), std::move(help), {}, {}};
}

bool is_plain(const std::string& component) {
    constexpr std::size_t longest = 100;
    return !component.empty() && component.size() <= longest && component.front() != '.' &&
           std::all_of(component.begin(), component.end(), [](unsigned char byte) {
               return (byte < 0x80 && std::isalnum(byte) != 0) || byte == '.' || byte == '_' ||
                      byte == '-';
           });
}

/// The name of a file that may be written, below the folder that it is in; else a finding.
std::optional<fs::path> safe_path(const std::string& name, std::vector<Diagnostic>& findings) {
    constexpr std::array known{".yaml", ".csv", ".md"};
    constexpr std::size_t deepest = 8;
    fs::path path;
    std::size_t depth = 0;
    for (std::size_t begin = 0; begin <= name.size();) {
        const auto end = std::min(name.find('/', begin), name.size());
        const auto component = name.substr(begin, end - begin);
        if (!is_plain(component) || ++depth > deepest) {
            findings.push_back(about(name, "this name is not taken",
                                     "use letters, digits, `.`, `_` and `-`, and folders at most "
                                     "eight deep"));
            return std::nullopt;
        }
        path /= component;
        begin = end + 1;
    }
    if (std::find(known.begin(), known.end(), path.extension()) == known.end()) {
        findings.push_back(about(name, "this kind of file is not taken",
                                 "leave it out: a district is made of .yaml, .csv and .md files"));
        return std::nullopt;
    }
    return path;
}

/// What a browser sends beside the files of a folder that a system has hidden in it.
bool is_hidden(const std::string& name) {
    const auto at = name.rfind('/');
    return name.substr(at == std::string::npos ? 0 : at + 1).starts_with('.');
}

struct UploadedFile {
    fs::path path;
    std::string_view content;
};

/// A folder as a browser hands it over, its name apart.
struct UploadedFolder {
    std::string name;
    std::vector<UploadedFile> files;
};

UploadedFolder folder_of(std::span<const FormPart> parts) {
    std::vector<Diagnostic> findings;
    UploadedFolder folder;
    std::set<fs::path> seen;
    for (const auto& part : parts) {
        if (part.file_name.empty() || is_hidden(part.file_name)) {
            continue;
        }
        const auto path = safe_path(part.file_name, findings);
        if (path && !seen.insert(*path).second) {
            findings.push_back(about(part.file_name, "this file comes twice", ""));
        } else if (path) {
            folder.files.push_back({*path, part.content});
        }
    }
    if (folder.files.empty() && findings.empty()) {
        findings.push_back(about("", "there is no file", "choose the folder of a district"));
    }
    if (!findings.empty()) {
        refuse_upload(std::move(findings));
    }
    folder.name = *folder.files.front().path.begin();
    const bool has_name =
        std::all_of(folder.files.begin(), folder.files.end(), [&](const UploadedFile& file) {
            return file.path.has_parent_path() && *file.path.begin() == folder.name;
        });
    if (!has_name) {
        folder.name = whole_district;
        return folder;
    }
    for (auto& file : folder.files) {
        file.path = file.path.lexically_relative(folder.name);
    }
    return folder;
}

/// Removes an upload that was not taken.
class Draft {
public:
    explicit Draft(fs::path folder) : folder_(std::move(folder)) {}
    ~Draft() {
        if (!is_kept_) {
            std::error_code ignored;
            fs::remove_all(folder_, ignored);
        }
    }
    Draft(const Draft&) = delete;
    Draft& operator=(const Draft&) = delete;
    Draft(Draft&&) = delete;
    Draft& operator=(Draft&&) = delete;

    [[nodiscard]] const fs::path& folder() const { return folder_; }
    void keep() { is_kept_ = true; }

private:
    fs::path folder_;
    bool is_kept_ = false;
};

void write_files(const UploadedFolder& upload, const fs::path& folder) {
    for (const auto& file : upload.files) {
        const auto path = folder / file.path;
        std::error_code error;
        fs::create_directories(path.parent_path(), error);
        if (error) {
            throw IoError(
                fmt::format("cannot make '{}': {}", path.parent_path().string(), error.message()));
        }
        io::write_file(path, file.content, io::Device::later);
    }
}

/// Where the loader would look for models. It takes any folder that it can read, which from here
/// would be any of the server's.
bool has_safe_models(const fs::path& file, const fs::path& folder, const fs::path& models) {
    const auto chain = chain_of(file);
    return std::all_of(chain.begin(), chain.end(), [&](const fs::path& one) {
        const auto head = head_of(one);
        if (!head || head->models.empty()) {
            return true; // the loader tells of what is missing
        }
        const auto named = (one.parent_path() / head->models / "").lexically_normal();
        const auto inside = named.lexically_relative(folder);
        return named == models / "" || (!inside.empty() && *inside.begin() != "..");
    });
}

/// Everything that the loader says of these scenarios, each finding once.
std::vector<Diagnostic> findings_of(const std::vector<fs::path>& files) {
    std::vector<Diagnostic> findings;
    for (const auto& file : files) {
        try {
            (void)load::load_scenario(file);
        } catch (const InputError& error) {
            for (const auto& one : error.diagnostics()) {
                if (std::find(findings.begin(), findings.end(), one) == findings.end()) {
                    findings.push_back(one);
                }
            }
        }
    }
    return findings;
}

} // namespace

Uploads::Uploads(Workspace& workspace) : workspace_(workspace) {}

fs::path Uploads::new_folder(const std::string& name) {
    const std::lock_guard lock(mutex_);
    if (taken_ == most_uploads) {
        throw Refusal(Status::too_many,
                      fmt::format("{} folders were handed over, and no more may be until the "
                                  "server is started anew",
                                  taken_));
    }
    const auto models = scratch_.path() / "models";
    if (const auto own = workspace_.models(); !own.empty() && !fs::exists(models)) {
        fs::copy(own, models, fs::copy_options::recursive);
    }
    const auto folder = scratch_.path() / "scenarios" /
                        (tried_ == 0 ? name : fmt::format("{}-{}", name, tried_ + 1));
    ++tried_;
    fs::create_directories(folder);
    return folder;
}

std::vector<ScenarioFile> Uploads::take(std::span<const FormPart> parts) {
    const auto upload = folder_of(parts);
    Draft draft(new_folder(upload.name));
    const auto& folder = draft.folder();
    write_files(upload, folder);
    const auto shown = [&](const fs::path& file) {
        return (fs::path(upload.name) / file.lexically_relative(folder)).generic_string();
    };
    std::vector<Diagnostic> findings;
    const auto files = scenario_files_in(folder);
    const auto models = scratch_.path() / "models";
    for (const auto& file : files) {
        if (!has_safe_models(file, folder, models)) {
            findings.push_back(
                about(shown(file), "the models that it names are not there",
                      fmt::format("write `models: {}`",
                                  models.lexically_relative(file.parent_path()).string())));
        }
    }
    if (files.empty()) {
        findings.push_back(about(upload.name, "there is no scenario in this folder",
                                 "a scenario is a .yaml file with a line `scenario: ID`"));
    }
    if (findings.empty()) {
        findings = findings_of(files);
        for (auto& one : findings) {
            one.where.file = shown(one.where.file);
            one.field = one.where.file; // the page shows it before line and column
        }
    }
    if (!findings.empty()) {
        refuse_upload(std::move(findings));
    }
    draft.keep();
    {
        const std::lock_guard lock(mutex_);
        ++taken_;
    }
    workspace_.add_folder(folder, "uploads/" + folder.filename().string());
    return workspace_.scenarios_in(fs::weakly_canonical(folder));
}

} // namespace chainsim::workbench
