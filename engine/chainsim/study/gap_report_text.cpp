#include <chainsim/base/error.hpp>
#include <chainsim/study/detail/reader.hpp>
#include <chainsim/study/gap_report.hpp>
#include <chainsim/table/number_text.hpp>
#include <chainsim/table/text.hpp>

#include <algorithm>
#include <cmath>

namespace chainsim::study {

namespace {

using analysis::GapKind;
using analysis::LinkState;
using detail::name_in;
using table::Language;
using table::Table;

constexpr std::size_t usual_rows = 15;
constexpr std::size_t conversion_rows = 15;
/// Candidates below this part of the value added of the district are counted, not listed.
constexpr double least_part = 1e-4;

class Report {
public:
    Report(const Study& study, const GapReport& report, Language language, std::size_t width)
        : scenario_(study.scenario()), report_(report), language_(language), width_(width) {}

    std::string text(std::size_t most) {
        const std::size_t rows = most == 0 ? usual_rows : most;
        std::string out =
            fill("gaps_heading", name_in(scenario_.name, language_), report_.year,
                 report_.gaps.tried,
                 table::say("gaps_by_" + std::string(to_string(report_.order)), language_)) +
            '\n';
        out += list(GapKind::surplus, "gaps_extend", rows);
        out += list(GapKind::bought, "gaps_missing", rows);
        out += '\n' + fill("gaps_meaning") + '\n';
        out += chains();
        return out + conversions();
    }

private:
    template <class... Values>
    [[nodiscard]] std::string fill(std::string_view key, const Values&... values) const {
        return detail::fill(key, language_, values...);
    }
    [[nodiscard]] bool is_zh() const { return language_ == Language::zh; }
    [[nodiscard]] std::string unit(std::string_view zh, std::string_view en) const {
        return std::string(is_zh() ? zh : en);
    }
    [[nodiscard]] const std::string& name(model::Index<model::Commodity> index) const {
        return name_in(scenario_.model.commodities[index].name, language_);
    }

    [[nodiscard]] std::string list(GapKind kind, std::string_view title, std::size_t most) const {
        Table table("gaps", {table::text_column("commodity"), table::text_column("amount"),
                             table::text_column("by_process"),
                             table::number_column("value_added", unit("亿元", "10^6 CNY")),
                             table::number_column("energy_taken", unit("万吨标煤", "ktce")),
                             table::number_column("value_per_tce", unit("元/吨标煤", "CNY/tce")),
                             table::number_column("capex", unit("亿元", "10^6 CNY")),
                             table::text_column("conditions")});
        std::size_t small = 0;
        for (const auto& gap : report_.gaps.gaps) {
            if (gap.kind != kind) {
                continue;
            }
            const auto& best = gap.candidates.front();
            if (best.value_added < least_part * std::abs(report_.gaps.value_added)) {
                ++small;
            } else {
                table.append(row(gap, best));
            }
        }
        std::string out = '\n' + fill(title) + '\n';
        out += table::to_text(table, {.language = language_, .width = width_, .most_rows = most});
        return small == 0 ? out : out + fill("gaps_without_value", small) + '\n';
    }

    [[nodiscard]] std::vector<table::Cell> row(const analysis::Gap& gap,
                                               const analysis::Candidate& best) const {
        constexpr double cny_of_zh = 1e8;
        constexpr double cny_of_en = 1e6;
        constexpr double tce_of_zh = 1e4;
        constexpr double tce_of_en = 1e3;
        const auto& commodity = scenario_.model.commodities[gap.commodity];
        const auto& process = scenario_.model.processes[best.process];
        std::string way = name_in(process.name, language_);
        if (gap.candidates.size() > 1) {
            way += fmt::format(" (+{})", gap.candidates.size() - 1);
        }
        const double per_tce = best.value_per_tce();
        const double money = is_zh() ? cny_of_zh : cny_of_en;
        return {name(gap.commodity),
                detail::amount_text(gap.amount, commodity.unit.text(), language_),
                std::move(way),
                best.value_added / money,
                best.energy / (is_zh() ? tce_of_zh : tce_of_en),
                std::isfinite(per_tce) ? per_tce : table::absent,
                std::isfinite(best.capex) ? best.capex / money : table::absent,
                conditions(gap, best)};
    }

