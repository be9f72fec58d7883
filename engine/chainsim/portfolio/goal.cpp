#include <chainsim/base/diagnostic.hpp>
#include <chainsim/base/nearest.hpp>
#include <chainsim/portfolio/goal.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <utility>

namespace chainsim::portfolio {

namespace {

[[noreturn]] void refuse_goal(const std::string& message, const std::string& help) {
    throw InputError({Diagnostic{{}, {}, message, help, {}, {}}});
}

/// What planners want little of.
bool is_burden(std::string_view id) {
    constexpr std::array whole{"fresh_water", "so2",   "nox",         "pm",
                               "voc",         "capex", "solid_waste", "land"};
    constexpr std::array beginnings{"energy_total", "energy_controlled", "energy_intensity",
                                    "co2",          "water_taken",       "water_consumed"};
    return std::find(whole.begin(), whole.end(), id) != whole.end() ||
           std::any_of(beginnings.begin(), beginnings.end(),
                       [id](const char* one) { return id.starts_with(one); });
}

void add_scaled(Form& to, const Form& form, double factor) {
    std::vector<std::pair<int, double>> sum;
    sum.reserve(to.terms.size() + form.terms.size());
    auto old = to.terms.begin();
    for (const auto& [column, weight] : form.terms) {
        while (old != to.terms.end() && old->first < column) {
            sum.push_back(*old++);
        }
        const bool is_both = old != to.terms.end() && old->first == column;
        sum.emplace_back(column, factor * weight + (is_both ? old->second : 0.0));
        old += is_both ? 1 : 0;
    }
    sum.insert(sum.end(), old, to.terms.end());
    to.terms = std::move(sum);
    to.constant += factor * form.constant;
    for (auto part : form.standing) {
        part.value *= factor;
        to.standing.push_back(part);
    }
    for (auto [choice, amount] : form.chosen) {
        to.chosen.emplace_back(choice, factor * amount);
    }
}

/// The form of an indicator; of `land` with that of the candidates, which is by project.
Form indicator_form(const District& district, std::size_t year, const std::string& id) {
    const int row = district.row(year, id);
    Form out; // of nothing, where it is counted in other years only
    if (row >= 0) {
        out = district.form(year, row);
    }
    if (id == "land") {
        for (std::size_t c = 0; c < district.choices().size(); ++c) {
            out.chosen.emplace_back(static_cast<int>(c), district.choices()[c].land);
        }
    }
    return out;
}

class GoalReader {
public:
    GoalReader(const std::string& text, const District& district)
        : text_(text), district_(district) {}

    Goal read() {
        Goal goal;
        bool is_told = false;
        if (text_.starts_with("max ") || text_.starts_with("min ")) {
            goal.is_maximised = text_.starts_with("max ");
            is_told = true;
            at_ = 4;
        }
        double sign = sign_of_term(true);
        do {
            const double weight = number();
            const std::string id = word();
            check(id);
            goal.terms.emplace_back(id, sign * weight);
            skip();
            if (at_ < text_.size()) {
                sign = sign_of_term(false);
            }
        } while (at_ < text_.size());
        if (!is_told && goal.terms.size() == 1) {
            goal.is_maximised = !is_burden(goal.terms.front().first);
        }
        goal.unit = unit(goal);
        return goal;
    }

private:
    void skip() {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '*')) {
            ++at_;
        }
    }

    double sign_of_term(bool is_first) {
        skip();
        if (at_ < text_.size() && (text_[at_] == '+' || text_[at_] == '-')) {
            return text_[at_++] == '-' ? -1.0 : 1.0;
        }
        if (!is_first) {
            refuse_goal(fmt::format("'{}' is no goal: a sign is missing before '{}'", text_,
                                    text_.substr(at_)),
                        "write for example \"value_added - 500 energy_controlled\"");
        }
        return 1.0;
    }

    double number() {
        skip();
        if (at_ >= text_.size() ||
            (std::isdigit(static_cast<unsigned char>(text_[at_])) == 0 && text_[at_] != '.')) {
            return 1.0;
        }
        const char* begin = text_.c_str() + at_;
        char* end = nullptr;
        const double value = std::strtod(begin, &end);
        at_ += static_cast<std::size_t>(end - begin);
        if (!std::isfinite(value)) {
            refuse_goal(fmt::format("'{}' is no goal: a weight is not finite", text_), "");
        }
        return value;
    }

    std::string word() {
        skip();
        const auto begin = at_;
        while (at_ < text_.size() &&
               (std::isalnum(static_cast<unsigned char>(text_[at_])) != 0 || text_[at_] == '_')) {
            ++at_;
        }
        return text_.substr(begin, at_ - begin);
    }

    void check(const std::string& id) const {
        if (id == net_present_value || id == "capex" || id == "land") {
            return;
        }
        std::vector<std::string> known{std::string(net_present_value), "capex", "land"};
        for (const auto& year : district_.years()) {
            const auto& indicators = year.system.indicators;
            for (int r = 0; r < indicators.shown; ++r) {
                known.push_back(indicators.info[static_cast<std::size_t>(r)].id);
            }
            for (const auto& ratio : indicators.ratios) {
                refuse_if(ratio.info.id == id, id, "the quotient of two");
            }
            for (const auto& kinked : indicators.kinked) {
                refuse_if(kinked.info.id == id, id, "no linear form of what runs");
            }
        }
        if (std::find(known.begin(), known.end(), id) == known.end()) {
            const auto near = nearest(id, known);
            refuse_goal(id.empty() ? fmt::format("'{}' is no goal: an indicator is missing", text_)
                                   : fmt::format("unknown indicator '{}' as a goal", id),
                        near.empty() ? "`npv`, or an indicator of `run`"
                                     : fmt::format("did you mean '{}'?", near));
        }
    }

