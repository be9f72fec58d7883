#include "scenario_folder.hpp"

#include "program.hpp"
#include <chainsim/io/file.hpp>
#include <chainsim/study/check_report.hpp>
#include <chainsim/study/run_folder.hpp>
#include <chainsim/study/study.hpp>
#include <chainsim/study/version.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <system_error>

namespace chainsim::ranks {

namespace fs = std::filesystem;
using cli::Exit;
using Json = nlohmann::json;

namespace {

std::string outcome_of(Exit exit) {
    switch (exit) {
    case Exit::done:
        return "done";
    case Exit::nothing_found:
        return "missed";
    case Exit::bad_input:
        return "bad_input";
    case Exit::no_solution:
        return "no_solution";
    case Exit::internal:
        break;
    }
    return "failed";
}

/// The first finding, as a table holds no more than a line; else why.
Row row_of(const fs::path& file, const std::string& id, const cli::Failure& failure) {
    const std::string& text = failure.findings.empty() ? failure.line : failure.findings;
    return {file.filename().string(), id, outcome_of(failure.exit),
            text.substr(0, text.find('\n'))};
}

void judge(const std::vector<std::string>& missed) {
    if (!missed.empty()) {
        throw cli::Stop(Exit::nothing_found,
                        fmt::format("hard policies missed: {}", fmt::join(missed, ", ")));
    }
}

/// True if the run that stands there was made from the same inputs by this engine.
bool is_done(const study::Study& study, const fs::path& target) {
    if (!study::is_run(target)) {
        return false;
    }
    const auto manifest = Json::parse(io::read_file(target / "manifest.json"));
    return manifest.at("scenario").value("files", "") == study::digest_of_files(study.scenario()) &&
           manifest.at("options").at("years") == Json(study.scenario().years) &&
           manifest.at("engine").at("version") == study::version() &&
           manifest.at("engine").at("commit") == study::commit();
}

/// As study::missed_hard of the run whose folder it is.
std::vector<std::string> missed_in(const fs::path& target) {
    std::vector<std::string> missed;
    const auto summary = Json::parse(io::read_file(target / "summary.json"));
    for (const auto& year : summary.at("years")) {
        for (const auto& policy : year.at("policies")) {
            if (policy.at("hard").get<bool>() && policy.at("verdict") == "missed") {
                missed.push_back(fmt::format("{} ({})", policy.at("id").get<std::string>(),
                                             year.at("year").get<int>()));
            }
        }
    }
    return missed;
}

void run(const study::Study& study, const fs::path& target) {
    study::check_target(target, study.scenario().id);
    const auto run = study.run();
    if (const auto& failure = run.failure()) {
        throw cli::Stop(Exit::no_solution, failure->message);
    }
    try {
        study::write_run(run, target);
    } catch (const IoError& error) {
        throw cli::Stop(Exit::internal, error.what());
    }
    judge(study::missed_hard(run));
}

} // namespace

std::vector<std::string> scenario_files(const fs::path& folder) {
    std::vector<std::string> names;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        if (entry->path().extension() != ".yaml" || !entry->is_regular_file()) {
            continue;
        }
        const std::string text = '\n' + io::read_file(entry->path());
        if (text.find("\nscenario:") != std::string::npos) {
            names.push_back(entry->path().filename().string());
        }
    }
    if (error) {
        throw IoError(folder.string() + ": " + error.message());
    }
    std::sort(names.begin(), names.end());
    return names;
}

Row read_scenario(const fs::path& file) {
    try {
        return {file.filename().string(), study::open(file).scenario().id, "done", {}};
    } catch (...) {
        return row_of(file, {}, cli::failure_in_flight());
    }
}

Row run_scenario(const fs::path& file, const fs::path& target, bool resume) {
    std::string id;
    try {
        const auto study = study::open(file);
        id = study.scenario().id;
        if (resume && is_done(study, target)) {
            judge(missed_in(target));
        } else {
            run(study, target);
        }
        return {file.filename().string(), id, "done", {}};
    } catch (...) {
        return row_of(file, id, cli::failure_in_flight());
    }
}

std::string to_text(const Row& row) {
    return Json{row.file, row.id, row.outcome, row.message}.dump(-1, ' ', false,
                                                                 Json::error_handler_t::replace);
}

Row to_row(const std::string& text) {
    const auto cells = Json::parse(text).get<std::vector<std::string>>();
    return {cells.at(0), cells.at(1), cells.at(2), cells.at(3)};
}

} // namespace chainsim::ranks
