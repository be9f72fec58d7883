#include <chainsim/base/aligned.hpp>
#include <chainsim/draws/detail/generator_kernels.hpp>
#include <chainsim/draws/detail/layout.hpp>
#include <chainsim/draws/plan.hpp>

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <utility>

namespace chainsim::draws {

namespace {

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
    std::int64_t draws;
    Sequence sequence;

    Work(std::vector<Marginal> given, const std::vector<Group>& groups, Method method,
         std::uint64_t seed, std::int64_t n)
        : marginals(checked(std::move(given))), layout(detail::make_layout(marginals, groups)),
          draws(n), sequence(method, seed, n, layout.dimensions) {}

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

    void fill(std::int64_t first_draw, double* out) const {
        Aligned room((static_cast<std::size_t>(layout.largest) + 1) * vector_lanes);
        double* const u = room.data();
        for (const auto& block : layout.blocks) {
            sequence.uniforms(first_draw, block.first_dimension, block.count, u);
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
    work_->fill(first_draw, out);
}

double Plan::quantile(int parameter, double u) const {
    return draws::quantile(work_->at(parameter), u);
}

double Plan::mean(int parameter) const { return draws::mean(work_->at(parameter)); }

double Plan::sd(int parameter) const { return draws::sd(work_->at(parameter)); }

} // namespace chainsim::draws
