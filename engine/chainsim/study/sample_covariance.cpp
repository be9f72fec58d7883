#include <chainsim/base/diagnostic.hpp>
#include <chainsim/io/csv.hpp>
#include <chainsim/io/file.hpp>
#include <chainsim/study/sample.hpp>
#include <chainsim/uncertainty/parameters.hpp>

#include <Eigen/Eigenvalues>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <string_view>
#include <utility>

namespace chainsim::study {

namespace {

namespace fs = std::filesystem;
using uncertainty::Covariance;
using uncertainty::Parameter;

/// Columns before those of the covariances.
constexpr std::size_t lead = 3;

/// A table of covariances as `reconcile` writes it: `id`, `unit`, `value`, and a column for each
/// id.
class CovarianceReader {
public:
    CovarianceReader(const fs::path& file, const model::Scenario& scenario)
        : file_(file.string()), scenario_(scenario),
          parameters_(uncertainty::parameters_of(scenario)),
          rows_(io::csv_rows(io::read_file(file), file_)) {}

    Covariance read() {
        check_shape();
        raise();
        for (std::size_t i = 1; i < rows_.size(); ++i) {
            take_row(i);
        }
        raise();
        if (out_.ids.empty()) {
            refuse(1, 1, "it speaks of no figure that the scenario has",
                   "ids are those of parameters.csv of a sample, or PLANT.in.COMMODITY.coefficient "
                   "as `reconcile` writes them");
        }
        fill();
        raise();
        return std::move(out_);
    }

private:
    void refuse(int line, int column, std::string message, std::string help = {}) {
        found_.push_back({{file_, line, column}, {}, std::move(message), std::move(help), {}, {}});
    }

    void raise() const {
        if (!found_.empty()) {
            throw InputError(found_);
        }
    }

    void check_shape() {
        const auto& head = rows_.front();
        if (head.cells.size() <= lead || head.cells[0] != "id" || head.cells[1] != "unit" ||
            head.cells[2] != "value") {
            refuse(head.line, 1, "the columns are not id, unit, value and the ids",
                   "take covariance.csv of `chainsim reconcile -o`");
            return;
        }
        if (rows_.size() - 1 != head.cells.size() - lead) {
            refuse(head.line, 1,
                   fmt::format("{} ids in columns, {} in rows", head.cells.size() - lead,
                               rows_.size() - 1),
                   "a covariance is square");
            return;
        }
        for (std::size_t i = 1; i < rows_.size(); ++i) {
            const auto& row = rows_[i];
            if (row.cells.size() != head.cells.size()) {
                refuse(
                    row.line, 1,
                    fmt::format("{} cells, the head has {}", row.cells.size(), head.cells.size()));
            } else if (row.cells[0] != head.cells[i - 1 + lead]) {
                refuse(row.line, 1,
                       fmt::format("'{}' stands where the columns have '{}'", row.cells[0],
                                   head.cells[i - 1 + lead]),
                       "rows and columns have the same order");
            }
        }
    }

    /// The parameter that an id means: by its own name, or the coefficient of a plant.
    [[nodiscard]] const Parameter* parameter(const std::string& id) const {
        const auto named = [&](const auto& is_it) {
            const auto found = std::find_if(parameters_.all.rbegin(), parameters_.all.rend(),
                                            [&](const Parameter& one) { return is_it(one.id); });
            return found == parameters_.all.rend() ? nullptr : &*found;
        };
        if (const auto* one = named([&](const std::string& own) { return own == id; })) {
            return one;
        }
        constexpr std::string_view tail = ".coefficient";
        if (!id.ends_with(tail)) {
            return nullptr;
        }
        const auto bare = id.substr(0, id.size() - tail.size());
        for (const auto& [word, side] :
             {std::pair(".in.", ".inputs."), std::pair(".out.", ".outputs.")}) {
            const auto at = bare.find(word);
            if (at == std::string::npos) {
                continue;
            }
            const auto plant = bare.substr(0, at);
            const auto flow = side + bare.substr(at + std::string_view(word).size());
            if (const auto* one = named([&](const std::string& own) {
                    return own.starts_with("facilities." + plant + ".") && own.ends_with(flow);
                })) {
                return one;
            }
            const auto facility = scenario_.facilities.find(plant);
            if (!facility) {
                return nullptr;
            }
            const auto process = scenario_.facilities[*facility].process;
            const auto recipe = "processes." + scenario_.model.processes[process].id + flow;
            return named([&](const std::string& own) { return own == recipe; });
        }
        return nullptr;
    }

