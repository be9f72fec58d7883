#include <chainsim/base/utf8.hpp>
#include <chainsim/load/detail/files.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <utility>

namespace chainsim::load::detail {

namespace fs = std::filesystem;

std::string shown_name(const fs::path& path) { return path.lexically_normal().generic_string(); }

std::vector<input::FileName> yaml_files_below(const fs::path& folder, input::Findings& findings) {
    std::error_code error;
    if (!fs::is_directory(folder, error)) {
        throw IoError(fmt::format("{}: {}", folder.generic_string(),
                                  error ? error.message() : std::string("is not a folder")));
    }
    std::vector<input::FileName> files;
    fs::recursive_directory_iterator entries(folder, error);
    for (; !error && entries != fs::recursive_directory_iterator(); entries.increment(error)) {
        const fs::path& path = entries->path();
        const std::string name = path.filename().generic_string();
        std::error_code ignored;
        if (entries->is_directory(ignored)) {
            if (name.starts_with('.')) {
                entries.disable_recursion_pending();
            }
            continue;
        }
        if (path.extension() == ".yaml" && !name.starts_with('.')) {
            files.push_back({path, shown_name(path)});
        } else if (path.extension() == ".yml") {
            Diagnostic diagnostic;
            diagnostic.where.file = shown_name(path);
            diagnostic.message = "this file would not be read";
            diagnostic.help = "name it *.yaml";
            findings.add(std::move(diagnostic));
        }
    }
    if (error) {
        throw IoError(fmt::format("{}: {}", folder.generic_string(), error.message()));
    }
    std::sort(files.begin(), files.end(),
              [](const auto& a, const auto& b) { return a.name < b.name; });
    return files;
}

Documents ParsedFiles::read(const std::vector<input::FileName>& files, input::Findings& findings) {
    std::vector<input::FileName> missing;
    for (const auto& file : files) {
        const auto found = documents_.find(file.name);
        if (found == documents_.end() || !found->second->is_readable()) {
            missing.push_back(file);
        }
    }
    auto parsed = input::read_documents(missing, findings);
    for (std::size_t i = 0; i < missing.size(); ++i) {
        documents_[missing[i].name] = std::move(parsed[i]);
    }
    Documents result;
    result.reserve(files.size());
    for (const auto& file : files) {
        result.push_back(documents_.at(file.name));
    }
    return result;
}

bool all_readable(const Documents& documents) {
    return std::all_of(documents.begin(), documents.end(),
                       [](const auto& document) { return document->is_readable(); });
}

std::string format_of(const input::Document& document) {
    const auto* entry = document.root().find("format");
    return entry != nullptr && entry->value.is_scalar() ? entry->value.text : std::string{};
}

void add_with_line(Diagnostic diagnostic, const Documents& documents, input::Findings& findings) {
    const auto found = std::find_if(documents.begin(), documents.end(), [&](const auto& document) {
        return document->name() == diagnostic.where.file;
    });
    if (found != documents.end() && diagnostic.line_text.empty()) {
        diagnostic.line_text = utf8::shorten((*found)->line(diagnostic.where.line), 400);
    }
    findings.add(std::move(diagnostic));
}

} // namespace chainsim::load::detail
