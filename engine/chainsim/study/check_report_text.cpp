#include <chainsim/study/check_report.hpp>
#include <chainsim/study/detail/basis_text.hpp>
#include <chainsim/study/detail/economics_report.hpp>
#include <chainsim/study/detail/environment_tables.hpp>
#include <chainsim/study/detail/product_table.hpp>
#include <chainsim/study/detail/reader.hpp>
#include <chainsim/table/number_text.hpp>
#include <chainsim/table/text.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace chainsim::study {

namespace {

using detail::for_reader;
using detail::name_in;
using table::Table;

constexpr std::size_t heaviest = 5;

class CheckText {
public:
    CheckText(const CheckReport& report, const CheckView& view)
        : report_(report), view_(view), scenario_(report.run.scenario()) {}

    std::string text() {
        out_ = fmt::format("{} ({})\n", name_in(scenario_.name, view_.language), scenario_.id);
        if (view_.project.empty()) {
            for (const auto& year : report_.run.years()) {
                policies(year);
            }
        }
        projects();
        out_ += detail::economics_text(scenario_, report_.economics,
                                       {.language = view_.language,
                                        .width = view_.width,
                                        .all = view_.all,
                                        .project = view_.project});
        answers();
        return std::move(out_);
    }

private:
    template <class... Values>
    [[nodiscard]] std::string fill(std::string_view key, const Values&... values) const {
        return detail::fill(key, view_.language, values...);
    }

    void show(const Table& table, std::size_t most = 0) {
        out_ += table::to_text(
            table, {.language = view_.language, .width = view_.width, .most_rows = most});
    }

    /// Of several years only what is not met, and formulas of the last, unless all is asked for.
    void policies(const YearRun& year) {
        const bool whole = view_.all || report_.run.years().size() == 1;
        Table table("policies", {table::text_column("policy"), table::text_column("group"),
                                 table::text_column("verdict"), table::number_column("value"),
                                 table::number_column("bound"), table::number_column("margin"),
                                 table::number_column("turns_at"), table::text_column("unit"),
                                 table::text_column("basis")});
        std::vector<const Judgement*> told;
        std::size_t met = 0;
        for (const auto* policy : worst_first(year)) {
            if (policy->verdict == Verdict::not_applicable) {
                continue;
            }
            met += policy->verdict == Verdict::met ? 1 : 0;
            if (whole || policy->verdict != Verdict::met) {
                table.append(row(*policy));
            }
            if (policy->verdict != Verdict::met || policy->colour != Colour::none) {
                told.push_back(policy);
            }
        }
        out_ += fmt::format("\n== {} ==\n\n", fill("year", year.year()));
        if (table.rows() > 0) {
            show(table);
        }
        out_ += fill("check_met", met) + '\n';
        products(year);
        ledgers(year);
        water_quotas(year);
        if (whole || year.year() == report_.run.years().back().year()) {
            for (const auto* policy : told) {
                explain(*policy);
            }
        }
    }

    /// The worst of them, or all that are not met of several years.
    void products(const YearRun& year) {
        const auto table = detail::product_table(scenario_, year, view_.language);
        if (table.rows() == 0) {
            return;
        }
        const auto missed = static_cast<std::size_t>(
            std::count_if(year.products().begin(), year.products().end(),
                          [](const auto& one) { return one.verdict == Verdict::missed; }));
        constexpr std::size_t least = 8;
        out_ += '\n' + fill("check_products", missed, table.rows()) + '\n';
        const bool whole = report_.run.years().size() == 1;
        if (view_.all || whole || missed > 0) {
            show(table, view_.all ? 0 : whole ? std::max(missed, least) : missed);
        }
    }

    /// All debts: what is met matters as much here, since it uses up what was given up. Of several
    /// years the last, for debts stay.
    void ledgers(const YearRun& year) {
        const auto table = detail::ledger_table(scenario_, year, view_.language);
        const bool is_told = view_.all || year.year() == report_.run.years().back().year();
        if (table.rows() == 0 || !is_told) {
            return;
        }
        out_ += '\n' + fill("check_ledgers") + '\n';
        show(table);
        for (const auto& one : year.ledgers()) {
            if (one.verdict == Verdict::undetermined) {
                const auto& rule = scenario_.ledger_rules[one.rule];
                const auto name =
                    one.product
                        ? name_in(scenario_.model.commodities[*one.product].name, view_.language)
                        : name_in(rule.name, view_.language);
                out_ += fmt::format(
                    "  {}: {}\n", name,
                    fill("check_missing", fmt::format("{}", fmt::join(one.missing, ", "))));
            }
        }
        for (const auto& rule : scenario_.ledger_rules) {
            const auto is_of_it = [&](const auto& one) { return one.id == rule.id; };
            if (std::any_of(year.ledgers().begin(), year.ledgers().end(), is_of_it)) {
                const auto& given = rule.ratio.provenance;
                line("check_source",
                     fmt::format(
                         "{}: {} ({})", name_in(rule.name, view_.language), given.source,
                         table::say("confidence_" + std::string(model::to_string(given.confidence)),
                                    view_.language)));
            }
        }
    }

