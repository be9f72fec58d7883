#pragma once

#include <chainsim/base/diagnostic.hpp>
#include <chainsim/study/page.hpp>
#include <chainsim/study/study.hpp>
#include <chainsim/table/table.hpp>

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>
#include <pybind11/stl/filesystem.h>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

/// The Python module `chainsim`: what `study` has, name for name.
///
/// Results are values that Python owns. Numbers of tables are NumPy views of them, read only, that
/// keep them alive.
///
/// Errors   each exception of the engine is the class of the same name in `chainsim.errors`.
/// Threads  whatever takes long runs without the interpreter's lock.
namespace chainsim::python {

namespace py = pybind11;

using Texts = std::vector<std::string>;

void bind_errors(py::module_& module);
void bind_tables(py::module_& module);
void bind_pages(py::module_& module);
void bind_runs(py::module_& module);
void bind_years(py::module_& module);
void bind_studies(py::module_& module);
void bind_comparisons(py::module_& module);
void bind_samples(py::module_& module);
void bind_optimisations(py::module_& module);
void bind_footprints(py::module_& module);

/// A study that knows the file it was read from; empty for one that was read from a text.
class OpenedStudy : public study::Study {
public:
    OpenedStudy(const study::Study& study, std::filesystem::path path, std::vector<int> years)
        : Study(study), path_(std::move(path)), years_(std::move(years)) {}

    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }
    /// Those that were asked for instead of the scenario's own.
    [[nodiscard]] const std::vector<int>& asked_years() const noexcept { return years_; }

private:
    std::filesystem::path path_;
    std::vector<int> years_;
};

/// Where a function takes a scenario: a study, or the path of one that is to be opened.
using StudyOrPath = std::variant<std::shared_ptr<OpenedStudy>, std::filesystem::path>;

/// Errors  InputError and IoError, as `study::open`; InputError for a year that no calendar has.
[[nodiscard]] std::shared_ptr<OpenedStudy> open_study(const std::filesystem::path& path,
                                                      std::vector<int> years);
[[nodiscard]] std::shared_ptr<OpenedStudy> study_of(const StudyOrPath& asked);

/// A refusal of an argument, which stands in no file.
[[nodiscard]] InputError refused(const std::string& message, const std::string& help = {});
/// Refuses an id that is not known, with the nearest one. `kind`: "indicator".
[[nodiscard]] InputError unknown_id(std::string_view kind, const std::string& id,
                                    const std::vector<std::string>& known);
/// Refuses a number outside of low .. high, and one that is none.
void check_range(std::string_view name, double value, double low, double high);
/// Refuses a year that a scenario does not solve.
void check_solves(const model::Scenario& scenario, int year);
/// Errors  InputError for anything but "zh" and "en".
[[nodiscard]] table::Language language_named(const std::string& text);

[[nodiscard]] inline std::shared_ptr<table::Table> shared(table::Table table) {
    return std::make_shared<table::Table>(std::move(table));
}
/// {"zh": ..., "en": ...}
[[nodiscard]] py::dict name_dict(const model::Name& name);
/// What a JSON document says, as Python has it: dicts, lists, numbers, None.
[[nodiscard]] py::object from_json(const std::string& text);

/// Does work in a thread of its own while this one, which is Python's, looks out for Ctrl-C: then
/// `stop` is set, and once the work has ended KeyboardInterrupt is raised.
///
/// Call it with the lock of the interpreter; the work is done without it.
void do_watched(const std::function<void()>& work, std::atomic<bool>& stop);

} // namespace chainsim::python
