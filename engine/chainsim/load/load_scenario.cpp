#include <chainsim/base/sha256.hpp>
#include <chainsim/input/content.hpp>
#include <chainsim/load/detail/assembly.hpp>
#include <chainsim/load/detail/files.hpp>
#include <chainsim/load/detail/loading.hpp>
#include <chainsim/load/detail/model_reader.hpp>
#include <chainsim/load/detail/plan_reader.hpp>
#include <chainsim/load/detail/scenario_head.hpp>
#include <chainsim/load/detail/study_reader.hpp>
#include <chainsim/load/detail/tables.hpp>
#include <chainsim/load/load_actuals.hpp>
#include <chainsim/load/load_scenario.hpp>

#include <algorithm>
#include <map>
#include <system_error>
#include <utility>

namespace chainsim::load {

namespace detail {

namespace {

namespace fs = std::filesystem;

/// The files as they were read, named relative to the deepest folder that holds all of them.
std::vector<model::InputFile> input_files(std::vector<model::InputFile> read,
                                          const std::vector<fs::path>& files) {
    // Hundreds of files stand in a few folders, and to resolve one asks the system for each part.
    std::map<fs::path, fs::path> folders;
    std::vector<fs::path> real(files.size());
    std::transform(files.begin(), files.end(), real.begin(), [&folders](const fs::path& file) {
        if (!file.has_filename() || fs::is_symlink(file)) {
            return fs::weakly_canonical(file);
        }
        auto& folder = folders[file.parent_path()];
        if (folder.empty()) {
            folder = fs::weakly_canonical(file.has_parent_path() ? file.parent_path() : ".");
        }
        return folder / file.filename();
    });
    fs::path common = real.front().parent_path();
    for (const auto& path : real) {
        fs::path shared;
        auto a = common.begin();
        auto b = path.begin();
        while (a != common.end() && b != path.end() && *a == *b) {
            shared /= *a;
            ++a;
            ++b;
        }
        common = shared;
    }
    for (std::size_t i = 0; i < real.size(); ++i) {
        read[i].path = real[i].lexically_relative(common).generic_string();
    }
    std::sort(read.begin(), read.end(),
              [](const auto& a, const auto& b) { return a.path < b.path; });
    return read;
}

void read_statistics(model::Scenario& scenario, const std::string& text, const std::string& name,
                     input::Findings& findings) {
    try {
        scenario.actuals = read_actuals(text, name, scenario);
    } catch (const InputError& error) {
        for (const auto& one : error.diagnostics()) {
            findings.add(one);
        }
    }
}

} // namespace

std::optional<model::Scenario> read_scenario(const fs::path& file, input::Findings& findings,
                                             ParsedFiles& parsed, model::Candidates* candidates,
                                             std::optional<std::string> text) {
    const std::size_t before = findings.size();
    Documents documents;
    std::vector<fs::path> files;
    const std::vector<ScenarioHead> heads =
        read_chain(file, std::move(text), documents, files, findings);
    const auto includes = included_files(heads, findings);
    const auto models = models_folder(heads, findings);
    if (!all_readable(documents) || heads.empty() || !models) {
        return std::nullopt;
    }

    std::vector<input::FileName> names = yaml_files_below(*models, findings);
    const std::size_t model_files = names.size();
    for (const auto& [name, head] : includes) {
        names.push_back(name);
    }
    const std::size_t scenario_files = documents.size();
    for (auto& document : parsed.read(names, findings)) {
        documents.push_back(std::move(document));
    }
    for (const auto& name : names) {
        files.push_back(name.path);
    }
    if (!all_readable(documents)) {
        return std::nullopt;
    }

    Sections sections;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const input::Node& root = documents[scenario_files + i]->root();
        check_sections(root, i < model_files ? models_file_table : study_file_table, findings);
        if (i < model_files) {
            sections.add(root, findings);
        }
    }
    // Base first, so that each scenario adds to and changes what the ones before it left.
    for (std::size_t h = 0; h < heads.size(); ++h) {
        for (std::size_t i = 0; i < includes.size(); ++i) {
            if (includes[i].second == h) {
                sections.add(documents[scenario_files + model_files + i]->root(), findings);
            }
        }
        if (heads[h].additions != nullptr) {
            sections.add(*heads[h].additions, findings);
        }
        if (heads[h].changes != nullptr) {
            sections.change(*heads[h].changes, findings);
        }
    }
    if (!sections.region()) {
        findings.add(heads.back().document->root().place, "region", "the study has no region",
                     "include a file with `region: {id: ..., name: ...}`");
    }
    const Assumptions assumptions = assumptions_of(sections);
    ReadingContext context{findings, {}, &assumptions};
    model::Model model = read_model(sections, documents, context);
    Study study = read_study(sections, model, documents, context);
    const Names commodity_names = names_of(model.commodities);
    const FacilityContext facility_context{model, commodity_names, documents, context};
    model::Scenario scenario =
        assemble(heads, std::move(study), sections, facility_context, candidates);
    scenario.assumptions = read_assumptions(context);
    scenario.model = std::move(model);
    std::vector<model::InputFile> read(documents.size());
    std::transform(documents.begin(), documents.end(), read.begin(), [](const auto& document) {
        return model::InputFile{{}, document->text(), sha256(input::content_of(document->root()))};
    });
    if (const auto statistics = actuals_file(heads, findings)) {
        files.push_back(statistics->path);
        auto text_of_table = input::read_text(statistics->path);
        auto digest = sha256(text_of_table);
        read.push_back({{}, std::move(text_of_table), std::move(digest)});
        // Indicators are those of the records, so that these are to be right first.
        if (findings.size() == before) {
            read_statistics(scenario, read.back().text, statistics->name, findings);
        }
    }
    scenario.inputs = input_files(std::move(read), files);
    return scenario;
}

} // namespace detail

namespace {

model::Scenario scenario_of(const std::filesystem::path& file, std::optional<std::string> text) {
    input::Findings findings;
    detail::ParsedFiles parsed;
    auto scenario = detail::read_scenario(file, findings, parsed, nullptr, std::move(text));
    findings.raise();
    CHAINSIM_EXPECT(scenario.has_value(), "a scenario without findings is complete");
    return std::move(*scenario);
}

} // namespace

model::Scenario load_scenario(const std::filesystem::path& file) { return scenario_of(file, {}); }

model::Scenario load_scenario(const std::filesystem::path& file, std::string text) {
    return scenario_of(file, std::move(text));
}

model::Candidates load_candidates(const std::filesystem::path& file) {
    input::Findings findings;
    detail::ParsedFiles parsed;
    model::Candidates out;
    auto scenario = detail::read_scenario(file, findings, parsed, &out);
    findings.raise();
    CHAINSIM_EXPECT(scenario.has_value(), "a scenario without findings is complete");
    out.scenario = std::move(*scenario);
    return out;
}

} // namespace chainsim::load
