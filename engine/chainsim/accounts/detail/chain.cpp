#include <chainsim/accounts/detail/accounts.hpp>
#include <chainsim/model/indicator_kinds.hpp>

#include <algorithm>
#include <string>

namespace chainsim::accounts::detail {

namespace {

using model::Confidence;

/// The rows of one commodity; -1: not opened.
struct ChainRows {
    int made = -1;
    int capacity = -1; ///< of the plants whose product it is
    int used = -1;
    int used_or_sold = -1;
    int there = -1; ///< made, passed on to it or bought: how sure the rows above are
};

/// Is this output something that plants make to be used or sold?
bool is_product(const Book& book, const system::GrossFlow& flow) {
    return flow.amount > 0.0 && flow.kind != model::FlowKind::waste &&
           flow.kind != model::FlowKind::emission &&
           model::is_counted_product(book.commodity(flow.row));
}

class Chain {
public:
    explicit Chain(Book& book) : book_(book), rows_(static_cast<std::size_t>(book.rows())) {}

    void count() {
        open_rows();
        for (int f = 0; f < book_.columns(); ++f) {
            for (const auto& flow : book_.flows(f)) {
                add_flow(f, flow);
            }
            add_capacity(f);
        }
        count_primary();
    }

private:
    ChainRows& at(int r) { return rows_[static_cast<std::size_t>(r)]; }

    void open_rows() {
        std::vector<char> products(rows_.size(), 0);
        std::vector<char> made(rows_.size(), 0);
        for (int f = 0; f < book_.columns(); ++f) {
            for (const auto& flow : book_.flows(f)) {
                const auto r = static_cast<std::size_t>(flow.row);
                if (is_product(book_, flow)) {
                    products[r] = 1;
                    made[r] = made[r] != 0 || !book_.passes_on(f, flow.row) ? 1 : 0;
                }
            }
        }
        for (int r = 0; r < book_.rows(); ++r) {
            if (products[static_cast<std::size_t>(r)] != 0) {
                open_rows_of(r, made[static_cast<std::size_t>(r)] != 0);
            }
        }
    }

    void open_rows_of(int r, bool made) {
        const auto& one = book_.commodity(r);
        auto& rows = at(r);
        const bool delivered = book_.is_delivered(r);
        if (made) {
            rows.made = book_.open("made_" + one.id, {one.name.zh + "产量", one.name.en + " made"},
                                   one.unit.text());
        }
        const int sold =
            book_.open("sold_" + one.id,
                       {one.name.zh + (delivered ? "供应量(区内)" : "外销量"),
                        one.name.en + (delivered ? " delivered in the district" : " sold")},
                       one.unit.text());
        book_.add(sold, book_.sell(r), 1.0, Confidence::known);
        rows.used = book_.open_hidden("used_" + one.id);
        rows.used_or_sold = book_.open_hidden("used_or_sold_" + one.id);
        rows.there = book_.open_hidden("there_" + one.id);
        book_.judge_by(sold, rows.there);
        book_.judge_by(rows.used_or_sold, rows.there);
        book_.add(rows.there, book_.buy(r), 1.0, Confidence::known);
        for (const int column : {book_.demand(r), book_.sell(r), book_.dispose(r)}) {
            book_.add(rows.used_or_sold, column, 1.0, Confidence::known);
        }
        book_.add(rows.used, book_.demand(r), 1.0, Confidence::known);
        if (delivered) {
            book_.add(rows.used, book_.sell(r), 1.0, Confidence::known);
        }
        book_.open_ratio({{"local_conversion_" + one.id,
                           {one.name.zh + "就地转化率", "local conversion of " + one.name.en},
                           "1"},
                          rows.used,
                          rows.used_or_sold,
                          1.0});
    }

