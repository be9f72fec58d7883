#include "world.hpp"

#include <chainsim/load/load_scenario.hpp>

#include <fstream>
#include <stdexcept>

namespace chainsim::test {

namespace fs = std::filesystem;

World::World() {
    const fs::path source = fs::path(CHAINSIM_SOURCE_DIR) / "tests" / "refusal" / "world";
    fs::create_directories(scratch_ / "models");
    fs::create_directories(scratch_ / "study");
    fs::copy_file(source / "models.yaml", scratch_ / "models/world.yaml");
    for (const char* name : {"region.yaml", "plants.yaml", "base.yaml"}) {
        fs::copy_file(source / name, scratch_ / "study" / name);
    }
}

void World::write(const std::string& name, const std::string& text) const {
    fs::create_directories(path(name).parent_path());
    std::ofstream(path(name), std::ios::binary) << text;
}

model::Scenario World::scenario(const std::string& text) const {
    write("study/case.yaml",
          "format: chainsim.scenario/1\nscenario: case\nextends: base.yaml\n" + text);
    return load::load_scenario(path("study/case.yaml"));
}

std::string World::refusal(const std::string& text) const {
    try {
        (void)scenario(text);
    } catch (const InputError& error) {
        return error.what();
    }
    return {};
}

const model::Flow& flow(const std::vector<model::Flow>& flows, const model::Model& model,
                        const std::string& commodity) {
    for (const auto& candidate : flows) {
        if (model.commodities[candidate.commodity].id == commodity) {
            return candidate;
        }
    }
    throw std::logic_error("no flow of " + commodity);
}

} // namespace chainsim::test
