#include "support/catch.hpp"
#include "works.hpp"

#include <algorithm>

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using chainsim::footprint::Allocation;
using chainsim::footprint::Remark;
using chainsim::footprint::Supplier;
using chainsim::test::ChainBuilder;
using chainsim::test::Works;
namespace footprint = chainsim::footprint;
namespace test = chainsim::test;

namespace {

/// Brine (100 CNY/t, 2 t) is split into 1 t of soda (300 CNY/t) and 0.5 t of chlorine (200 CNY/t,
/// heating value 2 GJ/t against 1 of soda) with 0.5 t of slag for nothing. Chlorine is made by a
/// second plant too, from salt (500 CNY/t, 1 t/t), to serve users in need of 80 t.
ChainBuilder electrolysis(bool chlorine_has_price = true) {
    ChainBuilder chain("electrolysis");
    chain.process("splitting", {{"brine", -2.0},
                                {"soda", 1.0},
                                {"chlorine", 0.5},
                                {"slag", 0.5, chainsim::model::FlowKind::waste}});
    chain.process("burning", {{"salt", -1.0}, {"chlorine", 1.0}});
    chain.commodity("soda").lhv = 1.0;
    chain.commodity("chlorine").lhv = 2.0;
    auto& slag = chain.commodity("slag");
    slag.trade = chainsim::model::Trade::waste;
    slag.sink = chainsim::model::Sink::dispose;
    chain.facility("cells", "splitting", 100.0);
    chain.facility("burner", "burning", 100.0).driver = chainsim::model::Driver::on_demand;
    chain.market("brine", test::open_side(), std::nullopt);
    chain.market("salt", test::open_side(), std::nullopt);
    chain.market("chlorine", std::nullopt, test::closed_side());
    chain.demand("chlorine", 80.0);
    chain.price("brine", 100.0);
    chain.price("salt", 500.0);
    chain.price("soda", 300.0);
    if (chlorine_has_price) {
        chain.price("chlorine", 200.0);
    }
    return chain;
}

bool has_remark(const footprint::Supply& supply, Remark::Kind kind) {
    return std::any_of(supply.remarks().begin(), supply.remarks().end(),
                       [kind](const Remark& one) { return one.kind == kind; });
}

} // namespace

TEST_CASE("What a plant takes is shared among its products as it is asked for",
          "[footprint][allocation]") {
    const Works works(electrolysis());
    REQUIRE_THAT(works.solution.activity[works.column("burner")], WithinRel(30.0, 1e-9));
    // 200 CNY of brine for 1 t of soda and 0.5 t of chlorine.
    struct Case {
        Allocation allocation;
        double soda;
        double own_chlorine; // of the cells
    };
    const Case cases[] = {
        {Allocation::mass, 200.0 / 1.5, 200.0 / 1.5},
        {Allocation::energy, 200.0 * 1.0 / 2.0, 200.0 * 2.0 / 2.0},
        {Allocation::economic, 200.0 * 300.0 / 400.0, 200.0 * 200.0 / 400.0},
        {Allocation::carbon, 200.0 / 1.5, 200.0 / 1.5},
    };
    for (const auto& one : cases) {
        INFO(to_string(one.allocation));
        CHECK_THAT(works.carried("soda", one.allocation), WithinRel(one.soda, 1e-12));
        // 50 t of the cells and 30 t of the burner, mixed.
        CHECK_THAT(works.carried("chlorine", one.allocation),
                   WithinRel((50.0 * one.own_chlorine + 30.0 * 500.0) / 80.0, 1e-12));
        CHECK(works.carried("slag", one.allocation) == 0.0);
    }
}

TEST_CASE("By substitution the product carries all, less what its coproducts replace",
          "[footprint][allocation]") {
    const Works works(electrolysis());
    // Chlorine that the cells do not give, the burner would make: 500 CNY/t.
    CHECK_THAT(works.carried("chlorine", Allocation::substitution), WithinRel(500.0, 1e-12));
    CHECK_THAT(works.carried("soda", Allocation::substitution),
               WithinAbs(200.0 - 0.5 * 500.0, 1e-9));
}

