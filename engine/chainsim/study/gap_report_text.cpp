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

constexpr std::size_t most_gaps = 15;
constexpr std::size_t conversion_rows = 15;
/// Candidates below this part of the value added of the district are counted, not listed.
constexpr double least_part = 1e-4;

class GapText {
public:
    GapText(const Study& study, const GapReport& report, Language language, std::size_t width)
        : scenario_(study.scenario()), report_(report), language_(language), width_(width) {}

    std::string text(std::size_t most) {
        const std::size_t rows = most == 0 ? most_gaps : most;
        std::string out =
            fill("gaps_heading", name_in(scenario_.name, language_), report_.year,
                 report_.gaps.tried,
                 table::say("gaps_by_" + std::string(to_string(report_.order)), language_)) +
            '\n';
        out += list(GapKind::surplus, "gaps_extend", rows);
        out += list(GapKind::bought, "gaps_missing", rows);
        out += '\n' + fill("gaps_meaning") + '\n';
        out += chains();
        return out + conversions() + fill("all_planned") + '\n';
    }

private:
    template <class... Values>
    [[nodiscard]] std::string fill(std::string_view key, const Values&... values) const {
        return detail::fill(key, language_, values...);
    }
    [[nodiscard]] const std::string& name(model::Index<model::Commodity> index) const {
        return name_in(scenario_.model.commodities[index].name, language_);
    }

    /// What a gap is worth, and what it takes: one table where there is room.
    enum class Side { both, worth, needs };

    [[nodiscard]] std::string list(GapKind kind, std::string_view title, std::size_t most) const {
        std::vector<const analysis::Gap*> listed;
        std::size_t small = 0;
        for (const auto& gap : report_.gaps.gaps) {
            if (gap.kind != kind) {
                continue;
            }
            if (gap.candidates.front().value_added <
                least_part * std::abs(report_.gaps.value_added)) {
                ++small;
            } else {
                listed.push_back(&gap);
            }
        }
        std::string out = '\n' + fill(title) + '\n';
        for (const auto side : detail::is_narrow(width_) ? std::vector{Side::worth, Side::needs}
                                                         : std::vector{Side::both}) {
            out += (side == Side::needs ? "\n" : "") + list(listed, side, most);
        }
        return small == 0 ? out
                          : out + detail::fill_count("gaps_without_value", language_, small) + '\n';
    }

    [[nodiscard]] std::string list(const std::vector<const analysis::Gap*>& gaps, Side side,
                                   std::size_t most) const {
        std::vector<table::Column> columns{table::text_column("commodity")};
        if (side != Side::needs) {
            columns.push_back(table::text_column("amount"));
        }
        if (side != Side::worth) {
            columns.push_back(table::text_column("by_process"));
        }
        if (side != Side::needs) {
            columns.push_back(table::number_column("value_added", std::string(money_.text)));
            columns.push_back(table::number_column("energy_taken", std::string(energy_.text)));
            columns.push_back(table::number_column(
                "value_per_tce", std::string(language_ == Language::zh ? "元/吨标煤" : "CNY/tce")));
        }
        if (side != Side::worth) {
            columns.push_back(table::number_column("capex", std::string(money_.text)));
            columns.push_back(table::text_column("conditions"));
        }
        Table table("gaps", std::move(columns));
        for (const auto* gap : gaps) {
            table.append(row(*gap, side));
        }
        return table::to_text(table, {.language = language_, .width = width_, .most_rows = most});
    }

