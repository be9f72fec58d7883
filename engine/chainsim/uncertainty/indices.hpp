#pragma once

#include <chainsim/draws/sequence.hpp>
#include <chainsim/parallel/executor.hpp>
#include <chainsim/uncertainty/estimate.hpp>

#include <cstdint>
#include <functional>
#include <vector>

/// Which parameters the results of a model owe their spread to, for any function of the unit cube.
namespace chainsim::uncertainty {

/// Evaluates eight points of the unit cube at once: points[parameter * 8 + lane], aligned to 64
/// bytes, gives results[output * 8 + lane], aligned likewise. What is not finite (NaN) says that a
/// point has no result.
using Model = std::function<void(const double* points, double* results)>;

/// The same for several threads: `worker`, below `Executor::threads()`, is the number of a
/// workspace that no other call has at the same time. Results must depend on the points alone.
using WorkerModel = std::function<void(int worker, const double* points, double* results)>;

/// What a model takes and gives, and what its results are to be attributed to.
struct Problem {
    int parameters = 0;
    int outputs = 1;
    /// Each factor is a list of parameters that change together, so that hundreds of parameters can
    /// be screened by a few factors; none: every parameter is a factor. A parameter in no factor
    /// varies all the same, and one may be in several.
    std::vector<std::vector<int>> factors = {};
};

/// Estimators of first order; that of the total order is always Jansen's (1999).
enum class FirstOrder {
    saltelli, ///< mean of B (AB - A), Saltelli et al. (2010): the better the smaller the index
    jansen,   ///< variance - mean of (B - AB)^2 / 2, Jansen (1999): the better the larger the index
};

/// Intervals from the spread of the replicates.
enum class Interval {
    student,   ///< jackknife variance, Student's t with replicates - 1 degrees of freedom
    bootstrap, ///< percentiles of resampled replicates: too narrow with less than some fifty
};

struct SobolSettings {
    std::int64_t n = 4096; ///< base points in all: a multiple of replicates, best of 8 * replicates
    /// Independent samples of n / replicates points that the n consist of. With `sobol` and
    /// `latin_hypercube` the points of one sample are not independent, and nothing within it tells
    /// the error of its means: only several, scrambled independently, do. Fewer are more accurate
    /// and less sure of it. Sobol' points want a power of two in each, of 512 or more if there are
    /// tens of parameters: fewer points leave pairs of dimensions correlated, and are then worse
    /// than random ones.
    int replicates = 8;
    draws::Method method = draws::Method::sobol;
    std::uint64_t seed = 1;
    FirstOrder first_order = FirstOrder::saltelli;
    Interval interval = Interval::student;
    int resamples = 1000; ///< of the bootstrap
};

/// Sobol' indices of one output, by number of the factor.
struct SobolIndices {
    Estimate mean;
    Estimate variance;
    std::vector<Estimate> first;    ///< share of the variance due to the factor by itself
    std::vector<Estimate> total;    ///< share in which it has a part at all
    std::int64_t base_points;       ///< with results of A and B: those of mean and variance
    std::vector<std::int64_t> used; ///< base points with results of A, B and AB of the factor
    std::int64_t lost;              ///< evaluations without result
};

struct SobolResult {
    std::vector<SobolIndices> outputs;
    std::int64_t evaluations; ///< n (factors + 2)
};

/// Sobol' indices of first and total order of all factors.
///
/// Base point i is a pair (A_i, B_i) of independent points; AB is A with the parameters of one
/// factor taken from B. Indices are shares of the variance of all A and B. Estimates may leave 0
/// .. 1 by their error; they are NaN for an output without variance.
///
/// A base point without result in A, B or AB is left out for that factor, and without result in A
/// or B for all: what is then described is the model where it has results, and `used` and `lost`
/// say how far that is from the whole.
///
/// Errors   ContractError if a factor is empty or names a parameter twice or one that is not there,
///          if numbers are not positive, with less than 2 replicates, if n is not a multiple of
///          these, or for an empty function. What the model throws is thrown.
/// Threads  the result is the same, to the last bit, for any number of threads.
/// Cost     n (factors + 2) evaluations, eight at a time, and about 25 ns of its own for each and
///          each output. Memory does not depend on n: the sums of
///          each replicate (5 numbers per output and factor), the results of 8 points for each slot
///          of the executor, and 256 bytes per parameter and replicate for Sobol' points.
[[nodiscard]] SobolResult sobol_indices(const Problem& problem, const Model& model,
                                        const SobolSettings& settings);
[[nodiscard]] SobolResult sobol_indices(const Problem& problem, const WorkerModel& model,
                                        const SobolSettings& settings,
                                        const parallel::Executor& executor);

/// Where the levels of a parameter lie in 0 .. 1.
enum class Placement {
    middles, ///< (j + 1/2) / levels: never at the ends, where quantiles may be infinite
    ends,    ///< j / (levels - 1), as Morris has them
};

struct MorrisSettings {
    int trajectories = 64;
    int levels = 4; ///< even
    Placement placement = Placement::middles;
    std::uint64_t seed = 1;
    int resamples = 1000; ///< of the bootstrap
};

/// Elementary effects of one factor on one output: change of the output per unit of quantile.
struct MorrisEffect {
    double mu;    ///< mean: the trend; NaN for a factor of several parameters, which has no sign
    double sigma; ///< standard deviation: curvature and interaction; NaN likewise
    Estimate mu_star;  ///< mean of the absolute values (Campolongo et al. 2007); by bootstrap
    std::int64_t used; ///< trajectories in which the step of the factor has results at both ends
};

struct MorrisResult {
    std::vector<std::vector<MorrisEffect>> outputs; ///< [output][factor]
    std::int64_t evaluations;                       ///< trajectories (factors + 1)
    std::vector<std::int64_t> lost;                 ///< [output] evaluations without result
};

/// Screening by elementary effects (Morris 1991): from a random point on a grid, all factors change
/// one after the other, in random order, each by half of the levels, up or down.
///
/// The parameters of a factor of several each go their own way; what counts is then the absolute
/// value. A step without result at one of its ends is left out.
///
/// Errors   as `sobol_indices`, with at least 2 trajectories and an even number of levels.
/// Threads  the result is the same, to the last bit, for any number of threads.
/// Cost     trajectories (factors + 1) evaluations, eight at a time; memory: 8 bytes per
///          trajectory, factor and output.
[[nodiscard]] MorrisResult morris_screening(const Problem& problem, const Model& model,
                                            const MorrisSettings& settings);
[[nodiscard]] MorrisResult morris_screening(const Problem& problem, const WorkerModel& model,
                                            const MorrisSettings& settings,
                                            const parallel::Executor& executor);

} // namespace chainsim::uncertainty
