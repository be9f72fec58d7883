#include <chainsim/draws/detail/layout.hpp>
#include <chainsim/draws/detail/marginal_forms.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <numeric>
#include <utility>

namespace chainsim::draws::detail {

namespace {

/// Independent parameters in a block: what lies between its loops stays in the first-level cache.
constexpr std::size_t block_size = 256;

const Marginal& at(const std::vector<Marginal>& marginals, int parameter) {
    return marginals[static_cast<std::size_t>(parameter)];
}

/// Writes the figures of marginals; a PERT polynomial is made once for each place of the mode.
class FigureWriter {
public:
    void write(const Marginal& m, std::vector<double>& to) {
        const double width = m.high - m.low;
        switch (m.shape) {
        case Shape::uniform:
            to.insert(to.end(), {m.low, width});
            return;
        case Shape::triangular:
            to.insert(to.end(), {m.low, m.high, width > 0.0 ? (m.value - m.low) / width : 0.5,
                                 width * (m.value - m.low), width * (m.high - m.value)});
            return;
        case Shape::normal:
            write_split(split_normal(m), m.value, to);
            return;
        case Shape::lognormal:
            write_split(split_lognormal(m), m.value, to);
            return;
        case Shape::pert:
            write_pert(m, to);
            return;
        case Shape::discrete:
            break;
        }
        const auto steps = discrete_steps(m);
        to.push_back(static_cast<double>(steps.points.size()));
        to.insert(to.end(), steps.points.begin(), steps.points.end());
        to.insert(to.end(), steps.from.begin() + 1, steps.from.end());
    }

private:
    static void write_split(const Split& split, double median, std::vector<double>& to) {
        to.insert(to.end(), {split.below.share, split.above.share, median, split.below.slope,
                             split.above.slope});
    }

    void write_pert(const Marginal& m, std::vector<double>& to) {
        const auto beta = pert_beta(m);
        auto known = polynomials_.find(beta.alpha);
        if (known == polynomials_.end()) {
            known = polynomials_.emplace(beta.alpha, pert_polynomials(beta)).first;
        }
        to.insert(to.end(), {m.low, m.high - m.low});
        to.insert(to.end(), known->second.begin(), known->second.end());
    }

    std::map<double, PertPolynomials> polynomials_;
};

/// Appends a block of these parameters, sorted by shape.
void add_block(const std::vector<Marginal>& marginals, const std::vector<int>& parameters,
               std::optional<Mixing> mixing, FigureWriter& writer, Layout& layout) {
    Block block;
    block.first_dimension = layout.dimensions;
    block.count = static_cast<int>(parameters.size());
    block.mixing = std::move(mixing);
    for (int i = 0; i < block.count; ++i) {
        const int parameter = parameters[static_cast<std::size_t>(i)];
        const auto& marginal = at(marginals, parameter);
        if (block.runs.empty() || block.runs.back().shape != marginal.shape) {
            block.runs.push_back({marginal.shape, i, 0, {}, {}});
        }
        auto& run = block.runs.back();
        ++run.count;
        run.targets.push_back(parameter);
        writer.write(marginal, run.figures);
    }
    layout.dimensions += (block.count + 3) / 4 * 4;
    layout.largest = std::max(layout.largest, block.count);
    layout.blocks.push_back(std::move(block));
}

/// Which parameters are in a group.
std::vector<char> grouped(const std::vector<Marginal>& marginals,
                          const std::vector<Group>& groups) {
    std::vector<char> result(marginals.size(), 0);
    for (const auto& group : groups) {
        for (const int member : group.members) {
            if (member < 0 || static_cast<std::size_t>(member) >= marginals.size()) {
                throw SampleError(fmt::format("group '{}': member {} of {} parameters, which are "
                                              "numbered from 0",
                                              group.name, member, marginals.size()));
            }
            if (std::exchange(result[static_cast<std::size_t>(member)], 1) != 0) {
                throw SampleError(
                    fmt::format("group '{}': parameter {} is a member twice, here or in another "
                                "group",
                                group.name, member));
            }
        }
    }
    return result;
}

} // namespace

Layout make_layout(const std::vector<Marginal>& marginals, const std::vector<Group>& groups) {
    const auto in_group = grouped(marginals, groups);
    Layout layout;
    FigureWriter writer;
    const auto by_shape = [&](int a, int b) {
        return at(marginals, a).shape < at(marginals, b).shape;
    };
    std::vector<int> alone;
    for (std::size_t i = 0; i < marginals.size(); ++i) {
        if (in_group[i] == 0) {
            alone.push_back(static_cast<int>(i));
        }
    }
    std::stable_sort(alone.begin(), alone.end(), by_shape);
    for (std::size_t first = 0; first < alone.size(); first += block_size) {
        const auto end = std::min(first + block_size, alone.size());
        add_block(marginals,
                  {alone.begin() + static_cast<std::ptrdiff_t>(first),
                   alone.begin() + static_cast<std::ptrdiff_t>(end)},
                  std::nullopt, writer, layout);
    }
    for (const auto& group : groups) {
        std::vector<std::size_t> order(group.members.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            return by_shape(group.members[a], group.members[b]);
        });
        std::vector<int> members;
        members.reserve(order.size());
        std::transform(order.begin(), order.end(), std::back_inserter(members),
                       [&](std::size_t i) { return group.members[i]; });
        add_block(marginals, members, make_mixing(group, order), writer, layout);
    }
    return layout;
}

} // namespace chainsim::draws::detail
