#include <chainsim/input/scalar_text.hpp>
#include <chainsim/study/detail/written_scenario.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <utility>

namespace chainsim::study::detail {

namespace {

using input::quoted_scalar;

class ScenarioWriter {
public:
    ScenarioWriter(const WrittenScenario& written, const model::Scenario& scenario,
                   const std::vector<portfolio::Choice>& choices,
                   const portfolio::Portfolio& portfolio, const std::vector<AskedBound>& asked)
        : written_(written), scenario_(scenario), choices_(choices), portfolio_(portfolio),
          asked_(asked) {}

    std::string write() {
        out("# {}\n", written_.note);
        out("format: chainsim.scenario/1\nscenario: {}\n", written_.id);
        out("name: {{zh: {}, en: {}}}\n", quoted_scalar(written_.name.zh),
            quoted_scalar(written_.name.en));
        out("extends: {}\n", quoted_scalar(written_.extends));
        if (!written_.years.empty()) {
            out("years: [{}]\n", fmt::join(written_.years, ", "));
        }
        build();
        changes();
        policies();
        return std::move(text_);
    }

private:
    template <class... Values>
    void out(fmt::format_string<Values...> format, Values&&... values) {
        fmt::format_to(std::back_inserter(text_), format, std::forward<Values>(values)...);
    }

    [[nodiscard]] const portfolio::Decision* decision(const std::string& id) const {
        for (std::size_t c = 0; c < choices_.size(); ++c) {
            if (!choices_[c].is_closure && choices_[c].id == id) {
                return &portfolio_[c];
            }
        }
        return nullptr;
    }

    /// Projects that are not to be decided on stay as they are.
    void build() {
        std::map<std::string, int> starts;
        std::vector<std::string> built;
        for (const auto& project : scenario_.projects) {
            const auto* decided = decision(project.id);
            if (decided == nullptr) {
                if (project.selected && project.existing.empty()) {
                    built.push_back(project.id);
                }
            } else if (decided->is_made()) {
                built.push_back(project.id);
                starts.emplace(project.id, decided->year);
            }
        }
        out("build:{}\n", built.empty() ? " []" : "");
        for (const auto& id : built) {
            out("  - {}\n", id);
        }
        if (!starts.empty()) {
            out("start:\n");
        }
        for (const auto& [id, year] : starts) {
            out("  {}: {}\n", id, year);
        }
    }

    void changes() {
        std::string projects;
        std::string facilities;
        for (std::size_t c = 0; c < choices_.size(); ++c) {
            const auto& choice = choices_[c];
            const auto& decided = portfolio_[c];
            if (!decided.is_made()) {
                continue;
            }
            if (choice.is_closure) {
                facilities += fmt::format("    {}: {{retire: {}}}\n", choice.id, decided.year);
            } else if (decided.size > 0) {
                projects += resized(choice, choice.sizes[static_cast<std::size_t>(decided.size)]);
            }
        }
        if (!projects.empty() || !facilities.empty()) {
            out("changes:\n");
        }
        if (!projects.empty()) {
            out("  projects:\n{}", projects);
        }
        if (!facilities.empty()) {
            out("  facilities:\n{}", facilities);
        }
    }

    [[nodiscard]] std::string resized(const portfolio::Choice& choice,
                                      const portfolio::Size& size) const {
        const auto& project = scenario_.projects.at(choice.id);
        std::string text = fmt::format("    {}:\n", choice.id);
        const auto why = fmt::format("confidence: assumption, source: {}",
                                     quoted_scalar("size step of decision_rules"));
        if (project.capex) {
            text += fmt::format("      capex: {{value: {}, {}}}\n",
                                quoted_scalar(amount(project.capex->value, size.capex)), why);
        }
        if (project.land) {
            text += fmt::format("      land: {{value: {}, {}}}\n",
                                quoted_scalar(amount(project.land->value, size.capex)), why);
        }
        text += "      facilities:\n";
        for (const auto& id : project.facilities) {
            const auto index = scenario_.facilities.find(id);
            if (index) {
                text += fmt::format(
                    "        {}: {{capacity: {{value: {}, {}}}}}\n", id,
                    quoted_scalar(amount(scenario_.facilities[*index].capacity.value, size.share)),
                    why);
            }
        }
        return text;
    }

    static std::string amount(const units::Quantity& value, double factor) {
        return units::to_string(units::Quantity(value.number() * factor, value.unit()));
    }

    void policies() {
        if (asked_.empty()) {
            return;
        }
        out("add:\n  policies:\n");
        for (const auto& one : asked_) {
            out("    {}:\n", one.policy);
            out("      name: {{zh: {}, en: {}}}\n",
                quoted_scalar(fmt::format("{}{}{}", one.indicator,
                                          one.is_upper ? "不高于" : "不低于", one.text)),
                quoted_scalar(fmt::format("{} {} {}", one.indicator,
                                          one.is_upper ? "at most" : "at least", one.text)));
            out("      indicator: {}\n", one.indicator);
            out("      {}: {{value: {}, confidence: assumption, source: {}}}\n",
                one.is_upper ? "at_most" : "at_least", quoted_scalar(one.text),
                quoted_scalar("asked for when the plan was made"));
            out("      from: {}\n      hard: true\n", first_year());
            out("      confidence: assumption\n      source: {}\n",
                quoted_scalar("asked for when the plan was made"));
        }
    }

    [[nodiscard]] int first_year() const {
        int first = scenario_.years.back();
        for (const auto& choice : choices_) {
            if (!choice.years.empty()) {
                first = std::min(first, choice.years.front());
            }
        }
        return first;
    }

    const WrittenScenario& written_;
    const model::Scenario& scenario_;
    const std::vector<portfolio::Choice>& choices_;
    const portfolio::Portfolio& portfolio_;
    const std::vector<AskedBound>& asked_;
    std::string text_;
};

} // namespace

std::string scenario_text(const WrittenScenario& written, const model::Scenario& scenario,
                          const std::vector<portfolio::Choice>& choices,
                          const portfolio::Portfolio& portfolio,
                          const std::vector<AskedBound>& asked) {
    return ScenarioWriter(written, scenario, choices, portfolio, asked).write();
}

} // namespace chainsim::study::detail