    /// How much of the gap it closes, what holds it back, and what must be brought in for it.
    [[nodiscard]] std::string conditions(const analysis::Gap& gap,
                                         const analysis::Candidate& best) const {
        constexpr double all = 0.999;
        std::string out;
        if (best.closes < all * gap.amount) {
            out += fill(gap.kind == GapKind::surplus ? "takes_part" : "makes_part",
                        table::percent_text(best.closes / gap.amount));
            if (best.binding_commodity) {
                out += fill("held_by_" + std::string(to_string(best.binding)),
                            name(*best.binding_commodity));
            }
        }
        if (!best.let_in.empty()) {
            out += (out.empty() ? ""
                    : is_zh()   ? ";"
                                : "; ") +
                   fill("let_in", name(best.let_in.front()));
        }
        return out.empty() ? "-" : out;
    }

    [[nodiscard]] std::string chains() const {
        Table table("chains", {table::text_column("chain"), table::text_column("steps_realised"),
                               table::number_column("value_added", unit("亿元", "10^6 CNY")),
                               table::text_column("next_link")});
        for (const auto& progress : report_.chains) {
            const auto& chain = scenario_.model.chains[progress.chain];
            table.append({name_in(chain.name, language_),
                          fmt::format("{}/{}", progress.realised, progress.steps.size()),
                          progress.value_added / (is_zh() ? 1e8 : 1e6), open_link(progress)});
        }
        return '\n' + fill("gaps_chains") + '\n' +
               table::to_text(table, {.language = language_, .width = width_});
    }

    /// The first link of a chain that is not there.
    [[nodiscard]] std::string open_link(const analysis::ChainProgress& progress) const {
        if (progress.steps.empty()) {
            return "-"; // products beside each other
        }
        for (const auto& step : progress.steps) {
            for (const auto& link : step) {
                if (link.state == LinkState::realised) {
                    continue;
                }
                std::string by;
                for (const auto process : link.missing) {
                    by += (by.empty() ? ""
                           : is_zh()  ? "、"
                                      : ", ") +
                          name_in(scenario_.model.processes[process].name, language_);
                }
                return fmt::format("{} → {} ({})", word(link.from), word(link.to),
                                   fill("link_" + std::string(to_string(link.state)), by));
            }
        }
        return fill("chain_whole");
    }

    [[nodiscard]] std::string word(const std::string& id) const {
        if (const auto found = scenario_.model.find_commodity(id)) {
            return name(*found);
        }
        const auto& families = scenario_.model.families;
        return families.contains(id) ? name_in(families.at(id).name, language_) : id;
    }

    [[nodiscard]] std::string conversions() const {
        Table table("conversion", {table::text_column("commodity"), table::text_column("produced"),
                                   table::text_column("local_conversion")});
        for (const auto& one : report_.conversion) {
            const auto& commodity = scenario_.model.commodities[one.commodity];
            if (table.rows() < conversion_rows) {
                table.append({name(one.commodity),
                              detail::amount_text(one.made, commodity.unit.text(), language_),
                              table::percent_text(one.rate)});
            }
        }
        return '\n' + fill("gaps_conversion") + '\n' +
               table::to_text(table, {.language = language_, .width = width_});
    }

    const model::Scenario& scenario_;
    const GapReport& report_;
    Language language_;
    std::size_t width_;
};

} // namespace

std::string gaps_text(const Study& study, const GapReport& report, Language language,
                      std::size_t width, std::size_t most) {
    CHAINSIM_EXPECT(!report.failure, "a year without a solution");
    return Report(study, report, language, width).text(most);
}

} // namespace chainsim::study
