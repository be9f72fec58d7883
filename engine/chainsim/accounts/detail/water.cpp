#include <chainsim/accounts/detail/accounts.hpp>
#include <chainsim/model/indicator_kinds.hpp>

#include <cmath>
#include <vector>

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
                book.add(flow.amount < 0.0 ? use : second, f, magnitude(flow.amount),
                         flow.confidence);
            }
        }
    }
    book.add(use, book.demand(r), 1.0, Confidence::known);
    book.add(second, book.buy(r), 1.0, Confidence::known);
    book.add(second, book.sell(r), -1.0, Confidence::known);
    book.add(second, book.dispose(r), -1.0, Confidence::known);
}

/// Adds what plants take of a source to one row, and what comes in at the boundary to the other.
void add_source(Book& book, int r, int taken, int second) {
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

void count_source(Book& book, int r) {
    const auto& one = book.commodity(r);
    const int taken = book.open("water_taken_" + one.id,
                                {"取水量:" + one.name.zh, "taken of " + one.name.en}, "m3");
    add_source(book, r, taken, book.open_second_way(taken));
}

/// What leaves of a water by its sink; second way: what plants give of it, less what they take.
void add_returned(Book& book, int r, int row, int second, double sign) {
    book.add(row, book.dispose(r), sign, Confidence::known);
    for (int f = 0; f < book.columns(); ++f) {
        for (const auto& flow : book.flows(f)) {
            if (flow.row == r) {
                book.add(second, f, sign * flow.amount, flow.confidence);
            }
        }
    }
    book.add(second, book.buy(r), sign, Confidence::known);
    book.add(second, book.sell(r), -sign, Confidence::known);
    book.add(second, book.demand(r), -sign, Confidence::known);
}

/// Withdrawal from all sources, what is discharged, and the difference: evaporated, in products, or
/// used by people.
void count_consumption(Book& book, const std::vector<int>& sources) {
    const int withdrawn = book.open(
        "water_withdrawn", book.scope_name({"取水总量", "water withdrawn"}, "fresh_water"), "m3");
    const int returned = book.open(
        "water_returned", book.scope_name({"退水量", "water returned"}, "fresh_water"), "m3");
    const int consumed = book.open(
        "water_consumed", book.scope_name({"耗水量", "water consumed"}, "fresh_water"), "m3");
    const int withdrawn_second = book.open_second_way(withdrawn);
    const int returned_second = book.open_second_way(returned);
    const int consumed_second = book.open_second_way(consumed);
    book.judge_by(returned, returned_second);
    for (const int r : sources) {
        add_source(book, r, withdrawn, withdrawn_second);
        add_source(book, r, consumed, consumed_second);
    }
    for (int r = 0; r < book.rows(); ++r) {
        if (book.commodity(r).returned_water) {
            add_returned(book, r, returned, returned_second, 1.0);
            add_returned(book, r, consumed, consumed_second, -1.0);
        }
    }
    for (const int row : {withdrawn, withdrawn_second, consumed, consumed_second}) {
        book.add_rest(row, "fresh_water", "m3");
    }
}

} // namespace

void count_water(Book& book) {
    count_fresh_water(book);
    std::vector<int> sources;
    for (int r = 0; r < book.rows(); ++r) {
        if (model::is_water_source(book.commodity(r))) {
            count_source(book, r);
            sources.push_back(r);
        }
    }
    if (!sources.empty()) {
        count_consumption(book, sources);
    }
}

} // namespace chainsim::accounts::detail