TEST_CASE("What is shared is neither lost nor counted twice", "[footprint][allocation]") {
    const Works works(electrolysis());
    const auto cost = works.burdens.find("cost");
    const double whole = works.solution.bought[works.row("brine")] * 100.0 +
                         works.solution.bought[works.row("salt")] * 500.0;
    for (const auto allocation : footprint::allocations) {
        if (allocation == Allocation::substitution) {
            continue; // credits are for what is not there
        }
        INFO(to_string(allocation));
        const auto all = works.footprint(allocation);
        double carried = 0.0;
        for (int r = 0; r < works.system.equations.rows(); ++r) {
            carried += all.intensity()(cost, r) *
                       (works.solution.sold[r] + works.system.equations.demand[r]);
        }
        CHECK_THAT(carried, WithinRel(whole, 1e-10));
    }
}

TEST_CASE("What is thrown away carries nothing", "[footprint][allocation]") {
    auto chain = electrolysis();
    chain.demand("chlorine", 20.0); // of 50 t that the cells give
    chain.commodity("chlorine").sink = chainsim::model::Sink::dispose;
    const Works works(chain);
    REQUIRE_THAT(works.solution.disposed[works.row("chlorine")], WithinRel(30.0, 1e-9));
    // 200 CNY for 1 t of soda and 0.2 t of chlorine that somebody takes.
    CHECK_THAT(works.carried("soda", Allocation::mass), WithinRel(200.0 / 1.2, 1e-12));
    CHECK_THAT(works.carried("chlorine", Allocation::mass), WithinRel(200.0 / 1.2, 1e-12));
    CHECK_THAT(works.carried("soda", Allocation::economic),
               WithinRel(200.0 * 300.0 / 340.0, 1e-12));
}

TEST_CASE("Where what is asked for tells nothing apart, another key is taken and told",
          "[footprint][allocation]") {
    auto chain = electrolysis();
    for (const char* id : {"soda", "chlorine"}) {
        chain.commodity(id).composition = {};
        chain.commodity(id).composition[static_cast<std::size_t>(chainsim::model::Element::Na)] =
            1.0;
    }
    const Works works(chain);
    CHECK(works.carried("soda", Allocation::carbon) == works.carried("soda", Allocation::mass));
    const auto supply = works.supply(Allocation::carbon);
    REQUIRE(has_remark(supply, Remark::Kind::other_key));
    CHECK(supply.remarks().front().column == works.column("cells"));
    CHECK(supply.remarks().front().used == Allocation::mass);
}

TEST_CASE("A commodity without a price is worth nothing, and that is told",
          "[footprint][allocation]") {
    const Works works(electrolysis(false));
    CHECK(has_remark(works.supply(Allocation::economic), Remark::Kind::no_price));
    CHECK_THAT(works.carried("soda", Allocation::economic), WithinRel(200.0, 1e-12));
}

TEST_CASE("Two routes to one product are told apart", "[footprint][allocation]") {
    const Works works(electrolysis());
    const int chlorine = works.row("chlorine");
    const auto cost = works.burdens.find("cost");
    const auto by = [&](int column) {
        auto supply = works.supply(Allocation::mass);
        supply.leave_only(chlorine, column);
        return footprint::Footprint(supply, works.burdens).intensity()(cost, chlorine);
    };
    CHECK_THAT(by(works.column("burner")), WithinRel(500.0, 1e-12));
    CHECK_THAT(by(works.column("cells")), WithinRel(200.0 / 1.5, 1e-12));
    // Nobody sells chlorine to the works: as a route alone it is bought, at its price.
    CHECK_THAT(by(Supplier::bought), WithinRel(200.0, 1e-12));
    const auto supply = works.supply(Allocation::mass);
    for (const auto& supplier : supply.of(chlorine)) {
        CHECK(supplier.column != Supplier::bought);
    }
    const Works unpriced(electrolysis(false));
    CHECK_FALSE(unpriced.supply(Allocation::mass).can_supply(chlorine, Supplier::bought));
    CHECK(works.supply(Allocation::mass).can_supply(works.row("salt"), Supplier::bought));
}

TEST_CASE("A loop that takes as much as it gives has no footprint", "[footprint][allocation]") {
    ChainBuilder chain("loop");
    chain.process("turning", {{"water", -1.0}, {"ice", 1.0}});
    chain.process("melting", {{"ice", -1.0}, {"water", 1.0}});
    chain.facility("freezer", "turning", 10.0).driver = chainsim::model::Driver::on_demand;
    chain.facility("melter", "melting", 10.0).driver = chainsim::model::Driver::on_demand;
    chain.price("water", 1.0);
    chain.price("ice", 1.0);
    const Works works(chain);
    CHECK_THROWS_AS(works.footprint(Allocation::mass), footprint::Unproductive);
}
