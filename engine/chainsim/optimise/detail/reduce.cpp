#include <chainsim/optimise/detail/coin_common.hpp>
#include <chainsim/optimise/detail/reduce.hpp>

#include <coin/CoinPackedMatrix.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace chainsim::optimise::detail {

namespace {

constexpr double reduce_slack = 1e-7; // relative, of what a row may be short of
constexpr double no_bound = 1e30;
constexpr int reduce_passes = 3; // what a row fixes may free others

/// What a row can still say under the bounds of its columns.
struct RowReach {
    double least = 0.0; ///< sums, with infinite terms counted apart
    double most = 0.0;
    int endless_least = 0;
    int endless_most = 0;
    double fixed = 0.0; ///< of the columns that cannot move
    int open = -1;      ///< the last of those that can
    double open_value = 0.0;
    int open_count = 0;

    RowReach(const CoinShallowPackedVector& entries, const Box& box) {
        for (int k = 0; k < entries.getNumElements(); ++k) {
            add(entries.getIndices()[k], entries.getElements()[k], box);
        }
    }

private:
    void add(int column, double value, const Box& box) {
        const double lower = box.lower[place(column)];
        const double upper = box.upper[place(column)];
        const double low = value > 0.0 ? value * lower : value * upper;
        const double high = value > 0.0 ? value * upper : value * lower;
        least += std::abs(low) < no_bound ? low : 0.0;
        most += std::abs(high) < no_bound ? high : 0.0;
        endless_least += std::abs(low) < no_bound ? 0 : 1;
        endless_most += std::abs(high) < no_bound ? 0 : 1;
        if (upper > lower) {
            open = column;
            open_value = value;
            ++open_count;
        } else {
            fixed += value * lower;
        }
    }
};

class Reducer {
public:
    Reducer(const MixedModel& full, Box box)
        : full_(full), box_(std::move(box)), out_(std::make_unique<MixedModel>()),
          is_idle_(place(full.lp->getNumRows()), char{0}) {}

    std::unique_ptr<MixedModel> run() {
        for (int pass = 0; pass < reduce_passes; ++pass) {
            for (int row = 0; row < full_.lp->getNumRows(); ++row) {
                if (is_idle_[place(row)] == 0 && !look(row)) {
                    return nullptr;
                }
            }
        }
        out_->lp = std::make_unique<OsiClpSolverInterface>(*full_.lp);
        take_out();
        keep_choices();
        collect_whole(*out_);
        return std::move(out_);
    }

private:
    /// False if the row cannot hold.
    bool look(int row) {
        const auto& lp = *full_.lp;
        const RowReach state(lp.getMatrixByRow()->getVector(row), box_);
        const double low = lp.getRowLower()[row];
        const double high = lp.getRowUpper()[row];
        const double room = reduce_slack * std::max(1.0, std::abs(state.fixed));
        if ((state.endless_least == 0 && state.least > high + room) ||
            (state.endless_most == 0 && state.most < low - room)) {
            return false;
        }
        const bool holds_low = low < -no_bound || (state.endless_least == 0 && state.least >= low);
        const bool holds_high = high > no_bound || (state.endless_most == 0 && state.most <= high);
        if ((holds_low && holds_high) || state.open_count == 0) {
            is_idle_[place(row)] = 1;
            return true;
        }
        return state.open_count > 1 || become_bound(row, state, room);
    }

    /// A row with one open column is a bound of that one.
    bool become_bound(int row, const RowReach& state, double room) {
        const auto& lp = *full_.lp;
        double from = (lp.getRowLower()[row] - state.fixed) / state.open_value;
        double to = (lp.getRowUpper()[row] - state.fixed) / state.open_value;
        if (state.open_value < 0.0) {
            std::swap(from, to);
        }
        if (lp.isInteger(state.open)) {
            from = std::ceil(from - 1e-6);
            to = std::floor(to + 1e-6);
        }
        auto& lower = box_.lower[place(state.open)];
        auto& upper = box_.upper[place(state.open)];
        const double least = std::max(lower, from);
        const double most = std::min(upper, to);
        if (least > most + room / std::abs(state.open_value)) {
            return false;
        }
        // Crossed by no more than rounding: where both nearly hold, within the bounds there were.
        const double middle = std::clamp(0.5 * (least + most), lower, upper);
        lower = least > most ? middle : least;
        upper = least > most ? middle : most;
        is_idle_[place(row)] = 1;
        return true;
    }

