#pragma once

#include <Eigen/SparseCore>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace chainsim::linear {

/// How the systems of a pattern are solved.
enum class Method {
    factor, ///< LU factors with the pattern and the pivot order of the nominal values
    sweeps, ///< no factors: Gauss-Seidel passes over each loop, in an order with few entries
            ///< forward
    krylov, ///< every system by itself, by GMRES with the factor of the nominal values; one that is
            ///< singular shows only if it has no solution
    pivot   ///< every system by itself, with pivoting (KLU)
};

/// What the work on a pattern will mostly be; the choice of the method depends on it.
enum class Work {
    new_values,     ///< each solve has its own matrix
    new_right_sides ///< the matrix stays: a factorisation is paid for once
};

struct PatternOptions {
    Work work = Work::new_values;
    /// Componentwise backward error to which every solution is brought: the largest, over the rows,
    /// of |right - A x| over |right| + |A| |x|.
    double tolerance = 1e-12;
    /// Passes over one loop before a solution by sweeps is given up.
    int most_passes = 100;
    /// The method to take instead of the cheapest one. If it is not possible for the nominal
    /// values, the systems are solved one by one, with pivoting.
    std::optional<Method> method = std::nullopt;
};

/// What the analysis found; counts of multiplications are for one solution.
struct Structure {
    int size = 0;
    int entries = 0;
    int blocks = 0;               ///< of the block triangular form
    int largest_block = 0;        ///< rows of the largest loop
    double fill = 0.0;            ///< entries of the factors of the blocks (estimated by sweeps)
    double factor_products = 0.0; ///< multiplications to factorise, solve and certify
    double sweep_products = 0.0;  ///< multiplications of passes and certificate; 0 if not possible
    double krylov_products = 0.0; ///< as dear as so many in lanes: ten steps of one system alone
    int passes = 0;               ///< largest number of passes over a loop at the nominal values
};

namespace detail {
struct PatternData;
} // namespace detail

/// The analysis of a square sparse matrix of which the values will change and the pattern will not:
/// its block triangular form, the order of the work, the pattern of the factors, and the choice
/// between factors, sweeps and GMRES with a factor that is made once.
///
/// Errors   ContractError if the matrix is not square, is empty, or is not compressed.
/// Threads  may be shared: nothing changes after it is made.
/// Cost     one factorisation of the nominal values with KLU if factors are chosen; else the order
///          of KLU, and passes over the nominal values. Some tens of bytes for each entry.
class Pattern {
public:
    using Matrix = Eigen::SparseMatrix<double, Eigen::ColMajor, int>;

    /// The nominal values decide the pivot order and whether sweeps converge. They need not be
    /// regular: systems are then solved one by one, with pivoting.
    explicit Pattern(const Matrix& nominal, const PatternOptions& options = {});
    ~Pattern();
    Pattern(Pattern&&) noexcept;
    Pattern& operator=(Pattern&&) noexcept;
    Pattern(const Pattern&) = delete;
    Pattern& operator=(const Pattern&) = delete;

    [[nodiscard]] Method method() const;
    /// Why this method, with the numbers that decided: for a person to read.
    [[nodiscard]] const std::string& reason() const;
    [[nodiscard]] const Structure& structure() const;
    /// The order in which solvers take the values of the matrix: value k is entry entry_order()[k]
    /// of the matrix by columns. Memory is then read in a straight line.
    [[nodiscard]] const std::vector<int>& entry_order() const;

    /// For the solvers of this library.
    [[nodiscard]] const detail::PatternData& data() const { return *data_; }

private:
    std::unique_ptr<const detail::PatternData> data_;
};

} // namespace chainsim::linear
