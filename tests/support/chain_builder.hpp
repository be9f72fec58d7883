#pragma once

#include <chainsim/model/scenario.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace chainsim::test {

/// A flow of a recipe in short: an amount below zero is an input.
struct FlowSpec {
    std::string commodity;
    double amount = 0.0;
    /// Absent: feedstock for inputs, product for the first output, coproduct for further ones.
    std::optional<model::FlowKind> kind = std::nullopt;
};

/// Small scenarios made by hand, for tests that need no files.
///
/// Commodities appear as they are used: solids counted in t, made of carbon, with a market; a test
/// changes what it is about. Every figure is `known`.
class ChainBuilder {
public:
    explicit ChainBuilder(std::string id = "test");

    /// The commodity of this id, to change it.
    model::Commodity& commodity(const std::string& id);
    /// The commodity as a pure substance: "H2", "CaC2".
    model::Commodity& substance(const std::string& id, const std::string& formula,
                                model::Phase phase = model::Phase::solid);
    /// A commodity of energy, counted in MWh.
    model::Commodity& energy(const std::string& id);

    /// The process whose first output is its reference product.
    model::Process& process(const std::string& id, const std::vector<FlowSpec>& flows);
    /// A facility that runs a process; capacity in units of the product per year.
    model::Facility& facility(const std::string& id, const std::string& process, double capacity);
    model::Market& market(const std::string& commodity, std::optional<model::MarketSide> buy,
                          std::optional<model::MarketSide> sell);
    model::Policy& policy(const std::string& id, const std::string& indicator);
    void family(const std::string& id, std::vector<std::string> members);
    void project(model::Project project);
    void price(const std::string& commodity, double price);
    void demand(const std::string& commodity, double amount);

    [[nodiscard]] model::Scenario build(std::vector<int> years = {2025}) const;

private:
    /// A process with its commodities by id, as they stand before the registries are made.
    struct Recipe {
        model::Process process;
        std::string product;
        std::vector<FlowSpec> flows;
    };

    std::string id_;
    std::map<std::string, model::Commodity> commodities_;
    std::map<std::string, model::Family> families_;
    std::map<std::string, Recipe> processes_;
    std::map<std::string, std::pair<model::Facility, std::string>> facilities_;
    std::map<std::string, model::Market> markets_;
    std::map<std::string, model::Policy> policies_;
    std::map<std::string, model::Project> projects_;
    std::map<std::string, double> prices_;
    std::map<std::string, double> demands_;
};

/// A figure with its unit, `known`.
[[nodiscard]] model::Datum datum(double number, const std::string& unit);

/// A market side that is open without limit, or up to a limit.
[[nodiscard]] model::MarketSide open_side();
[[nodiscard]] model::MarketSide open_side(double limit, const std::string& unit);
[[nodiscard]] model::MarketSide closed_side();

} // namespace chainsim::test