    void add_flow(int f, const system::GrossFlow& flow) {
        const auto& rows = at(flow.row);
        if (rows.used < 0) {
            return;
        }
        if (flow.amount < 0.0) {
            book_.add(rows.used, f, -flow.amount, flow.confidence);
            book_.add(rows.used_or_sold, f, -flow.amount, flow.confidence);
            return;
        }
        if (!book_.passes_on(f, flow.row)) {
            book_.add(rows.there, f, flow.amount, flow.confidence);
            book_.add(rows.made, f, flow.amount, flow.confidence);
        } else if (takes(f, flow.row)) { // what comes back was not used up
            book_.add(rows.used, f, -flow.amount, flow.confidence);
            book_.add(rows.used_or_sold, f, -flow.amount, flow.confidence);
        } else { // power of another kind, passed on as this one
            book_.add(rows.there, f, flow.amount, flow.confidence);
        }
    }

    [[nodiscard]] bool takes(int f, int r) const {
        const auto& flows = book_.flows(f);
        return std::any_of(flows.begin(), flows.end(),
                           [&](const auto& flow) { return flow.row == r && flow.amount < 0.0; });
    }

    void count_primary() {
        const int coal = book_.row_of("raw_coal");
        const int mined = book_.open("coal_mined", {"原煤产量", "raw coal mined"}, "t");
        const int mines =
            book_.open("coal_mining_capacity", {"煤矿产能", "capacity of coal mines"}, "t");
        const int produced =
            book_.open("energy_production", {"一次能源产量", "primary energy produced"}, "tce");
        const int producible =
            book_.open("energy_production_capacity",
                       {"能源综合生产能力", "capacity to produce primary energy"}, "tce");
        const int installed =
            book_.open("renewable_capacity", {"新能源装机", "installed renewable power"}, "MW");
        constexpr double hours = 8760.0; // a plant at full load makes so many MWh per MW in a year
        const int renewable =
            book_.open("power_renewable", {"可再生能源发电量", "renewable power"}, "MWh");
        for (int f = 0; f < book_.columns(); ++f) {
            for (const auto& flow : book_.flows(f)) {
                if (flow.amount <= 0.0 || !book_.is_primary(f, flow.row)) {
                    continue;
                }
                const auto& one = book_.commodity(flow.row);
                if (one.standard_coal) {
                    const auto tce =
                        read(*one.standard_coal, units::Unit::parse("tce").per(one.unit));
                    book_.add(produced, f, flow.amount * tce, flow.confidence);
                    add_nameplate(producible, f, flow.amount * tce);
                }
                if (flow.row == coal) {
                    book_.add(mined, f, flow.amount, flow.confidence);
                    add_nameplate(mines, f, flow.amount);
                } else if (book_.is_power(flow.row)) {
                    book_.add(renewable, f, flow.amount, flow.confidence);
                    add_nameplate(installed, f, flow.amount / hours);
                }
            }
        }
    }

    /// Nameplate of a plant that stands, to that of all plants of its product.
    void add_capacity(int f) {
        const int r = book_.system().equations.product[static_cast<std::size_t>(f)];
        const auto& facility =
            book_.scenario().facilities[book_.system().layout.columns[static_cast<std::size_t>(f)]];
        if (at(r).made < 0 || book_.passes_on(f, r) || !facility.exists(book_.year())) {
            return;
        }
        if (at(r).capacity < 0) {
            const auto& one = book_.commodity(r);
            at(r).capacity =
                book_.open("capacity_" + one.id,
                           {one.name.zh + "产能", "capacity of " + one.name.en}, one.unit.text());
        }
        add_nameplate(at(r).capacity, f, 1.0);
    }

    /// What a facility could make in a year if it ran all of it.
    void add_nameplate(int row, int f, const number::Number& rate) {
        const auto& scenario = book_.scenario();
        const auto& facility =
            scenario.facilities[book_.system().layout.columns[static_cast<std::size_t>(f)]];
        if (facility.exists(book_.year())) {
            const auto& process = scenario.model.processes[facility.process_in(book_.year())];
            const auto yearly =
                scenario.model.commodities[process.product].unit.per(units::Unit::parse("a"));
            book_.add_standing(row, f, rate * read(facility.capacity, yearly),
                               facility.capacity.provenance.confidence);
        }
    }

    Book& book_;
    std::vector<ChainRows> rows_; ///< by commodity row
};

} // namespace

void count_chain(Book& book) { Chain(book).count(); }

} // namespace chainsim::accounts::detail