    /// Plants against their water quotas, the worst of them.
    void water_quotas(const YearRun& year) {
        const auto table = detail::water_quota_table(scenario_, year, view_.language);
        if (table.rows() == 0) {
            return;
        }
        const auto missed = static_cast<std::size_t>(
            std::count_if(year.water_quotas().begin(), year.water_quotas().end(),
                          [](const auto& one) { return one.verdict == Verdict::missed; }));
        constexpr std::size_t least = 5;
        out_ += '\n' + fill("check_water_quotas", missed, table.rows()) + '\n';
        const bool whole = report_.run.years().size() == 1;
        if (view_.all || whole || missed > 0) {
            show(table, view_.all ? 0 : whole ? std::max(missed, least) : missed);
        }
    }

    [[nodiscard]] std::vector<table::Cell> row(const Judgement& one) const {
        const auto scaled = [&](double value) {
            return for_reader(value, one.unit, view_.language).number;
        };
        return {name_in(one.name, view_.language),
                std::string(table::say("group_" + std::string(model::to_string(one.group)),
                                       view_.language)),
                verdict(one),
                scaled(one.value),
                scaled(one.bound),
                scaled(one.margin),
                scaled(one.turns_at),
                for_reader(0.0, one.unit, view_.language).unit,
                detail::basis_word(one.basis, view_.language)};
    }

    [[nodiscard]] std::string verdict(const Judgement& one) const {
        std::string text(
            table::say("verdict_" + std::string(to_string(one.verdict)), view_.language));
        std::vector<std::string_view> marks;
        if (one.illustration) {
            marks.push_back(table::say("illustration", view_.language));
        }
        if (one.verdict == Verdict::missed && one.hard) {
            marks.push_back(table::say("rule_hard", view_.language));
        }
        if (one.colour != Colour::none) {
            marks.push_back(
                table::say("colour_" + std::string(to_string(one.colour)), view_.language));
        }
        return marks.empty() ? text
                             : fmt::format("{} ({})", text,
                                           fmt::join(marks, table::say("and", view_.language)));
    }

    /// Formula with its inputs, what is missing, and what else can be said.
    void explain(const Judgement& one) {
        out_ += fmt::format("\n{}\n", name_in(one.name, view_.language));
        line("check_formula", one.formula);
        if (!one.inputs.empty()) {
            std::vector<std::string> inputs;
            inputs.reserve(one.inputs.size());
            for (const auto& [id, value] : one.inputs) {
                inputs.push_back(fmt::format("{} = {}", id, table::reader_text(value)));
            }
            line("check_inputs", fmt::format("{}", fmt::join(inputs, "; ")));
        }
        if (!one.missing.empty()) {
            line("check_missing", fmt::format("{}", fmt::join(one.missing, ", ")));
        }
        if (one.range && one.range->first < one.range->second) {
            line("check_range", fmt::format("{} .. {}", amount(one.range->first, one.unit),
                                            amount(one.range->second, one.unit)));
        }
        for (const auto& remark : one.remarks) {
            line("remark_" + remark.id, amount(remark.value, remark.unit));
        }
        line("check_source",
             fmt::format("{} ({})", one.source,
                         table::say("confidence_" + std::string(model::to_string(one.confidence)),
                                    view_.language)));
    }

    [[nodiscard]] std::string amount(double value, const std::string& unit) const {
        return detail::amount_text(value, unit, view_.language);
    }

    void line(std::string_view key, const std::string& text) {
        out_ += "  " + fill(key, text) + '\n';
    }

    /// What one unknown must be for the margins to be zero.
    void answers() {
        if (const auto& question = report_.question) {
            answers(*question);
        }
    }

    void answers(const Question& question) {
        const std::string what = fill("solve_" + std::string(to_string(question.unknown)));
        out_ += '\n' + fill("solve_title", report_.year, subject(question, what)) + '\n';
        if (report_.answers.empty()) {
            out_ += fill("solve_none") + '\n';
            return;
        }
        Table table("answers", {table::text_column("policy"), table::text_column("margin_now"),
                                table::text_column("now"), table::text_column("needed"),
                                table::text_column("answer")});
        std::string notes;
        std::size_t untouched = 0;
        for (const auto& one : report_.answers) {
            if (one.answered == Answered::no_effect && report_.answers.size() > 1) {
                ++untouched;
                continue;
            }
            const auto& policy = name_in(scenario_.policies.at(one.policy).name, view_.language);
            table.append({policy, amount(one.margin, one.margin_unit),
                          told(question, one.now, one.unit), told(question, one.needed, one.unit),
                          fill("solve_" + std::string(to_string(one.answered)))});
            if (one.answered == Answered::out_of_reach && !std::isnan(one.limit)) {
                const bool is_bought = question.unknown == Unknown::green_power;
                notes += fill(is_bought ? "solve_most" : "solve_nearest", policy,
                              told(question, one.limit, one.unit)) +
                         '\n';
            }
            if (question.unknown == Unknown::growth && one.answered == Answered::found) {
                notes +=
                    (std::isnan(one.rest_growth)
                         ? fill("solve_rest_none", policy)
                         : fill("solve_rest", policy, told(question, one.rest_growth, one.unit))) +
                    '\n';
            }
        }
        if (table.rows() > 0) {
            show(table);
        }
        if (untouched > 0) {
            out_ += detail::fill_count("solve_untouched", view_.language, untouched) + '\n';
        }
        out_ += notes;
        margins_by_start();
    }

