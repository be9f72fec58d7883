#include <chainsim/load/detail/files.hpp>
#include <chainsim/load/detail/loading.hpp>
#include <chainsim/load/detail/model_reader.hpp>
#include <chainsim/load/detail/scenario_head.hpp>
#include <chainsim/load/detail/tables.hpp>
#include <chainsim/load/load_scenario.hpp>

#include <utility>

namespace chainsim::load {

namespace detail {

std::optional<model::Model> read_models(const std::filesystem::path& folder,
                                        input::Findings& findings, ParsedFiles& parsed) {
    const Documents documents = parsed.read(yaml_files_below(folder, findings), findings);
    if (!all_readable(documents)) {
        return std::nullopt;
    }
    Sections sections;
    for (const auto& document : documents) {
        check_sections(document->root(), models_file_table, findings);
        sections.add(document->root(), findings);
    }
    ReadingContext context{findings, {}};
    return read_model(sections, documents, context);
}

} // namespace detail

model::Model load_model(const std::filesystem::path& folder) {
    input::Findings findings;
    detail::ParsedFiles parsed;
    auto model = detail::read_models(folder, findings, parsed);
    findings.raise();
    CHAINSIM_EXPECT(model.has_value(), "a model without findings is complete");
    return std::move(*model);
}

} // namespace chainsim::load