    void take_out() {
        auto& lp = *out_->lp;
        double offset = 0.0;
        lp.getDblParam(OsiObjOffset, offset);
        std::vector<double> moved(place(lp.getNumRows()), 0.0);
        std::vector<int> gone;
        number_.assign(place(lp.getNumCols()), -1);
        for (int column = 0; column < lp.getNumCols(); ++column) {
            const double lower = box_.lower[place(column)];
            if (box_.upper[place(column)] > lower) {
                number_[place(column)] = static_cast<int>(out_->origin.size());
                out_->origin.push_back(column);
                lp.setColBounds(column, lower, box_.upper[place(column)]);
                continue;
            }
            gone.push_back(column);
            offset -= lower * lp.getObjCoefficients()[column];
            const auto entries = full_.lp->getMatrixByCol()->getVector(column);
            for (int k = 0; k < entries.getNumElements(); ++k) {
                moved[place(entries.getIndices()[k])] += lower * entries.getElements()[k];
            }
        }
        lp.setDblParam(OsiObjOffset, offset);
        move_rows(moved);
        lp.deleteCols(static_cast<int>(gone.size()), gone.data());
        out_->before = box_.lower;
    }

    void move_rows(const std::vector<double>& moved) {
        auto& lp = *out_->lp;
        std::vector<int> idle;
        for (int row = 0; row < lp.getNumRows(); ++row) {
            const double by = moved[place(row)];
            const double low = lp.getRowLower()[row];
            const double high = lp.getRowUpper()[row];
            lp.setRowBounds(row, low > -no_bound ? low - by : low,
                            high < no_bound ? high - by : high);
            if (is_idle_[place(row)] != 0) {
                idle.push_back(row);
            }
        }
        lp.deleteRows(static_cast<int>(idle.size()), idle.data());
        out_->rows = lp.getNumRows();
    }

    void keep_choices() {
        for (const auto& choice : full_.choices) {
            Choice kept;
            for (const int column : choice) {
                if (number_[place(column)] >= 0) {
                    kept.push_back(number_[place(column)]);
                }
            }
            if (kept.size() >= 2) {
                out_->choices.push_back(std::move(kept));
            }
        }
    }

    const MixedModel& full_;
    Box box_;
    std::unique_ptr<MixedModel> out_;
    std::vector<char> is_idle_; // by row
    std::vector<int> number_;   // of each column in the new model, or -1
};

} // namespace

void collect_whole(MixedModel& model) {
    const auto& lp = *model.lp;
    model.integers.clear();
    for (int column = 0; column < lp.getNumCols(); ++column) {
        if (lp.isInteger(column)) {
            model.integers.push_back(column);
        }
    }
    model.whole_rows.clear();
    for (int row = 0; row < lp.getNumRows(); ++row) {
        const auto entries = lp.getMatrixByRow()->getVector(row);
        const int* column = entries.getIndices();
        const int count = entries.getNumElements();
        if (count > 0 &&
            std::all_of(column, column + count, [&lp](int index) { return lp.isInteger(index); })) {
            model.whole_rows.push_back({{column, column + count},
                                        {entries.getElements(), entries.getElements() + count},
                                        lp.getRowLower()[row],
                                        lp.getRowUpper()[row]});
        }
    }
}

std::unique_ptr<MixedModel> reduced_model(const MixedModel& full, Box box) {
    return Reducer(full, std::move(box)).run();
}

} // namespace chainsim::optimise::detail
