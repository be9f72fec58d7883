#include <chainsim/study/reconciliation.hpp>
#include <chainsim/table/catalogue.hpp>
#include <chainsim/table/number_text.hpp>
#include <chainsim/table/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <utility>

namespace chainsim::study {

namespace {

using reconcile::Kind;
using reconcile::Standing;
using table::Language;

/// A coefficient that is shown: it moved by more than this share of its standard deviation.
constexpr double notable = 0.1;
constexpr double hundred = 100.0;

class ReconciliationText {
public:
    ReconciliationText(const Reconciliation& report, Language language, std::size_t width)
        : report_(report), language_(language), width_(width) {}

    std::string write() {
        head();
        measured("reconcile_measured", [](const auto& one) {
            return one.measured && one.label.kind != Kind::coefficient;
        });
        measured("reconcile_coefficients", [](const auto& one) {
            return one.label.kind == Kind::coefficient &&
                   std::abs(one.after.adjustment) > notable * one.sigma_before;
        });
        unmeasured();
        tests();
        suspects();
        return std::move(text_);
    }

private:
    template <class... Values>
    void say(std::string_view key, const Values&... values) {
        text_ += fmt::format(fmt::runtime(table::say(key, language_)), values...) + '\n';
    }
    [[nodiscard]] std::string word(std::string_view key) const {
        return std::string(table::say(key, language_));
    }

    /// What a reader knows it by: its name, and behind it the id where that is not the same.
    [[nodiscard]] std::string name_of(const ReconciledQuantity& one) const {
        const auto& name = language_ == Language::zh ? one.label.zh : one.label.en;
        if (name.empty()) {
            return one.id;
        }
        if (one.label.direction != reconcile::Direction::none) {
            return name + " (" + word("reconcile_" + std::string(to_string(one.label.direction))) +
                   ")";
        }
        return report_.scenario.empty() && name != one.id ? one.id + " " + name : name;
    }

    void head() {
        std::array<int, 5> count{};
        for (const auto& one : report_.quantities) {
            if (one.variable >= 0) {
                ++count.at(static_cast<std::size_t>(one.after.standing));
            }
        }
        say("reconcile_head", report_.request.file.filename().string(),
            report_.measurements.problem.conditions.size(),
            word(report_.request.method == reconcile::Method::huber ? "reconcile_huber"
                                                                    : "reconcile_least_squares"),
            report_.solution.iterations);
        if (!report_.scenario.empty()) {
            say("reconcile_of", report_.scenario, report_.measurements.year);
        }
        say("reconcile_classes", count[0], count[1], count[2], count[3], count[4]);
    }

    template <class Wanted>
    void measured(std::string_view title, const Wanted& wanted) {
        table::Table table(
            "measured",
            {table::text_column("reconcile_quantity"), table::text_column("unit"),
             table::number_column("reconcile_measured"), table::number_column("reconcile_value"),
             table::number_column("reconcile_adjustment"),
             table::number_column("reconcile_sigma_before"),
             table::number_column("reconcile_sigma_after"),
             table::number_column("reconcile_normalised"), table::text_column("reconcile_class"),
             table::text_column("reconcile_remark")});
        for (const auto& one : report_.quantities) {
            if (!wanted(one)) {
                continue;
            }
            const auto& after = one.after;
            table.append({name_of(one), one.unit, one.measured.value_or(table::absent), after.value,
                          after.adjustment, one.sigma_before, after.sigma,
                          after.standing == Standing::redundant ? after.normalised : table::absent,
                          class_of(one), remark(one)});
        }
        show(title, table);
    }

    [[nodiscard]] std::string class_of(const ReconciledQuantity& one) const {
        return word("reconcile_" + std::string(to_string(one.after.standing)));
    }