    [[nodiscard]] std::string subject(const Question& question, const std::string& what) const {
        const auto& id = question.subject;
        switch (question.unknown) {
        case Unknown::price:
            return fmt::format("{}, {}", what,
                               name_in(scenario_.model.commodities.at(id).name, view_.language));
        case Unknown::start:
            return fmt::format("{}, {}", what,
                               name_in(scenario_.projects.at(id).name, view_.language));
        case Unknown::energy:
        case Unknown::green_power:
        case Unknown::growth:
            break;
        }
        return what;
    }

    /// A value of the unknown; a year is no amount.
    [[nodiscard]] std::string told(const Question& question, double value,
                                   const std::string& unit) const {
        if (std::isnan(value)) {
            return "-";
        }
        return question.unknown == Unknown::start ? fmt::format("{:.0f}", value)
                                                  : amount(value, unit);
    }

    void margins_by_start() {
        if (report_.answers.front().by_year.empty()) {
            return;
        }
        std::vector<table::Column> columns{table::text_column("policy")};
        for (const auto& [year, margin] : report_.answers.front().by_year) {
            columns.push_back(table::number_column(std::to_string(year)));
        }
        columns.push_back(table::text_column("unit"));
        Table table("margins", std::move(columns));
        for (const auto& one : report_.answers) {
            if (one.answered == Answered::no_effect) {
                continue;
            }
            std::vector<table::Cell> row{
                name_in(scenario_.policies.at(one.policy).name, view_.language)};
            for (const auto& [year, margin] : one.by_year) {
                row.emplace_back(for_reader(margin, one.margin_unit, view_.language).number);
            }
            row.emplace_back(for_reader(0.0, one.margin_unit, view_.language).unit);
            table.append(std::move(row));
        }
        if (table.rows() > 0) {
            out_ += '\n' + fill("solve_years") + '\n';
            show(table);
        }
    }

    void projects() {
        if (report_.weights.empty()) {
            return;
        }
        out_ += '\n' +
                fill(view_.project.empty() ? "check_projects" : "check_project", report_.year) +
                '\n';
        const auto energy = detail::plant_energy(view_.language);
        const auto money = detail::plant_money(view_.language);
        Table table("projects",
                    {table::text_column("project"),
                     table::number_column("energy_change", std::string(energy.text)),
                     table::number_column("controlled", std::string(energy.text)),
                     table::number_column("replaced", std::string(energy.text)),
                     table::number_column("value_added", std::string(money.text)),
                     table::text_column("m"), table::text_column("n"),
                     table::text_column("m_undeducted"), table::text_column("n_undeducted")});
        bool refused = false;
        bool rebuilds = false;
        for (const auto& one : report_.weights) {
            const auto& project = scenario_.projects[one.pull.project];
            if (!view_.project.empty() && project.id != view_.project) {
                continue;
            }
            refused = refused || one.n_refused;
            rebuilds = rebuilds || one.pull.rebuilds;
            table.append({name_in(project.name, view_.language), energy(one.pull.energy),
                          energy(one.pull.controlled), energy(one.pull.replaced_energy),
                          money(one.pull.value_added), share(one.m, one.m_class),
                          share(one.n, one.n_class), table::percent_text(one.m_undeducted),
                          table::percent_text(one.n_undeducted)});
        }
        show(table, view_.all ? 0 : heaviest);
        out_ += fill("check_weights") + '\n';
        if (refused) {
            out_ += fill("check_refused") + '\n';
        }
        if (rebuilds && !view_.project.empty()) {
            out_ += fill("check_rebuilds") + '\n';
        }
        if (!report_.missing.empty()) {
            out_ +=
                fill("check_unweighed", fmt::format("{}", fmt::join(report_.missing, ", "))) + '\n';
        }
    }

    [[nodiscard]] std::string share(double value, const std::optional<int>& at) const {
        const std::string text = table::percent_text(value);
        return at ? fmt::format(
                        "{} ({})", text,
                        table::say(fmt::format("influence_{}", std::min(*at, 4)), view_.language))
                  : text;
    }

    const CheckReport& report_;
    const CheckView& view_;
    const model::Scenario& scenario_;
    std::string out_;
};

} // namespace

std::string check_text(const CheckReport& report, const CheckView& view) {
    return CheckText(report, view).text();
}

} // namespace chainsim::study
