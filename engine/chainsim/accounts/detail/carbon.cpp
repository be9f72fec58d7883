#include <chainsim/accounts/detail/accounts.hpp>

#include <algorithm>
#include <utility>

namespace chainsim::accounts::detail {

namespace {

using model::Confidence;

/// The rows of the account; `second` reaches `total` by where CO2 leaves, not by who makes it.
struct CarbonRows {
    int fuel = -1;
    int process = -1;
    int power = -1;  ///< -1 without a factor of the grid
    int energy = -1; ///< fuel and power, what a region is assessed by; -1 as power
    int total = -1;
    int second = -1;
};

CarbonRows open_rows(Book& book, bool whole) {
    CarbonRows rows;
    rows.fuel = book.open(
        "co2_fuel", {"燃料燃烧CO2(仅模型内企业)", "CO2 of fuels (modelled plants only)"}, "t");
    rows.process =
        book.open("co2_process",
                  {"工业过程CO2(仅模型内企业)", "CO2 of processes (modelled plants only)"}, "t");
    if (whole) {
        rows.power = book.open(
            "co2_power",
            {"净购入电力CO2(仅模型内企业)", "CO2 of net purchased power (modelled plants only)"},
            "t");
        rows.energy = book.open(
            "co2_energy",
            book.scope_name({"能源活动CO2(考核口径)", "CO2 of energy, as assessed"}, "co2"), "t");
        book.add_rest(rows.energy, "co2", "t");
        rows.total =
            book.open("co2_total", book.scope_name({"CO2排放总量", "CO2, total"}, "co2"), "t");
    } else {
        rows.total = book.open_hidden("co2_direct");
    }
    rows.second = book.open_second_way(rows.total);
    book.add_rest(rows.total, "co2", "t");
    book.add_rest(rows.second, "co2", "t");
    return rows;
}

/// CO2 that a facility releases, split by what its fuels can account for.
void add_stack(Book& book, const CarbonRows& rows, int f, int co2) {
    number::Number burnt;
    number::Number released;
    auto sure = Confidence::seed;
    for (const auto& flow : book.flows(f)) {
        if (flow.kind == model::FlowKind::fuel) {
            sure = weaker(sure, flow.confidence);
            if (!book.commodity(flow.row).process_carbon) {
                burnt -= flow.amount * book.co2_content(flow.row);
            }
        } else if (flow.row == co2) {
            released += flow.amount;
            sure = weaker(sure, flow.confidence);
        }
    }
    const auto from_fuel = smaller(larger(burnt, 0.0), larger(released, 0.0));
    book.add(rows.fuel, f, from_fuel, sure);
    if (rows.energy >= 0) {
        book.add(rows.energy, f, from_fuel, sure);
    }
    book.add(rows.total, f, from_fuel, sure);
    book.add(rows.process, f, released - from_fuel, sure);
    book.add(rows.total, f, released - from_fuel, sure);
}

/// CO2 of what is burnt outside the plants: flares, and fuel that the people of the district get.
void add_burnt_beyond(Book& book, const CarbonRows& rows, int r) {
    const auto& one = book.commodity(r);
    const double co2 = book.co2_content(r);
    const int source = one.process_carbon ? rows.process : rows.fuel;
    const auto burn = [&](int column) {
        for (const int row : {source, rows.total, rows.second}) {
            book.add(row, column, co2, Confidence::known);
        }
        if (rows.energy >= 0 && source == rows.fuel) {
            book.add(rows.energy, column, co2, Confidence::known);
        }
    };
    if (one.sink == model::Sink::flare) {
        burn(book.dispose(r));
    }
    if (one.energy_product) {
        burn(book.demand(r));
        if (book.is_delivered(r)) {
            burn(book.sell(r));
        }
    }
}

void add_power(Book& book, const CarbonRows& rows, int r, const Figure& grid) {
    const auto cross = [&](int column, const number::Number& weight) {
        for (const int row : {rows.power, rows.energy, rows.total, rows.second}) {
            book.add(row, column, weight, grid.confidence);
        }
    };
    cross(book.buy(r), grid.value);
    if (!book.is_delivered(r)) {
        cross(book.sell(r), -grid.value);
    }
}

} // namespace

void count_carbon(Book& book) {
    const auto grid = book.factor("grid_co2", "t/MWh");
    const auto rows = open_rows(book, grid || !book.uses_power());
    const int co2 = book.row_of("carbon_dioxide");
    for (int f = 0; f < book.columns(); ++f) {
        add_stack(book, rows, f, co2);
    }
    for (int r = 0; r < book.rows(); ++r) {
        add_burnt_beyond(book, rows, r);
        if (grid && book.is_power(r) && !book.commodity(r).non_fossil) {
            add_power(book, rows, r, *grid);
        }
        if (r == co2) { // what no one took up left by the stack
            for (const int column : {book.dispose(r), book.sell(r), book.demand(r)}) {
                book.add(rows.second, column, 1.0, Confidence::known);
            }
            book.add(rows.second, book.buy(r), -1.0, Confidence::known);
        }
    }
}

} // namespace chainsim::accounts::detail
