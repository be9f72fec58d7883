#include <chainsim/study/detail/product_table.hpp>
#include <chainsim/study/detail/reader.hpp>
#include <chainsim/table/catalogue.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace chainsim::study::detail {

table::Table product_table(const model::Scenario& scenario, const YearRun& year,
                           table::Language language) {
    std::vector<const ProductJudgement*> order;
    order.reserve(year.products().size());
    for (const auto& product : year.products()) {
        order.push_back(&product);
    }
    const auto excess = [](const ProductJudgement& product) {
        return product.verdict == Verdict::undetermined ? -std::numeric_limits<double>::infinity()
                                                        : -product.margin / std::abs(product.bound);
    };
    std::stable_sort(order.begin(), order.end(),
                     [&](const auto* a, const auto* b) { return excess(*a) > excess(*b); });
    table::Table table("products",
                       {table::text_column("facility"), table::text_column("product"),
                        table::number_column("unit_energy"), table::number_column("benchmark"),
                        table::number_column("level_1"), table::text_column("duty"),
                        table::number_column("bound"), table::text_column("verdict"),
                        table::text_column("unit")});
    for (const auto* product : order) {
        const auto& standard = scenario.model.unit_standards[product->standard];
        std::string verdict(
            table::say("verdict_" + std::string(to_string(product->verdict)), language));
        if (product->illustration) {
            verdict += fmt::format(" ({})", table::say("illustration", language));
        }
        table.append(
            {name_in(scenario.facilities[product->facility].name, language),
             name_in(standard.name, language), product->value, product->benchmark,
             product->levels[0],
             std::string(table::say("duty_" + std::string(to_string(product->duty)), language)),
             product->bound, std::move(verdict), for_reader(0.0, product->unit, language).unit});
    }
    return table;
}

} // namespace chainsim::study::detail
