#include <chainsim/load/detail/plan_reader.hpp>
#include <chainsim/model/rebalance.hpp>

#include <algorithm>
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
    Improver(const model::Model& model, const Sections& sections, const ReadingContext& context)
        : model_(model), sections_(sections), context_(context),
          names_(names_of(model.commodities)) {}

    /// Adds the override of a year in which `facility` saves `share`.
    void save(model::Facility& facility, int year, double share,
              const model::Improvement& improvement) {
        const auto* last = facility.override_in(year);
        model::Process base = model_.processes[facility.process_in(year)];
        if (last != nullptr) {
            base.inputs = last->effective_inputs;
            base.outputs = last->effective_outputs;
        }
        model::NewAmounts amounts{std::vector<std::optional<double>>(base.inputs.size()),
                                  std::vector<std::optional<double>>(base.outputs.size())};
        for (std::size_t i = 0; i < base.inputs.size(); ++i) {
            if (is_energy_input(base.inputs[i], model_)) {
                amounts.inputs[i] = (1.0 - share) * base.inputs[i].amount;
            }
        }
        const auto result = model::rebalance(base, amounts, model_.commodities);
        if (!result.is_closed()) {
            if (noted_.insert(base.id).second) {
                note_open(base, result,
                          sections_.of("improvements").find(improvement.id)->second.place,
                          "improvements." + improvement.id, names_, context_);
            }
            return;
        }
        model::Override change;
        change.from = year;
        change.process = facility.process_in(year);
        change.reason = improvement.name.en;
        change.provenance = improvement.provenance;
        set_amounts(base.inputs, result.inputs);
        set_amounts(base.outputs, result.outputs);
        change.effective_inputs = std::move(base.inputs);
        change.effective_outputs = std::move(base.outputs);
        changes_.push_back(std::move(change));
    }

    /// Puts what was saved behind the overrides that were there, which it was worked out from.
    void finish(model::Facility& facility) {
        for (auto& change : changes_) {
            facility.overrides.push_back(std::move(change));
        }
        changes_.clear();
        std::stable_sort(facility.overrides.begin(), facility.overrides.end(),
                         [](const auto& a, const auto& b) { return a.from < b.from; });
    }

private:
    const model::Model& model_;
    const Sections& sections_;
    const ReadingContext& context_;
    Names names_;
    std::set<std::string> noted_;
    std::vector<model::Override> changes_;
};

} // namespace

void apply_improvements(const std::vector<int>& years, const Sections& sections,
                        const model::Model& model,
                        const model::Registry<model::Improvement>& improvements,
                        std::map<std::string, model::Facility>& facilities,
                        const ReadingContext& context) {
    Improver improver(model, sections, context);
    for (auto& [id, facility] : facilities) {
        for (const int year : years) {
            const auto& process = model.processes[facility.process_in(year)].id;
            const auto found =
                std::find_if(improvements.begin(), improvements.end(), [&](const auto& one) {
                    return std::find(one.processes.begin(), one.processes.end(), process) !=
                           one.processes.end();
                });
            if (found == improvements.end() || found->saving.empty() || !facility.exists(year)) {
                continue;
            }
            const double share = found->saving.at(year).in("1");
            if (share > 0.0) {
                improver.save(facility, year, share, *found);
            }
        }
        improver.finish(facility);
    }
}

} // namespace chainsim::load::detail
