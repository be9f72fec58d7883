#include <chainsim/accounts/detail/market_prices.hpp>

#include <utility>

namespace chainsim::accounts::detail {

namespace {

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

} // namespace

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
                *figure = {price.at(year).in(unit), price.confidence_at(year)};
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
                one.disposal_cost->value.in(units::Unit::parse("CNY").per(one.unit)),
                one.disposal_cost->provenance.confidence};
        }
    }
    return out;
}

} // namespace chainsim::accounts::detail
