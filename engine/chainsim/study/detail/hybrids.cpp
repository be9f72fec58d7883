#include <chainsim/accounts/indicators.hpp>
#include <chainsim/study/detail/hybrids.hpp>
#include <chainsim/study/detail/plant_states.hpp>

#include <algorithm>
#include <limits>
#include <set>
#include <utility>

namespace chainsim::study::detail {

namespace {

using analysis::Coalition;

/// Whether a record of this kind changes what is compiled, beside which plants there are and what
/// trades are worth.
bool is_structural(ChangeKind kind) {
    switch (kind) {
    case ChangeKind::market:
    case ChangeKind::demand:
    case ChangeKind::factor:
    case ChangeKind::period:
    case ChangeKind::region:
    case ChangeKind::process:
    case ChangeKind::commodity:
    case ChangeKind::pollutant:
    case ChangeKind::group:
    case ChangeKind::guideline:
        return true;
    case ChangeKind::price:
    case ChangeKind::project:
    case ChangeKind::facility:
    case ChangeKind::improvement:
    case ChangeKind::policy:
    case ChangeKind::standard:
    case ChangeKind::ledger:
        break;
    }
    return false;
}

/// Takes the records for which `from_b` holds from the second registry, and the others from the
/// first. A record that the chosen one does not have is left out.
template <class Record, class FromB>
model::Registry<Record> mixed(const model::Registry<Record>& a, const model::Registry<Record>& b,
                              FromB from_b) {
    std::vector<Record> records;
    for (const auto& record : a) {
        if (!from_b(record.id)) {
            records.push_back(record);
        }
    }
    for (const auto& record : b) {
        if (from_b(record.id)) {
            records.push_back(record);
        }
    }
    return model::Registry(std::move(records));
}

/// The sum of a row of indicators over the columns and trades.
double sum_of(const system::System& system, int row, const Eigen::VectorXd& flows) {
    double sum = 0.0;
    using Entry = Eigen::SparseMatrix<double, Eigen::RowMajor>::InnerIterator;
    for (Entry entry(system.indicators.weights, row); entry; ++entry) {
        sum += entry.value() * flows[entry.col()];
    }
    return sum;
}

Eigen::VectorXd flows_of(const system::System& system, const system::Solution& solution) {
    Eigen::VectorXd flows(system.equations.columns() + 4 * system.equations.rows());
    flows << solution.activity, solution.bought, solution.sold, solution.disposed,
        system.equations.demand;
    return flows;
}

} // namespace

Hybrids::Hybrids(const model::Scenario& a, const model::Scenario& b, const Differences& differences,
                 int year, std::vector<std::string> indicators)
    : a_(a), b_(b), differences_(differences), year_(year), indicators_(std::move(indicators)),
      work_(a) {
    choose_players();
    std::vector<model::Facility> facilities;
    facilities.reserve(differences.facilities.size());
    for (const auto& variant : differences.facilities) {
        facilities.push_back(variant.facility);
    }
    work_.facilities = model::Registry(std::move(facilities));
    place_columns();
    compile(std::vector<bool>(structural_, false));
    find_repricing();
    weigh_constants();
}

void Hybrids::choose_players() {
    std::set<std::size_t> structural;
    std::set<std::size_t> priced;
    for (const auto& [key, change] : differences_.records) {
        if (is_structural(key.first)) {
            structural.insert(change);
            structural_kinds_.insert(key.first);
        } else if (key.first == ChangeKind::price) {
            priced.insert(change);
        }
    }
    const bool counts_spending =
        std::any_of(indicators_.begin(), indicators_.end(),
                    [](const auto& id) { return id == "capex" || id == "land"; });
    for (const bool last : {false, true}) {
        for (std::size_t i = 0; i < differences_.changes.size(); ++i) {
            const auto& change = differences_.changes[i];
            if ((change.moves || (change.spends && counts_spending)) &&
                structural.contains(i) == last) {
                if (priced.contains(i)) {
                    prices_only_.insert(players_.size());
                }
                player_of_.emplace(i, players_.size());
                players_.push_back(i);
                structural_ += last ? 1 : 0;
            }
        }
    }
}

/// Columns come in the order of the ids of the plants, in every system.
void Hybrids::place_columns() {
    std::map<std::string, const Variant*> by_id;
    for (const auto& variant : differences_.facilities) {
        by_id.emplace(variant.facility.id, &variant);
    }
    for (const auto& facility : work_.facilities) {
        columns_.push_back(by_id.at(facility.id));
    }
}

bool Hybrids::is_from_b(ChangeKind kind, const std::string& id,
                        const std::vector<bool>& from_b) const {
    const std::size_t first = players_.size() - structural_;
    const auto record = differences_.records.find({kind, id});
    if (record == differences_.records.end()) {
        return false;
    }
    const auto player = player_of_.find(record->second);
    return player != player_of_.end() && player->second >= first && from_b[player->second - first];
}

/// The figures of the base year go with the period that names them.
void Hybrids::mix_bases(const std::vector<bool>& from_b) {
    if (!structural_kinds_.contains(ChangeKind::period)) {
        return;
    }
    work_.region.statistics = a_.region.statistics;
    for (const auto& period : b_.periods) {
        if (is_from_b(ChangeKind::period, period.id, from_b)) {
            for (const auto& [figure, id] : period.base) {
                work_.region.statistics.insert_or_assign(id, b_.region.statistics.at(id));
            }
        }
    }
}

/// Makes the scenario at work one in which these structural changes come from the second.
void Hybrids::mix(const std::vector<bool>& from_b) {
    const auto take = [&](ChangeKind kind, auto& into, const auto& a, const auto& b) {
        if (structural_kinds_.contains(kind)) {
            into = mixed(a, b, [&](const auto& id) { return is_from_b(kind, id, from_b); });
        }
    };
    auto& library = work_.model;
    take(ChangeKind::market, work_.markets, a_.markets, b_.markets);
    take(ChangeKind::demand, work_.demands, a_.demands, b_.demands);
    take(ChangeKind::factor, library.factors, a_.model.factors, b_.model.factors);
    take(ChangeKind::commodity, library.commodities, a_.model.commodities, b_.model.commodities);
    take(ChangeKind::process, library.processes, a_.model.processes, b_.model.processes);
    take(ChangeKind::period, work_.periods, a_.periods, b_.periods);
    take(ChangeKind::group, work_.groups, a_.groups, b_.groups);
    take(ChangeKind::guideline, library.carbon_guidelines, a_.model.carbon_guidelines,
         b_.model.carbon_guidelines);
    if (structural_kinds_.contains(ChangeKind::pollutant)) {
        const bool is_b = is_from_b(ChangeKind::pollutant, emission_factors_key, from_b);
        library.emission_factors = (is_b ? b_ : a_).model.emission_factors;
    }
    mix_bases(from_b);
    const auto region_from_b = [&](const std::string& key) {
        return is_from_b(ChangeKind::region, key, from_b);
    };
    auto& rest = work_.region.rest_of_economy;
    rest = a_.region.rest_of_economy;
    std::erase_if(rest, [&](const auto& one) { return region_from_b(one.first); });
    for (const auto& [key, path] : b_.region.rest_of_economy) {
        if (region_from_b(key)) {
            rest.insert_or_assign(key, path);
        }
    }
    work_.region.base_year = (region_from_b(base_year_key) ? b_ : a_).region.base_year;
}

std::vector<Hybrids::Reading> Hybrids::readings_of(const system::System& system) const {
    const auto& indicators = system.indicators;
    std::vector<Reading> out;
    for (const auto& id : indicators_) {
        Reading reading;
        for (int i = 0; i < indicators.shown; ++i) {
            if (indicators.info[static_cast<std::size_t>(i)].id == id) {
                reading.row = i;
            }
        }
        for (const auto& ratio : indicators.ratios) {
            if (ratio.info.id == id) {
                reading = {ratio.numerator, ratio.denominator, ratio.factor};
            }
        }
        out.push_back(reading);
    }
    return out;
}

void Hybrids::compile(const std::vector<bool>& from_b) {
    mix(from_b);
    auto next = std::make_unique<Compiled>();
    next->from_b = from_b;
    next->system = accounts::compile(work_, year_);
    next->capacity = next->system.equations.capacity;
    next->readings = readings_of(next->system);
    next->dispatch = std::make_unique<solve::Dispatch>(next->system.equations);
    compiled_ = std::move(next);
}

/// The weights of a row that prices alone have changed, against the system of the first scenario:
/// columns and trades are the same in both.
std::vector<Hybrids::Reprice> Hybrids::repriced(int row, const system::System& system,
                                                int other_row) const {
    std::map<Eigen::Index, double> change;
    const auto add = [&change](const system::System& from, int at, double sign) {
        using Entry = Eigen::SparseMatrix<double, Eigen::RowMajor>::InnerIterator;
        for (Entry entry(from.indicators.weights, at); at >= 0 && entry; ++entry) {
            change[entry.col()] += sign * entry.value();
        }
    };
    if (row < 0 || other_row < 0) {
        return {};
    }
    add(system, other_row, 1.0);
    add(compiled_->system, row, -1.0);
    const int columns = system.equations.columns();
    const int rows = system.equations.rows();
    std::vector<Reprice> out;
    for (const auto& [position, weight] : change) {
        if (weight == 0.0) {
            continue;
        }
        const auto at = static_cast<int>(position);
        if (at < columns) {
            out.push_back({0, at, weight});
        } else {
            const auto trade = static_cast<std::size_t>((at - columns) % rows);
            out.push_back({1 + (at - columns) / rows,
                           static_cast<int>(system.layout.rows[trade].value), weight});
        }
    }
    return out;
}

void Hybrids::find_repricing() {
    const auto prices = work_.model.prices;
    for (const auto player : prices_only_) {
        work_.model.prices = mixed(a_.model.prices, b_.model.prices, [&](const std::string& id) {
            const auto record = differences_.records.find({ChangeKind::price, id});
            return record != differences_.records.end() && record->second == players_[player];
        });
        const auto system = accounts::compile(work_, year_);
        const auto readings = readings_of(system);
        auto& all = repriced_[player];
        for (std::size_t i = 0; i < indicators_.size(); ++i) {
            const auto& own = compiled_->readings[i];
            all.push_back({repriced(own.row, system, readings[i].row),
                           repriced(own.denominator, system, readings[i].denominator)});
        }
    }
    work_.model.prices = prices;
}

bool Hybrids::is_chosen(const Choice& choice, const Coalition& in_b) const {
    const auto player = player_of_.find(choice.change);
    return (player != player_of_.end() && in_b.has(player->second)) == choice.in_b;
}

bool Hybrids::is_there(const Variant& variant, const Coalition& in_b) const {
    const auto chosen = [&](const Choice& choice) { return is_chosen(choice, in_b); };
    return std::all_of(variant.there_if.begin(), variant.there_if.end(), chosen) &&
           std::none_of(variant.retired_if.begin(), variant.retired_if.end(), chosen);
}

/// A row of the indicators at these flows, with what the prices of the second scenario change.
double Hybrids::value_of(int row, const std::vector<Reprice> Repriced::*part, std::size_t indicator,
                         const Eigen::VectorXd& flows, const Coalition& in_b) const {
    const auto& system = compiled_->system;
    const int columns = system.equations.columns();
    const int rows = system.equations.rows();
    double sum = sum_of(system, row, flows) + system.indicators.constant[row];
    for (const auto& [player, all] : repriced_) {
        if (!in_b.has(player)) {
            continue;
        }
        for (const auto& one : all[indicator].*part) {
            const int at = one.block == 0
                               ? one.record
                               : system.layout.row_of[static_cast<std::size_t>(one.record)];
            if (at >= 0) {
                sum +=
                    one.weight * flows[one.block == 0 ? at : columns + (one.block - 1) * rows + at];
            }
        }
    }
    return sum;
}

std::optional<std::vector<double>> Hybrids::operator()(const Coalition& in_b) {
    std::vector<bool> from_b;
    for (std::size_t i = players_.size() - structural_; i < players_.size(); ++i) {
        from_b.push_back(in_b.has(i));
    }
    if (compiled_->from_b != from_b) {
        compile(from_b);
    }
    auto& system = compiled_->system;
    for (std::size_t column = 0; column < columns_.size(); ++column) {
        const auto position = static_cast<Eigen::Index>(column);
        system.equations.capacity[position] =
            is_there(*columns_[column], in_b) ? compiled_->capacity[position] : 0.0;
    }
    const int before = compiled_->dispatch->counts().paths;
    const auto solution = compiled_->dispatch->solve();
    paths_ += compiled_->dispatch->counts().paths > before ? 1 : 0;
    if (solution.outcome != system::Outcome::solved) {
        return std::nullopt;
    }
    const auto flows = flows_of(system, solution);
    std::vector<double> values;
    for (std::size_t i = 0; i < indicators_.size(); ++i) {
        const auto& reading = compiled_->readings[i];
        if (reading.row < 0) {
            values.push_back(std::numeric_limits<double>::quiet_NaN());
            continue;
        }
        double value = value_of(reading.row, &Repriced::row, i, flows, in_b);
        if (reading.denominator >= 0) {
            value *= reading.factor /
                     value_of(reading.denominator, &Repriced::denominator, i, flows, in_b);
        } else if (weighs_constants_) {
            value += own_constants_[i] - first_constants_[i];
            for (std::size_t p = 0; p < players_.size(); ++p) {
                value += in_b.has(p) ? added_constants_[p][i] : 0.0;
            }
        }
        values.push_back(value);
    }
    return values;
}

std::vector<double> Hybrids::constants(const system::System& system) const {
    std::vector<double> out(indicators_.size(), 0.0);
    const auto& info = system.indicators.info;
    for (std::size_t i = 0; i < indicators_.size(); ++i) {
        for (int row = 0; row < system.indicators.shown; ++row) {
            if (info[static_cast<std::size_t>(row)].id == indicators_[i]) {
                out[i] = system.indicators.constant[row];
            }
        }
    }
    return out;
}

/// What the plants and projects of one change add, without the rest of the region.
std::vector<double> Hybrids::constants_of(std::size_t change, bool in_b) const {
    const auto chosen = [&](const Choice& one, bool side) {
        return one.change == change && one.in_b == side;
    };
    std::vector<model::Facility> facilities;
    for (const auto& variant : differences_.facilities) {
        const bool brought = std::any_of(variant.there_if.begin(), variant.there_if.end(),
                                         [&](const auto& one) { return chosen(one, in_b); });
        const bool kept = variant.there_if.empty() &&
                          std::any_of(variant.retired_if.begin(), variant.retired_if.end(),
                                      [&](const auto& one) { return chosen(one, !in_b); });
        if (brought || kept) {
            facilities.push_back(variant.facility);
        }
    }
    std::vector<model::Project> projects;
    for (const auto& project : (in_b ? b_ : a_).projects) {
        const auto record = differences_.records.find({ChangeKind::project, project.id});
        if (record != differences_.records.end() && record->second == change) {
            projects.push_back(project);
        }
    }
    model::Scenario small = a_;
    small.region.rest_of_economy.clear();
    small.facilities = model::Registry(std::move(facilities));
    small.projects = model::Registry(std::move(projects));
    return constants(accounts::compile(small, year_));
}

void Hybrids::weigh_constants() {
    model::Scenario plants = work_;
    plants.region.rest_of_economy.clear();
    const auto all = constants(accounts::compile(plants, year_));
    weighs_constants_ =
        std::any_of(all.begin(), all.end(), [](double value) { return value != 0.0; });
    if (!weighs_constants_) {
        return;
    }
    first_constants_ = constants(compiled_->system);
    own_constants_ = constants(accounts::compile(a_, year_));
    for (const auto change : players_) {
        auto added = constants_of(change, true);
        const auto before = constants_of(change, false);
        for (std::size_t i = 0; i < added.size(); ++i) {
            added[i] -= before[i];
        }
        added_constants_.push_back(std::move(added));
    }
}

} // namespace chainsim::study::detail
