#include <chainsim/analysis/detail/gauge.hpp>

#include <limits>

namespace chainsim::analysis::detail {

Gauge::Gauge(const system::System& system, std::string_view indicator) : system_(system) {
    const auto& info = system.indicators.info;
    for (std::size_t i = 0; i < info.size(); ++i) {
        if (info[i].id == indicator) {
            indicator_ = static_cast<int>(i);
        }
    }
}

double Gauge::operator()(const system::Solution& solution) const {
    if (indicator_ < 0) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    const auto& indicators = system_.indicators;
    const auto& equations = system_.equations;
    const int columns = equations.columns();
    const int rows = equations.rows();
    double sum = indicators.constant[indicator_];
    using Row = Eigen::SparseMatrix<double, Eigen::RowMajor>::InnerIterator;
    for (Row entry(indicators.weights, indicator_); entry; ++entry) {
        const auto position = static_cast<int>(entry.col());
        const int row = position - columns;
        const double amount = row < 0          ? solution.activity[position]
                              : row < rows     ? solution.bought[row]
                              : row < 2 * rows ? solution.sold[row - rows]
                              : row < 3 * rows ? solution.disposed[row - 2 * rows]
                                               : equations.demand[row - 3 * rows];
        sum += entry.value() * amount;
    }
    return sum;
}

double Gauge::weight(int position) const {
    return indicator_ < 0 ? 0.0 : system_.indicators.weights.coeff(indicator_, position);
}

double Gauge::of_column(int column) const { return weight(column); }

double Gauge::of_bought(int row) const { return weight(system_.equations.columns() + row); }

double Gauge::of_sold(int row) const {
    return weight(system_.equations.columns() + system_.equations.rows() + row);
}

double Gauge::of_disposed(int row) const {
    return weight(system_.equations.columns() + 2 * system_.equations.rows() + row);
}

} // namespace chainsim::analysis::detail
