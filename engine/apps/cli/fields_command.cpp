#include "command.hpp"
#include <chainsim/load/fields_reference.hpp>
#include <chainsim/load/json_schema.hpp>
#include <chainsim/study/exchange.hpp>

#include <CLI/CLI.hpp>

#include <memory>

namespace chainsim::cli {

Action add_fields(CLI::App& program) {
    struct FieldsOptions {
        Common common;
        bool as_schema = false;
    };
    auto options = std::make_shared<FieldsOptions>(); // owned by the action that it is returned in
    auto* command = program.add_subcommand(
        "fields", "Print what input files may contain: the text of models/FIELDS.md");
    command->add_flag("--schema", options->as_schema,
                      "As a JSON Schema, for editors: the text of models/schema.json");
    add_common(*command, options->common, "chainsim fields > models/FIELDS.md");
    return [options] {
        const std::string text =
            options->as_schema ? load::json_schema() : load::fields_reference();
        const std::string name = options->as_schema ? "schema.json" : "FIELDS.md";
        print(options->common.json ? study::export_json({{name, text}}) : text);
    };
}

} // namespace chainsim::cli
