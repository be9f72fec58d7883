#include <chainsim/base/error.hpp>
#include <chainsim/base/kernel_choice.hpp>
#include <chainsim/number/detail/add_up.hpp>
#include <chainsim/number/linear_forms.hpp>

#include <cstddef>

namespace chainsim::number {

LinearForms::LinearForms(int forms, const std::vector<Term>& terms) {
    begin_.reserve(static_cast<std::size_t>(forms) + 1);
    weight_.reserve(terms.size());
    column_.reserve(terms.size());
    for (const auto& term : terms) {
        CHAINSIM_EXPECT(static_cast<int>(begin_.size()) <= term.form + 1, "terms ascend by form");
        while (static_cast<int>(begin_.size()) <= term.form) {
            begin_.push_back(static_cast<int>(weight_.size()));
        }
        weight_.push_back(term.weight);
        column_.push_back(term.column);
    }
    begin_.resize(static_cast<std::size_t>(forms) + 1, static_cast<int>(weight_.size()));
}

void LinearForms::evaluate(const double* cells, const double* amounts, double* sums) const {
    using namespace detail; // where the namespaces of the instruction sets are
    static const auto best = CHAINSIM_KERNEL(vector_isa(), add_up);
    best(forms(), begin_.data(), weight_.data(), column_.data(), cells, amounts, sums);
}

} // namespace chainsim::number
