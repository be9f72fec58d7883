#pragma once

#include "support/scratch.hpp"
#include <chainsim/model/scenario.hpp>

#include <filesystem>
#include <string>

namespace chainsim::test {

/// A small world in a folder of its own: the one of tests/refusal/world, with limestone, lime and
/// carbide, a kiln, a furnace and two projects. Tests write further files into it.
class World {
public:
    World();

    /// Writes `text` to a file below the folder ("study/plan.yaml").
    void write(const std::string& name, const std::string& text) const;
    [[nodiscard]] std::filesystem::path path(const std::string& name) const {
        return scratch_ / name;
    }

    /// The scenario that `text` states after `format` and `extends: base.yaml`.
    [[nodiscard]] model::Scenario scenario(const std::string& text) const;
    /// The words in which that scenario is refused, or empty.
    [[nodiscard]] std::string refusal(const std::string& text) const;

private:
    Scratch scratch_;
};

/// A flow of a recipe by the id of its commodity.
[[nodiscard]] const model::Flow& flow(const std::vector<model::Flow>& flows,
                                      const model::Model& model, const std::string& commodity);

} // namespace chainsim::test
