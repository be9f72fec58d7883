#include <chainsim/accounts/indicators.hpp>
#include <chainsim/base/error.hpp>
#include <chainsim/live/detail/price_slopes.hpp>
#include <chainsim/live/preview.hpp>
#include <chainsim/solve/dispatch.hpp>
#include <chainsim/table/column.hpp>

#include <algorithm>
#include <cmath>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <set>
#include <utility>

namespace chainsim::live {

namespace {

using portfolio::Form;

/// A row without a term is not there.
double or_absent(double value) { return value == 0.0 ? table::absent : value; }

} // namespace

/// Serves those who wait in the order in which they came: of twenty users none waits for ever.
struct Preview::Lock {
    class FairMutex {
    public:
        void lock() {
            std::unique_lock guard(mutex_);
            const auto mine = last_++;
            turn_.wait(guard, [&] { return served_ == mine; });
        }
        void unlock() {
            {
                const std::lock_guard guard(mutex_);
                ++served_;
            }
            turn_.notify_all();
        }

    private:
        std::mutex mutex_;
        std::condition_variable turn_;
        std::uint64_t last_ = 0;
        std::uint64_t served_ = 0;
    };
    FairMutex mutex;
};

/// Which rows of a year an indicator is made of.
struct Preview::Wanted {
    enum class Kind { none, row, ratio, kinked, capex, land };
    Kind kind = Kind::none;
    int row = -1;
    int below = -1;
    double factor = 1.0;
    std::vector<std::pair<int, double>> positive;
};

/// What one more times a figure adds.
struct Preview::Slope {
    std::vector<double> capacity; ///< by column; empty: none
    std::map<int, Form> forms;    ///< by row; absent: none
};

struct Preview::Year {
    system::Equations equations; ///< with the capacities of the last solution
    std::unique_ptr<solve::Dispatch> dispatch;
    std::vector<Wanted> wanted;     ///< by indicator
    std::map<int, Form> forms;      ///< by row, of those that are needed
    std::map<Figure, Slope> slopes; ///< by figure
    /// What plants bring by standing there, for each once that their capacity is: in order of the
    /// columns.
    std::vector<system::Standing> by_capacity;
};

Preview::Preview(const study::Run& run, model::Candidates candidates,
                 std::vector<std::string> indicators)
    : candidates_(std::move(candidates)), indicators_(std::move(indicators)),
      lock_(std::make_unique<Lock>()) {
    const auto& decided = run.scenario();
    candidates_.scenario.years = decided.years;
    auto choices = portfolio::choices_of(candidates_, decided);
    std::erase_if(choices, [](const portfolio::Choice& one) { return one.is_closure; });
    for (const auto& choice : choices) {
        const auto& project = decided.projects.at(choice.id);
        portfolio::Decision decision;
        if (project.selected && project.start) {
            decision.year = *project.start;
        }
        decided_.push_back(decision);
    }
    constexpr double any_rate = 0.0; // nothing here is discounted
    district_ = std::make_unique<portfolio::District>(candidates_, std::move(choices), any_rate);
    for (const auto& year : district_->years()) {
        auto one = std::make_unique<Year>();
        one->equations = year.system.equations;
        one->dispatch = std::make_unique<solve::Dispatch>(one->equations);
        years_.push_back(std::move(one));
    }
    find_rows();
    find_capacity_slopes();
    find_price_slopes();
    check_against(run);
}

Preview::~Preview() = default;

const std::vector<portfolio::Choice>& Preview::choices() const { return district_->choices(); }

const system::System& Preview::system(std::size_t year) const {
    return district_->years()[year].system;
}

void Preview::find_rows() {
    for (std::size_t y = 0; y < years_.size(); ++y) {
        const auto& rows = district_->years()[y].system.indicators;
        std::map<std::string, Wanted> known;
        for (int row = 0; row < rows.shown; ++row) {
            Wanted one;
            one.kind = Wanted::Kind::row;
            one.row = row;
            known[rows.info[static_cast<std::size_t>(row)].id] = one;
        }
        for (const auto& ratio : rows.ratios) {
            known[ratio.info.id] = {
                Wanted::Kind::ratio, ratio.numerator, ratio.denominator, ratio.factor, {}};
        }
        for (const auto& kinked : rows.kinked) {
            Wanted one;
            one.kind = Wanted::Kind::kinked;
            one.row = kinked.row;
            for (const auto& [row, share] : kinked.positive) {
                one.positive.emplace_back(row, share.value());
            }
            known[kinked.info.id] = one;
        }
        known["capex"].kind = Wanted::Kind::capex;
        known["land"].kind = Wanted::Kind::land;
        auto& year = *years_[y];
        std::set<int> needed;
        for (const auto& id : indicators_) {
            const auto found = known.find(id);
            year.wanted.push_back(found == known.end() ? Wanted{} : found->second);
            const auto& one = year.wanted.back();
            needed.insert({one.row, one.below});
            for (const auto& [row, share] : one.positive) {
                needed.insert(row);
            }
        }
        needed.erase(-1);
        for (const int row : needed) {
            year.forms[row] = district_->form(y, row);
        }
    }
}

/// What the preview of the scenario as it stands has other than its run is not followed.
void Preview::check_against(const study::Run& run) {
    Moves none;
    none.portfolio = decided_;
    PreviewState state;
    known_.assign(years_.size(), std::vector<char>(indicators_.size(), 0));
    const auto found = values(none, state);
    if (!found) {
        return;
    }
    std::size_t good = 0;
    std::size_t all = 0;
    for (std::size_t y = 0; y < years_.size(); ++y) {
        const auto& planned = run.years()[y].planned();
        for (std::size_t i = 0; i < indicators_.size(); ++i) {
            const auto exact = std::find_if(planned.begin(), planned.end(), [&](const auto& one) {
                return one.id == indicators_[i];
            });
            const double value = (*found)[y][i];
            const double wanted = exact == planned.end() ? table::absent : exact->value;
            constexpr double tolerance = 1e-9;
            const bool is_same =
                std::isnan(wanted)
                    ? std::isnan(value)
                    : std::abs(value - wanted) <= tolerance * std::max(1.0, std::abs(wanted));
            known_[y][i] = is_same ? 1 : 0;
            good += is_same ? 1 : 0;
            ++all;
        }
    }
    constexpr double most = 0.9;
    is_good_ = static_cast<double>(good) >= most * static_cast<double>(all);
}

/// Of all plants at once: what one brings by standing there depends on no other's capacity.
void Preview::find_capacity_slopes() {
    number::Figures doubled;
    for (const auto& facility : candidates_.scenario.facilities) {
        doubled.emplace(&facility.capacity, 2.0 * facility.capacity.value.number());
    }
    for_each_year([&](std::size_t y) {
        const number::Replacing replacing(doubled);
        const auto moved = accounts::compile(candidates_.scenario, district_->years()[y].year);
        std::map<std::pair<int, int>, double> more; // by column and row
        for (const auto& part : moved.indicators.standing) {
            more[{part.column, part.row}] += part.value;
        }
        for (const auto& part : district_->years()[y].system.indicators.standing) {
            more[{part.column, part.row}] -= part.value;
        }
        for (const auto& [key, value] : more) {
            if (value != 0.0) {
                years_[y]->by_capacity.push_back({key.second, key.first, value});
            }
        }
    });
}

void Preview::find_price_slopes() {
    const auto& scenario = candidates_.scenario;
    for_each_year([&](std::size_t y) {
        auto& year = *years_[y];
        std::vector<int> rows;
        rows.reserve(year.forms.size());
        for (const auto& [row, form] : year.forms) {
            rows.push_back(row);
        }
        auto slopes = detail::price_slopes(scenario, district_->years()[y], rows);
        auto slope = slopes.begin();
        for (const auto& price : scenario.model.prices) {
            year.slopes[{Figure::Kind::price, price.id}].forms = std::move(*slope++);
        }
    });
}

void Preview::for_each_year(const std::function<void(std::size_t)>& work) {
    executor_.for_each(0, static_cast<std::int64_t>(years_.size()),
                       [&](std::int64_t i, int /*worker*/) { work(static_cast<std::size_t>(i)); });
}

std::optional<Figure> Preview::price(const std::string& commodity) const {
    const auto index = candidates_.scenario.model.prices.find(commodity);
    return index ? std::optional(Figure{Figure::Kind::price, commodity}) : std::nullopt;
}

std::optional<Figure> Preview::capacity(const std::string& facility) const {
    const auto index = candidates_.scenario.facilities.find(facility);
    return index ? std::optional(Figure{Figure::Kind::capacity, facility}) : std::nullopt;
}

void Preview::add_slopes(const Moves& moves) {
    for (const auto& [figure, factor] : moves.factors) {
        if (!years_.front()->slopes.contains(figure)) {
            CHAINSIM_EXPECT(figure.kind == Figure::Kind::capacity, "every price has its slopes");
            add_capacity(figure);
        }
    }
}

void Preview::add_capacity(const Figure& figure) {
    std::set<model::Index<model::Facility>> plants;
    const auto add = [&](const std::string& id) {
        if (const auto index = candidates_.scenario.facilities.find(id)) {
            plants.insert(*index);
        }
    };
    add(figure.id);
    for (const auto& rebuilt : candidates_.rebuilt) {
        if (rebuilt.original == figure.id) {
            add(rebuilt.facility);
        }
    }
    for (std::size_t y = 0; y < years_.size(); ++y) {
        const auto& one = district_->years()[y];
        auto& slope = years_[y]->slopes[figure];
        slope.capacity.resize(one.nominal.size());
        for (std::size_t c = 0; c < one.nominal.size(); ++c) {
            if (!plants.contains(one.system.layout.columns[c])) {
                continue;
            }
            slope.capacity[c] = one.nominal[c];
            const auto& rule = district_->rules()[c];
            for (const auto& part : years_[y]->by_capacity) {
                if (part.column != static_cast<int>(c) || rule.is_rebuilt ||
                    !years_[y]->forms.contains(part.row)) {
                    continue;
                }
                auto& form = slope.forms[part.row];
                if (rule.is_always_there()) {
                    form.constant += part.value;
                } else {
                    form.standing.push_back({part.column, part.value, false});
                }
            }
        }
    }
}

bool Preview::solve(std::size_t at, const Moves& moves, PreviewState::Year& state) {
    auto& year = *years_[at];
    const auto& one = district_->years()[at];
    Eigen::VectorXd capacity(static_cast<Eigen::Index>(one.nominal.size()));
    for (std::size_t c = 0; c < one.nominal.size(); ++c) {
        double full = one.nominal[c];
        for (const auto& [figure, factor] : moves.factors) {
            const auto& slope = year.slopes.at(figure);
            if (!slope.capacity.empty()) {
                full += (factor - 1.0) * slope.capacity[c];
            }
        }
        capacity[static_cast<Eigen::Index>(c)] =
            full * district_->share(static_cast<int>(c), one.year, moves.portfolio);
    }
    if (state.capacity.size() == capacity.size() && state.capacity == capacity) {
        return state.is_solved;
    }
    year.equations.capacity = capacity;
    const auto solution = year.dispatch->solve();
    state.capacity = std::move(capacity);
    state.is_solved = solution.outcome == system::Outcome::solved;
    state.flows = portfolio::flows_of(solution);
    return state.is_solved;
}

double Preview::invested(std::size_t at, const portfolio::Portfolio& portfolio) const {
    const int year = district_->years()[at].year;
    double sum = 0.0;
    for (const auto& project : candidates_.scenario.projects) {
        if (district_->choice(project.id) < 0 && project.capex) {
            sum += project.capex->value.in("CNY") * project.investment_share(year);
        }
    }
    for (std::size_t c = 0; c < portfolio.size(); ++c) {
        if (portfolio[c].is_made()) {
            const auto& choice = district_->choices()[c];
            sum += choice.capex * choice.investment_share(portfolio[c].year, year);
        }
    }
    return sum;
}

double Preview::land_of(std::size_t at, const portfolio::Portfolio& portfolio) const {
    const int year = district_->years()[at].year;
    const int row = district_->row(at, "land");
    double sum = row < 0 ? 0.0 : district_->form(at, row).constant;
    for (std::size_t c = 0; c < portfolio.size(); ++c) {
        if (portfolio[c].is_made_by(year)) {
            sum += district_->choices()[c].land;
        }
    }
    return sum;
}

void Preview::count(std::size_t at, const Moves& moves, const PreviewState::Year& state,
                    std::vector<double>& out) const {
    const auto& year = *years_[at];
    std::map<int, double> rows;
    for (const auto& [row, form] : year.forms) {
        double value = district_->value(at, form, state.flows, moves.portfolio);
        for (const auto& [figure, factor] : moves.factors) {
            const auto& slopes = year.slopes.at(figure).forms;
            const auto slope = slopes.find(row);
            if (slope != slopes.end()) {
                value += (factor - 1.0) *
                         district_->value(at, slope->second, state.flows, moves.portfolio);
            }
        }
        rows[row] = value;
    }
    const auto value_of = [&](const Wanted& one) {
        switch (one.kind) {
        case Wanted::Kind::none:
            return table::absent;
        case Wanted::Kind::row:
            return rows.at(one.row);
        case Wanted::Kind::ratio: {
            const double below = rows.at(one.below);
            return below > 0.0 ? one.factor * rows.at(one.row) / below : table::absent;
        }
        case Wanted::Kind::kinked: {
            double sum = one.row < 0 ? 0.0 : rows.at(one.row);
            for (const auto& [row, share] : one.positive) {
                sum += share * std::max(0.0, rows.at(row));
            }
            return sum;
        }
        case Wanted::Kind::capex:
            return or_absent(invested(at, moves.portfolio));
        case Wanted::Kind::land:
            return or_absent(land_of(at, moves.portfolio));
        }
        return table::absent;
    };
    out.clear();
    for (const auto& one : year.wanted) {
        out.push_back(value_of(one));
    }
}

std::optional<std::vector<std::vector<double>>> Preview::values(const Moves& moves,
                                                                PreviewState& state) {
    const std::lock_guard guard(lock_->mutex);
    add_slopes(moves);
    state.years_.resize(years_.size());
    std::vector<std::vector<double>> out(years_.size());
    std::vector<char> solved(years_.size());
    for_each_year([&](std::size_t y) {
        solved[y] = solve(y, moves, state.years_[y]) ? 1 : 0;
        if (solved[y] != 0) {
            count(y, moves, state.years_[y], out[y]);
        }
    });
    if (std::find(solved.begin(), solved.end(), 0) != solved.end()) {
        return std::nullopt;
    }
    return out;
}

} // namespace chainsim::live
