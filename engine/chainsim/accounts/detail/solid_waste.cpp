#include <chainsim/accounts/detail/accounts.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <string>

namespace chainsim::accounts::detail {

namespace {

using model::Confidence;
using model::SolidWaste;

/// What one kind of waste is called, and how it is counted.
struct Kind {
    SolidWaste waste;
    std::string id;
    model::Name generated;
    model::Name used;
    model::Name rate;
};

bool is_waste(const Book& book, int r, SolidWaste waste) {
    return book.commodity(r).solid_waste == waste;
}

/// Does a plant make waste into waste that is fit for use, as a drier of slag does?
bool prepares(const Book& book, int f, SolidWaste waste) {
    const auto& scenario = book.scenario();
    const auto& facility =
        scenario.facilities[book.system().layout.columns[static_cast<std::size_t>(f)]];
    const auto& process = scenario.model.processes[facility.process_in(book.year())];
    const auto& feed = facility.driving_feed ? facility.driving_feed : process.driving_feed;
    return feed && scenario.model.commodities[*feed].solid_waste == waste &&
           scenario.model.commodities[process.product].solid_waste == waste;
}

/// Could any of it be used: is there a plant that takes it, or a buyer?
bool has_user(const Book& book, SolidWaste waste) {
    for (int r = 0; r < book.rows(); ++r) {
        if (is_waste(book, r, waste) && book.system().equations.sell_limit[r] > 0.0) {
            return true;
        }
    }
    for (int f = 0; f < book.columns(); ++f) {
        for (const auto& flow : book.flows(f)) {
            if (flow.amount < 0.0 && is_waste(book, flow.row, waste)) {
                return true;
            }
        }
    }
    return false;
}

void count_kind(Book& book, const Kind& kind) {
    const int generated = book.open(kind.id, kind.generated, "t");
    const int second = book.open_second_way(generated);
    const int used = book.open(kind.id + "_used", kind.used, "t");
    if (!has_user(book, kind.waste)) {
        book.judge_by(used, generated); // that none is used is as sure as that there is any
    }
    for (int f = 0; f < book.columns(); ++f) {
        const bool is_prepared = prepares(book, f, kind.waste);
        for (const auto& flow : book.flows(f)) {
            if (!is_waste(book, flow.row, kind.waste)) {
                continue;
            }
            const auto mass = flow.amount * book.commodity(flow.row).mass;
            if (flow.amount > 0.0 && !is_prepared) {
                book.add(generated, f, mass, flow.confidence);
            } else {
                book.add(used, f, -mass, flow.confidence);
                book.add(second, f, -mass, flow.confidence);
            }
        }
    }
    for (int r = 0; r < book.rows(); ++r) {
        if (is_waste(book, r, kind.waste)) {
            const double mass = book.commodity(r).mass;
            book.add(used, book.sell(r), mass, Confidence::known);
            book.add(second, book.sell(r), mass, Confidence::known);
            book.add(second, book.dispose(r), mass, Confidence::known);
            book.add(second, book.demand(r), mass, Confidence::known);
            book.add(second, book.buy(r), -mass, Confidence::known);
        }
    }
    book.open_ratio({{kind.id + "_use_rate", kind.rate, "1"}, used, generated, 1.0});
}

} // namespace

void count_solid_waste(Book& book) {
    const std::array<Kind, 2> kinds{{{SolidWaste::general,
                                      "solid_waste",
                                      {"一般工业固体废物产生量", "solid waste generated"},
                                      {"一般工业固体废物综合利用量", "solid waste used"},
                                      {"一般工业固体废物综合利用率", "share of solid waste used"}},
                                     {SolidWaste::hazardous,
                                      "hazardous_waste",
                                      {"危险废物产生量", "hazardous waste generated"},
                                      {"危险废物利用量", "hazardous waste used"},
                                      {"危险废物利用率", "share of hazardous waste used"}}}};
    for (const auto& kind : kinds) {
        for (int r = 0; r < book.rows(); ++r) {
            if (is_waste(book, r, kind.waste)) {
                count_kind(book, kind);
                break;
            }
        }
    }
}

} // namespace chainsim::accounts::detail
