#include "job.hpp"
#include "secrets.hpp"
#include <chainsim/io/file.hpp>
#include <chainsim/parallel/executor.hpp>
#include <chainsim/study/optimisation.hpp>
#include <chainsim/study/run_folder.hpp>
#include <chainsim/study/sample.hpp>

#include <fmt/format.h>

#include <memory>
#include <system_error>
#include <utility>

namespace chainsim::workbench {

namespace {

namespace fs = std::filesystem;

/// What a session has, as a file for those that begin from files: the scenario itself, or a hidden
/// file beside it, where alone it may extend the scenario, for as long as this lives.
class WrittenSession {
public:
    explicit WrittenSession(const UserSession& session)
        : path_(session.scenario().origin().file()) {
        if (session.edits().empty()) {
            return;
        }
        const auto& scenario = session.scenario().origin().study().scenario();
        const auto text = session.scenario_text(scenario.id + "_moved", scenario.name);
        path_ = path_.parent_path() / fmt::format(".{}.yaml", random_id());
        is_own_ = true;
        io::write_file(path_, text, io::Device::later);
    }
    ~WrittenSession() {
        if (is_own_) {
            std::error_code ignored;
            fs::remove(path_, ignored);
        }
    }
    WrittenSession(const WrittenSession&) = delete;
    WrittenSession& operator=(const WrittenSession&) = delete;
    WrittenSession(WrittenSession&&) = delete;
    WrittenSession& operator=(WrittenSession&&) = delete;

    [[nodiscard]] const fs::path& path() const { return path_; }

private:
    fs::path path_;
    bool is_own_ = false;
};

model::Name name_of_step(const std::string& step) {
    if (step == "program") {
        return {"求解规划模型", "solving the program"};
    }
    if (step == "run") {
        return {"按方案运行", "running plans"};
    }
    return {step, step};
}

JobEnd optimise(Job& job, const UserSession& session) {
    const WrittenSession written(session);
    study::OptimiseRequest request;
    request.scenario = written.path();
    request.objective = job.request().objective;
    request.pareto = job.request().pareto;
    request.folder = job.folder();
    request.interrupt = &job.is_cancelled();
    request.progress = [&job](const std::string& step, double value) {
        job.tell(name_of_step(step), std::nullopt, value);
    };
    study::Optimisation optimisation(std::move(request));
    optimisation.solve();
    if (job.is_cancelled()) {
        return {JobState::cancelled, {}, {}};
    }
    const auto failure = study::failure_of(optimisation);
    if (optimisation.plans().empty()) {
        return {JobState::failed, failure, {}};
    }
    optimisation.write();
    const bool has_run = study::is_run(job.folder() / "run");
    return {failure.empty() ? JobState::done : JobState::failed, failure,
            has_run ? job.folder().filename().string() : std::string()};
}

/// Removes what a sample that was not finished has left.
void clear_partial(const Job& job) {
    std::error_code ignored;
    fs::remove_all(job.folder().string() + ".partial", ignored);
}

void draw(Job& job, study::Sample& sample) {
    // One thread: the other cores are for the sliders.
    const parallel::Executor executor(1);
    study::Sample::Maker maker(sample);
    std::vector<float> values;
    executor.in_order(
        sample.begin(), sample.blocks(),
        [&](std::int64_t block, int, int) {
            if (!job.is_cancelled()) {
                maker.make(block, values);
            }
        },
        [&](std::int64_t block, int) {
            if (job.is_cancelled()) {
                return false;
            }
            const bool goes_on = sample.take(values);
            job.tell({"抽样", "drawing"},
                     static_cast<double>(block + 1) / static_cast<double>(sample.blocks()),
                     std::nullopt);
            return goes_on;
        });
}

JobEnd take_sample(Job& job, UserSession& session) {
    const auto study = session.current().study;
    study::SampleRequest request;
    request.options.draws = job.request().draws;
    request.folder = job.folder();
    study::Sample sample(study, std::move(request));
    draw(job, sample);
    if (job.is_cancelled()) {
        return {JobState::cancelled, {}, {}};
    }
    job.tell({"整理结果", "finding quantiles"}, 1.0, std::nullopt);
    sample.finish();
    return {JobState::done, {}, {}};
}

JobEnd failure_in_flight(const Job& job, const std::function<void(const std::string&)>& log) {
    const auto problem = problem_in_flight();
    JobEnd end{job.is_cancelled() ? JobState::cancelled : JobState::failed, problem.message, {}};
    for (const auto& one : problem.problems) {
        end.message += "; " + one.message;
    }
    if (problem.status == Status::internal) {
        log(fmt::format("a job failed: {}", reason_in_flight()));
    }
    return end;
}

} // namespace

void do_job(Job& job, UserSession& session, const std::function<void(const std::string&)>& log) {
    JobEnd end;
    try {
        end = job.request().kind == JobKind::optimise ? optimise(job, session)
                                                      : take_sample(job, session);
    } catch (...) {
        end = failure_in_flight(job, log);
    }
    if (job.request().kind == JobKind::sample && end.state != JobState::done) {
        clear_partial(job);
    }
    job.end(std::move(end));
}

} // namespace chainsim::workbench