    [[nodiscard]] std::vector<table::Cell> row(const analysis::Gap& gap, Side side) const {
        const auto& best = gap.candidates.front();
        const auto& commodity = scenario_.model.commodities[gap.commodity];
        std::vector<table::Cell> cells{name(gap.commodity)};
        if (side != Side::needs) {
            cells.emplace_back(table::whole(detail::amount_text(gap.amount, commodity, language_)));
        }
        if (side != Side::worth) {
            std::string way = name_in(scenario_.model.processes[best.process].name, language_);
            if (gap.candidates.size() > 1) {
                way += ' ' + table::whole(fmt::format("(+{})", gap.candidates.size() - 1));
            }
            cells.emplace_back(std::move(way));
        }
        if (side != Side::needs) {
            const double per_tce = best.value_per_tce();
            cells.emplace_back(money_(best.value_added));
            cells.emplace_back(energy_(best.energy));
            cells.emplace_back(std::isfinite(per_tce) ? per_tce : table::absent);
        }
        if (side != Side::worth) {
            cells.emplace_back(std::isfinite(best.capex) ? money_(best.capex) : table::absent);
            cells.emplace_back(conditions(gap, best));
        }
        return cells;
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
            out += (out.empty() ? std::string{} : fill("and_also")) +
                   fill("let_in", name(best.let_in.front()));
        }
        return out.empty() ? "-" : out;
    }

    [[nodiscard]] std::string chains() const {
        Table table("chains", {table::text_column("chain"), table::text_column("steps_realised"),
                               table::text_column("products_made"),
                               table::number_column("value_added", std::string(money_.text)),
                               table::text_column("still_open")});
        for (const auto& progress : report_.chains) {
            const auto& chain = scenario_.model.chains[progress.chain];
            const bool is_list = chain.kind == "product_list";
            const auto there =
                std::ranges::count_if(progress.products, is_list ? &analysis::ChainProduct::along
                                                                 : &analysis::ChainProduct::made);
            // Siblings are made beside each other: of a list that says what is made of what, no
            // link.
            const auto realised = std::ranges::count_if(progress.steps, [&](const auto& step) {
                return std::ranges::any_of(step, [&](const analysis::Link& link) {
                    return link.state == LinkState::realised && !(is_list && link.siblings);
                });
            });
            table.append(
                {name_in(chain.name, language_),
                 progress.steps.empty() ? "-"
                                        : fmt::format("{}/{}", realised, progress.steps.size()),
                 fmt::format("{}/{}", there, progress.products.size()),
                 money_(progress.value_added), is_list ? not_made(progress) : open_link(progress)});
        }
        return '\n' + fill("gaps_chains") + '\n' +
               table::to_text(table, {.language = language_, .width = width_});
    }

    /// Of a list: what nobody makes, and what is made, but not of what the step before it names.
    [[nodiscard]] std::string not_made(const analysis::ChainProgress& progress) const {
        std::string missing;
        std::string otherwise;
        for (const auto& one : progress.products) {
            if (!one.along) {
                auto& names = one.made ? otherwise : missing;
                names += (names.empty() ? std::string{} : fill("and")) + word(one.id);
            }
        }
        std::string out = missing.empty() ? std::string{} : fill("not_made", missing);
        if (!otherwise.empty()) {
            out += (out.empty() ? std::string{} : fill("and_also")) +
                   fill("made_otherwise", otherwise);
        }
        return out.empty() ? fill("chain_made") : out;
    }

    /// The first link of a chain that is not there.
    [[nodiscard]] std::string open_link(const analysis::ChainProgress& progress) const {
        for (const auto& step : progress.steps) {
            for (const auto& link : step) {
                if (link.state == LinkState::realised) {
                    continue;
                }
                std::string by;
                for (const auto process : link.missing) {
                    by += (by.empty() ? std::string{} : fill("and")) +
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
                              table::whole(detail::amount_text(one.made, commodity, language_)),
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
    detail::ColumnUnit money_ = detail::plant_money(language_);
    detail::ColumnUnit energy_ = detail::plant_energy(language_);
};

} // namespace

std::string gaps_text(const Study& study, const GapReport& report, Language language,
                      std::size_t width, std::size_t most) {
    CHAINSIM_EXPECT(!report.failure, "a year without a solution");
    return GapText(study, report, language, width).text(most);
}

} // namespace chainsim::study
