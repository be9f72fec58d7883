#pragma once

#include <chainsim/load/detail/files.hpp>
#include <chainsim/load/detail/sections.hpp>
#include <chainsim/load/detail/values.hpp>
#include <chainsim/model/model.hpp>
#include <chainsim/model/rebalance.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace chainsim::load::detail {

/// The words by which records of a kind can be meant, for suggestions.
class Words {
public:
    void add(std::string word, std::string id);
    /// "did you mean 'x'?", where x is the id that the nearest word stands for.
    [[nodiscard]] std::string help_for(std::string_view word) const;

private:
    std::map<std::string, std::string, std::less<>> ids_; ///< word -> id
    std::vector<std::string> words_;
};

/// What readers of processes, markets and facilities look names up in.
struct Names {
    const model::Registry<model::Commodity>& commodities;
    /// Words and the ids that they stand for, to be suggested beside those of commodities.
    std::vector<std::pair<std::string, std::string>> further;

    /// The commodity of an id, or nothing after a finding that suggests the nearest.
    [[nodiscard]] std::optional<model::Index<model::Commodity>>
    commodity(std::string_view id, input::Place place, const input::FieldPath& path,
              input::Findings& findings) const;

private:
    [[nodiscard]] std::string help_for(std::string_view word) const;
};

[[nodiscard]] inline Names names_of(const model::Registry<model::Commodity>& commodities) {
    return {commodities, {}};
}

/// Reads `sources:`; fills the titles of the context.
[[nodiscard]] model::Registry<model::Source> read_sources(const Sections& sections,
                                                          ReadingContext& context);

/// Reads everything that `models/` holds, with the changes of a scenario in it.
///
/// Recipes that do not close are noted as well.
[[nodiscard]] model::Model read_model(const Sections& sections, const Documents& documents,
                                      ReadingContext& context);

/// Reads `unit_standards:` against processes, commodities and factors that are read already.
[[nodiscard]] model::Registry<model::UnitStandard>
read_unit_standards(const Sections& sections, const Names& names, const model::Model& model,
                    const ReadingContext& context);

/// Reads one process. `nullopt` after findings if it cannot stand for the record.
[[nodiscard]] std::optional<model::Process> read_process(const std::string& id,
                                                         const input::Node& node,
                                                         const Names& names,
                                                         const ReadingContext& context);

/// Moves the closing flows of a recipe that a scenario changed, so that it closes as before.
void rebalance_changed(model::Process& process, const Record& record, const Names& names,
                       const ReadingContext& context);

/// Gives flows new amounts; their data and ranges follow.
void set_amounts(std::vector<model::Flow>& flows, const std::vector<double>& amounts);

/// Notes that a recipe cannot be brought to close as before.
void note_open(const model::Process& process, const model::Rebalance& result, input::Place place,
               const std::string& field, const Names& names, const ReadingContext& context);

/// Notes traded commodities without a price. Markets that give both prices count.
void check_prices(const model::Model& model, const Sections& sections,
                  const ReadingContext& context);

} // namespace chainsim::load::detail
