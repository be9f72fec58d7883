#include "program.hpp"
#include "support/catch.hpp"
#include <chainsim/graph/trace.hpp>
#include <chainsim/study/study.hpp>

#include <algorithm>
#include <string>
#include <vector>

using chainsim::graph::Relation;
namespace graph = chainsim::graph;
namespace model = chainsim::model;
namespace study = chainsim::study;

namespace {

/// The plan, opened and solved once.
struct Plan {
    study::Study opened = study::open(chainsim::test::source_path(chainsim::test::plan_scenario));
    int year = opened.scenario().years.back();
    graph::YearFlows flows = opened.run().year(year).flows(opened.scenario());

    [[nodiscard]] graph::Trace trace(const std::string& from, const std::string& to) const {
        return graph::trace(opened.scenario(), year, from, to, &flows);
    }
};

const Plan& plan() {
    static const Plan opened;
    return opened;
}

std::vector<const model::Chain*> chains_with_arrows() {
    std::vector<const model::Chain*> result;
    for (const auto& chain : plan().opened.scenario().model.chains) {
        if (chain.kind == "chain") {
            result.push_back(&chain);
        }
    }
    return result;
}

} // namespace

TEST_CASE("Every arrow of the chains of the plan has its answer", "[trace][chains]") {
    const auto chains = chains_with_arrows();
    REQUIRE(chains.size() == 13);
    std::size_t arrows = 0;
    for (const auto* chain : chains) {
        for (std::size_t step = 1; step < chain->steps.size(); ++step) {
            for (const auto& from : chain->steps[step - 1]) {
                for (const auto& to : chain->steps[step]) {
                    INFO(chain->id << ": " << from << " -> " << to);
                    const auto ended = chainsim::test::call({"trace", chainsim::test::plan_scenario,
                                                             "--from", from, "--to", to, "--json"});
                    CHECK(ended.code == 0);
                    const auto answer = ended.json();
                    const auto relation = answer.at("relation").get<std::string>();
                    if (relation == "siblings") {
                        CHECK(answer.at("share").is_null());
                        CHECK(!answer.at("via").empty()); // the common parents
                    } else {
                        CHECK((relation == "path" || relation == "family"));
                        CHECK(answer.at("share") >= 0.0);
                        CHECK(answer.at("share") <= 1.0 + 1e-12);
                        CHECK(!answer.at("paths").empty());
                    }
                    ++arrows;
                }
            }
        }
    }
    CHECK(arrows == 51);
}

TEST_CASE("Every product of the lists of the plan has a process that makes it", "[trace][chains]") {
    const auto& model = plan().opened.scenario().model;
    const auto has_maker = [&model](const std::string& id) {
        const auto commodity = model.commodities.find(id);
        return commodity &&
               std::any_of(model.processes.begin(), model.processes.end(), [&](const auto& one) {
                   return std::any_of(one.outputs.begin(), one.outputs.end(), [&](const auto& out) {
                       return out.commodity == *commodity && out.kind != model::FlowKind::waste &&
                              out.kind != model::FlowKind::emission;
                   });
               });
    };
    std::size_t lists = 0;
    std::size_t products = 0;
    for (const auto& chain : model.chains) {
        if (chain.kind != "product_list") {
            continue;
        }
        ++lists;
        // The first step is what the list starts from; a list of one step has products alone.
        for (std::size_t step = chain.steps.size() == 1 ? 0 : 1; step < chain.steps.size();
             ++step) {
            for (const auto& id : chain.steps[step]) {
                CAPTURE(chain.id, id);
                if (model.families.contains(id)) {
                    const auto& members = model.families.at(id).members;
                    CHECK(std::any_of(members.begin(), members.end(), has_maker));
                } else {
                    CHECK(has_maker(id));
                }
                ++products;
            }
        }
    }
    CHECK(lists == 14);
    CHECK(products == 59);
}

TEST_CASE("The equipment chain of the plan is value added only, and says so", "[trace][chains]") {
    const auto& model = plan().opened.scenario().model;
    const auto& chain = model.chains.at("hydrogen_equipment");
    CHECK(chain.kind == "equipment_chain");
    CHECK(chain.note.find("value added only") != std::string::npos);
    for (const auto& step : chain.steps) {
        for (const auto& id : step) {
            CAPTURE(id);
            REQUIRE(model.families.contains(id));
            CHECK(model.families.at(id).members.empty()); // no commodity, so no arrow to walk
        }
    }
}

TEST_CASE("The dyes of naphthalene come from naphthol or beside it", "[trace][chains]") {
    CHECK(plan().trace("naphthol_2", "acid_dye").relation == Relation::path);
    CHECK(plan().trace("naphthol_2", "pigment_red").relation == Relation::path);
    // Reactive dye takes H acid, which is made of naphthalene without naphthol.
    const auto reactive = plan().trace("naphthol_2", "reactive_dye");
    CHECK(reactive.relation == Relation::siblings);
    CHECK(plan().trace("refined_naphthalene", "reactive_dye").relation == Relation::path);
}

TEST_CASE("The polymers of formaldehyde are siblings, and their parent is formaldehyde",
          "[trace][chains]") {
    const auto answer = plan().trace("polyoxymethylene", "paraformaldehyde");
    CHECK(answer.relation == Relation::siblings);
    REQUIRE(answer.parents.size() == 1);
    CHECK(plan().opened.scenario().model.commodities[answer.parents.front()].id ==
          "formaldehyde_37");
}

TEST_CASE("The green pesticides are a family, answered by a member", "[trace][chains]") {
    const auto answer = plan().trace("calcium_cyanamide", "green_pesticide");
    CHECK(answer.relation == Relation::family);
    CHECK(answer.target.has_value());
}

TEST_CASE("The share of carbide that goes on into PVC is what the plants take", "[trace][chains]") {
    // By hand from the flows of the run: the acetylene plants' part of the carbide, times the part
    // of the acetylene that vinyl chloride plants take, times that of the vinyl chloride.
    const auto& scenario = plan().opened.scenario();
    const auto part = [&](const std::string& commodity, const std::string& makes) {
        const auto index = scenario.model.commodities.find(commodity).value();
        const auto product = scenario.model.commodities.find(makes).value();
        double taken = 0.0;
        for (const auto& one : plan().flows.taken) {
            const auto& process =
                scenario.model.processes[scenario.facilities[one.facility].process];
            if (one.commodity == index && process.product == product) {
                taken += one.amount;
            }
        }
        return taken / plan().flows.used[index.value];
    };
    const double expected = part("calcium_carbide", "acetylene") *
                            part("acetylene", "vinyl_chloride") *
                            part("vinyl_chloride", "pvc_suspension_resin");
    const auto answer = plan().trace("calcium_carbide", "pvc_suspension_resin");
    REQUIRE(answer.share.has_value());
    CHECK(expected > 0.0);
    CHECK_THAT(*answer.share, Catch::Matchers::WithinRel(expected, 1e-9));
}
