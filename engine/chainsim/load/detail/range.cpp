#include <chainsim/input/document.hpp>
#include <chainsim/load/detail/range.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace chainsim::load::detail {

namespace {

using input::FieldPath;
using input::Node;
using input::QuantityNeed;
using input::RecordReader;
using units::Quantity;

/// Ranges are typed by hand: a value may sit on the bound but for the last figure.
constexpr double range_slack = 1e-9;

/// One end of a range: a bare number in the unit of the value, or a quantity.
std::optional<double> read_bound(const Node& node, const FieldPath& path, const units::Unit& unit,
                                 const ReadingContext& context) {
    if (!node.is_scalar()) {
        input::note_kind(node, path, "a number", context.findings);
        return std::nullopt;
    }
    try {
        const Quantity bound = Quantity::parse(node.text);
        if (bound.unit().text() == "1") {
            return bound.number();
        }
        return bound.in(unit);
    } catch (const units::UnitError& error) {
        context.findings.add(node.place, path.text(), error.what(),
                             fmt::format("write for example '1' or '1 {}'", unit.text()));
        return std::nullopt;
    }
}

} // namespace

std::optional<std::pair<double, double>> read_range(const Node& node, const FieldPath& path,
                                                    const Quantity& value, input::Place value_place,
                                                    const QuantityNeed& need,
                                                    const ReadingContext& context) {
    if (!node.is_sequence() || node.items.size() != 2) {
        context.findings.add(node.place, path.text(), "a range is a list of two numbers",
                             "write for example '[0.9, 1.1]'");
        return std::nullopt;
    }
    const auto low = read_bound(node.items[0], path, value.unit(), context);
    const auto high = read_bound(node.items[1], path, value.unit(), context);
    if (!low || !high) {
        return std::nullopt;
    }
    if (*low > *high) {
        context.findings.add(node.place, path.text(),
                             fmt::format("the range begins at {} and ends at {}", *low, *high),
                             "write the lower bound first");
        return std::nullopt;
    }
    const double slack = range_slack * std::max(std::abs(*low), std::abs(*high));
    if (value.number() < *low - slack || value.number() > *high + slack) {
        // A scenario that changes the value stands in another file than the range.
        const bool is_apart = value_place.document != node.place.document;
        context.findings.add(is_apart ? value_place : node.place, path.text(),
                             fmt::format("the range [{}, {}] does not hold the value {}", *low,
                                         *high, to_string(value)),
                             is_apart ? "change the range as well" : "",
                             is_apart ? std::vector{node.place} : std::vector<input::Place>{});
        return std::nullopt;
    }
    if (need.minimum == 0.0 && *low < 0.0) {
        context.findings.add(node.place, path.text(),
                             fmt::format("the range reaches below 0 ({})", *low), "");
        return std::nullopt;
    }
    return std::pair(*low, *high);
}

void note_no_range(const RecordReader& record, const ReadingContext& context) {
    context.findings.add(record.node().find("distribution")->place, record.path().text(),
                         "a distribution needs a range", "add `range: [low, high]`");
}

model::Distribution distribution_of(RecordReader& record) {
    const auto word = record.word("distribution");
    // The table lists them in the order of the enumeration, without `none`.
    return word ? static_cast<model::Distribution>(*word + 1) : model::Distribution::none;
}

} // namespace chainsim::load::detail
