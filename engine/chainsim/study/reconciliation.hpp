#pragma once

#include <chainsim/reconcile/gross_errors.hpp>
#include <chainsim/reconcile/measurements.hpp>
#include <chainsim/study/study.hpp>
#include <chainsim/table/language.hpp>
#include <chainsim/table/table.hpp>

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace chainsim::study {

/// What measurements are to be reconciled, and how.
struct ReconcileRequest {
    std::filesystem::path file;
    int year = 0; ///< of plants; 0: that of the file
    reconcile::Method method = reconcile::Method::least_squares;
    reconcile::TestOptions tests;
    bool leave_out_suspects = false; ///< the result is that without them
};

/// One quantity, as it was measured and as it is reconciled.
struct ReconciledQuantity {
    std::string id;
    std::string unit;
    reconcile::Label label;
    std::optional<double> measured;
    double sigma_before = 0.0; ///< of what was measured
    reconcile::Estimate after;
    int suspect = 0;               ///< place among the suspects, from 1; 0: none
    double without_suspects = 0.0; ///< value if all suspects are left out; NaN if unobservable
    int variable = -1;             ///< of the problem; -1: it follows from a recipe
};

/// Measurements, reconciled.
struct Reconciliation {
    ReconcileRequest request;
    std::string scenario; ///< id; empty: of a network of its own
    reconcile::Measurements measurements;
    reconcile::Solution solution; ///< by the method asked for, with or without suspects
    reconcile::GlobalTest test;   ///< of all measurements, by least squares
    double critical = 0.0;        ///< of a normalised adjustment, with all measurements
    int tested = 0;
    reconcile::Elimination elimination;
    std::vector<ReconciledQuantity> quantities; ///< variables in order, then what follows
};

/// Reads and reconciles a file of measurements: of a network, or of the plants of `study`.
///
/// Errors  InputError with every row that is wrong, or if the file needs a scenario and there is
///         none, or the other way round; IoError; NoSolution saying what cannot be kept.
[[nodiscard]] Reconciliation reconcile_measurements(const ReconcileRequest& request,
                                                    const Study* study);

/// `chainsim.reconcile/1`: outcome, tests, suspects and all quantities, the covariance left out.
[[nodiscard]] std::string reconciliation_json(const Reconciliation& report);

/// The same for a reader at a terminal of `width` columns (0: no limit).
[[nodiscard]] std::string reconciliation_text(const Reconciliation& report,
                                              table::Language language, std::size_t width);

/// All quantities: `reconciled.csv`.
[[nodiscard]] table::Table reconciled_table(const Reconciliation& report);
/// The covariance of what is known with errors, rows and columns by id: `covariance.csv`.
[[nodiscard]] table::Table covariance_table(const Reconciliation& report);
/// Statistics as a scenario reads them by `actuals:`: what the district made and sold of each
/// product of which that is known.
[[nodiscard]] table::Table reconciled_actuals(const Reconciliation& report, const Study& study);
/// A scenario that extends the one that was asked: coefficients that measurements have moved, with
/// the range that is left (95 %), as overrides of their plants. Only those that the closing flows
/// of a recipe can make up for; the others are named in a comment. Empty if there are none.
[[nodiscard]] std::string reconciled_scenario(const Reconciliation& report, const Study& study);

/// Writes `reconciled.csv`, `covariance.csv`, `reconcile.json`, and of plants `actuals.csv` and
/// `reconciled.yaml`, into a folder that is made if need be.
///
/// Errors  IoError if it holds other files, or cannot be written.
void write_reconciliation(const Reconciliation& report, const Study* study,
                          const std::filesystem::path& folder);

} // namespace chainsim::study
