#include <chainsim/input_output/footprints.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>

namespace chainsim::input_output {

namespace {

using Eigen::Index;

std::size_t place_in(std::vector<std::string>& names, const std::string& name) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) {
        names.push_back(name);
        return names.size() - 1;
    }
    return static_cast<std::size_t>(found - names.begin());
}

/// Who consumes each category: the regions of the table if the categories name them, or if there is
/// but one.
struct Consumers {
    std::vector<std::string> names;
    std::vector<std::size_t> of_category;
    bool are_regions = false;
};

Consumers consumers(const IoTable& table) {
    Consumers result;
    const auto& regions = table.regions;
    result.are_regions =
        std::all_of(table.categories.begin(), table.categories.end(), [&](const Label& category) {
            return std::find(regions.begin(), regions.end(), category.region) != regions.end();
        });
    if (regions.size() == 1) {
        result.names = regions;
        result.are_regions = true;
        result.of_category.assign(table.categories.size(), 0);
        return result;
    }
    if (result.are_regions) {
        result.names = regions;
    }
    for (const auto& category : table.categories) {
        result.of_category.push_back(place_in(result.names, category.region));
    }
    return result;
}

} // namespace

Footprints footprints(const Economy& economy) {
    const auto& table = economy.table;
    CHAINSIM_EXPECT(table.has_output() && table.has_final_demand(),
                    "footprints of a table with output and final demand");
    const auto who = consumers(table);
    Footprints result;
    result.regions = table.regions;
    result.consumers = who.names;
    result.is_trade_known = who.are_regions && table.regions.size() > 1;
    std::vector<Index> product_of;
    product_of.reserve(table.sectors.size());
    for (const auto& sector : table.sectors) {
        product_of.push_back(static_cast<Index>(place_in(result.products, sector.name)));
    }
    const auto count = static_cast<Index>(who.names.size());
    const auto products = static_cast<Index>(result.products.size());
    Eigen::MatrixXd demand = Eigen::MatrixXd::Zero(table.size(), count);
    for (std::size_t k = 0; k < who.of_category.size(); ++k) {
        demand.col(static_cast<Index>(who.of_category[k])) +=
            table.final_demand.col(static_cast<Index>(k));
    }
    const Eigen::MatrixXd outputs = economy.leontief.solve(demand);
    const Eigen::MatrixXd total = economy.leontief.solve_transposed(table.intensities);
    for (Index k = 0; k < table.intensities.cols(); ++k) {
        Footprint one;
        one.satellite = table.satellites[static_cast<std::size_t>(k)];
        const auto own = table.final_satellites.row(k);
        one.by_sector = table.intensities.col(k).cwiseProduct(table.output);
        one.by_product = total.col(k).cwiseProduct(demand.rowwise().sum());
        one.production = Eigen::VectorXd::Zero(static_cast<Index>(table.regions.size()));
        one.imports = Eigen::VectorXd::Zero(one.production.size());
        one.exports = one.imports;
        one.of_consumer_by_product = Eigen::MatrixXd::Zero(count, products);
        for (Index i = 0; i < table.size(); ++i) {
            const auto region = static_cast<Index>(table.region_of[static_cast<std::size_t>(i)]);
            one.production[region] += one.by_sector[i];
            for (Index c = 0; c < count; ++c) {
                one.of_consumer_by_product(c, product_of[static_cast<std::size_t>(i)]) +=
                    total(i, k) * demand(i, c);
                if (result.is_trade_known && c != region) {
                    const double made = table.intensities(i, k) * outputs(i, c);
                    one.exports[region] += made;
                    one.imports[c] += made;
                }
            }
        }
        one.consumption = one.of_consumer_by_product.rowwise().sum();
        for (std::size_t c = 0; c < who.of_category.size(); ++c) {
            const double made = own[static_cast<Index>(c)];
            one.consumption[static_cast<Index>(who.of_category[c])] += made;
            if (who.are_regions) {
                one.production[static_cast<Index>(who.of_category[c])] += made;
            }
        }
        one.total = one.by_sector.sum() + own.sum();
        one.total_of_consumption = one.consumption.sum();
        result.all.push_back(std::move(one));
    }
    return result;
}

} // namespace chainsim::input_output
