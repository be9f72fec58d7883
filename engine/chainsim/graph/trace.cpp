#include <chainsim/graph/carriage.hpp>
#include <chainsim/graph/flow_network.hpp>
#include <chainsim/graph/trace.hpp>

#include <algorithm>
#include <cstddef>
#include <deque>
#include <limits>
#include <map>
#include <set>
#include <span>
#include <utility>

namespace chainsim::graph {

namespace {

using CommodityIndex = model::Index<model::Commodity>;
using FacilityIndex = model::Index<model::Facility>;
using ProcessIndex = model::Index<model::Process>;

constexpr int unreached = std::numeric_limits<int>::max();
/// More ways than these tell a reader nothing.
constexpr std::size_t most_ways = 5;
/// Steps from a common parent to the farther of two siblings.
constexpr int farther_sibling = 2;

/// The commodities of the library, and how one moves on into another.
class Web {
public:
    Web(const model::Scenario& scenario, int year)
        : steps_(carriage(scenario.model)), size_(scenario.model.commodities.size()),
          runners_(scenario.model.processes.size()), year_(year) {
        for (std::uint32_t i = 0; i < scenario.facilities.size(); ++i) {
            const auto& facility = scenario.facilities[FacilityIndex{i}];
            if (facility.exists(year)) {
                runners_[facility.process_in(year).value].push_back(FacilityIndex{i});
            }
        }
    }

    [[nodiscard]] int year() const { return year_; }

    /// Which steps count.
    enum class Kind { all, built, main };

    [[nodiscard]] bool counts(const Step& step, Kind kind) const {
        switch (kind) {
        case Kind::all:
            return true;
        case Kind::built:
            return !runners_[step.process.value].empty();
        case Kind::main:
            return step.main;
        }
        return false;
    }

    /// Steps from each commodity to the target.
    [[nodiscard]] std::vector<int> distances_to(CommodityIndex target, Kind kind) const {
        std::vector<int> distance(size_, unreached);
        std::deque<std::uint32_t> queue{target.value};
        distance[target.value] = 0;
        while (!queue.empty()) {
            const std::uint32_t current = queue.front();
            queue.pop_front();
            for (const auto& step : steps_) {
                if (step.to.value == current && distance[step.from.value] == unreached &&
                    counts(step, kind)) {
                    distance[step.from.value] = distance[current] + 1;
                    queue.push_back(step.from.value);
                }
            }
        }
        return distance;
    }

    [[nodiscard]] const std::vector<Step>& steps() const { return steps_; }
    [[nodiscard]] const std::vector<FacilityIndex>& runners(ProcessIndex process) const {
        return runners_[process.value];
    }
    [[nodiscard]] std::size_t size() const { return size_; }

private:
    std::vector<Step> steps_;
    std::size_t size_;
    std::vector<std::vector<FacilityIndex>> runners_; ///< by process: facilities that are there
    int year_;
};

/// Lists shortest ways: at each commodity on, along whatever is one step nearer to the target.
class Lister {
public:
    Lister(const Web& web, Web::Kind kind, CommodityIndex target)
        : web_(web), kind_(kind), distance_(web.distances_to(target, kind)) {}

    [[nodiscard]] std::vector<Way> list(CommodityIndex source) {
        if (distance_[source.value] != unreached) {
            Way way;
            way.commodities.push_back(source);
            extend(way);
        }
        return std::move(ways_);
    }

private:
    void extend(const Way& way) {
        const CommodityIndex here = way.commodities.back();
        if (distance_[here.value] == 0) {
            ways_.push_back(way);
            ways_.back().built =
                std::none_of(way.facilities.begin(), way.facilities.end(),
                             [](const auto& facilities) { return facilities.empty(); });
            return;
        }
        std::map<CommodityIndex, std::vector<ProcessIndex>> next;
        for (const auto& step : web_.steps()) {
            if (step.from == here && distance_[step.to.value] == distance_[here.value] - 1 &&
                web_.counts(step, kind_)) {
                next[step.to].push_back(step.process);
            }
        }
        for (const auto& [commodity, processes] : next) {
            if (ways_.size() >= most_ways) {
                return;
            }
            Way longer = way;
            longer.commodities.push_back(commodity);
            longer.processes.push_back(processes);
            auto& facilities = longer.facilities.emplace_back();
            for (const auto process : processes) {
                const auto& runners = web_.runners(process);
                facilities.insert(facilities.end(), runners.begin(), runners.end());
            }
            std::sort(facilities.begin(), facilities.end());
            extend(longer);
        }
    }

