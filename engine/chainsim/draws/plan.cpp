#include <chainsim/draws/detail/generator_kernels.hpp>
#include <chainsim/draws/detail/layout.hpp>
#include <chainsim/draws/plan.hpp>

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <utility>

namespace chainsim::draws {

namespace {

/// Eight lanes of one dimension.
struct alignas(64) Lanes {
    std::array<double, vector_lanes> lane;
};

double* data_of(std::vector<Lanes>& room) { return room.data()->lane.data(); }

struct PlanKernels {
    const detail::GeneratorKernels& generator = detail::generator_kernels(vector_isa());
    const detail::ShapeKernels& shape = detail::shape_kernels(vector_isa());
};

const PlanKernels& plan_kernels() {
    static const PlanKernels chosen;
    return chosen;
}

/// From uniforms, which are overwritten, to values.
// NOLINTNEXTLINE(readability-non-const-parameter): the kernels write to out
void to_values(const detail::ShapeRun& shapes, double* u, double* out) {
    const auto& kernels = plan_kernels();
    const detail::Run run{shapes.count, shapes.figures.data(), shapes.targets.data(), out};
    switch (shapes.shape) {
    case Shape::uniform:
        kernels.shape.uniform(run, u);
        break;
    case Shape::triangular:
        kernels.shape.triangular(run, u);
        break;
    case Shape::normal:
        kernels.shape.truncate(run, u);
        kernels.generator.normal_quantiles(run.count, u);
        kernels.shape.split_normal(run, u);
        break;
    case Shape::lognormal:
        kernels.shape.truncate(run, u);
        kernels.generator.normal_quantiles(run.count, u);
        kernels.shape.split_lognormal(run, u);
        break;
    case Shape::pert:
        kernels.generator.normal_quantiles(run.count, u);
        kernels.shape.pert(run, u);
        break;
    case Shape::discrete:
        kernels.shape.discrete(run, u);
        break;
    }
}

void correlate(const detail::Mixing& mixing, int count, double* u) {
    const auto& kernels = plan_kernels();
    kernels.generator.normal_quantiles(count, u);
    if (mixing.factor.empty()) {
        kernels.shape.mix_equally(count, mixing.shared.data(), mixing.own.data(), u);
    } else {
        kernels.shape.mix(count, mixing.factor.data(), u);
    }
    kernels.shape.normal_probabilities(count, u);
}

} // namespace

struct Plan::Work {
    std::vector<Marginal> marginals;
    detail::Layout layout;
    std::uint64_t seed;
    std::int64_t draws;
    Sequence sequence;

    Work(std::vector<Marginal> given, const std::vector<Group>& groups, Method method,
         std::uint64_t of_seed, std::int64_t n)
        : marginals(checked(std::move(given))), layout(detail::make_layout(marginals, groups)),
          seed(of_seed), draws(n), sequence(method, of_seed, n, layout.dimensions) {}

    static std::vector<Marginal> checked(std::vector<Marginal> given) {
        for (std::size_t i = 0; i < given.size(); ++i) {
            check_marginal(given[i], fmt::format("parameter {}", i));
        }
        return given;
    }

    [[nodiscard]] const Marginal& at(int parameter) const {
        CHAINSIM_EXPECT(parameter >= 0 && static_cast<std::size_t>(parameter) < marginals.size(),
                        "a parameter is not in the plan");
        return marginals[static_cast<std::size_t>(parameter)];
    }

    /// uniforms(first dimension, count, out) for one block after the other.
    template <typename Uniforms>
    void fill(double* out, Uniforms uniforms) const {
        std::vector<Lanes> room(static_cast<std::size_t>(layout.largest) + 1);
        double* const u = data_of(room);
        for (const auto& block : layout.blocks) {
            uniforms(block.first_dimension, block.count, u);
            if (block.mixing) {
                correlate(*block.mixing, block.count, u);
            }
            for (const auto& run : block.runs) {
                to_values(run, u + static_cast<std::ptrdiff_t>(run.first) * vector_lanes, out);
            }
        }
    }
};

Plan::Plan(std::vector<Marginal> marginals, const std::vector<Group>& groups, Method method,
           std::uint64_t seed, std::int64_t n)
    : work_(std::make_unique<const Work>(std::move(marginals), groups, method, seed, n)) {}
Plan::~Plan() = default;
Plan::Plan(Plan&&) noexcept = default;
Plan& Plan::operator=(Plan&&) noexcept = default;

int Plan::parameters() const { return static_cast<int>(work_->marginals.size()); }

std::int64_t Plan::draws() const { return work_->draws; }

void Plan::fill(std::int64_t first_draw, double* out) const {
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the address itself is asked for
    CHAINSIM_EXPECT(reinterpret_cast<std::uintptr_t>(out) % 64 == 0,
                    "the output is not aligned to 64 bytes");
    work_->fill(out, [&](int first_dimension, int count, double* u) {
        work_->sequence.uniforms(first_draw, first_dimension, count, u);
    });
}

void Plan::redraw(std::int64_t draw, std::uint32_t attempt, int lane, double* out) const {
    CHAINSIM_EXPECT(draw >= 0 && draw < draws(), "the draw is not in the sample");
    CHAINSIM_EXPECT(attempt >= 1 && attempt < 0x80000000U, "attempts are numbered from 1 on");
    CHAINSIM_EXPECT(lane >= 0 && lane < vector_lanes, "there is no such lane");
    const Generator generator(work_->seed, attempt);
    std::vector<Lanes> room(static_cast<std::size_t>(parameters()) + 1);
    work_->fill(data_of(room), [&](int first_dimension, int count, double* u) {
        generator.uniforms_from(first_dimension, static_cast<std::uint64_t>(draw), count, u);
    });
    for (std::size_t p = 0; p + 1 < room.size(); ++p) {
        out[p * vector_lanes + static_cast<std::size_t>(lane)] = room[p].lane[0];
    }
}

double Plan::quantile(int parameter, double u) const {
    return draws::quantile(work_->at(parameter), u);
}

double Plan::mean(int parameter) const { return draws::mean(work_->at(parameter)); }

double Plan::sd(int parameter) const { return draws::sd(work_->at(parameter)); }

} // namespace chainsim::draws
