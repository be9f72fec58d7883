#include <chainsim/accounts/plant_money.hpp>
#include <chainsim/footprint/burdens.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

namespace chainsim::footprint {

namespace {

constexpr std::array indicators{"energy_total_equivalent",
                                "energy_total_calorific",
                                "energy_feedstock",
                                "co2_total",
                                "co2_fuel",
                                "co2_process",
                                "co2_power",
                                "fresh_water",
                                "water_consumed",
                                "so2",
                                "nox",
                                "pm",
                                "voc",
                                "solid_waste",
                                "hazardous_waste",
                                "jobs"};

// Of the cost, in this order; the first two are none of the indicators' rows.
constexpr std::array money{"cost", "cost_purchases", "cost_disposal", "compensation",
                           "depreciation"};

class Counting {
public:
    Counting(const model::Scenario& scenario, const system::System& system,
             const system::Solution& solution)
        : scenario_(scenario), system_(system), solution_(solution) {}

    Burdens count() {
        const auto& rows = system_.indicators.info;
        std::vector<int> found;
        for (const char* id : indicators) {
            const auto row = std::find_if(rows.begin(), rows.begin() + system_.indicators.shown,
                                          [id](const auto& one) { return one.id == id; });
            if (row != rows.begin() + system_.indicators.shown) {
                found.push_back(static_cast<int>(row - rows.begin()));
                out_.info.push_back(*row);
            }
        }
        for (const char* id : money) {
            out_.info.push_back({id, {}, "CNY"});
        }
        const auto burdens = static_cast<Eigen::Index>(out_.info.size());
        out_.direct.setZero(burdens, system_.equations.columns());
        out_.bought.setZero(burdens, system_.equations.rows());
        out_.disposed.setZero(burdens, system_.equations.rows());
        for (std::size_t b = 0; b < found.size(); ++b) {
            take_row(static_cast<int>(b), found[b]);
        }
        const auto first = static_cast<int>(found.size());
        take_money(first);
        return std::move(out_);
    }

private:
    void take_row(int burden, int row) {
        const int columns = system_.equations.columns();
        const int rows = system_.equations.rows();
        const auto& weights = system_.indicators.weights;
        for (Eigen::SparseMatrix<double, Eigen::RowMajor>::InnerIterator it(weights, row); it;
             ++it) {
            const auto at = static_cast<int>(it.col());
            if (at < columns) {
                out_.direct(burden, at) += it.value();
            } else if (at < columns + rows) {
                out_.bought(burden, at - columns) += it.value();
            } else if (at >= columns + 2 * rows && at < columns + 3 * rows) {
                out_.disposed(burden, at - columns - 2 * rows) += it.value();
            }
        }
        take_standing(burden, row);
    }

    /// Over what a plant makes in the year; one that stands idle is no part of any product.
    void take_standing(int burden, int row) {
        for (const auto& part : system_.indicators.standing) {
            const double activity = solution_.activity[part.column];
            if (part.row == row && activity > 0.0) {
                out_.direct(burden, part.column) += part.value / activity;
            }
        }
    }

    void take_money(int first) {
        const int purchases = first + 1;
        const int disposal = first + 2;
        const auto dealings = accounts::dealings(scenario_, system_.year);
        for (int r = 0; r < system_.equations.rows(); ++r) {
            const auto& dealing = dealings[system_.layout.rows[static_cast<std::size_t>(r)].value];
            if (dealing.known) {
                out_.bought(purchases, r) = dealing.bought.value();
                out_.disposed(disposal, r) = dealing.disposal.value();
            }
        }
        const auto& rows = system_.indicators.info;
        for (int b = first + 3; b < static_cast<int>(out_.info.size()); ++b) {
            const auto row = std::find_if(rows.begin(), rows.end(), [&](const auto& one) {
                return one.id == out_.info[static_cast<std::size_t>(b)].id;
            });
            if (row != rows.end()) {
                take_standing(b, static_cast<int>(row - rows.begin()));
            }
        }
        for (int b = purchases; b < static_cast<int>(out_.info.size()); ++b) {
            out_.direct.row(first) += out_.direct.row(b);
            out_.bought.row(first) += out_.bought.row(b);
            out_.disposed.row(first) += out_.disposed.row(b);
        }
    }

    const model::Scenario& scenario_;
    const system::System& system_;
    const system::Solution& solution_;
    Burdens out_;
};

} // namespace

int Burdens::find(std::string_view id) const {
    const auto found =
        std::find_if(info.begin(), info.end(), [id](const auto& one) { return one.id == id; });
    return found == info.end() ? -1 : static_cast<int>(found - info.begin());
}

Burdens burdens_of(const model::Scenario& scenario, const system::System& system,
                   const system::Solution& solution) {
    return Counting(scenario, system, solution).count();
}

} // namespace chainsim::footprint
