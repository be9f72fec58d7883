#include <chainsim/accounts/detail/accounts.hpp>

#include <tuple>
#include <utility>

namespace chainsim::accounts::detail {

namespace {

/// Prices of a year without VAT, CNY per unit of account, by row.
struct Prices {
    std::vector<Figure> table; ///< of the price table
    std::vector<Figure> buy;   ///< of the market, or of the table
    std::vector<Figure> sell;
};

Figure table_price(const Book& book, int r, int year) {
    const auto& one = book.commodity(r);
    const auto& prices = book.scenario().model.prices;
    const bool valued = one.trade == model::Trade::market || one.trade == model::Trade::internal;
    if (!valued || !prices.contains(one.id)) {
        return {};
    }
    const auto& price = prices.at(one.id);
    return {price.without_vat(year, one.unit), price.path.confidence_at(year)};
}

Prices prices_in(const Book& book, int year) {
    Prices out;
    for (int r = 0; r < book.rows(); ++r) {
        out.table.push_back(table_price(book, r, year));
    }
    out.buy = out.sell = out.table;
    for (const auto& market : book.scenario().markets) {
        const int r = book.system().layout.row_of[market.commodity.value];
        const auto unit = units::Unit::parse("CNY").per(book.commodity(r).unit);
        const auto row = static_cast<std::size_t>(r);
        for (const auto& [side, figure] :
             {std::pair(&market.buy, &out.buy[row]), std::pair(&market.sell, &out.sell[row])}) {
            if (*side && (*side)->price) {
                const auto& price = *(*side)->price;
                *figure = {price.read(year, unit), price.confidence_at(year)};
            }
        }
    }
    return out;
}

std::vector<Figure> disposal_costs(const Book& book) {
    std::vector<Figure> out(static_cast<std::size_t>(book.rows()));
    for (int r = 0; r < book.rows(); ++r) {
        const auto& one = book.commodity(r);
        if (one.disposal_cost) {
            out[static_cast<std::size_t>(r)] = {
                read(*one.disposal_cost, units::Unit::parse("CNY").per(one.unit)),
                one.disposal_cost->provenance.confidence};
        }
    }
    return out;
}

/// Sales less purchases and disposal.
void add_margin(Book& book, int row, const Prices& prices, const std::vector<Figure>& disposal,
                double sign = 1.0) {
    for (int r = 0; r < book.rows(); ++r) {
        const auto& in = prices.buy[static_cast<std::size_t>(r)];
        const auto& out = prices.sell[static_cast<std::size_t>(r)];
        const auto& waste = disposal[static_cast<std::size_t>(r)];
        book.add(row, book.sell(r), sign * out.value, out.confidence);
        book.add(row, book.demand(r), sign * out.value, out.confidence);
        book.add(row, book.buy(r), -sign * in.value, in.confidence);
        book.add(row, book.dispose(r), -sign * waste.value, waste.confidence);
    }
}

/// Value added by the second way: trade at the difference to the price table, and each facility's
/// flows at the price table.
void add_margins_of_plants(Book& book, int row, const Prices& prices,
                           const std::vector<Figure>& disposal) {
    for (int r = 0; r < book.rows(); ++r) {
        const auto& p = prices.table[static_cast<std::size_t>(r)];
        const auto& in = prices.buy[static_cast<std::size_t>(r)];
        const auto& out = prices.sell[static_cast<std::size_t>(r)];
        const auto& waste = disposal[static_cast<std::size_t>(r)];
        book.add(row, book.sell(r), out.value - p.value, out.confidence);
        book.add(row, book.demand(r), out.value - p.value, out.confidence);
        book.add(row, book.buy(r), p.value - in.value, in.confidence);
        book.add(row, book.dispose(r), -waste.value - p.value, waste.confidence);
    }
    for (int f = 0; f < book.columns(); ++f) {
        for (const auto& flow : book.flows(f)) {
            const auto& p = prices.table[static_cast<std::size_t>(flow.row)];
            book.add(row, f, flow.amount * p.value, weaker(flow.confidence, p.confidence));
        }
    }
}

/// What of the plants' output could be sold, at the price table: how sure the revenue is.
void add_evidence_of_revenue(Book& book, int row, const Prices& prices) {
    for (int f = 0; f < book.columns(); ++f) {
        for (const auto& flow : book.flows(f)) {
            const auto& p = prices.table[static_cast<std::size_t>(flow.row)];
            if (flow.amount > 0.0 && book.system().equations.sell_limit[flow.row] > 0.0) {
                book.add(row, f, flow.amount * p.value, weaker(flow.confidence, p.confidence));
            }
        }
    }
}

/// GDP as the period states it (base and growth), and the rest of the economy as what it leaves
/// beside the modelled plants: so growth is not counted twice.
void count_given_gdp(Book& book, const Prices& base_prices, const std::vector<Figure>& disposal,
                     int evidence) {
    const auto* period = model::period_of(book.scenario().periods, book.year());
    const auto base = period == nullptr ? std::nullopt : book.base_figure(*period, "gdp", "CNY");
    const auto growth =
        period == nullptr ? std::nullopt : model::growth_since_base(*period, book.year());
    if (!base || !growth) {
        return;
    }
    auto sure = base->confidence;
    if (book.year() > period->base_year) {
        sure = weaker(sure, period->gdp_growth->confidence_at(book.year()));
    }
    const int given = book.open(
        "gdp_given", {"地区生产总值(给定增速，不变价)", "GDP as given, constant prices"}, "CNY");
    book.add_constant(given, base->value * *growth, sure);
    const int rest = book.open("gdp_rest",
                               {"其余经济(给定生产总值减模型内企业)",
                                "rest of the economy (GDP as given less modelled plants)"},
                               "CNY");
    book.add_constant(rest, base->value * *growth, sure);
    add_margin(book, rest, base_prices, disposal, -1.0);
    book.judge_by(rest, evidence);
    for (const auto& [id, name, numerator, unit] :
         {std::tuple("energy_intensity",
                     model::Name{"单位GDP能耗(考核口径)", "energy per GDP, as controlled"},
                     "energy_controlled", "tce/万元"),
          std::tuple("co2_intensity",
                     model::Name{"单位GDP二氧化碳(考核口径)", "CO2 per GDP, as assessed"},
                     "co2_energy", "t/万元")}) {
        if (const int row = book.find(numerator); row >= 0) {
            constexpr double cny = 1e4; // 万元
            book.open_ratio({{id, name, unit}, row, given, cny});
        }
    }
}

} // namespace

void count_money(Book& book) {
    const auto prices = prices_in(book, book.year());
    const auto base_prices = prices_in(book, book.scenario().region.base_year);
    const auto disposal = disposal_costs(book);

    // Sales to people of the district are sales too, though nothing crosses the boundary.
    const int revenue = book.open(
        "revenue",
        {"销售收入(当年价，模型内企业对外)", "sales of the modelled plants at prices of the year"},
        "CNY");
    for (int r = 0; r < book.rows(); ++r) {
        const auto& out = prices.sell[static_cast<std::size_t>(r)];
        book.add(revenue, book.sell(r), out.value, out.confidence);
        book.add(revenue, book.demand(r), out.value, out.confidence);
    }
    const int evidence = book.open_hidden("revenue.evidence");
    add_evidence_of_revenue(book, evidence, prices);
    book.judge_by(revenue, evidence);

    const int added = book.open("value_added",
                                {"工业增加值(当年价，仅模型内企业)",
                                 "value added at prices of the year (modelled plants only)"},
                                "CNY");
    add_margin(book, added, prices, disposal);
    const int second = book.open_second_way(added);
    add_margins_of_plants(book, second, prices, disposal);
    book.judge_by(added, second);

    const int gdp = book.open(
        "gdp", book.scope_name({"地区生产总值(基年价)", "GDP at base-year prices"}, "gdp"), "CNY");
    book.add_rest(gdp, "gdp", "CNY");
    add_margin(book, gdp, base_prices, disposal);
    book.judge_by(gdp, second);
    count_given_gdp(book, base_prices, disposal, second);
}

} // namespace chainsim::accounts::detail
