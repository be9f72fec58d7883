#include <chainsim/input_output/report.hpp>

#include <nlohmann/json.hpp>

#include <utility>

namespace chainsim::input_output {

namespace {

using Eigen::Index;
using Json = nlohmann::ordered_json;

Json numbers(const Eigen::VectorXd& values) {
    Json list = Json::array();
    for (Index k = 0; k < values.size(); ++k) {
        list.push_back(values[k]);
    }
    return list;
}

Json rows_of(const Eigen::MatrixXd& values) {
    Json list = Json::array();
    for (Index k = 0; k < values.rows(); ++k) {
        list.push_back(numbers(values.row(k)));
    }
    return list;
}

Json labels(const std::vector<Label>& all, const char* name) {
    Json list = Json::array();
    for (const auto& label : all) {
        list.push_back({{"region", label.region}, {name, label.name}});
    }
    return list;
}

Json multipliers_json(const Multipliers& all) {
    Json list = Json::array();
    for (Index m = 0; m < all.total.cols(); ++m) {
        Json one{{"satellite", all.names[static_cast<std::size_t>(m)]},
                 {"direct", numbers(all.direct.col(m))},
                 {"type_1", numbers(all.total.col(m))}};
        one["type_2"] = all.induced.cols() > 0 ? numbers(all.induced.col(m)) : Json(nullptr);
        list.push_back(std::move(one));
    }
    return list;
}

Json linkages_json(const Linkages& links) {
    const auto known = [](const Eigen::VectorXd& values) {
        return values.size() > 0 ? numbers(values) : Json(nullptr);
    };
    return {{"backward", numbers(links.backward)},
            {"forward", numbers(links.forward)},
            {"forward_ghosh", known(links.forward_ghosh)},
            {"power", numbers(links.power)},
            {"sensitivity", numbers(links.sensitivity)},
            {"sensitivity_ghosh", known(links.sensitivity_ghosh)}};
}

Json accounts_json(const Footprints& footprints) {
    Json list = Json::array();
    for (const auto& one : footprints.all) {
        Json regions = Json::array();
        for (std::size_t r = 0; r < footprints.regions.size(); ++r) {
            const auto k = static_cast<Index>(r);
            Json region{{"region", footprints.regions[r]}, {"production", one.production[k]}};
            if (footprints.consumers == footprints.regions) {
                region["consumption"] = one.consumption[k];
            }
            if (footprints.is_trade_known) {
                region["imports"] = one.imports[k];
                region["exports"] = one.exports[k];
            }
            regions.push_back(std::move(region));
        }
        Json consumers = Json::array();
        for (std::size_t c = 0; c < footprints.consumers.size(); ++c) {
            const auto k = static_cast<Index>(c);
            consumers.push_back({{"consumer", footprints.consumers[c]},
                                 {"consumption", one.consumption[k]},
                                 {"by_product", numbers(one.of_consumer_by_product.row(k))}});
        }
        list.push_back({{"satellite", one.satellite},
                        {"production", one.total},
                        {"consumption", one.total_of_consumption},
                        {"regions", std::move(regions)},
                        {"consumers", std::move(consumers)},
                        {"by_sector", numbers(one.by_sector)},
                        {"by_product_delivered", numbers(one.by_product)}});
    }
    return list;
}

Json paths_json(const IoTable& table, const PathOptions& options, const Paths& paths) {
    const auto name = [&table](Index sector) {
        return to_string(table.sectors[static_cast<std::size_t>(sector)]);
    };
    Json list = Json::array();
    for (const auto& path : paths.paths) {
        Json sectors = Json::array();
        for (const Index sector : path.sectors) {
            sectors.push_back(name(sector));
        }
        list.push_back({{"sectors", std::move(sectors)},
                        {"amount", path.amount},
                        {"share", paths.total != 0.0 ? path.amount / paths.total : 0.0}});
    }
    return {{"sector", name(options.sector)},
            {"satellite", options.satellite ? table.satellites[*options.satellite] : "output"},
            {"cut_off", options.cut_off},
            {"total", paths.total},
            {"direct", paths.direct},
            {"paths", std::move(list)},
            {"remainder", paths.remainder},
            {"complete", paths.is_complete}};
}

Json demands_json(const Report& report) {
    const auto& table = report.economy->table;
    Json list = Json::array();
    for (Index d = 0; d < report.required.cols(); ++d) {
        Json factors = Json::object();
        for (Index m = 0; m < report.factors.rows(); ++m) {
            factors[table.satellites[static_cast<std::size_t>(m)]] = report.factors(m, d);
        }
        list.push_back({{"demand", to_string(table.demands[static_cast<std::size_t>(d)])},
                        {"output", numbers(report.required.col(d))},
                        {"satellites", std::move(factors)}});
    }
    return list;
}

} // namespace

std::string report_json(const Report& report, const Members& further) {
    const auto& table = report.economy->table;
    Json json = Json::object();
    json["schema"] = "chainsim.io/1";
    json["sectors"] = labels(table.sectors, "sector");
    json["sparse"] = table.coefficients.is_sparse();
    json["x"] = table.has_output() ? numbers(table.output) : Json(nullptr);
    json["y"] =
        table.has_final_demand() ? numbers(table.final_demand.rowwise().sum()) : Json(nullptr);
    json["final_demand_implied"] = table.demand_is_implied;
    json["residual"] = report.residual;
    json["multipliers"] = multipliers_json(report.multipliers);
    json["linkages"] = linkages_json(report.linkages);
    if (report.footprints) {
        json["accounts"] = accounts_json(*report.footprints);
        json["products"] = report.footprints->products;
    }
    if (report.required.cols() > 0) {
        json["demands"] = demands_json(report);
    }
    if (report.paths && report.path_options) {
        json["paths"] = paths_json(table, *report.path_options, *report.paths);
    }
    if (report.inverse.size() > 0 && table.size() <= most_shown) {
        json["L"] = rows_of(report.inverse);
        if (report.ghosh.size() > 0) {
            json["G"] = rows_of(report.ghosh);
        }
    }
    for (const auto& [name, value] : further) {
        json[name] = Json::parse(value);
    }
    return json.dump(1) + '\n';
}

std::string balance_json(const Flows& flows, const Balanced& balanced) {
    const auto named = [](const std::vector<Label>& all, const std::vector<Index>& which) {
        Json list = Json::array();
        for (const Index k : which) {
            list.push_back(to_string(all[static_cast<std::size_t>(k)]));
        }
        return list;
    };
    const auto outcome = [&] {
        switch (balanced.outcome) {
        case BalanceOutcome::balanced:
            return "balanced";
        case BalanceOutcome::totals_differ:
            return "totals_differ";
        case BalanceOutcome::impossible:
            return "impossible";
        case BalanceOutcome::not_converged:
            return "not_converged";
        }
        return "";
    };
    Json ras{{"outcome", outcome()},
             {"method", balanced.has_negative ? "GRAS" : "RAS"},
             {"rounds", balanced.rounds},
             {"worst", balanced.worst},
             {"rows_off", named(flows.rows, balanced.rows)},
             {"columns_off", named(flows.columns, balanced.columns)},
             {"row_factors", numbers(balanced.row_factors)},
             {"column_factors", numbers(balanced.column_factors)}};
    if (!balanced.values.is_sparse() && balanced.values.rows() <= most_shown &&
        balanced.values.columns() <= most_shown) {
        ras["Z"] = rows_of(balanced.values.dense());
    }
    const Json json{{"schema", "chainsim.io/1"},
                    {"rows", labels(flows.rows, "sector")},
                    {"columns", labels(flows.columns, "sector")},
                    {"ras", std::move(ras)}};
    return json.dump(1) + '\n';
}

} // namespace chainsim::input_output
