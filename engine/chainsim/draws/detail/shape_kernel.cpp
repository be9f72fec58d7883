// Compiled once for each instruction set (chainsim_kernel), as namespace CHAINSIM_KERNEL_ISA.
#include <chainsim/draws/detail/lanes.hpp>
#include <chainsim/draws/detail/shape_kernels.hpp>

// NOLINTBEGIN(modernize-avoid-c-arrays): std::array defines inline functions

namespace chainsim::draws::detail::CHAINSIM_KERNEL_ISA {

namespace {

constexpr double log2_of_e = 1.4426950408889634074;

/// Calls work(figures, offset of the vector, where its value goes) for each vector of a run.
template <int figures, typename Work>
void for_each_vector(const Run& run, Work work) {
    for (long i = 0; i < run.count; ++i) {
        for (long part = 0; part < parts; ++part) {
            work(run.figures + i * figures, i * lanes + part * width,
                 run.out + run.targets[i] * lanes + part * width);
        }
    }
}

void uniform(const Run& run, const double* u) {
    for_each_vector<uniform_figures>(
        run, [&](const double* f, long at, double* to) { store(load(u + at) * f[1] + f[0], to); });
}

void triangular(const Run& run, const double* u) {
    for_each_vector<triangular_figures>(run, [&](const double* f, long at, double* to) {
        const Real share = load(u + at);
        const auto below = share < f[2];
        const Real root = square_root(below ? share * f[3] : (1.0 - share) * f[4]);
        store(below ? root + f[0] : f[1] - root, to);
    });
}

void truncate(const Run& run, double* u) {
    for (long i = 0; i < run.count; ++i) {
        const double* const f = run.figures + i * split_figures;
        for (long part = 0; part < parts; ++part) {
            double* const at = u + i * lanes + part * width;
            const Real h = load(at) - 0.5;
            store(h * (h < 0.0 ? splat_real(f[0]) : splat_real(f[1])) + 0.5, at);
        }
    }
}

void split_normal(const Run& run, const double* z) {
    for_each_vector<split_figures>(run, [&](const double* f, long at, double* to) {
        const Real x = load(z + at);
        store(x * (x < 0.0 ? splat_real(f[3]) : splat_real(f[4])) + f[2], to);
    });
}

void split_lognormal(const Run& run, const double* z) {
    in_fours(run.count * parts, [&](const Four<long>& at) {
        const auto figure = [&](long j) { return run.figures + j / parts * split_figures; };
        const auto exponent = [&](long j) {
            const Real x = load(z + j * width);
            return x * log2_of_e * (x < 0.0 ? splat_real(figure(j)[3]) : splat_real(figure(j)[4]));
        };
        const auto power = power_of_two(each(at, exponent));
        const auto put = [&](Real value, long j) {
            store(value * figure(j)[2],
                  run.out + run.targets[j / parts] * lanes + j % parts * width);
        };
        put(power.v0, at.v0);
        put(power.v1, at.v1);
        put(power.v2, at.v2);
        put(power.v3, at.v3);
    });
}

Real magnitude(Real x) { return as_real(as_word(x) & 0x7FFFFFFFFFFFFFFFU); }

/// One vector of a PERT quantile under way: each half has its polynomial, chosen lane by lane.
struct PertHalf {
    const double* figures;
    Real z, x, sum;