    const Web& web_;
    Web::Kind kind_;
    std::vector<int> distance_;
    std::vector<Way> ways_;
};

/// Ways over the facilities of the scenario, then others over the library.
std::vector<Way> ways_between(const Web& web, CommodityIndex from, CommodityIndex to) {
    auto ways = Lister(web, Web::Kind::built, to).list(from);
    for (auto& way : Lister(web, Web::Kind::all, to).list(from)) {
        const bool known = std::any_of(ways.begin(), ways.end(), [&](const Way& other) {
            return other.commodities == way.commodities;
        });
        if (!known && ways.size() < most_ways) {
            ways.push_back(std::move(way));
        }
    }
    return ways;
}

/// Common parents, by the sum of steps and then by id.
std::vector<CommodityIndex> parents_of(const Web& web, CommodityIndex one, CommodityIndex other) {
    const auto to_one = web.distances_to(one, Web::Kind::main);
    const auto to_other = web.distances_to(other, Web::Kind::main);
    std::vector<std::pair<int, CommodityIndex>> found;
    for (std::uint32_t i = 0; i < web.size(); ++i) {
        const auto [nearer, farther] = std::minmax(to_one[i], to_other[i]);
        if (nearer == 1 && farther <= farther_sibling) {
            found.emplace_back(nearer + farther, CommodityIndex{i});
        }
    }
    std::sort(found.begin(), found.end());
    std::vector<CommodityIndex> parents;
    for (const auto& [steps, parent] : found) {
        if (steps == found.front().first) {
            parents.push_back(parent);
        }
    }
    return parents;
}

/// The part of each commodity that goes on into any of the targets: the least solution of the
/// equation in the header, found from zero upwards. Each sweep adds what goes on by one step more;
/// parts are at most one, so in a loop what is added shrinks with each round.
std::vector<double> parts_into(const model::Scenario& scenario, const Web& web,
                               std::span<const CommodityIndex> targets, const YearFlows& flows) {
    constexpr int most_sweeps = 1000;
    constexpr double enough = 1e-13;
    std::map<std::pair<ProcessIndex, CommodityIndex>, std::vector<CommodityIndex>> outputs;
    for (const auto& step : web.steps()) {
        outputs[{step.process, step.from}].push_back(step.to);
    }
    std::vector<double> part(web.size(), 0.0);
    const auto arrive = [&](std::vector<double>& at) {
        for (const auto target : targets) {
            at[target.value] = 1.0;
        }
    };
    arrive(part);
    for (int sweep = 0; sweep < most_sweeps; ++sweep) {
        std::vector<double> next(web.size(), 0.0);
        for (const auto& taken : flows.taken) {
            const auto process = scenario.facilities[taken.facility].process_in(web.year());
            const auto found = outputs.find({process, taken.commodity});
            const double used = flows.used[taken.commodity.value];
            if (found == outputs.end() || used <= 0.0) {
                continue;
            }
            double most = 0.0;
            for (const auto output : found->second) {
                most = std::max(most, part[output.value]);
            }
            next[taken.commodity.value] += taken.amount / used * most;
        }
        arrive(next);
        double change = 0.0;
        for (std::size_t i = 0; i < next.size(); ++i) {
            next[i] = std::min(next[i], 1.0);
            change = std::max(change, next[i] - part[i]);
        }
        part = std::move(next);
        if (change <= enough) {
            break;
        }
    }
    return part;
}

/// The part of all that goes on; of a family all its members, tonnes of each.
double part_of(const model::Scenario& scenario, const Meaning& from,
               const std::vector<double>& parts, const YearFlows& flows) {
    if (from.members.size() == 1) {
        return parts[from.members.front().value];
    }
    double all = 0.0;
    double on = 0.0;
    for (const auto member : from.members) {
        const double mass = scenario.model.commodities[member].mass;
        const double amount = flows.used[member.value] * (mass > 0.0 ? mass : 1.0);
        all += amount;
        on += amount * parts[member.value];
    }
    return all > 0.0 ? on / all : 0.0;
}

/// Takes the better of two answers: a built way, then any way; of built ways the one with the
/// larger share, where shares are known.
void take_better(Trace& answer, std::vector<Way> ways, CommodityIndex from, CommodityIndex to,
                 double share) {
    const bool built = !ways.empty() && ways.front().built;
    const bool is_better = answer.ways.empty() || (built && !answer.built) ||
                           (built && answer.built && share > answer.share.value_or(0.0));
    if (ways.empty() || !is_better) {
        return;
    }
    answer.share = share;
    answer.ways = std::move(ways);
    answer.built = built;
    answer.source = from;
    answer.target = to;
}

void look_for_siblings(Trace& answer, const Web& web) {
    for (const auto from : answer.from.members) {
        for (const auto to : answer.to.members) {
            auto parents = parents_of(web, from, to);
            if (!parents.empty()) {
                answer.relation = Relation::siblings;
                answer.source = from;
                answer.target = to;
                answer.parents = std::move(parents);
                return;
            }
        }
    }
}

void check_flows(const model::Scenario& scenario, const YearFlows* flows) {
    CHAINSIM_EXPECT(flows == nullptr || flows->used.size() == scenario.model.commodities.size(),
                    "flows of another scenario");
}

} // namespace

std::string_view to_string(Relation relation) {
    switch (relation) {
    case Relation::path:
        return "path";
    case Relation::siblings:
        return "siblings";
    case Relation::family:
        return "family";
    case Relation::absent:
        return "absent";
    }
    return "absent";
}

Trace trace(const model::Scenario& scenario, int year, std::string_view from, std::string_view to,
            const YearFlows* flows) {
    check_flows(scenario, flows);
    Trace answer;
    answer.from = look_up(scenario.model, from);
    answer.to = look_up(scenario.model, to);
    const Web web(scenario, year);
    for (const auto source : answer.from.members) {
        for (const auto target : answer.to.members) {
            const bool is_asked = flows != nullptr && (answer.from.family || answer.to.family);
            const double share =
                is_asked ? parts_into(scenario, web, {&target, 1}, *flows)[source.value] : 0.0;
            take_better(answer, ways_between(web, source, target), source, target, share);
            const auto back = web.distances_to(source, Web::Kind::all);
            answer.reverse = answer.reverse || back[target.value] != unreached;
        }
    }
    answer.share.reset();
    if (!answer.ways.empty()) {
        answer.reverse = false;
        answer.relation =
            answer.from.family || answer.to.family ? Relation::family : Relation::path;
        if (flows != nullptr) {
            answer.share = part_of(scenario, answer.from,
                                   parts_into(scenario, web, answer.to.members, *flows), *flows);
        }
        return answer;
    }
    look_for_siblings(answer, web);
    return answer;
}

std::vector<Reached> trace_all(const model::Scenario& scenario, int year, std::string_view from,
                               const YearFlows* flows) {
    check_flows(scenario, flows);
    const Meaning meaning = look_up(scenario.model, from);
    const Web web(scenario, year);
    std::vector<Reached> result;
    for (std::uint32_t i = 0; i < web.size(); ++i) {
        const CommodityIndex target{i};
        const auto distance = web.distances_to(target, Web::Kind::all);
        const auto built = web.distances_to(target, Web::Kind::built);
        const auto nearest =
            std::min_element(meaning.members.begin(), meaning.members.end(),
                             [&](auto a, auto b) { return distance[a.value] < distance[b.value]; });
        if (nearest == meaning.members.end() || distance[nearest->value] == unreached ||
            distance[nearest->value] == 0) {
            continue;
        }
        Reached reached{target, distance[nearest->value], built[nearest->value] != unreached, {}};
        if (flows != nullptr) {
            reached.share =
                part_of(scenario, meaning, parts_into(scenario, web, {&target, 1}, *flows), *flows);
        }
        result.push_back(reached);
    }
    std::stable_sort(result.begin(), result.end(), [](const Reached& a, const Reached& b) {
        return std::pair(!a.built, a.steps) < std::pair(!b.built, b.steps);
    });
    return result;
}

} // namespace chainsim::graph
