#include <chainsim/study/detail/optimisation_reasons.hpp>
#include <chainsim/study/detail/optimisation_words.hpp>
#include <chainsim/study/detail/page_words.hpp>
#include <chainsim/study/optimisation.hpp>

#include <fmt/format.h>

#include <cmath>
#include <cstddef>
#include <map>
#include <string>
#include <utility>

namespace chainsim::study::detail {

namespace {

class ReasonParts {
public:
    explicit ReasonParts(const Optimisation& plan) : plan_(plan), unit_(unit_of_goal(plan, 0)) {}

    std::vector<PagePart> make() {
        if (plan_.is_found()) {
            rejected();
            prices();
            deviations();
        }
        conflict();
        return std::move(parts_);
    }

private:
    [[nodiscard]] int year(std::size_t at) const { return plan_.district().years()[at].year; }
    [[nodiscard]] const portfolio::Choice& choice(int at) const {
        return plan_.district().choices()[static_cast<std::size_t>(at)];
    }
    static PageCell year_cell(int year) { return plain_cell(std::to_string(year)); }
    static PageCell nothing() { return plain_cell(""); }

    void rejected() {
        PagePart part;
        part.id = "rejected";
        part.title = sentence("optimise_rejected");
        part.columns = {"project",   "year",         "change", "at_shadow_prices",
                        "hindrance", "price_needed", "product"};
        for (const auto& one : plan_.rejections()) {
            const auto& what = choice(one.choice);
            PageCell price = nothing();
            PageCell product = nothing();
            if (one.product) {
                const auto& commodity = plan_.district().scenario().model.commodities[*one.product];
                product = word_cell(commodity.name, commodity.id);
                if (std::isfinite(one.price_needed)) {
                    price = amount_cell(one.price_needed, "CNY/" + commodity.unit.text());
                }
            }
            part.rows.push_back(
                {what.id,
                 {word_cell(name_of_choice(what), what.id),
                  one.is_possible ? year_cell(one.best.year) : nothing(),
                  one.is_possible ? amount_cell(one.change, unit_) : nothing(),
                  std::isfinite(one.at_prices) ? amount_cell(one.at_prices, unit_) : nothing(),
                  word_cell(hindrance_of(plan_, one)), std::move(price), std::move(product)},
                 1});
        }
        part.notes.push_back(sentence("optimise_rejected_note"));
        parts_.push_back(std::move(part));
    }

    void prices() {
        PagePart policies;
        policies.id = "prices";
        policies.title = sentence("optimise_prices");
        policies.columns = {"policy",           "step",           "tightened", "loosened",
                            "change_tightened", "change_loosened"};
        for (const auto& price : plan_.prices().policies) {
            const auto unit = unit_ + "/" + price.unit;
            policies.rows.push_back(
                {price.policy,
                 {plain_cell(price.policy), amount_cell(price.step, "1"),
                  amount_cell(price.tightened, unit), amount_cell(price.loosened, unit),
                  amount_cell(price.change_tightened, unit_),
                  amount_cell(price.change_loosened, unit_)},
                 1});
            if (price.is_told) {
                policies.notes.push_back(sentence("optimise_basis", price.policy));
            }
        }
        if (!policies.rows.empty()) {
            policies.notes.push_back(sentence("optimise_price_note"));
        } else {
            policies.notes.push_back(sentence(plan_.sampled() ? "optimise_not_priced_sampled"
                                              : plan_.request().step > 0.0
                                                  ? "optimise_no_price"
                                                  : "optimise_not_priced"));
        }
        parts_.push_back(std::move(policies));
        PagePart years;
        years.id = "duals";
        years.title = sentence("optimise_duals");
        years.columns = {"policy", "year", "room", "at_choice", "relaxed"};
        for (const auto& price : plan_.prices().bounds) {
            const auto& bound = plan_.bounds()[price.bound];
            if (!(std::abs(price.at_choice) > 0.0) && !(std::abs(price.relaxed) > 0.0)) {
                continue;
            }
            if (!bound.is_hard && !bound.penalty) {
                continue;
            }
            const auto unit = unit_ + "/" + bound.unit;
            years.rows.push_back(
                {fmt::format("{}_{}", bound.id, year(bound.year)),
                 {plain_cell(bound.id), year_cell(year(bound.year)),
                  amount_cell(price.room, bound.unit), amount_cell(price.at_choice, unit),
                  amount_cell(price.relaxed, unit)},
                 1});
        }
        if (!years.rows.empty()) {
            parts_.push_back(std::move(years));
        }
    }

    void deviations() {
        if (plan_.deviations().empty()) {
            return;
        }
        const auto& scenario = plan_.district().scenario();
        PagePart part;
        part.id = "deviations";
        part.title = sentence("optimise_deviations", plan_.deviation_indicator());
        part.columns = {"year", "plan", "program", "run", "difference", "deviating"};
        for (const auto& one : plan_.deviations()) {
            const auto& system = plan_.district().years()[one.year].system;
            const int row = plan_.district().row(one.year, plan_.deviation_indicator());
            const auto& unit = system.indicators.info[static_cast<std::size_t>(row)].unit;
            model::Name plants;
            for (const auto& plant : one.plants) {
                const auto facility = system.layout.columns[static_cast<std::size_t>(plant.column)];
                const auto& name = scenario.facilities[facility].name;
                plants.zh += (plants.zh.empty() ? "" : "、") + name.zh;
                plants.en += (plants.en.empty() ? "" : ", ") + name.en;
            }
            part.rows.push_back({fmt::format("{}", year(one.year)),
                                 {year_cell(year(one.year)), amount_cell(one.plan, unit),
                                  amount_cell(one.program, unit), amount_cell(one.run, unit),
                                  amount_cell(one.program / one.run - 1.0, "1"), word_cell(plants)},
                                 1});
        }
        part.notes.push_back(sentence("optimise_deviation_note"));
        parts_.push_back(std::move(part));
    }

    void conflict() {
        const auto& found = plan_.conflict();
        if (!found) {
            return;
        }
        PagePart part;
        part.id = "conflict";
        part.title = sentence("optimise_conflict");
        part.columns = {"policy", "year", "bound", "relaxation"};
        // Of bounds that would have to give way some are in no conflict by themselves.
        std::map<std::size_t, double> moves;
        for (const auto b : found->bounds) {
            moves.emplace(b, 0.0);
        }
        for (const auto& [b, amount] : found->relaxation) {
            moves[b] = amount;
        }
        for (const auto& [b, amount] : moves) {
            const auto& bound = plan_.bounds()[b];
            part.rows.push_back({fmt::format("{}_{}", bound.id, year(bound.year)),
                                 {plain_cell(bound.id), year_cell(year(bound.year)),
                                  amount_cell(bound.value, bound.unit),
                                  amount == 0.0 ? nothing() : amount_cell(amount, bound.unit)},
                                 1});
        }
        for (const auto& row : found->means) {
            part.rows.push_back({row, {plain_cell(row), nothing(), nothing(), nothing()}, 1});
        }
        parts_.push_back(std::move(part));
    }

    const Optimisation& plan_;
    std::string unit_;
    std::vector<PagePart> parts_;
};

} // namespace

std::vector<PagePart> reason_parts(const Optimisation& plan) { return ReasonParts(plan).make(); }

} // namespace chainsim::study::detail
