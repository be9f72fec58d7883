#include "command.hpp"
#include <chainsim/load/fields_reference.hpp>
#include <chainsim/study/exchange.hpp>

#include <CLI/CLI.hpp>

#include <memory>

namespace chainsim::cli {

Action add_fields(CLI::App& program) {
    auto common = std::make_shared<Common>(); // owned by the action that it is returned in
    auto* command = program.add_subcommand(
        "fields", "Print what input files may contain: the text of models/FIELDS.md");
    add_common(*command, *common, "chainsim fields > models/FIELDS.md");
    return [common] {
        const std::string text = load::fields_reference();
        print(common->json ? study::export_json({{"FIELDS.md", text}}) : text);
    };
}

} // namespace chainsim::cli
