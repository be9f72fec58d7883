#pragma once

#include <cstddef>
#include <vector>

namespace chainsim::number {

/// Sums of weights times amounts, for eight draws at once; weights are cells of a program.
///
/// Shapes   cells, amounts, sums: 8 doubles each, 64-byte aligned.
class LinearForms {
public:
    struct Term {
        int form = 0;
        int weight = 0; ///< cell
        int column = 0; ///< of the amounts
    };
    /// Terms by ascending form.
    LinearForms(int forms, const std::vector<Term>& terms);

    void evaluate(const double* cells, const double* amounts, double* sums) const;

    [[nodiscard]] int forms() const noexcept { return static_cast<int>(begin_.size()) - 1; }
    [[nodiscard]] int begin(int form) const { return begin_[static_cast<std::size_t>(form)]; }
    [[nodiscard]] int weight(int term) const { return weight_[static_cast<std::size_t>(term)]; }
    [[nodiscard]] int column(int term) const { return column_[static_cast<std::size_t>(term)]; }

private:
    std::vector<int> begin_; ///< by form, and the end
    std::vector<int> weight_;
    std::vector<int> column_;
};

} // namespace chainsim::number
