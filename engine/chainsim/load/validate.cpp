#include <chainsim/load/detail/files.hpp>
#include <chainsim/load/detail/loading.hpp>
#include <chainsim/load/detail/scenario_head.hpp>
#include <chainsim/load/detail/tables.hpp>
#include <chainsim/load/load_scenario.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <system_error>
#include <utility>

namespace chainsim::load {

namespace {

namespace fs = std::filesystem;

enum class FileKind { model, study, scenario, unknown };

FileKind kind_of(const input::Document& document) {
    const std::string format = detail::format_of(document);
    if (format.starts_with("chainsim.models/")) {
        return FileKind::model;
    }
    if (format.starts_with("chainsim.study/")) {
        return FileKind::study;
    }
    return format.starts_with("chainsim.scenario/") ? FileKind::scenario : FileKind::unknown;
}

class Validator {
public:
    void add(const fs::path& path) {
        try {
            std::error_code error;
            if (fs::is_directory(path, error)) {
                add_folder(path);
            } else {
                add_file(path);
            }
        } catch (const IoError& error) {
            Diagnostic diagnostic;
            diagnostic.message = error.what();
            findings_.add(std::move(diagnostic));
        }
    }

    Validation take() {
        validation_.problems = findings_.take();
        return std::move(validation_);
    }

private:
    void add_model(const fs::path& folder) {
        const std::size_t before = findings_.size();
        auto model = detail::read_models(folder, findings_, parsed_);
        if (model && findings_.size() == before) {
            validation_.models.push_back(std::move(*model));
        }
    }

    void add_scenario(const fs::path& file) {
        const std::size_t before = findings_.size();
        auto scenario = detail::read_scenario(file, findings_, parsed_);
        if (scenario && findings_.size() == before) {
            validation_.scenarios.push_back(std::move(*scenario));
        }
    }

    /// A folder of models, of a study, or of both kinds further down.
    void add_folder(const fs::path& folder) {
        input::Findings parsing; // told again by those that read the files in earnest
        const auto files = detail::yaml_files_below(folder, findings_);
        const auto documents = input::read_documents(files, parsing);
        bool has_model = false;
        std::vector<fs::path> scenarios;
        std::vector<std::size_t> studies;
        for (std::size_t i = 0; i < documents.size(); ++i) {
            switch (kind_of(*documents[i])) {
            case FileKind::model:
                has_model = true;
                break;
            case FileKind::study:
                studies.push_back(i);
                break;
            case FileKind::scenario:
                scenarios.push_back(files[i].path);
                break;
            case FileKind::unknown:
                note_unknown(*documents[i]);
                break;
            }
        }
        if (has_model) {
            add_model(folder);
        }
        for (const auto& scenario : scenarios) {
            note_includes(scenario);
            add_scenario(scenario);
        }
        for (const std::size_t i : studies) {
            if (!used_.contains(fs::weakly_canonical(files[i].path))) {
                findings_.add(documents[i]->root().place, "",
                              "no scenario in this folder includes this file",
                              "add it to `include` of a scenario, or remove it");
            }
        }
    }

    /// Remembers what a scenario includes, also where it has other faults.
    void note_includes(const fs::path& scenario) {
        input::Findings ignored;
        detail::Documents documents;
        std::vector<fs::path> files;
        const auto heads = detail::read_chain(scenario, std::nullopt, documents, files, ignored);
        for (const auto& [name, head] : detail::included_files(heads, ignored)) {
            used_.insert(fs::weakly_canonical(name.path));
        }
    }

    void add_file(const fs::path& file) {
        input::Findings parsing;
        const input::Document document(detail::shown_name(file), input::read_text(file), parsing);
        switch (kind_of(document)) {
        case FileKind::scenario:
            add_scenario(file);
            break;
        case FileKind::model:
            add_model_file(file);
            break;
        case FileKind::study:
            add_study_file(file, document, parsing);
            break;
        case FileKind::unknown:
            note_unknown(document);
            break;
        }
    }

    /// A study file is judged by the scenarios beside it that include it: they bring what it names.
    void add_study_file(const fs::path& file, const input::Document& document,
                        input::Findings& parsing) {
        input::Findings all;
        bool is_used = false;
        for (const auto& entry : fs::directory_iterator(file.parent_path() / ".")) {
            if (is_scenario(entry) && includes(entry.path(), file)) {
                is_used = true;
                (void)detail::read_scenario(entry.path(), all, parsed_);
            }
        }
        for (auto& diagnostic : parsing.take()) {
            findings_.add(std::move(diagnostic));
        }
        take_those_of(file, all);
        if (!is_used) {
            detail::check_sections(document.root(), detail::study_file_table, findings_);
            findings_.add(
                document.root().place, "",
                "no scenario beside this file includes it, so only its sections were read",
                "add it to `include` of a scenario");
        }
    }

    static bool is_scenario(const fs::directory_entry& entry) {
        if (!entry.is_regular_file() || entry.path().extension() != ".yaml") {
            return false;
        }
        input::Findings ignored;
        const input::Document document(detail::shown_name(entry.path()),
                                       input::read_text(entry.path()), ignored);
        return kind_of(document) == FileKind::scenario;
    }

    static bool includes(const fs::path& scenario, const fs::path& file) {
        input::Findings ignored;
        detail::Documents documents;
        std::vector<fs::path> files;
        const auto heads = detail::read_chain(scenario, std::nullopt, documents, files, ignored);
        const auto included = detail::included_files(heads, ignored);
        return std::any_of(included.begin(), included.end(), [&](const auto& one) {
            std::error_code error;
            return fs::equivalent(one.first.path, file, error);
        });
    }

    /// The findings that concern one file, under the name by which it was given.
    void take_those_of(const fs::path& file, input::Findings& all) {
        for (auto& diagnostic : all.take()) {
            std::error_code error;
            if (fs::equivalent(diagnostic.where.file, file, error)) {
                diagnostic.where.file = detail::shown_name(file);
                findings_.add(std::move(diagnostic));
            }
        }
    }

    /// A model file is judged within its folder `models`, if it stands in one: it uses what others
    /// define.
    void add_model_file(const fs::path& file) {
        fs::path folder;
        for (fs::path above = fs::weakly_canonical(file).parent_path(); above.has_relative_path();
             above = above.parent_path()) {
            if (above.filename() == "models") {
                folder = above;
                break;
            }
        }
        const bool stands_alone = folder.empty();
        input::Findings all;
        const auto model =
            detail::read_models(stands_alone ? file.parent_path() / "." : folder, all, parsed_);
        take_those_of(file, all);
    }

    void note_unknown(const input::Document& document) {
        input::Findings again;
        const input::Document copy(document.name(), document.text(), again);
        if (!copy.is_readable()) {
            for (auto& diagnostic : again.take()) {
                findings_.add(std::move(diagnostic));
            }
            return;
        }
        const auto* format = document.root().find("format");
        const std::string known =
            "write `format: chainsim.models/1`, `chainsim.study/1` or `chainsim.scenario/1`";
        if (format == nullptr) {
            findings_.add(document.root().place, "format", "the key `format` is missing", known);
        } else {
            findings_.add(format->value.place, "format",
                          fmt::format("'{}' is no format that is read here", format->value.text),
                          known);
        }
    }

    input::Findings findings_;
    Validation validation_;
    detail::ParsedFiles parsed_;
    std::set<fs::path> used_; ///< study files that a scenario includes
};

} // namespace

Validation validate(const std::vector<std::filesystem::path>& paths) {
    Validator validator;
    for (const auto& path : paths) {
        validator.add(path);
    }
    return validator.take();
}

} // namespace chainsim::load
