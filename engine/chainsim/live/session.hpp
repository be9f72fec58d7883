#pragma once

#include <chainsim/base/diagnostic.hpp>
#include <chainsim/live/control.hpp>
#include <chainsim/study/study.hpp>

#include <array>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace chainsim::live {

/// A scenario file, read and compiled once for all sessions that begin from it.
///
/// Threads  any; sessions that solve at the same time wait for each other.
class Origin {
public:
    /// Errors  InputError, IoError; NoSolution if the scenario has none.
    explicit Origin(std::filesystem::path file);
    ~Origin();
    Origin(const Origin&) = delete;
    Origin& operator=(const Origin&) = delete;
    Origin(Origin&&) = delete;
    Origin& operator=(Origin&&) = delete;

    [[nodiscard]] const std::filesystem::path& file() const;
    [[nodiscard]] const study::Study& study() const;
    /// As the scenario stands.
    [[nodiscard]] const study::Run& run() const;
    [[nodiscard]] const std::vector<Control>& controls() const;

    struct Work;
    [[nodiscard]] Work& work() const { return *work_; }

private:
    std::unique_ptr<Work> work_;
};

/// How a policy stands in a year.
struct Judged {
    study::Verdict verdict = study::Verdict::undetermined;
    double value = 0.0;  ///< NaN where there is none
    double bound = 0.0;  ///< NaN where there is none
    double margin = 0.0; ///< NaN where there is none
};

/// What follows a change: small, in the order of `view::shown_indicators` and
/// `view::shown_policies` of the run of the origin.
struct Pulse {
    std::string failure; ///< why there is no solution; then there is nothing else
    study::Verdict verdict = study::Verdict::undetermined;  ///< of the judged year
    std::vector<std::vector<double>> values;                ///< by indicator, by year; NaN: none
    std::vector<std::vector<std::optional<Judged>>> judged; ///< by policy, by year
};

/// Something wrong with a control: `Diagnostic::field` is its id.
///
/// A scenario and what one user has moved of it.
///
/// Threads  one at a time.
class Session {
public:
    explicit Session(std::shared_ptr<const Origin> origin);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    Session(Session&&) = delete;
    Session& operator=(Session&&) = delete;

    [[nodiscard]] const Origin& origin() const { return *origin_; }
    [[nodiscard]] const std::vector<Edit>& edits() const;

    /// Takes these as all that differs from the scenario, and solves all years. Where sliders alone
    /// moved, by what was compiled before; else by reading the scenario anew.
    ///
    /// Errors  InputError, each of which has as `field` the id of the control in question where
    /// there
    ///         is one; then the edits are those of before.
    Pulse edit(std::vector<Edit> edits);

    /// The scenario with the edits, read by the loader from the text that would be saved.
    ///
    /// Errors  InputError as `edit`.
    [[nodiscard]] study::Study study() const;
    /// The differences as a scenario file that extends the origin, to stand beside it.
    [[nodiscard]] std::string scenario_text(const std::string& id, const model::Name& name) const;

private:
    struct State;
    std::shared_ptr<const Origin> origin_;
    std::unique_ptr<State> state_;
};

} // namespace chainsim::live
