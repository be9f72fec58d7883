#include <chainsim/optimise/detail/near_points.hpp>
#include <chainsim/optimise/detail/reduce.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace chainsim::optimise::detail {

namespace {

// Finer than most aims, as each gain shortens the proof; not fine enough to stay for small ones.
constexpr double gap_of_near_search = 4e-4;

void fix(int column, double value, Box& box) {
    box.lower[place(column)] = std::max(box.lower[place(column)], value);
    box.upper[place(column)] = std::min(box.upper[place(column)], value);
}

void fix_choice(const Choice& choice, const Neighbourhood& around,
                const std::vector<double>& relaxed, const std::vector<double>& point, Box& box) {
    const int last = static_cast<int>(choice.size()) - 1;
    int taken = 0;
    while (taken < last && point[place(choice[place(taken)])] < 0.5) {
        ++taken;
    }
    for (int k = 0; k <= last; ++k) {
        const int column = choice[place(k)];
        // "None" is no neighbour of the last place.
        const bool is_near =
            k == taken || (k != last && taken != last && std::abs(k - taken) <= around.reach);
        if (!is_near && relaxed[place(column)] < around.least_share) {
            fix(column, 0.0, box);
        }
    }
}

void close_around(const MixedModel& model, const Neighbourhood& around,
                  const std::vector<double>& relaxed, const std::vector<double>& point, Box& box) {
    std::vector<char> is_chosen(point.size(), char{0});
    for (const auto& choice : model.choices) {
        fix_choice(choice, around, relaxed, point, box);
        for (const int column : choice) {
            is_chosen[place(column)] = 1;
        }
    }
    for (const int column : model.integers) {
        const double whole = std::round(point[place(column)]);
        if (is_chosen[place(column)] == 0 &&
            std::abs(relaxed[place(column)] - whole) < around.least_share) {
            fix(column, whole, box);
        }
    }
}

bool is_crossed(const Box& box) {
    for (std::size_t column = 0; column < box.lower.size(); ++column) {
        if (box.lower[column] > box.upper[column]) {
            return true; // the point is not in the model's bounds any more
        }
    }
    return false;
}

} // namespace

bool search_near(const MixedModel& model, Box box, const SearchLimit& limit, const SearchAim& aim,
                 const Neighbourhood& around, const std::vector<double>& relaxed,
                 std::vector<double>& point, double& value) {
    close_around(model, around, relaxed, point, box);
    if (is_crossed(box) || !tighten(model.whole_rows, box)) {
        return false;
    }
    const auto near = reduced_model(model, std::move(box));
    if (near == nullptr || near->integers.empty()) {
        return false;
    }
    near->lp->initialSolve();
    if (limit.is_reached() || !near->lp->isProvenOptimal()) {
        return false;
    }
    SearchAim finer = aim;
    finer.gap = std::min(aim.gap, gap_of_near_search);
    ChoiceTree tree(*near, limit, finer);
    tree.offer({}, value);
    static_cast<void>(tree.run(around.nodes));
    if (tree.point().empty()) {
        return false;
    }
    value = tree.value();
    point = near->restored(tree.point());
    return true;
}

} // namespace chainsim::optimise::detail
