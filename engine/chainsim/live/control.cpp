#include <chainsim/live/control.hpp>
#include <chainsim/load/record_fields.hpp>
#include <chainsim/table/catalogue.hpp>
#include <chainsim/view/year_flows.hpp>

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

namespace chainsim::live {

namespace {

constexpr double as_it_is = 100.0; ///< per cent

model::Name word(const std::string& key) {
    return {std::string(table::say(key, table::Language::zh)),
            std::string(table::say(key, table::Language::en))};
}

/// A step that is round, some hundredth of the way.
double step_of(double way) {
    constexpr double steps = 100.0;
    return way > 0.0 ? std::pow(10.0, std::floor(std::log10(way / steps))) : 1.0;
}

class ControlMaker {
public:
    ControlMaker(const model::Scenario& scenario, const std::vector<std::string>& candidates)
        : scenario_(scenario), candidates_(candidates.begin(), candidates.end()) {}

    std::vector<Control> make() {
        for (const auto& project : scenario_.projects) {
            if (candidates_.contains(project.id)) {
                add_project(project);
            }
        }
        for (const auto& policy : scenario_.policies) {
            add_policy(policy);
        }
        for (const auto& price : scenario_.model.prices) {
            add_price(price);
        }
        for (const auto& facility : scenario_.facilities) {
            add_facility(facility);
        }
        for (const auto& period : scenario_.periods) {
            add_period(period);
        }
        return std::move(out_);
    }

private:
    Control& add(const std::string& kind, const std::string& record, const model::Name& name,
                 const std::string& field, ControlType type) {
        Control one;
        one.id = kind + ":" + record + ":" + field;
        one.kind = kind;
        one.record = record;
        one.name = name;
        one.field = field;
        one.label = word("control_" + field);
        if (const auto* known = load::find_field(kind, field)) {
            one.help = std::string(known->doc);
        }
        one.type = type;
        out_.push_back(std::move(one));
        return out_.back();
    }

    Control& add_year(const std::string& kind, const std::string& record, const model::Name& name,
                      const std::string& field, std::optional<int> year) {
        auto& one = add(kind, record, name, field, ControlType::year);
        if (year) {
            one.value = static_cast<double>(*year);
        }
        one.low = scenario_.years.front();
        one.high = scenario_.years.back();
        one.step = 1.0;
        return one;
    }

    void add_amount(Control& one, const units::Quantity& amount) {
        constexpr double most = 2.0;
        one.unit = amount.unit().text();
        one.value = amount.number();
        one.low = std::min(0.0, most * amount.number());
        one.high = std::max(0.0, most * amount.number());
        if (amount.number() == 0.0) {
            one.high = 1.0;
        }
        one.step = step_of(*one.high - *one.low);
    }

    /// A figure by year moves as a whole, in per cent of what it is.
    void add_path(Control& one, const model::Path& path) {
        if (path.points().size() == 1) {
            add_amount(one, path.points().front().second.value);
            return;
        }
        constexpr double most = 200.0;
        one.unit = "%";
        one.value = as_it_is;
        one.low = 0.0;
        one.high = most;
        one.step = 1.0;
    }

    void add_project(const model::Project& project) {
        const auto kind = word("project_kind_" + (project.kind.empty() ? "other" : project.kind));
        auto& built = add("project", project.id, project.name, "built", ControlType::flag);
        built.value = project.selected;
        built.group = kind;
        auto& start = add_year("project", project.id, project.name, "start", project.start);
        start.group = kind;
        if (project.earliest) {
            start.low = *project.earliest;
        }
        if (project.latest) {
            start.high = *project.latest;
        }
        if (project.start) {
            start.low = std::min(*start.low, static_cast<double>(*project.start));
        }
        for (const char* field : {"capex", "land"}) {
            const auto& datum = std::string_view(field) == "capex" ? project.capex : project.land;
            auto& one = add("project", project.id, project.name, field, ControlType::text);
            one.group = kind;
            if (datum) {
                one.value = units::to_string(datum->value);
            }
        }
    }

    void add_policy(const model::Policy& policy) {
        const auto group = word("group_" + std::string(model::to_string(policy.group)));
        const auto bound = [&](const char* field, const std::optional<model::Path>& path) {
            if (path) {
                auto& one = add("policy", policy.id, policy.name, field, ControlType::number);
                add_path(one, *path);
                one.group = group;
            }
        };
        bound("at_most", policy.at_most);
        bound("at_least", policy.at_least);
        bound(policy.change == model::Change::drop ? "drop_at_least" : "rise_at_most",
              policy.target);
        if (policy.change == model::Change::none) {
            add_year("policy", policy.id, policy.name, "from",
                     policy.from == 0 ? std::nullopt : std::optional(policy.from))
                .group = group;
            add_year("policy", policy.id, policy.name, "until", policy.until).group = group;
        }
    }

    void add_price(const model::Price& price) {
        const auto& commodity = scenario_.model.commodities[price.commodity];
        constexpr double least = 30.0;
        constexpr double most = 300.0;
        auto& one = add("price", price.id, commodity.name, "value", ControlType::number);
        one.unit = "%";
        one.value = as_it_is;
        one.low = least;
        one.high = most;
        one.step = 1.0;
    }

    void add_facility(const model::Facility& facility) {
        const auto chain = view::chain_name(scenario_.model.processes[facility.process].chain);
        auto& capacity =
            add("facility", facility.id, facility.name, "capacity", ControlType::number);
        add_amount(capacity, facility.capacity.value);
        capacity.group = chain;
        auto& availability =
            add("facility", facility.id, facility.name, "availability", ControlType::text);
        constexpr double percent = 100.0;
        availability.value = units::to_string(
            units::Quantity(percent * facility.availability, units::Unit::parse("%")));
        availability.group = chain;
        auto& retire = add("facility", facility.id, facility.name, "retire", ControlType::text);
        if (facility.retire) {
            retire.value = std::to_string(*facility.retire);
        }
        retire.group = chain;
    }

    void add_period(const model::Period& period) {
        const model::Name name = period_name(period);
        auto& feedstock = add("period", period.id, name, "feedstock", ControlType::text);
        feedstock.value = std::string(period.feedstock_deducted ? "deducted" : "counted");
        auto& non_fossil = add("period", period.id, name, "non_fossil", ControlType::text);
        switch (period.non_fossil) {
        case model::NonFossil::counted:
            non_fossil.value = std::string("counted");
            break;
        case model::NonFossil::increment:
            non_fossil.value = std::string("increment");
            break;
        case model::NonFossil::deducted:
            non_fossil.value = std::string("deducted");
            break;
        }
    }

    static model::Name period_name(const model::Period& period) {
        const auto years = std::to_string(period.from) + "—" + std::to_string(period.until);
        return {years, years};
    }

    const model::Scenario& scenario_;
    std::set<std::string> candidates_;
    std::vector<Control> out_;
};

} // namespace

std::string_view to_string(ControlType type) {
    switch (type) {
    case ControlType::flag:
        return "switch";
    case ControlType::year:
        return "year";
    case ControlType::number:
        return "number";
    case ControlType::text:
        return "text";
    }
    return {};
}

std::vector<Control> controls_of(const model::Scenario& scenario,
                                 const std::vector<std::string>& candidates) {
    return ControlMaker(scenario, candidates).make();
}

} // namespace chainsim::live