    [[nodiscard]] std::string remark(const ReconciledQuantity& one) const {
        std::vector<std::string> parts;
        if (one.suspect > 0) {
            parts.push_back(fmt::format(fmt::runtime(word("reconcile_suspect")), one.suspect));
        }
        if (one.after.bound != 0) {
            parts.push_back(word(one.after.bound < 0 ? "reconcile_at_min" : "reconcile_at_max"));
        }
        if (one.after.weight < 1.0) {
            parts.push_back(fmt::format(fmt::runtime(word("reconcile_weight")),
                                        table::percent_text(one.after.weight)));
        }
        std::string text;
        for (const auto& part : parts) {
            text += (text.empty() ? "" : table::say("and", language_));
            text += part;
        }
        return text;
    }

    void unmeasured() {
        table::Table table(
            "unmeasured",
            {table::text_column("reconcile_quantity"), table::text_column("unit"),
             table::number_column("reconcile_value"), table::number_column("reconcile_sigma_after"),
             table::text_column("reconcile_class"), table::text_column("reconcile_remark")});
        std::size_t further = 0;
        for (const auto& one : report_.quantities) {
            if (one.variable < 0) {
                ++further;
            } else if (!one.measured) {
                table.append({name_of(one), one.unit, one.after.value, one.after.sigma,
                              class_of(one), remark(one)});
            }
        }
        show("reconcile_unmeasured", table);
        if (further > 0) {
            say("reconcile_further", further);
        }
    }

    void show(std::string_view title, const table::Table& table) {
        if (table.rows() > 0) {
            text_ += '\n' + word(title) + '\n' +
                     table::to_text(table, {.language = language_, .width = width_});
        }
    }

    void tests() {
        text_ += '\n';
        const auto& test = report_.test;
        const std::string level = fmt::format("{:.3g} %", report_.request.tests.level * hundred);
        if (test.degrees_of_freedom == 0) {
            say("reconcile_untested");
            return;
        }
        say(test.passed ? "reconcile_global_passed" : "reconcile_global_failed",
            fmt::format("{:.2f}", test.statistic), fmt::format("{:.2f}", test.critical),
            test.degrees_of_freedom, level);
        say("reconcile_each", report_.tested, fmt::format("{:.2f}", report_.critical), level);
    }

    void suspects() {
        const auto& found = report_.elimination.suspects;
        if (found.empty()) {
            if (report_.test.degrees_of_freedom > 0) {
                say("reconcile_no_suspects");
            }
            return;
        }
        table::Table table("suspects",
                           {table::text_column("reconcile_suspect_of"), table::text_column("unit"),
                            table::number_column("reconcile_measured"),
                            table::number_column("reconcile_others_say"),
                            table::number_column("reconcile_sigma_after"),
                            table::number_column("reconcile_normalised"),
                            table::number_column("reconcile_critical"),
                            table::text_column("reconcile_then")});
        for (std::size_t s = 0; s < found.size(); ++s) {
            const auto& suspect = found[s];
            const auto& one = report_.quantities[static_cast<std::size_t>(suspect.variable)];
            table.append({fmt::format("{} {}", s + 1, name_of(one)), one.unit,
                          one.measured.value_or(table::absent), suspect.estimate, suspect.sigma,
                          suspect.normalised, suspect.critical,
                          word(suspect.after.passed ? "reconcile_agree" : "reconcile_disagree")});
        }
        show("reconcile_suspects", table);
        for (const auto& suspect : found) {
            std::string others;
            for (const int other : suspect.equivalents) {
                others += others.empty() ? "" : table::say("and", language_);
                others += name_of(report_.quantities[static_cast<std::size_t>(other)]);
            }
            if (!others.empty()) {
                say("reconcile_alike",
                    name_of(report_.quantities[static_cast<std::size_t>(suspect.variable)]),
                    others);
            }
        }
        say(report_.request.leave_out_suspects ? "reconcile_left_out" : "reconcile_kept");
    }

    const Reconciliation& report_;
    Language language_;
    std::size_t width_;
    std::string text_;
};

} // namespace

std::string reconciliation_text(const Reconciliation& report, Language language,
                                std::size_t width) {
    return ReconciliationText(report, language, width).write();
}

} // namespace chainsim::study
