#include <chainsim/load/detail/plan_reader.hpp>
#include <chainsim/model/rebalance.hpp>

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <utility>

namespace chainsim::load::detail {

namespace {

/// Fuels, power, steam and heat: what a plant can save without making less.
bool is_energy_input(const model::Flow& flow, const model::Model& model) {
    if (flow.kind != model::FlowKind::fuel && flow.kind != model::FlowKind::utility) {
        return false;
    }
    const auto& commodity = model.commodities[flow.commodity];
    return commodity.phase == model::Phase::energy || commodity.lhv > 0.0;
}

class Improver {
public:
    Improver(const Sections& sections, const model::Model& model, const ReadingContext& context)
        : model_(model), sections_(sections), context_(context),
          names_(names_of(model.commodities)) {}

    /// Adds overrides for the years from `first` to `last` in which a plant saves more or less than
    /// the year before, or has become another one.
    void improve(model::Facility& facility, const model::Registry<model::Improvement>& all,
                 int first, int last) {
        std::vector<model::Override> changes;
        double before = 0.0;
        const model::Override* base_before = nullptr;
        for (int year = first; year <= last; ++year) {
            const auto* base = facility.override_in(year);
            const auto* improvement = improvement_of(facility, all, year);
            const double share = improvement == nullptr || !facility.exists(year)
                                     ? 0.0
                                     : improvement->saving.at(year).in("1");
            if (share != before || (share > 0.0 && base != base_before)) {
                add(facility, base, year, share, improvement, changes);
            }
            before = share;
            base_before = base;
        }
        for (auto& change : changes) {
            facility.overrides.push_back(std::move(change));
        }
        // Behind the overrides that were there, from which they were worked out.
        std::stable_sort(facility.overrides.begin(), facility.overrides.end(),
                         [](const auto& a, const auto& b) { return a.from < b.from; });
    }

private:
    [[nodiscard]] const model::Improvement*
    improvement_of(const model::Facility& facility, const model::Registry<model::Improvement>& all,
                   int year) const {
        const auto& process = model_.processes[facility.process_in(year)].id;
        const auto found = std::find_if(all.begin(), all.end(), [&](const auto& one) {
            return !one.saving.empty() && std::find(one.processes.begin(), one.processes.end(),
                                                    process) != one.processes.end();
        });
        return found == all.end() ? nullptr : &*found;
    }

    void add(const model::Facility& facility, const model::Override* base, int year, double share,
             const model::Improvement* improvement, std::vector<model::Override>& changes) {
        const auto process = facility.process_in(year);
        std::shared_ptr<const model::Recipe> recipe;
        if (base == nullptr) { // plants of one process save alike
            auto& known = library_[{process, share}];
            if (!known) {
                known = saved_by(model_.processes[process], share, improvement);
            }
            recipe = known;
        } else if (base->recipe) { // none where it was refused
            model::Process changed = model_.processes[process];
            changed.inputs = base->recipe->inputs;
            changed.outputs = base->recipe->outputs;
            recipe = saved_by(std::move(changed), share, improvement);
        } else {
            return;
        }
        model::Override change;
        change.from = year;
        change.process = process;
        change.recipe = std::move(recipe);
        if (improvement != nullptr) {
            change.reason = improvement->name.en;
            change.provenance = improvement->provenance;
        }
        changes.push_back(std::move(change));
    }

    /// A recipe with less energy; as it was, and noted, where it cannot keep its balance then.
    std::shared_ptr<const model::Recipe> saved_by(model::Process recipe, double share,
                                                  const model::Improvement* improvement) {
        model::NewAmounts amounts{std::vector<std::optional<double>>(recipe.inputs.size()),
                                  std::vector<std::optional<double>>(recipe.outputs.size())};
        for (std::size_t i = 0; i < recipe.inputs.size(); ++i) {
            if (share > 0.0 && is_energy_input(recipe.inputs[i], model_)) {
                amounts.inputs[i] = (1.0 - share) * recipe.inputs[i].amount;
            }
        }
        const auto result = model::rebalance(recipe, amounts, model_.commodities);
        if (result.is_closed()) {
            set_amounts(recipe.inputs, result.inputs);
            set_amounts(recipe.outputs, result.outputs);
        } else if (improvement != nullptr && noted_.insert(recipe.id).second) {
            const auto& record = sections_.of("improvements").find(improvement->id)->second;
            note_open(recipe, result, record.place, "improvements." + improvement->id, names_,
                      context_);
        }
        return std::make_shared<const model::Recipe>(
            model::Recipe{std::move(recipe.inputs), std::move(recipe.outputs)});
    }

    const model::Model& model_;
    const Sections& sections_;
    const ReadingContext& context_;
    Names names_;
    std::map<std::pair<model::Index<model::Process>, double>, std::shared_ptr<const model::Recipe>>
        library_;
    std::set<std::string> noted_;
};

} // namespace

void apply_improvements(const std::vector<int>& years, const Sections& sections,
                        const model::Model& model,
                        const model::Registry<model::Improvement>& improvements,
                        std::map<std::string, model::Facility>& facilities,
                        const ReadingContext& context) {
    if (improvements.empty() || years.empty()) {
        return;
    }
    // Every year, not only those that the scenario names: a run may be asked for others.
    int first = years.front();
    int last = years.back();
    for (const auto& one : improvements) {
        for (const auto& [year, share] : one.saving.points()) {
            first = std::min(first, year > 0 ? year : first);
            last = std::max(last, year);
        }
    }
    Improver improver(sections, model, context);
    for (auto& [id, facility] : facilities) {
        improver.improve(facility, improvements, first, last);
    }
}

} // namespace chainsim::load::detail
