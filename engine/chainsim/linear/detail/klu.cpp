#include <chainsim/base/error.hpp>
#include <chainsim/linear/detail/klu.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace chainsim::linear::detail {

namespace {

// KLU takes pointers to what it only reads.
int* not_const(const int* values) {
    return const_cast<int*>(values); // NOLINT(cppcoreguidelines-pro-type-const-cast)
}
double* not_const(const double* values) {
    return const_cast<double*>(values); // NOLINT(cppcoreguidelines-pro-type-const-cast)
}

} // namespace

Klu::Klu(const ColumnsView& matrix) : matrix_(matrix) {
    klu_defaults(&common_);
    symbolic_ = klu_analyze(matrix.size, not_const(matrix.start), not_const(matrix.row), &common_);
    CHAINSIM_EXPECT(symbolic_ != nullptr, "KLU analyses every pattern of sorted, unique entries");
}

Klu::~Klu() {
    klu_free_numeric(&numeric_, &common_);
    klu_free_symbolic(&symbolic_, &common_);
}

Outlook Klu::outlook() const {
    return {.regular = symbolic_->structural_rank == matrix_.size,
            .flops = symbolic_->est_flops,
            .fill = symbolic_->lnz + symbolic_->unz};
}

Outlook Klu::counted() {
    klu_flops(symbolic_, numeric_, &common_);
    return {.regular = true,
            .flops = common_.flops,
            .fill = static_cast<double>(numeric_->lnz) + static_cast<double>(numeric_->unz) -
                    static_cast<double>(matrix_.size)};
}

bool Klu::factor(const double* values) {
    klu_free_numeric(&numeric_, &common_);
    numeric_ = klu_factor(not_const(matrix_.start), not_const(matrix_.row), not_const(values),
                          symbolic_, &common_);
    if (numeric_ == nullptr || common_.status != KLU_OK) {
        return false;
    }
    // A pivot of which only rounding is left is none. Not a number compares false.
    constexpr double rounding = 4.0 * std::numeric_limits<double>::epsilon();
    return least_pivot(values) > rounding;
}

double Klu::least_pivot(const double* values) const {
    const auto* pivots = static_cast<const double*>(numeric_->Udiag);
    double least = std::numeric_limits<double>::infinity();
    for (int k = 0; k < matrix_.size; ++k) {
        const int column = symbolic_->Q[k];
        double largest = 0.0;
        for (int e = matrix_.start[column]; e < matrix_.start[column + 1]; ++e) {
            // The rows of KLU are divided by their largest entry; Rs is in order of the pivots.
            const double scale =
                numeric_->Rs == nullptr ? 1.0 : numeric_->Rs[numeric_->Pinv[matrix_.row[e]]];
            largest = std::max(largest, std::abs(values[e]) / scale);
        }
        const double share = std::abs(pivots[k]) / largest;
        least = share >= least ? least : share;
    }
    return least;
}

void Klu::solve(double* right, int columns) {
    klu_solve(symbolic_, numeric_, matrix_.size, columns, right, &common_);
}

void Klu::solve_transposed(double* right, int columns) {
    klu_tsolve(symbolic_, numeric_, matrix_.size, columns, right, &common_);
}

Factors Klu::factors() {
    const auto size = static_cast<std::size_t>(matrix_.size);
    const auto lower = static_cast<std::size_t>(numeric_->lnz);
    const auto upper = static_cast<std::size_t>(numeric_->unz);
    Factors result;
    result.row_of.resize(size);
    result.column_of.resize(size);
    result.block_start.resize(static_cast<std::size_t>(numeric_->nblocks) + 1);
    result.lower_start.resize(size + 1);
    result.lower_row.resize(lower);
    result.upper_start.resize(size + 1);
    result.upper_row.resize(upper);
    std::vector<double> lower_value(lower);
    std::vector<double> upper_value(upper);
    klu_extract(numeric_, symbolic_, result.lower_start.data(), result.lower_row.data(),
                lower_value.data(), result.upper_start.data(), result.upper_row.data(),
                upper_value.data(), nullptr, nullptr, nullptr, result.row_of.data(),
                result.column_of.data(), nullptr, result.block_start.data(), &common_);
    return result;
}

} // namespace chainsim::linear::detail
