#include <chainsim/base/error.hpp>
#include <chainsim/study/detail/reader.hpp>
#include <chainsim/study/outage_report.hpp>
#include <chainsim/table/number_text.hpp>
#include <chainsim/table/text.hpp>

#include <algorithm>
#include <ranges>

namespace chainsim::study {

namespace {

using detail::name_in;
using table::Language;
using table::Table;

constexpr std::size_t most_outages = 20;
/// Names in one cell; the rest is counted.
constexpr std::size_t names_in_cell = 2;

class OutageText {
public:
    OutageText(const Study& study, const OutageReport& report, Language language, std::size_t width)
        : scenario_(study.scenario()), report_(report), language_(language), width_(width) {}

    std::string text(std::size_t most) {
        const auto& outages = report_.outages;
        std::string out = fill("outages_heading", name_in(scenario_.name, language_), report_.year,
                               outages.ranked.size() + outages.unsolved.size(),
                               money_.amount(outages.value_added)) +
                          "\n\n";
        for (const auto side : detail::is_narrow(width_) ? std::vector{Side::loss, Side::flows}
                                                         : std::vector{Side::both}) {
            out += (side == Side::flows ? "\n" : "") + list(side, most == 0 ? most_outages : most);
        }
        out += '\n' + fill("outages_meaning") + '\n';
        return out + gains() + idle() + unsolved() + fill("all_planned") + '\n';
    }

private:
    template <class... Values>
    [[nodiscard]] std::string fill(std::string_view key, const Values&... values) const {
        return detail::fill(key, language_, values...);
    }

    /// What is lost and who stops, and what flows otherwise: one table where there is room.
    enum class Side { both, loss, flows };

    [[nodiscard]] std::string list(Side side, std::size_t most) const {
        std::vector<table::Column> columns{table::text_column("facility")};
        if (side != Side::flows) {
            columns.push_back(table::number_column("lost_value_added", std::string(money_.text)));
            columns.push_back(table::text_column("part_lost"));
            columns.push_back(table::number_column("energy_change", std::string(energy_.text)));
            columns.push_back(table::text_column("who_stops"));
        }
        if (side != Side::loss) {
            columns.push_back(table::text_column("wasted_more"));
            columns.push_back(table::text_column("boundary_change"));
        }
        Table table("outages", std::move(columns));
        for (const auto& outage : report_.outages.ranked) {
            if (outage.lost_value_added > 0.0) {
                table.append(row(outage, side));
            }
        }
        return table::to_text(table, {.language = language_, .width = width_, .most_rows = most});
    }

    [[nodiscard]] std::vector<table::Cell> row(const analysis::Outage& outage, Side side) const {
        std::vector<table::Cell> cells{facility(outage.facility)};
        if (side != Side::flows) {
            cells.emplace_back(money_(outage.lost_value_added));
            cells.emplace_back(
                table::percent_text(outage.lost_value_added / report_.outages.value_added));
            cells.emplace_back(energy_(outage.energy));
            cells.emplace_back(stops(outage));
        }
        if (side != Side::loss) {
            cells.emplace_back(largest(outage.flared, ""));
            cells.emplace_back(boundary(outage));
        }
        return cells;
    }

    [[nodiscard]] const std::string& facility(model::Index<model::Facility> index) const {
        return name_in(scenario_.facilities[index].name, language_);
    }

    /// "5: this one, that one"; those that run at less than half count as well.
    [[nodiscard]] std::string stops(const analysis::Outage& outage) const {
        auto hit = outage.stops;
        hit.insert(hit.end(), outage.reduced.begin(), outage.reduced.end());
        if (hit.empty()) {
            return "-";
        }
        std::string names;
        for (std::size_t i = 0; i < std::min(hit.size(), names_in_cell); ++i) {
            names += (i == 0 ? "" : table::say("and", language_));
            names += facility(hit[i].facility);
        }
        return fill("counted_names", hit.size(), names);
    }

    [[nodiscard]] std::string largest(const std::vector<analysis::Amount>& amounts,
                                      std::string_view key) const {
        if (amounts.empty()) {
            return "-";
        }
        const auto& one = amounts.front();
        const auto& commodity = scenario_.model.commodities[one.commodity];
        const std::string text =
            fmt::format("{} {}", name_in(commodity.name, language_),
                        table::whole(detail::amount_text(one.amount, commodity, language_)));
        return key.empty() ? text : fill(key, text);
    }

    /// What hurts more: what must be bought, or what is not sold.
    [[nodiscard]] std::string boundary(const analysis::Outage& outage) const {
        const double cost = outage.bought.empty() ? 0.0 : outage.bought.front().value;
        const double revenue = outage.sold_less.empty() ? 0.0 : outage.sold_less.front().value;
        return cost > revenue ? largest(outage.bought, "more_bought")
                              : largest(outage.sold_less, "less_sold");
    }

    /// Those without which the district would earn more: the largest three by name.
    [[nodiscard]] std::string gains() const {
        constexpr std::size_t most = 3;
        const auto& ranked = report_.outages.ranked;
        std::size_t count = 0;
        std::string names;
        for (const auto& outage : std::ranges::reverse_view(ranked)) {
            const double gain = -outage.lost_value_added;
            if (!(gain > 0.0)) {
                break;
            }
            if (count < most) {
                names += (count == 0 ? "" : table::say("and", language_));
                names += fmt::format("{} ({})", facility(outage.facility), money_.amount(gain));
            }
            ++count;
        }
        return count == 0 ? std::string{}
                          : detail::fill_count("outages_gain", language_, count, names) + '\n';
    }

    /// Those that nobody misses.
    [[nodiscard]] std::string idle() const {
        const auto count = static_cast<std::size_t>(
            std::ranges::count(report_.outages.ranked, 0.0, &analysis::Outage::lost_value_added));
        return count == 0 ? std::string{}
                          : detail::fill_count("outages_nothing", language_, count) + '\n';
    }

    [[nodiscard]] std::string unsolved() const {
        std::string out;
        for (const auto& outage : report_.outages.unsolved) {
            out +=
                fill("outage_unsolved", facility(outage.facility),
                     table::say("outcome_" + std::string(to_string(outage.outcome)), language_)) +
                '\n';
        }
        return out;
    }

    const model::Scenario& scenario_;
    const OutageReport& report_;
    Language language_;
    std::size_t width_;
    detail::ColumnUnit money_ = detail::plant_money(language_);
    detail::ColumnUnit energy_ = detail::plant_energy(language_);
};

} // namespace

std::string outages_text(const Study& study, const OutageReport& report, Language language,
                         std::size_t width, std::size_t most) {
    CHAINSIM_EXPECT(!report.failure, "a year without a solution");
    return OutageText(study, report, language, width).text(most);
}

} // namespace chainsim::study