    void take_row(std::size_t i) {
        const auto& row = rows_[i];
        const auto* one = parameter(row.cells[0]);
        if (one == nullptr) { // flows and trades follow from the balance
            return;
        }
        if (const auto [known, is_new] = known_.try_emplace(one->id, row.line); !is_new) {
            refuse(row.line, 1, fmt::format("a second measurement of '{}'", one->id),
                   fmt::format("line {} has it: plants that share a recipe have one figure; give "
                               "them overrides of their own, or leave one row and column out",
                               known->second));
            return;
        }
        if (row.cells[1] != one->unit) {
            refuse(
                row.line, row.columns[1],
                fmt::format("'{}' is in {}, here it is in {}", one->id, one->unit, row.cells[1]));
        }
        out_.ids.push_back(one->id);
        out_.centres.push_back(number(i, lead - 1));
        kept_.push_back(i);
    }

    double number(std::size_t row, std::size_t column) {
        const auto& cell = rows_[row].cells[column];
        double value = 0.0;
        const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
        if (error != std::errc{} || end != cell.data() + cell.size() || !std::isfinite(value)) {
            refuse(rows_[row].line, rows_[row].columns[column],
                   fmt::format("'{}' is no number", cell));
            return 0.0;
        }
        return value;
    }

    void fill() {
        const auto n = static_cast<Eigen::Index>(kept_.size());
        Eigen::MatrixXd values(n, n);
        for (Eigen::Index i = 0; i < n; ++i) {
            for (Eigen::Index j = 0; j < n; ++j) {
                values(i, j) = number(kept_[static_cast<std::size_t>(i)],
                                      kept_[static_cast<std::size_t>(j)] - 1 + lead);
            }
        }
        if (!found_.empty()) {
            return;
        }
        const Eigen::VectorXd spread = values.diagonal().cwiseMax(0.0).cwiseSqrt();
        Eigen::MatrixXd correlation = Eigen::MatrixXd::Identity(n, n);
        constexpr double tolerance = 1e-6;
        for (Eigen::Index i = 0; i < n; ++i) {
            const auto& row = rows_[kept_[static_cast<std::size_t>(i)]];
            if (values(i, i) < 0.0) {
                refuse(row.line, 1, fmt::format("the variance of '{}' is negative", row.cells[0]));
            }
            for (Eigen::Index j = 0; j < i; ++j) {
                const double scale = spread[i] * spread[j];
                if (std::abs(values(i, j) - values(j, i)) > tolerance * scale) {
                    refuse(row.line, row.columns[kept_[static_cast<std::size_t>(j)] - 1 + lead],
                           "it is not symmetric");
                }
                // What rounding leaves of a pair that is known exactly tells nothing.
                correlation(i, j) = scale > 0.0 ? values(i, j) / scale : 0.0;
                correlation(j, i) = correlation(i, j);
            }
        }
        const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigen(correlation,
                                                                   Eigen::EigenvaluesOnly);
        if (eigen.eigenvalues().minCoeff() < -tolerance) {
            refuse(1, 1,
                   "no figures can vary together like this: a combination of them would have "
                   "a negative variance");
        }
        // A matrix on the edge of what can be is moved off it, by less than anybody measures.
        constexpr double floor = 1e-9;
        for (Eigen::Index i = 0; i < n; ++i) {
            for (Eigen::Index j = 0; j < n; ++j) {
                const double scale = spread[i] * spread[j];
                out_.values.push_back(i == j ? scale : correlation(i, j) * scale * (1.0 - floor));
            }
        }
    }

    std::string file_;
    const model::Scenario& scenario_;
    uncertainty::Parameters parameters_;
    std::vector<io::CsvRow> rows_;
    std::vector<std::size_t> kept_;    ///< rows, by id of the result
    std::map<std::string, int> known_; ///< lines, by parameter
    std::vector<Diagnostic> found_;
    Covariance out_;
};

} // namespace

Covariance read_covariance(const fs::path& file, const model::Scenario& scenario) {
    return CovarianceReader(file, scenario).read();
}

} // namespace chainsim::study