    PertHalf(const double* given, Real normal) : figures(given), z(normal) {
        x = magnitude(z) * (2.0 / pert_reach) - 1.0;
        sum = term(pert_terms - 1);
    }
    [[nodiscard]] Real term(int power) const {
        return z < 0.0 ? splat_real(figures[2 + power])
                       : splat_real(figures[2 + pert_terms + power]);
    }
    void next(int power) { sum = sum * x + term(power); }
    void store_to(double* to) const {
        const Real above =
            sum < 0.0 ? Real{} : sum; // the polynomial may miss the ends by its error
        store((above > 1.0 ? splat_real(1.0) : above) * figures[1] + figures[0], to);
    }
};

void pert(const Run& run, const double* z) {
    in_fours(run.count * parts, [&](const Four<long>& at) {
        const auto start = [&](long j) {
            return PertHalf(run.figures + j / parts * pert_figures, load(z + j * width));
        };
        auto v0 = start(at.v0);
        auto v1 = start(at.v1);
        auto v2 = start(at.v2);
        auto v3 = start(at.v3);
        for (int power = pert_terms - 2; power >= 0; --power) {
            v0.next(power);
            v1.next(power);
            v2.next(power);
            v3.next(power);
        }
        const auto to = [&](long j) {
            return run.out + run.targets[j / parts] * lanes + j % parts * width;
        };
        v0.store_to(to(at.v0));
        v1.store_to(to(at.v1));
        v2.store_to(to(at.v2));
        v3.store_to(to(at.v3));
    });
}

void discrete(const Run& run, const double* u) {
    const double* figures = run.figures;
    for (long i = 0; i < run.count; ++i) {
        const auto size = static_cast<long>(figures[0]);
        const double* const points = figures + 1;
        const double* const from = points + size - 1; // from[1] belongs to points[1]
        for (long part = 0; part < parts; ++part) {
            const Real share = load(u + i * lanes + part * width);
            Real value = splat_real(points[0]);
            for (long point = 1; point < size; ++point) {
                value = share >= from[point] ? splat_real(points[point]) : value;
            }
            store(value, run.out + run.targets[i] * lanes + part * width);
        }
        figures += 2 * size;
    }
}

/// The tail beyond |z| is the density there times Mills' ratio, which one rational function gives
/// up to 7 standard deviations: weighted least squares, ripples of 7e-12 relative. Beyond 6.2 the
/// uniform is the last one, 2^-33.
Four<Real> normal_probability(const Four<Real>& z) {
    constexpr double above[] = {0.49999999999654318915,   0.4788829207724417041,
                                0.22583385346277674855,   0.061068277554914344181,
                                0.0093968042976516685585, 0.0006642416449195732475};
    constexpr double below[] = {1.0,
                                1.7556504015920234266,
                                1.3524740702981865399,
                                0.58939095578443729046,
                                0.15475833925094772801,
                                0.023553483351479033974,
                                0.0016650241375456014856};
    const auto a = each(z, [](Real v) {
        const Real size = magnitude(v);
        return size < 7.0 ? size : splat_real(7.0);
    });
    const auto falling = power_of_two(each(a, [](Real v) { return v * v * (-0.5 * log2_of_e); }));
    const auto tail = falling * (polynomial(a, above) / polynomial(a, below));
    const auto put = [](Real v, Real t) {
        const Real least = t < 0x1p-33 ? splat_real(0x1p-33) : t;
        return v < 0.0 ? least : 1.0 - least;
    };
    return {put(z.v0, tail.v0), put(z.v1, tail.v1), put(z.v2, tail.v2), put(z.v3, tail.v3)};
}

void normal_probabilities(int count, double* inout) {
    in_fours(count * parts,
             [&](const Four<long>& at) { store(normal_probability(load(inout, at)), inout, at); });
}

void mix_equally(int count, const double* shared, const double* own, double* inout) {
    for (long part = 0; part < parts; ++part) {
        Real sum{};
        for (long i = 0; i < count; ++i) {
            double* const at = inout + i * lanes + part * width;
            const Real normal = load(at);
            store(sum + normal * own[i], at);
            sum += normal * shared[i];
        }
    }
}

void mix(int count, const double* factor, double* inout) {
    for (long part = 0; part < parts; ++part) {
        for (long i = count - 1; i >= 0; --i) { // upwards, each row needs only those above it
            const double* const row = factor + i * (i + 1) / 2;
            Real even{};
            Real odd{};
            long j = 0;
            for (; j < i; j += 2) {
                even += load(inout + j * lanes + part * width) * row[j];
                odd += load(inout + (j + 1) * lanes + part * width) * row[j + 1];
            }
            if (j == i) {
                even += load(inout + j * lanes + part * width) * row[j];
            }
            store(even + odd, inout + i * lanes + part * width);
        }
    }
}

} // namespace

const ShapeKernels shape_kernels = {uniform,         triangular, truncate, split_normal,
                                    split_lognormal, pert,       discrete, normal_probabilities,
                                    mix_equally,     mix};

} // namespace chainsim::draws::detail::CHAINSIM_KERNEL_ISA

// NOLINTEND(modernize-avoid-c-arrays)