    static void refuse_if(bool condition, const std::string& id, const char* what) {
        if (condition) {
            refuse_goal(fmt::format("'{}' cannot be a goal: it is {}", id, what),
                        "bound it by a policy, or by --at-most or --at-least, and take another "
                        "indicator as the goal");
        }
    }

    [[nodiscard]] std::string unit(const Goal& goal) const {
        if (goal.terms.size() != 1) {
            return {};
        }
        const auto& id = goal.terms.front().first;
        if (id == net_present_value || id == "capex") {
            return "CNY";
        }
        for (std::size_t i = 0; i < district_.years().size(); ++i) {
            const int row = district_.row(i, id);
            if (row >= 0) {
                return district_.years()[i]
                    .system.indicators.info[static_cast<std::size_t>(row)]
                    .unit;
            }
        }
        return id == "land" ? "mu" : "";
    }

    const std::string& text_;
    const District& district_;
    std::size_t at_ = 0;
};

} // namespace

Goal parse_goal(const std::string& text, const District& district) {
    return GoalReader(text, district).read();
}

Form form_of(const District& district, const Bound& bound) {
    Form out;
    const double scale = bound.denominator < 0 ? 1.0 : bound.factor;
    if (bound.row >= 0) {
        add_scaled(out, district.form(bound.year, bound.row), scale);
    } else {
        add_scaled(out, indicator_form(district, bound.year, bound.indicator), scale);
    }
    if (bound.row >= 0 && bound.indicator == "land") {
        out.chosen = indicator_form(district, bound.year, bound.indicator).chosen;
    }
    if (bound.denominator < 0) {
        out.constant -= bound.value;
    } else {
        add_scaled(out, district.form(bound.year, bound.denominator), -bound.value);
    }
    return out;
}

CashForms cash_forms(const District& district, std::size_t year) {
    const auto& indicators = district.years()[year].system.indicators;
    CashForms out;
    const auto tax = std::find_if(indicators.kinked.begin(), indicators.kinked.end(),
                                  [](const auto& one) { return one.info.id == "tax_income"; });
    if (tax == indicators.kinked.end()) { // a library without an economy
        out.cash = indicator_form(district, year, "value_added");
        return out;
    }
    for (const auto& [row, rate] : tax->positive) {
        out.profits.emplace_back(district.form(year, row), rate.value());
        add_scaled(out.cash, out.profits.back().first, 1.0);
    }
    add_scaled(out.cash, indicator_form(district, year, "depreciation"), 1.0);
    return out;
}

Valuer::Valuer(const District& district, Goal goal) : district_(&district), goal_(std::move(goal)) {
    const auto& years = district.years();
    forms_.resize(years.size());
    for (const auto& [id, weight] : goal_.terms) {
        if (id == net_present_value) {
            npv_ += weight;
        } else if (id == "capex") {
            capex_ += weight;
        } else {
            for (std::size_t i = 0; i < years.size(); ++i) {
                Form form;
                add_scaled(form, indicator_form(district, i, id), weight);
                forms_[i].push_back(std::move(form));
            }
        }
    }
    is_mean_ = goal_.terms.size() == 1 && goal_.unit != "CNY" && !goal_.unit.empty();
    find_factors();
    for (std::size_t i = 0; has_npv() && i < years.size(); ++i) {
        cash_.push_back(cash_forms(district, i));
    }
}

void Valuer::find_factors() {
    // A year that does not count it says nothing of it: it is no year of nothing.
    const auto& id = goal_.terms.front().first;
    double all = 0.0;
    for (std::size_t i = 0; i < district_->years().size(); ++i) {
        const auto& year = district_->years()[i];
        const bool is_counted = id == "land" || district_->row(i, id) >= 0;
        factors_.push_back(!is_mean_ ? year.discount : is_counted ? year.span : 0.0);
        all += factors_.back();
    }
    for (double& factor : factors_) {
        factor /= is_mean_ && all > 0.0 ? all : 1.0;
    }
}

double Valuer::investment(int choice, const Decision& decision) const {
    const auto& one = district_->choices()[static_cast<std::size_t>(choice)];
    if (!decision.is_made() || (npv_ == 0.0 && capex_ == 0.0)) {
        return 0.0;
    }
    const double money = one.capex * one.sizes[static_cast<std::size_t>(decision.size)].capex;
    const int first = decision.year - std::max(1, static_cast<int>(one.schedule.size()));
    double spent = 0.0;
    for (int year = first; year < decision.year; ++year) {
        spent += money * one.investment_share(decision.year, year) * district_->discount(year);
    }
    const int after = district_->scenario().years.back() + 1;
    const double left = money * district_->remaining(decision.year) * district_->discount(after);
    return npv_ * (left - spent) + capex_ * spent;
}

double Valuer::year_value(std::size_t year, const Eigen::VectorXd& flows,
                          const Portfolio& portfolio) const {
    double sum = 0.0;
    for (const auto& form : forms_[year]) {
        sum += district_->value(year, form, flows, portfolio);
    }
    if (has_npv()) {
        double cash = district_->value(year, cash_[year].cash, flows, portfolio);
        for (const auto& [profit, rate] : cash_[year].profits) {
            cash -= rate * std::max(0.0, district_->value(year, profit, flows, portfolio));
        }
        sum += npv_ * cash;
    }
    return sum;
}

double Valuer::value(const std::vector<system::Solution>& runs, const Portfolio& portfolio) const {
    double sum = 0.0;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        sum += factor(i) * year_value(i, flows_of(runs[i]), portfolio);
    }
    for (std::size_t c = 0; c < portfolio.size(); ++c) {
        sum += investment(static_cast<int>(c), portfolio[c]);
    }
    return sum;
}

} // namespace chainsim::portfolio
