#include <chainsim/accounts/detail/book.hpp>
#include <chainsim/accounts/detail/factors.hpp>
#include <chainsim/accounts/detail/power_value.hpp>
#include <chainsim/model/indicator_kinds.hpp>
#include <chainsim/number/tape.hpp>

#include <algorithm>
#include <utility>

namespace chainsim::accounts::detail {

using model::Confidence;

Book::Book(const model::Scenario& scenario, system::System& system)
    : scenario_(scenario), system_(system), columns_(system.equations.columns()),
      rows_(system.equations.rows()), standard_coal_(static_cast<std::size_t>(rows_)) {
    constexpr double kgce_per_tce = 1000.0;
    for (int r = 0; r < rows_; ++r) {
        const auto& one = commodity(r);
        if (one.energy_product && one.standard_coal) {
            standard_coal_[static_cast<std::size_t>(r)] = {
                read(*one.standard_coal, units::Unit::parse("kgce").per(one.unit)) / kgce_per_tce,
                one.standard_coal->provenance.confidence};
        }
    }
}

const model::Commodity& Book::commodity(int r) const {
    return scenario_.model.commodities[system_.layout.rows[static_cast<std::size_t>(r)]];
}

int Book::row_of(std::string_view id) const {
    const auto found = scenario_.model.commodities.find(id);
    return found ? system_.layout.row_of[found->value] : -1;
}

const std::vector<system::GrossFlow>& Book::flows(int f) const {
    return system_.flows[static_cast<std::size_t>(f)];
}

bool Book::is_primary(int f, int r) const {
    const auto& facility =
        scenario_.facilities[system_.layout.columns[static_cast<std::size_t>(f)]];
    const auto& primary = scenario_.model.processes[facility.process_in(year())].primary_energy;
    return std::any_of(primary.begin(), primary.end(),
                       [&](auto index) { return system_.layout.row_of[index.value] == r; });
}

bool Book::is_power(int r) const { return model::is_power(commodity(r)); }

bool Book::uses_power() const {
    for (int r = 0; r < rows_; ++r) {
        if (is_power(r)) {
            return true;
        }
    }
    return false;
}

bool Book::is_delivered(int r) const { return commodity(r).delivery == model::Delivery::district; }

double Book::co2_content(int r) const {
    const auto& one = commodity(r);
    return one.mass * one.composition[static_cast<std::size_t>(model::Element::C)] * co2_per_carbon;
}

bool Book::passes_on(int f, int r) const {
    const bool power = is_power(r);
    double taken = 0.0;
    double given = 0.0;
    for (const auto& flow : flows(f)) {
        if (flow.row == r || (power && is_power(flow.row))) {
            (flow.amount < 0.0 ? taken : given) += std::abs(flow.amount.value());
        }
    }
    return taken > 0.0 && taken >= given;
}

std::optional<Figure> Book::equivalent() const { return equivalent_of_power(scenario_, year()); }

number::Number Book::capacity(int f) const {
    const auto& nodes = system_.nodes.capacity;
    const double value = system_.equations.capacity[f];
    return nodes.empty() ? number::Number(value)
                         : number::Number(value, nodes[static_cast<std::size_t>(f)]);
}

std::optional<Figure> Book::factor(std::string_view id, std::string_view unit) const {
    return factor_in(scenario_, system_.year, id, unit);
}

std::optional<Figure> Book::base_figure(const model::Period& period, const std::string& key,
                                        std::string_view unit) const {
    const auto found = period.base.find(key);
    if (found == period.base.end()) {
        return std::nullopt;
    }
    const auto& datum = scenario_.region.statistics.at(found->second).datum;
    return Figure{read(datum, units::Unit::parse(unit)), datum.provenance.confidence};
}

int Book::find(std::string_view id) const {
    const auto found =
        std::find_if(info_.begin(), info_.end(), [id](const auto& info) { return info.id == id; });
    return found == info_.end() ? -1 : static_cast<int>(found - info_.begin());
}

int Book::open(std::string id, model::Name name, std::string unit) {
    const int row = static_cast<int>(info_.size());
    info_.push_back({std::move(id), std::move(name), std::move(unit)});
    constants_.emplace_back();
    constant_confidence_.push_back(Confidence::seed);
    evidence_.push_back(row);
    return row;
}

int Book::open_hidden(std::string id) {
    const int row = open(std::move(id), {}, "");
    hidden_.push_back(row);
    return row;
}

int Book::open_second_way(int first) {
    const std::string id = info_[static_cast<std::size_t>(first)].id;
    const int row = open_hidden(id + ".second");
    agreements_.push_back({id, first, row});
    return row;
}

void Book::agree(int first, int second) {
    const auto& info = info_[static_cast<std::size_t>(second)];
    agreements_.push_back({info.id, first, second});
}

void Book::open_kinked(system::KinkedInfo kinked) { kinked_.push_back(std::move(kinked)); }

void Book::open_ratio(system::RatioInfo ratio) { ratios_.push_back(std::move(ratio)); }

void Book::add(int row, int column, const number::Number& weight, Confidence confidence) {
    if (!weight.is_nothing()) {
        terms_.push_back({row, column, weight, confidence});
    }
}

void Book::judge_by(int row, int evidence) { evidence_[static_cast<std::size_t>(row)] = evidence; }

void Book::add_constant(int row, const number::Number& value, Confidence confidence) {
    const auto at = static_cast<std::size_t>(row);
    constants_[at] += value;
    constant_confidence_[at] = weaker(constant_confidence_[at], confidence);
}

void Book::add_standing(int row, int column, const number::Number& value, Confidence confidence) {
    add_constant(row, value, confidence);
    if (value.value() != 0.0) {
        standing_.push_back({row, column, value.value()});
    }
}

void Book::add_rest(int row, const std::string& key, std::string_view unit) {
    const auto found = scenario_.region.rest_of_economy.find(key);
    if (found == scenario_.region.rest_of_economy.end()) {
        return;
    }
    const auto at = static_cast<std::size_t>(row);
    constants_[at] = found->second.read_in_a_year(system_.year, units::Unit::parse(unit));
    constant_confidence_[at] = found->second.confidence_at(system_.year);
}

model::Name Book::scope_name(model::Name name, const std::string& key) const {
    if (!scenario_.region.rest_of_economy.contains(key)) {
        name.zh += "(仅模型内企业)";
        name.en += " (modelled plants only)";
    }
    return name;
}

void Book::finish() {
    auto& out = system_.indicators;
    std::vector<int> order;
    for (int i = 0; i < static_cast<int>(info_.size()); ++i) {
        if (std::find(hidden_.begin(), hidden_.end(), i) == hidden_.end()) {
            order.push_back(i);
        }
    }
    std::sort(order.begin(), order.end(), [&](int a, int b) {
        return info_[static_cast<std::size_t>(a)].id < info_[static_cast<std::size_t>(b)].id;
    });
    out.shown = static_cast<int>(order.size());
    order.insert(order.end(), hidden_.begin(), hidden_.end());
    std::vector<int> place(info_.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        place[static_cast<std::size_t>(order[i])] = static_cast<int>(i);
    }
    out.constant.resize(static_cast<Eigen::Index>(order.size()));
    for (std::size_t i = 0; i < order.size(); ++i) {
        const auto from = static_cast<std::size_t>(order[i]);
        out.info.push_back(info_[from]);
        out.constant[static_cast<Eigen::Index>(i)] = constants_[from].value();
        if (number::is_recording()) {
            out.constant_nodes.push_back(constants_[from].node());
        }
        out.constant_confidence.push_back(constant_confidence_[from]);
        out.evidence.push_back(place[static_cast<std::size_t>(evidence_[from])]);
    }
    for (auto& part : standing_) {
        part.row = place[static_cast<std::size_t>(part.row)];
    }
    std::stable_sort(standing_.begin(), standing_.end(),
                     [](const auto& a, const auto& b) { return a.row < b.row; });
    out.standing = std::move(standing_);
    for (auto& term : terms_) {
        term.row = place[static_cast<std::size_t>(term.row)];
    }
    std::stable_sort(terms_.begin(), terms_.end(), [](const auto& a, const auto& b) {
        return std::pair(a.row, a.column) < std::pair(b.row, b.column);
    });
    std::vector<Eigen::Triplet<double>> entries;
    entries.reserve(terms_.size());
    for (const auto& term : terms_) {
        entries.emplace_back(term.row, term.column, term.weight.value());
    }
    out.weights.resize(static_cast<Eigen::Index>(order.size()), columns_ + 4 * rows_);
    out.weights.setFromTriplets(entries.begin(), entries.end());
    out.terms = std::move(terms_);
    for (auto& ratio : ratios_) {
        ratio.numerator = place[static_cast<std::size_t>(ratio.numerator)];
        ratio.denominator = place[static_cast<std::size_t>(ratio.denominator)];
    }
    out.ratios = std::move(ratios_);
    for (auto& kinked : kinked_) {
        kinked.row = kinked.row < 0 ? -1 : place[static_cast<std::size_t>(kinked.row)];
        kinked.evidence =
            kinked.evidence < 0 ? -1 : place[static_cast<std::size_t>(kinked.evidence)];
        for (auto& [row, share] : kinked.positive) {
            row = place[static_cast<std::size_t>(row)];
        }
    }
    out.kinked = std::move(kinked_);
    for (auto& agreement : agreements_) {
        agreement.one = place[static_cast<std::size_t>(agreement.one)];
        agreement.other = place[static_cast<std::size_t>(agreement.other)];
    }
    out.agreements = std::move(agreements_);
}

} // namespace chainsim::accounts::detail
