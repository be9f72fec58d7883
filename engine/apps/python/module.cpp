#include "bindings.hpp"
#include <chainsim/study/version.hpp>

// The macro of pybind11 declares what the interpreter looks for.
// NOLINTNEXTLINE(readability-identifier-naming,bugprone-reserved-identifier)
PYBIND11_MODULE(_chainsim, module) {
    namespace python = chainsim::python;
    module.doc() = "The compiled part of the package chainsim";
    module.attr("__version__") = std::string(chainsim::study::version());
    module.attr("commit") = std::string(chainsim::study::commit());
    // In the order in which signatures need each other's classes.
    python::bind_errors(module);
    python::bind_tables(module);
    python::bind_pages(module);
    python::bind_years(module);
    python::bind_runs(module);
    python::bind_studies(module);
    python::bind_comparisons(module);
    python::bind_samples(module);
    python::bind_optimisations(module);
    python::bind_footprints(module);
}
