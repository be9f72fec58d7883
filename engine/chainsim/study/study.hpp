#pragma once

#include <chainsim/base/error.hpp>
#include <chainsim/model/scenario.hpp>
#include <chainsim/study/run.hpp>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace chainsim::study {

/// A year that a form needs has no solution; the message is that of the failure.
class NoSolution : public Error {
public:
    using Error::Error;
};

/// A scenario, read and checked, ready to run.
class Study {
public:
    /// `main_input` is the path, among the inputs, of the file that was opened; it may be empty.
    explicit Study(model::Scenario scenario, std::string main_input = {});

    [[nodiscard]] const model::Scenario& scenario() const noexcept { return *scenario_; }
    [[nodiscard]] const std::string& main_input() const noexcept { return main_input_; }

    /// Solves the years of the scenario, in order, up to the first that has no solution; before
    /// them those in the past on which the statistics anchor them.
    [[nodiscard]] Run run() const;
    /// Solves one year only.
    [[nodiscard]] Run run(int year) const;

private:
    [[nodiscard]] Run run(const std::vector<int>& years) const;

    std::shared_ptr<const model::Scenario> scenario_; // shared with its runs, which only read it
    std::string main_input_;
};

/// The same study on other statistics.
[[nodiscard]] Study with_actuals(const Study& study, model::Actuals actuals);

/// Reads a scenario file, or the folder of a run, of which the inputs are read again.
///
/// `years`, if any, replace those of the scenario.
///
/// Errors  InputError with every problem of every file; IoError if a file cannot be read.
[[nodiscard]] Study open(const std::filesystem::path& path, std::vector<int> years = {});

/// Reads a scenario from a text, as if it stood in `file`, which need not be there.
///
/// Errors  as `open`; places in the text are places in `file`.
[[nodiscard]] Study open_text(const std::filesystem::path& file, std::string text);

/// Digest of what a scenario says: the SHA-256 of the lines "DIGEST  PATH" of all input files in
/// the order of their paths, DIGEST that of what the file says. Files that say the same have the
/// same, whatever their remarks, their layout and the order of their keys: a scenario that went
/// through a spreadsheet, for one.
[[nodiscard]] std::string hash_of(const model::Scenario& scenario);

/// Digest of the files themselves: as above of the lines that `sha256sum` prints of them. What goes
/// on where it stopped asks for the same files: the order of records is that of draws and results.
[[nodiscard]] std::string digest_of_files(const model::Scenario& scenario);

} // namespace chainsim::study
