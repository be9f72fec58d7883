// Gauss-Seidel passes over the blocks, and the certificate of a solution. Compiled for each
// instruction set: includes nothing that defines a function outside the set's own namespace.
#include <chainsim/linear/detail/kernels.hpp>
#include <chainsim/linear/detail/lane_type.hpp>

namespace chainsim::linear::detail::CHAINSIM_KERNEL_ISA {

namespace {

/// sums -= the entries [from, to) of a row times the unknowns.
template <class Values>
inline void subtract(const RowsView& rows, const double* values, const double* unknown, int from,
                     int to, Group<Values::width>& sums) {
    for (int entry = from; entry < to; ++entry) {
        const auto value = Values::get(values, entry);
        const Lane* other = at<Values::width>(unknown, rows.column[entry]);
        for (int k = 0; k < Values::width; ++k) {
            sums.lane[k] -= value * other[k];
        }
    }
}

template <int Width>
inline bool any(const Group<Width>& flags) {
    double sum = 0;
    for (int k = 0; k < Width; ++k) {
        for (int lane = 0; lane < lane_count; ++lane) {
            sum += flags.lane[k][lane];
        }
    }
    return sum > 0;
}

/// One pass over a loop; returns 1 for the lanes in which an unknown moved.
template <class Values>
inline Group<Values::width> pass(const RowsView& rows, const SweepJob& job, int first, int last,
                                 const Group<Values::width>& active) {
    constexpr int width = Values::width;
    Group<width> moved{};
    for (int row = first; row < last; ++row) {
        Group<width> sum;
        for (int k = 0; k < width; ++k) {
            sum.lane[k] = at<width>(job.base, row)[k];
        }
        subtract<Values>(rows, job.values, job.unknown, rows.inside[row], rows.off_end[row], sum);
        Lane* unknown = at<width>(job.unknown, row);
        const Lane* inverse = at<width>(job.inverse, row);
        for (int k = 0; k < width; ++k) {
            const Lane next = sum.lane[k] * inverse[k];
            const Lane change = magnitude(next - unknown[k]);
            // Written so that a lane that is not a number counts as moving.
            moved.lane[k] = change <= job.tolerance * magnitude(next) ? moved.lane[k] : all(1.0);
            unknown[k] = active.lane[k] > 0.0 ? next : unknown[k];
        }
    }
    return moved;
}

/// What earlier blocks leave for the rows of this one.
template <class Values>
inline void prepare(const RowsView& rows, const SweepJob& job, int first, int last) {
    constexpr int width = Values::width;
    for (int row = first; row < last; ++row) {
        Group<width> sum;
        for (int k = 0; k < width; ++k) {
            sum.lane[k] = at<width>(job.right, row)[k];
        }
        subtract<Values>(rows, job.values, job.unknown, rows.row_start[row], rows.inside[row], sum);
        const auto diagonal = Values::get(job.values, rows.off_end[row]);
        for (int k = 0; k < width; ++k) {
            at<width>(job.base, row)[k] = sum.lane[k];
            at<width>(job.inverse, row)[k] = 1.0 / (zero() + diagonal);
        }
    }
}

/// A row that is no part of a loop needs one division.
template <class Values>
inline void single(const RowsView& rows, const SweepJob& job, int row,
                   const Group<Values::width>& active) {
    constexpr int width = Values::width;
    Group<width> sum;
    for (int k = 0; k < width; ++k) {
        sum.lane[k] = at<width>(job.right, row)[k];
    }
    subtract<Values>(rows, job.values, job.unknown, rows.row_start[row], rows.off_end[row], sum);
    const auto diagonal = Values::get(job.values, rows.off_end[row]);
    Lane* unknown = at<width>(job.unknown, row);
    for (int k = 0; k < width; ++k) {
        unknown[k] = active.lane[k] > 0.0 ? sum.lane[k] / diagonal : unknown[k];
    }
}

template <int Width>
inline void close_lanes(Group<Width>& active, const Group<Width>& moved) {
    for (int k = 0; k < Width; ++k) {
        active.lane[k] = active.lane[k] * moved.lane[k];
    }
}

template <class Values>
void sweep_blocks(const RowsView& rows, SweepJob& job) {
    constexpr int width = Values::width;
    Group<width> wanted;
    Group<width> open{};
    for (int k = 0; k < width; ++k) {
        wanted.lane[k] = at<width>(job.active, 0)[k];
    }
    job.passes = 0;
    for (int block = 0; block < rows.blocks; ++block) {
        const int first = rows.block_start[block];
        const int last = rows.block_start[block + 1];
        if (last - first == 1) {
            single<Values>(rows, job, first, wanted);
            continue;
        }
        prepare<Values>(rows, job, first, last);
        // A lane that stands still is left alone: its digits do not depend on its neighbours.
        auto active = wanted;
        int passes = 0;
        for (; passes < job.most_passes && any<width>(active); ++passes) {
            close_lanes<width>(active, pass<Values>(rows, job, first, last, active));
        }
        job.passes = passes > job.passes ? passes : job.passes;
        for (int k = 0; k < width; ++k) {
            open.lane[k] += active.lane[k];
        }
    }
    for (int k = 0; k < width; ++k) {
        at<width>(job.open, 0)[k] = open.lane[k];
    }
}

/// One pass over a loop of the transposed, last row first, in terms of what is left (in `base`).
template <class Values>
inline Group<Values::width> pass_transposed(const RowsView& rows, const SweepJob& job, int first,
                                            int last, const Group<Values::width>& active) {
    constexpr int width = Values::width;
    Group<width> moved{};
    for (int row = last - 1; row >= first; --row) {
        Lane* left = at<width>(job.base, row);
        Lane* unknown = at<width>(job.unknown, row);
        Group<width> step;
        for (int k = 0; k < width; ++k) {
            const Lane change = left[k] * at<width>(job.inverse, row)[k];
            step.lane[k] = active.lane[k] > 0.0 ? change : zero();
            unknown[k] += step.lane[k];
            moved.lane[k] = magnitude(change) <= job.tolerance * magnitude(unknown[k])
                                ? moved.lane[k]
                                : all(1.0);
            left[k] = active.lane[k] > 0.0 ? zero() : left[k];
        }
        for (int entry = rows.inside[row]; entry < rows.off_end[row]; ++entry) {
            const auto value = Values::get(job.values, entry);
            Lane* other = at<width>(job.base, rows.column[entry]);
            for (int k = 0; k < width; ++k) {
                other[k] -= value * step.lane[k];
            }
        }
    }
    return moved;
}

/// base -= the entries [from, to) of the row times its unknown.
template <class Values>
inline void scatter(const RowsView& rows, const SweepJob& job, int row, int from, int to) {
    constexpr int width = Values::width;
    const Lane* unknown = at<width>(job.unknown, row);
    for (int entry = from; entry < to; ++entry) {
        const auto value = Values::get(job.values, entry);
        Lane* other = at<width>(job.base, rows.column[entry]);
        for (int k = 0; k < width; ++k) {
            other[k] -= value * unknown[k];
        }
    }
}

template <class Values>
void sweep_blocks_transposed(const RowsView& rows, SweepJob& job) {
    constexpr int width = Values::width;
    Group<width> wanted;
    Group<width> open{};
    for (int k = 0; k < width; ++k) {
        wanted.lane[k] = at<width>(job.active, 0)[k];
    }
    for (int row = 0; row < rows.size; ++row) {
        const auto diagonal = Values::get(job.values, rows.off_end[row]);
        for (int k = 0; k < width; ++k) {
            at<width>(job.base, row)[k] = at<width>(job.right, row)[k];
            at<width>(job.inverse, row)[k] = 1.0 / (zero() + diagonal);
        }
    }
    job.passes = 0;
    for (int block = rows.blocks - 1; block >= 0; --block) {
        const int first = rows.block_start[block];
        const int last = rows.block_start[block + 1];
        for (int row = first; row < last; ++row) { // the start, of which what is left is due
            if (last - first == 1) {
                Lane* unknown = at<width>(job.unknown, row);
                for (int k = 0; k < width; ++k) {
                    const Lane next = at<width>(job.base, row)[k] * at<width>(job.inverse, row)[k];
                    unknown[k] = wanted.lane[k] > 0.0 ? next : unknown[k];
                }
            } else {
                scatter<Values>(rows, job, row, rows.inside[row], rows.row_start[row + 1]);
            }
        }
        auto active = wanted;
        int passes = 0;
        for (; last - first > 1 && passes < job.most_passes && any<width>(active); ++passes) {
            close_lanes<width>(active, pass_transposed<Values>(rows, job, first, last, active));
        }
        job.passes = passes > job.passes ? passes : job.passes;
        for (int k = 0; k < width && last - first > 1; ++k) {
            open.lane[k] += active.lane[k];
        }
        for (int row = first; row < last; ++row) {
            scatter<Values>(rows, job, row, rows.row_start[row], rows.inside[row]);
        }
    }
    for (int k = 0; k < width; ++k) {
        at<width>(job.open, 0)[k] = open.lane[k];
    }
}

/// Largest so far of |residual| / magnitude; `taint` becomes not a number with any residual.
inline void take(Lane residual, Lane scale, Lane& largest, Lane& taint) {
    const Lane error = scale > 0.0 ? magnitude(residual) / scale : magnitude(residual);
    largest = error > largest ? error : largest;
    taint += residual * 0.0;
}

/// The residual of a row; with `Whole` its scale is all of |right| + |A| |x|.
template <class Values, bool Whole>
void certify_rows(const RowsView& rows, const CertifyJob& job) {
    constexpr int width = Values::width;
    Group<width> largest{};
    Group<width> taint{};
    for (int row = 0; row < rows.size; ++row) {
        Group<width> sum;
        Group<width> scale;
        for (int k = 0; k < width; ++k) {
            sum.lane[k] = at<width>(job.right, row)[k];
            scale.lane[k] = magnitude(sum.lane[k]);
        }
        for (int entry = rows.row_start[row]; entry < rows.off_end[row]; ++entry) {
            const auto value = Values::get(job.values, entry);
            const Lane* other = at<width>(job.unknown, rows.column[entry]);
            for (int k = 0; k < width; ++k) {
                const Lane product = value * other[k];
                sum.lane[k] -= product;
                if constexpr (Whole) {
                    scale.lane[k] += magnitude(product);
                }
            }
        }
        for (int entry = rows.off_end[row]; entry < rows.row_start[row + 1]; ++entry) {
            const auto value = Values::get(job.values, entry);
            for (int k = 0; k < width; ++k) {
                const Lane product = value * at<width>(job.unknown, row)[k];
                sum.lane[k] -= product;
                scale.lane[k] += magnitude(product);
            }
        }
        for (int k = 0; k < width; ++k) {
            at<width>(job.residual, row)[k] = sum.lane[k];
            take(sum.lane[k], scale.lane[k], largest.lane[k], taint.lane[k]);
        }
    }
    for (int k = 0; k < width; ++k) {
        at<width>(job.error, 0)[k] = largest.lane[k] + taint.lane[k];
    }
}

template <class Values, bool Whole>
void certify_columns(const RowsView& rows, const CertifyJob& job) {
    constexpr int width = Values::width;
    for (int row = 0; row < rows.size; ++row) {
        for (int k = 0; k < width; ++k) {
            const Lane right = at<width>(job.right, row)[k];
            at<width>(job.residual, row)[k] = right;
            if constexpr (Whole) {
                at<width>(job.magnitude, row)[k] = magnitude(right);
            }
        }
    }
    for (int row = 0; row < rows.size; ++row) {
        const Lane* unknown = at<width>(job.unknown, row);
        for (int entry = rows.row_start[row]; entry < rows.row_start[row + 1]; ++entry) {
            const auto value = Values::get(job.values, entry);
            for (int k = 0; k < width; ++k) {
                const Lane product = value * unknown[k];
                at<width>(job.residual, rows.column[entry])[k] -= product;
                if constexpr (Whole) {
                    at<width>(job.magnitude, rows.column[entry])[k] += magnitude(product);
                }
            }
        }
    }
    Group<width> largest{};
    Group<width> taint{};
    for (int row = 0; row < rows.size; ++row) {
        for (int k = 0; k < width; ++k) {
            Lane scale = magnitude(at<width>(job.right, row)[k]);
            if constexpr (Whole) {
                scale = at<width>(job.magnitude, row)[k];
            } else if (rows.off_end[row] < rows.row_start[row + 1]) {
                const auto value = Values::get(job.values, rows.off_end[row]);
                scale += magnitude(value * at<width>(job.unknown, row)[k]);
            }
            take(at<width>(job.residual, row)[k], scale, largest.lane[k], taint.lane[k]);
        }
    }
    for (int k = 0; k < width; ++k) {
        at<width>(job.error, 0)[k] = largest.lane[k] + taint.lane[k];
    }
}

template <class Values>
void certify_either(const RowsView& rows, const CertifyJob& job) {
    job.whole ? certify_rows<Values, true>(rows, job) : certify_rows<Values, false>(rows, job);
}

template <class Values>
void certify_either_transposed(const RowsView& rows, const CertifyJob& job) {
    job.whole ? certify_columns<Values, true>(rows, job)
              : certify_columns<Values, false>(rows, job);
}

template <int Width>
void gather_rows(int rows, const int* places, const double* from, double* to) {
    for (int row = 0; row < rows; ++row) {
        for (int k = 0; k < Width; ++k) {
            at<Width>(to, row)[k] = at<Width>(from, places[row])[k];
        }
    }
}

template <int Width>
void scatter_rows(int rows, const int* places, const double* from, double* to) {
    for (int row = 0; row < rows; ++row) {
        for (int k = 0; k < Width; ++k) {
            at<Width>(to, places[row])[k] = at<Width>(from, row)[k];
        }
    }
}

template <int Width>
void weigh_rows(int rows, const double* weight, const double* unknown, double* result) {
    Group<Width> sum{};
    for (int row = 0; row < rows; ++row) {
        for (int k = 0; k < Width; ++k) {
            sum.lane[k] += weight[row] * at<Width>(unknown, row)[k];
        }
    }
    for (int k = 0; k < Width; ++k) {
        at<Width>(result, 0)[k] = sum.lane[k];
    }
}

} // namespace

void weigh(int rows, const double* weight, Numbers numbers, const double* unknown, double* sum) {
    if (numbers == Numbers::shared_wide) {
        weigh_rows<4>(rows, weight, unknown, sum);
    } else {
        weigh_rows<1>(rows, weight, unknown, sum);
    }
}

void gather(int rows, const int* places, Numbers numbers, const double* from, double* to) {
    numbers == Numbers::shared_wide ? gather_rows<4>(rows, places, from, to)
                                    : gather_rows<1>(rows, places, from, to);
}

void scatter(int rows, const int* places, Numbers numbers, const double* from, double* to) {
    numbers == Numbers::shared_wide ? scatter_rows<4>(rows, places, from, to)
                                    : scatter_rows<1>(rows, places, from, to);
}

void sweep(const RowsView& rows, Numbers numbers, SweepJob& job) {
    switch (numbers) {
    case Numbers::lanes:
        return sweep_blocks<OwnValues>(rows, job);
    case Numbers::shared:
        return sweep_blocks<SharedValues<1>>(rows, job);
    case Numbers::shared_wide:
        return sweep_blocks<SharedValues<4>>(rows, job);
    }
}

void sweep_transposed(const RowsView& rows, Numbers numbers, SweepJob& job) {
    switch (numbers) {
    case Numbers::lanes:
        return sweep_blocks_transposed<OwnValues>(rows, job);
    case Numbers::shared:
        return sweep_blocks_transposed<SharedValues<1>>(rows, job);
    case Numbers::shared_wide:
        return sweep_blocks_transposed<SharedValues<4>>(rows, job);
    }
}

void certify(const RowsView& rows, Numbers numbers, const CertifyJob& job) {
    switch (numbers) {
    case Numbers::lanes:
        return certify_either<OwnValues>(rows, job);
    case Numbers::shared:
        return certify_either<SharedValues<1>>(rows, job);
    case Numbers::shared_wide:
        return certify_either<SharedValues<4>>(rows, job);
    }
}

void certify_transposed(const RowsView& rows, Numbers numbers, const CertifyJob& job) {
    switch (numbers) {
    case Numbers::lanes:
        return certify_either_transposed<OwnValues>(rows, job);
    case Numbers::shared:
        return certify_either_transposed<SharedValues<1>>(rows, job);
    case Numbers::shared_wide:
        return certify_either_transposed<SharedValues<4>>(rows, job);
    }
}

void score(const ScoreJob& job) {
    Lane sum = zero();
    for (int entry = 0; entry < job.entries; ++entry) {
        sum +=
            job.weight[entry] * *at<1>(job.values, entry) * *at<1>(job.unknown, job.column[entry]);
    }
    *at<1>(job.score, 0) = sum;
}

} // namespace chainsim::linear::detail::CHAINSIM_KERNEL_ISA
