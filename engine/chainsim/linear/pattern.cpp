#include <chainsim/base/error.hpp>
#include <chainsim/linear/detail/pattern_data.hpp>
#include <chainsim/linear/pattern.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace chainsim::linear {

namespace detail {

namespace {

using Values = std::vector<double>;

Values arranged(const Rows& rows, const double* values) {
    Values result;
    result.reserve(rows.source.size());
    for (const int entry : rows.source) {
        result.push_back(values[entry]);
    }
    return result;
}

/// Right-hand sides to try sweeps on, in the units of the diagonal, all positive: in lane 0 the
/// same for every row, in others spread over four decades.
Values trial_rights(const Rows& rows, const Values& values) {
    Values rights;
    rights.reserve(rows.inside.size() * vector_lanes);
    std::uint32_t state = 1;
    for (const int diagonal : rows.off_end) {
        const double unit = std::abs(values[static_cast<std::size_t>(diagonal)]);
        for (int lane = 0; lane < vector_lanes; ++lane) {
            state = state * 1664525U + 1013904223U; // Knuth, TAOCP vol. 2, 3.3.4
            const double power = 4.0 * static_cast<double>(state >> 8U) * 0x1p-24;
            rights.push_back(lane == 0 ? unit : unit * std::pow(10.0, -power));
        }
    }
    return rights;
}

struct Trial {
    bool converged = false;
    int passes = 0;
    Values unknown; // of lane 0
};

Trial try_sweeps(const Rows& rows, const Values& values, const PatternOptions& options,
                 double tolerance, int most_passes) {
    const auto rights = trial_rights(rows, values);
    Values unknown(rights.size(), 0.0);
    Values base(rights.size());
    Values inverse(rights.size());
    std::array<double, vector_lanes> active{};
    std::array<double, vector_lanes> open{};
    active.fill(1.0);
    SweepJob job{.values = values.data(),
                 .right = rights.data(),
                 .unknown = unknown.data(),
                 .base = base.data(),
                 .inverse = inverse.data(),
                 .active = active.data(),
                 .open = open.data(),
                 .tolerance = tolerance,
                 .most_passes = std::min(most_passes, options.most_passes),
                 .passes = 0};
    kernels(vector_isa()).sweep(rows.view(), Numbers::shared, job);
    Trial trial;
    trial.passes = job.passes;
    trial.converged =
        std::all_of(open.begin(), open.end(), [](double lane) { return lane == 0.0; });
    for (std::size_t row = 0; row < rows.inside.size(); ++row) {
        trial.unknown.push_back(unknown[row * vector_lanes]);
    }
    return trial;
}

bool are_finite(const Values& values) {
    return std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); });
}

/// A system that sweeps can solve at the nominal values, in the best order known.
struct Sweeps {
    Order order;
    Rows rows;
    Trial trial;
    double products = 0.0;
};

double entries_in_loops(const Rows& rows) {
    double entries = 0.0;
    for (std::size_t row = 0; row < rows.inside.size(); ++row) {
        entries += rows.off_end[row] - rows.inside[row];
    }
    return entries;
}

int largest_block(const std::vector<int>& block_start) {
    int largest = 0;
    for (std::size_t k = 0; k + 1 < block_start.size(); ++k) {
        largest = std::max(largest, block_start[k + 1] - block_start[k]);
    }
    return largest;
}

Sweeps prepare_sweeps(const ColumnsView& matrix, const double* values,
                      const std::vector<int>& matching, const PatternOptions& options) {
    Sweeps sweeps;
    sweeps.order = sweep_order(matrix, matching);
    sweeps.rows = make_rows(matrix, sweeps.order);
    auto nominal = arranged(sweeps.rows, values);
    if (largest_block(sweeps.order.block_start) > 1) {
        // Some passes give the weights; they need not converge yet.
        constexpr double rough = 1e-3;
        constexpr int few = 10;
        const auto first = try_sweeps(sweeps.rows, nominal, options, rough, few);
        if (are_finite(first.unknown)) {
            improve_order(sweeps.rows, nominal, first.unknown, sweeps.order);
            sweeps.rows = make_rows(matrix, sweeps.order);
            nominal = arranged(sweeps.rows, values);
        }
    }
    sweeps.trial =
        try_sweeps(sweeps.rows, nominal, options, options.tolerance, options.most_passes);
    const auto entries = static_cast<double>(sweeps.rows.source.size());
    const double loops = entries_in_loops(sweeps.rows);
    // The certificate multiplies once and adds twice: it counts double.
    sweeps.products = entries - loops + sweeps.trial.passes * loops + 2.0 * entries;
    return sweeps;
}

double factor_products(const Outlook& outlook, double entries, double loops, Work work) {
    // In the inner loop of the numeric phase a product also loads and stores its target, which
    // makes it one and a half times as dear as a product of a pass.
    const double once = work == Work::new_values ? 1.5 * outlook.flops / 2.0 : 0.0;
    return once + outlook.fill + entries - loops + 2.0 * entries;
}

/// A step is a solution with the factor and a product with the matrix. Lanes share what a product
/// of theirs costs, and a system alone does not.
double krylov_products(const Outlook& outlook, double entries) {
    constexpr double steps = 10.0;
    constexpr double alone = 4.0;
    return steps * alone * (outlook.fill + entries);
}

/// What factors would cost. The estimate of the order is of a symmetric pattern and a few times too
/// high: where a factorisation is cheap, it is made and counted.
Outlook look(Klu& klu, const Values& values, bool& factorised) {
    constexpr double cheap = 1e8; // operations by the estimate: a tenth of a second
    auto outlook = klu.outlook();
    factorised = outlook.flops <= cheap && are_finite(values) && klu.factor(values.data());
    return factorised ? klu.counted() : outlook;
}

