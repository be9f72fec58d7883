#include <chainsim/io/csv.hpp>
#include <chainsim/io/file.hpp>
#include <chainsim/study/detail/draft.hpp>
#include <chainsim/study/detail/written_scenario.hpp>
#include <chainsim/study/optimisation.hpp>
#include <chainsim/study/run_folder.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <system_error>
#include <utility>

namespace chainsim::study {

namespace {

namespace fs = std::filesystem;

constexpr const char* mark = "optimise.json";

/// A folder that is not empty and that we did not write is left alone.
void check_folder(const fs::path& folder) {
    std::error_code error;
    if (!fs::exists(folder, error)) {
        return;
    }
    if (!fs::is_directory(folder, error)) {
        throw IoError(fmt::format("cannot write '{}': it is not a folder", folder.string()));
    }
    if (!fs::is_empty(folder, error) && !fs::is_regular_file(folder / mark, error)) {
        throw IoError(fmt::format("cannot write '{}': it holds other files than a plan; choose an "
                                  "empty folder, or one that is not there yet",
                                  folder.string()));
    }
}

void write_below(const fs::path& folder, const std::string& path, const std::string& text) {
    const fs::path file = folder / path;
    std::error_code error;
    fs::create_directories(file.parent_path(), error);
    if (error) {
        detail::fail("make", file.parent_path(), error);
    }
    io::write_file(file, text);
}

table::Table portfolio_table(const Optimisation& one) {
    table::Table out("portfolio", {table::text_column("id"), table::text_column("name_zh"),
                                   table::text_column("kind"), table::text_column("decision"),
                                   table::number_column("year"), table::number_column("size"),
                                   table::number_column("capex"), table::text_column("unit")});
    const auto& choices = one.district().choices();
    for (std::size_t c = 0; c < choices.size() && !one.plan().portfolio.empty(); ++c) {
        const auto& decided = one.plan().portfolio[c];
        const auto& size = choices[c].sizes[static_cast<std::size_t>(decided.size)];
        out.append({choices[c].id, choices[c].name.zh,
                    std::string(choices[c].is_closure ? "closure" : "project"),
                    std::string(decided.is_made() ? "made" : "not_made"),
                    decided.is_made() ? decided.year : table::absent, size.share,
                    choices[c].capex * size.capex, std::string("CNY")});
    }
    return out;
}

table::Table front_table(const Optimisation& one) {
    std::vector<table::Column> columns{table::text_column("id"), table::text_column("file")};
    for (const auto* goal : one.goals()) {
        std::string id;
        for (const auto& [term, weight] : goal->goal().terms) {
            id += (id.empty() ? "" : "+") + term;
        }
        columns.push_back(table::number_column(id));
    }
    columns.push_back(table::number_column("projects"));
    table::Table out("plans", std::move(columns));
    for (const auto& plan : one.plans()) {
        std::vector<table::Cell> row{plan.id, plan.file};
        row.insert(row.end(), plan.values.begin(), plan.values.end());
        row.emplace_back(static_cast<double>(
            std::count_if(plan.portfolio.begin(), plan.portfolio.end(),
                          [](const auto& decided) { return decided.is_made(); })));
        out.append(std::move(row));
    }
    return out;
}

std::string note_of(const Optimisation& one, const WrittenPlan& plan) {
    std::string values;
    for (std::size_t g = 0; g < one.goals().size(); ++g) {
        values += fmt::format("{}{} {:.6g} {}", values.empty() ? "" : ", ",
                              one.goals()[g]->goal().terms.front().first, plan.values[g],
                              one.goals()[g]->goal().unit);
    }
    return fmt::format("Written by `chainsim optimise` from {}: {}.",
                       fs::path(one.study().main_input()).filename().string(), values);
}

} // namespace

void Optimisation::check_written(const fs::path& root) {
    const auto study = open(root / plans_.front().file);
    const auto run = study.run();
    Agreement out;
    if (run.failure()) {
        out.missed.push_back(run.failure()->message);
        agreement_ = out;
        return;
    }
    for (std::size_t i = 0; i < district_->years().size(); ++i) {
        const auto& year = run.years()[i];
        const auto& indicators = district_->years()[i].system.indicators;
        const auto flows = portfolio::flows_of(plan_.runs[i]);
        for (int row = 0; row < indicators.shown; ++row) {
            const auto& info = indicators.info[static_cast<std::size_t>(row)];
            const double theirs = year.planned_value(info.id);
            const bool is_apart = info.id == "capex" || info.id == "land" || // by project
                                  detail::is_beyond_forms(candidates_.scenario, info.id);
            if (std::isnan(theirs) || is_apart) {
                continue;
            }
            const double ours =
                district_->value(i, district_->form(i, row), flows, plan_.portfolio);
            const double off =
                std::abs(ours - theirs) / std::max({1.0, std::abs(ours), std::abs(theirs)});
            if (off > out.worst) {
                out.worst = off;
                out.indicator = info.id;
                out.year = year.year();
            }
        }
        for (const auto& judged : year.policies()) {
            const bool is_missed = judged.verdict == Verdict::missed;
            if (is_missed && judged.hard) {
                out.missed.push_back(fmt::format("{} in {}", judged.id, year.year()));
            } else if (is_missed && !judged.illustration) {
                out.soft_missed.insert(judged.id);
            }
        }
    }
    agreement_ = out;
    write_run(run, root / "run");
}

std::string Optimisation::text_of(const WrittenPlan& plan) const {
    const bool is_best = plan.id.ends_with("_best");
    const bool is_nearest = plan.id.ends_with("_nearest");
    detail::WrittenScenario written;
    written.id = plan.id;
    written.name = {study_.scenario().name.zh + (is_best      ? "(优化方案)"
                                                 : is_nearest ? "(最接近方案)"
                                                              : "(备选方案)"),
                    study_.scenario().name.en + (is_best      ? ", best plan"
                                                 : is_nearest ? ", nearest plan"
                                                              : ", other plan")};
    written.extends = fs::path(study_.main_input()).filename().string();
    written.note = note_of(*this, plan);
    if (!request_.years.empty()) {
        written.years = study_.scenario().years;
    }
    return detail::scenario_text(written, candidates_.scenario, district_->choices(),
                                 plan.portfolio, asked_);
}

void Optimisation::write_inputs(const fs::path& root, const std::vector<WrittenPlan>& plans) const {
    for (const auto& input : study_.scenario().inputs) {
        write_below(root, "inputs/" + input.path, input.text);
    }
    for (const auto& plan : plans) {
        write_below(root, plan.file, text_of(plan));
    }
}

void Optimisation::write() {
    const auto target = folder();
    const detail::SignalsLater later;
    detail::Draft draft(target);
    check_folder(target);
    draft.fill([this](const fs::path& root) {
        write_inputs(root, plans_);
        if (!plans_.empty()) {
            check_written(root);
        }
        io::write_file(root / "portfolio.csv", io::to_csv(portfolio_table(*this)));
        io::write_file(root / "plans.csv", io::to_csv(front_table(*this)));
        const auto page = optimisation_page(*this);
        io::write_file(root / "optimise.html", page_html(page, table::Language::zh));
        io::write_file(root / mark, optimisation_json(*this));
        write_page_workbook(page, root / "optimise.xlsx", table::Language::zh);
        io::synchronise(root);
    });
    draft.publish();
}

} // namespace chainsim::study
