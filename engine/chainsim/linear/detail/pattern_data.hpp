#pragma once

#include <chainsim/base/vector_isa.hpp>
#include <chainsim/linear/detail/order.hpp>
#include <chainsim/linear/pattern.hpp>

#include <string>
#include <vector>

namespace chainsim::linear::detail {

/// What an analysis found, for the solvers.
struct PatternData {
    std::vector<int> start, row; // the matrix by columns
    std::vector<double> nominal; // in the order of the work
    Order order;
    Rows rows;
    FactorPattern factors; // of Method::factor
    Method method = Method::pivot;
    std::string reason;
    Structure structure;
    PatternOptions options;

    [[nodiscard]] ColumnsView columns() const {
        return {
            .size = static_cast<int>(start.size()) - 1, .start = start.data(), .row = row.data()};
    }
};

/// The kernels of one instruction set.
struct Kernels {
    void (*sweep)(const RowsView&, Numbers, SweepJob&);
    void (*sweep_transposed)(const RowsView&, Numbers, SweepJob&);
    void (*certify)(const RowsView&, Numbers, const CertifyJob&);
    void (*certify_transposed)(const RowsView&, Numbers, const CertifyJob&);
    void (*factor)(const RowsView&, const FactorView&, const double*, const FactorNumbers&);
    void (*solve)(const RowsView&, const FactorView&, Numbers, const double*, const FactorNumbers&,
                  const double*, double*);
    void (*solve_transposed)(const RowsView&, const FactorView&, Numbers, const double*,
                             const FactorNumbers&, double*);
    void (*gather)(int, const int*, Numbers, const double*, double*);
    void (*scatter)(int, const int*, Numbers, const double*, double*);
    void (*score)(const ScoreJob&);
    void (*weigh)(int, const double*, Numbers, const double*, double*);
};

[[nodiscard]] Kernels kernels(VectorIsa isa);

} // namespace chainsim::linear::detail
