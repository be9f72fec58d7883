// Any bytes as a file of the models and as a scenario: they are read or refused with an InputError,
// never more. The file stands beside a small world that is right, so that its records are used.
//   build/fuzz/tests/fuzz/yaml_loader_fuzzer -max_total_time=60 tests/fuzz/corpus/yaml_loader

#include <chainsim/load/load_scenario.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace fs = std::filesystem;

namespace {

/// A folder in memory (/dev/shm) if there is one: a million small files are written.
fs::path make_world() {
    // Every text is another one, so that a cache would only be filled.
    setenv("CHAINSIM_CACHE", "off", 1); // NOLINT(concurrency-mt-unsafe): before anything reads it
    const fs::path base = fs::is_directory("/dev/shm") ? "/dev/shm" : fs::temp_directory_path();
    std::string name = (base / "chainsim-fuzz-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) {
        std::abort();
    }
    const fs::path world(name);
    fs::create_directories(world / "models");
    fs::create_directories(world / "study");
    std::ofstream(world / "models/world.yaml") << R"(format: chainsim.models/1
commodities:
  quicklime: {name: {zh: 石灰}, aliases: [lime], unit: t, phase: solid, formula: CaO, trade: free, confidence: known, source: x}
  limestone: {name: {zh: 石灰石}, unit: t, phase: solid, formula: CaCO3, trade: free, confidence: known, source: x}
  carbon_dioxide: {name: {zh: 二氧化碳}, unit: t, phase: gas, formula: CO2, trade: free, confidence: known, source: x}
processes:
  kiln:
    name: {zh: 窑}
    product: quicklime
    inputs: {limestone: {value: 1.78478 t/t, role: feedstock}}
    outputs: {quicklime: {value: 1 t/t, kind: product}, carbon_dioxide: {value: 0.7848 t/t, kind: emission, closing: true}}
    confidence: known
    source: x
)";
    std::ofstream(world / "study/base.yaml") << R"(format: chainsim.scenario/1
scenario: base
models: ../models
include: [study.yaml]
years: [2025]
)";
    std::ofstream(world / "study/study.yaml") << R"(format: chainsim.study/1
region: {id: r}
facilities: {a: {process: kiln, capacity: 5 kt/a, confidence: known, source: x}}
projects: {p: {facilities: {b: {process: kiln, capacity: 5 kt/a}}, start: 2024, confidence: known, source: x}}
)";
    return world;
}

void write(const fs::path& file, std::string_view text) {
    std::ofstream(file, std::ios::binary) << text;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const fs::path world = make_world();
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const bool is_scenario = text.find("scenario:") != std::string_view::npos;
    const bool is_study = text.find("chainsim.study") != std::string_view::npos;
    const fs::path file = world / (is_scenario ? "study/case.yaml"
                                   : is_study  ? "study/case.study.yaml"
                                               : "models/case.yaml");
    write(file, text);
    if (is_study) {
        write(world / "study/case.yaml",
              "format: chainsim.scenario/1\nscenario: c\nmodels: ../models\n"
              "include: [case.study.yaml]\nyears: [2025]\n");
    }
    try {
        if (is_scenario || is_study) {
            (void)chainsim::load::load_scenario(world / "study/case.yaml");
        } else {
            (void)chainsim::load::load_model(world / "models");
        }
    } catch (const chainsim::InputError& error) {
        if (error.diagnostics().empty()) {
            std::abort();
        }
    }
    fs::remove(file);
    return 0;
}
