#include <chainsim/accounts/detail/accounts.hpp>
#include <chainsim/model/indicator_kinds.hpp>

#include <cmath>

namespace chainsim::accounts::detail {

namespace {

using model::Confidence;

void count_fresh_water(Book& book) {
    const int r = book.row_of("fresh_water");
    if (r < 0) {
        return;
    }
    const int use = book.open("fresh_water",
                              book.scope_name({"新鲜水用量", "fresh water"}, "fresh_water"), "m3");
    const int second = book.open_second_way(use);
    book.add_rest(use, "fresh_water", "m3");
    book.add_rest(second, "fresh_water", "m3");
    for (int f = 0; f < book.columns(); ++f) {
        for (const auto& flow : book.flows(f)) {
            if (flow.row == r) {
                book.add(flow.amount < 0.0 ? use : second, f, std::abs(flow.amount),
                         flow.confidence);
            }
        }
    }
    book.add(use, book.demand(r), 1.0, Confidence::known);
    book.add(second, book.buy(r), 1.0, Confidence::known);
    book.add(second, book.sell(r), -1.0, Confidence::known);
    book.add(second, book.dispose(r), -1.0, Confidence::known);
}

void count_source(Book& book, int r) {
    const auto& one = book.commodity(r);
    const int taken = book.open("water_taken_" + one.id,
                                {"取水量:" + one.name.zh, "taken of " + one.name.en}, "m3");
    const int second = book.open_second_way(taken);
    for (int f = 0; f < book.columns(); ++f) {
        for (const auto& flow : book.flows(f)) {
            if (flow.row == r) {
                book.add(taken, f, -flow.amount, flow.confidence);
            }
        }
    }
    book.add(taken, book.demand(r), 1.0, Confidence::known);
    book.add(second, book.buy(r), 1.0, Confidence::known);
    book.add(second, book.sell(r), -1.0, Confidence::known);
    book.add(second, book.dispose(r), -1.0, Confidence::known);
}

} // namespace

void count_water(Book& book) {
    count_fresh_water(book);
    for (int r = 0; r < book.rows(); ++r) {
        if (model::is_water_source(book.commodity(r))) {
            count_source(book, r);
        }
    }
}

} // namespace chainsim::accounts::detail