void choose_factor(Klu& klu, PatternData& data, const Values& values) {
    const auto factors = klu.factors();
    data.order = factor_order(factors);
    data.factors = factor_pattern(factors);
    data.rows = make_rows(data.columns(), data.order);
    data.nominal = arranged(data.rows, values.data());
    data.structure.fill =
        static_cast<double>(data.factors.lower_column.size() + data.factors.upper_column.size() +
                            data.order.row_of.size());
    data.method = Method::factor;
}

void choose_pivot(PatternData& data, const std::vector<int>& matching, const Values& values) {
    data.order = sweep_order(data.columns(), matching);
    data.rows = make_rows(data.columns(), data.order);
    data.nominal = arranged(data.rows, values.data());
    data.method = Method::pivot;
}

std::string tell(const Structure& s) {
    return fmt::format("{} loops or rows, the largest of {}; factors {:.0f} entries and {:.3g} "
                       "products a solution, GMRES {:.3g}, sweeps {}",
                       s.blocks, s.largest_block, s.fill, s.factor_products, s.krylov_products,
                       s.sweep_products > 0.0 ? fmt::format("{} passes and {:.3g} products",
                                                            s.passes, s.sweep_products)
                                              : "do not converge");
}

/// The cheapest, or the one asked for if it is possible. Where the matrix stays there is no stale
/// factor, and where a factor of its own costs less there need be none.
Method wish(const PatternData& data, bool sweeps_possible) {
    if (data.options.method.has_value()) {
        const Method asked = *data.options.method;
        return asked == Method::sweeps && !sweeps_possible ? Method::pivot : asked;
    }
    const auto& s = data.structure;
    const bool krylov =
        data.options.work == Work::new_values && s.krylov_products < s.factor_products;
    if (sweeps_possible && s.sweep_products < (krylov ? s.krylov_products : s.factor_products)) {
        return Method::sweeps;
    }
    return krylov ? Method::krylov : Method::factor;
}

void note_blocks(PatternData& data, const Order& order) {
    data.structure.blocks = static_cast<int>(order.block_start.size()) - 1;
    data.structure.largest_block = largest_block(order.block_start);
}

void analyse(PatternData& data, const Values& values) {
    const auto matching = match(data.columns());
    if (!matching.has_value()) {
        std::vector<int> any(data.start.size() - 1);
        for (std::size_t k = 0; k < any.size(); ++k) {
            any[k] = static_cast<int>(k);
        }
        choose_pivot(data, any, values);
        data.reason =
            "every matrix of this pattern is singular: rows and columns cannot be matched";
        return;
    }
    auto sweeps = prepare_sweeps(data.columns(), values.data(), *matching, data.options);
    note_blocks(data, sweeps.order);
    data.structure.passes = sweeps.trial.passes;
    data.structure.sweep_products = sweeps.trial.converged ? sweeps.products : 0.0;
    Klu klu(data.columns());
    bool factorised = false;
    const auto outlook = look(klu, values, factorised);
    const double entries = data.structure.entries;
    data.structure.fill = outlook.fill;
    data.structure.factor_products =
        factor_products(outlook, entries, entries_in_loops(sweeps.rows), data.options.work);
    data.structure.krylov_products = krylov_products(outlook, entries);
    const auto method = wish(data, sweeps.trial.converged);
    if (method == Method::sweeps) {
        data.order = std::move(sweeps.order);
        data.rows = std::move(sweeps.rows);
        data.nominal = arranged(data.rows, values.data());
        data.method = Method::sweeps;
        data.reason = "sweeps: " + tell(data.structure);
    } else if (method == Method::factor &&
               (factorised || (are_finite(values) && klu.factor(values.data())))) {
        choose_factor(klu, data, values);
        data.reason = "factor: " + tell(data.structure);
    } else if (method == Method::krylov && are_finite(values)) {
        choose_pivot(data, *matching, values);
        data.method = Method::krylov;
        data.reason = "krylov: " + tell(data.structure);
    } else {
        choose_pivot(data, *matching, values);
        const bool wanted_factor = method == Method::factor || method == Method::krylov;
        data.reason = wanted_factor ? "pivot: the nominal values are singular"
                                    : "pivot: asked for, or sweeps do not converge";
    }
}

} // namespace

} // namespace detail

Pattern::Pattern(const Matrix& nominal, const PatternOptions& options) {
    CHAINSIM_EXPECT(nominal.rows() == nominal.cols() && nominal.rows() > 0,
                    fmt::format("a matrix of {} rows and {} columns is not square, or is empty",
                                nominal.rows(), nominal.cols()));
    CHAINSIM_EXPECT(nominal.isCompressed(), "the matrix is compressed");
    CHAINSIM_EXPECT(options.tolerance > 0.0 && options.most_passes > 0,
                    "the tolerance and the number of passes are positive");
    auto data = std::make_unique<detail::PatternData>();
    data->options = options;
    data->start.assign(nominal.outerIndexPtr(), nominal.outerIndexPtr() + nominal.cols() + 1);
    data->row.assign(nominal.innerIndexPtr(), nominal.innerIndexPtr() + nominal.nonZeros());
    data->structure.size = static_cast<int>(nominal.rows());
    data->structure.entries = static_cast<int>(nominal.nonZeros());
    const std::vector<double> values(nominal.valuePtr(), nominal.valuePtr() + nominal.nonZeros());
    detail::analyse(*data, values);
    data_ = std::move(data);
}

Pattern::~Pattern() = default;
Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;

Method Pattern::method() const { return data_->method; }
const std::string& Pattern::reason() const { return data_->reason; }
const Structure& Pattern::structure() const { return data_->structure; }
const std::vector<int>& Pattern::entry_order() const { return data_->rows.source; }

} // namespace chainsim::linear
