#pragma once

#include <chainsim/input_output/io_table.hpp>
#include <chainsim/input_output/multipliers.hpp>
#include <chainsim/model/scenario.hpp>
#include <chainsim/study/study.hpp>
#include <chainsim/table/language.hpp>
#include <chainsim/table/table.hpp>
#include <chainsim/units/quantity.hpp>

#include <Eigen/Core>

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace chainsim::economy {

/// A sector that something is bought of (or sold as), with its share.
struct SectorShare {
    Eigen::Index sector = 0;
    double share = 1.0; ///< of the money
    double local = 1.0; ///< of that share, what the region of the table supplies itself
};

/// Which sectors of a table stand for what a district deals in.
struct Mapping {
    std::map<std::string, std::vector<SectorShare>> commodities; ///< by commodity id; `*`: others
    std::map<std::string, std::vector<SectorShare>> investment;  ///< by project id; `*`: others

    /// Of an id, or what stands for all others; null if there is neither.
    [[nodiscard]] const std::vector<SectorShare>* commodity(const std::string& id) const;
    [[nodiscard]] const std::vector<SectorShare>* project(const std::string& id) const;
};

/// Reads a mapping: CSV with the columns `kind,id,sector,share,local` (the last may be left out,
/// and empty is 1). Kind is `commodity` or `investment`; id that of a commodity or project, or `*`
/// for all that no other line names; the shares of one id add up to 1.
///
/// Errors  InputError with everything that is wrong: an unknown kind, commodity, project or sector
///         and the nearest one, shares that are none or do not add up. IoError.
[[nodiscard]] Mapping read_mapping(const std::filesystem::path& file,
                                   const input_output::IoTable& table,
                                   const model::Scenario& scenario);

/// What a demand for products of the region brings about in its whole economy.
///
/// Units   money in that of the table, persons.
struct Effect {
    double delivered = 0.0; ///< the demand itself
    double output = 0.0;
    double value_added = 0.0;         ///< with all suppliers: direct and indirect
    double value_added_direct = 0.0;  ///< of those who deliver, on what they deliver
    double value_added_induced = 0.0; ///< by spending of households besides; NaN if not asked for
    double jobs = 0.0;
    double jobs_direct = 0.0;
    double jobs_induced = 0.0;
    Eigen::VectorXd delivered_by; ///< by sector
    Eigen::VectorXd output_by;
};

/// Money without a sector, which is left out of the effects.
struct Unmapped {
    std::string id; ///< of a commodity or project
    double amount = 0.0;
};

/// Operation in a solved year.
struct OperationYear {
    int year = 0;
    double sales = 0.0;       ///< of the district, at the prices at which it sells
    double purchases = 0.0;   ///< what it buys, and has disposed of
    double imported = 0.0;    ///< of it, what the region does not supply
    double value_added = 0.0; ///< the district's own; NaN where the library counts none
    double jobs = 0.0;        ///< likewise
    Eigen::VectorXd sold_as;  ///< sales by sector, as far as they are mapped
    Effect effect;            ///< of the purchases
    std::vector<Unmapped> unmapped;
    std::vector<std::string> unpriced; ///< commodities that are dealt in without a price
};

/// Investment in a year: of the projects that the scenario builds.
struct InvestmentYear {
    int year = 0;
    double investment = 0.0;
    double imported = 0.0;
    Effect effect;
    std::vector<Unmapped> unmapped;
};

/// The physical chain of a scenario in the table of its region.
struct Embedding {
    std::string scenario;
    std::string money; ///< unit of the table
    std::vector<OperationYear> operation;
    std::vector<InvestmentYear> investment;
    std::vector<std::string> without_capex; ///< projects built whose investment is not stated
};

struct EmbeddingOptions {
    std::string money = "CNY";                          ///< unit of money of the table
    std::string value_added = "value_added";            ///< satellite, in money
    std::string jobs = "jobs";                          ///< satellite, persons
    std::optional<input_output::Households> households; ///< for what they induce
};

/// What the purchases of a scenario bring about, year by year: those of its operation, which the
/// solved years tell, and those of its projects' investment by the years of construction.
///
/// The district counts beside the table: its own value added and jobs are those of the scenario,
/// and what it buys is final demand for the sectors. Its sales are shown by sector and multiply
/// nothing: supply alone makes no demand.
///
/// Errors  InputError for a unit that is no money, or a satellite that the table lacks;
///         study::NoSolution if a year has none.
/// Source  Miller & Blair (2009), Input-Output Analysis, 2nd ed., 13.2 (a new industry: the final
///         demand approach).
[[nodiscard]] Embedding embed(const input_output::Economy& economy, const study::Study& study,
                              const Mapping& mapping, const EmbeddingOptions& options);

/// As JSON: one object.
[[nodiscard]] std::string embedding_json(const input_output::Economy& economy,
                                         const Embedding& embedding);
[[nodiscard]] std::string embedding_text(const input_output::Economy& economy,
                                         const Embedding& embedding, table::Language language,
                                         std::size_t width);
/// `embedding.csv` of several scenarios: one line for each year, kind and sector.
[[nodiscard]] table::Table embedding_table(const input_output::Economy& economy,
                                           const std::vector<Embedding>& embeddings);

} // namespace chainsim::economy
