#include <chainsim/accounts/detail/accounts.hpp>
#include <chainsim/accounts/detail/energy_total.hpp>

#include <utility>

namespace chainsim::accounts::detail {

namespace {

using model::Confidence;

/// A total in one value of power: what a row counts as, plus the lift of power that crosses the
/// boundary or is primary.
class EnergyTotal {
public:
    EnergyTotal(Book& book, std::optional<Figure> equivalent)
        : book_(book), equivalent_(equivalent) {}

    TotalRows count(const std::string& id, const model::Name& name, const std::string& rest_key) {
        total_ = book_.open(id, book_.scope_name(name, rest_key), "tce");
        second_ = book_.open_second_way(total_);
        book_.judge_by(total_, second_);
        book_.add_rest(total_, rest_key, "tce");
        book_.add_rest(second_, rest_key, "tce");
        for (int r = 0; r < book_.rows(); ++r) {
            add_trades(r);
        }
        for (int f = 0; f < book_.columns(); ++f) {
            for (const auto& flow : book_.flows(f)) {
                add_flow(f, flow);
            }
        }
        return {total_, second_};
    }

private:
    [[nodiscard]] Figure lift_of(int r) const {
        if (!equivalent_ || !book_.is_power(r)) {
            return {0.0, Confidence::seed};
        }
        return {equivalent_->value - book_.standard_coal(r).value, equivalent_->confidence};
    }

    void add_trades(int r) {
        const auto& c = book_.standard_coal(r);
        const auto lift = lift_of(r);
        const auto sure = weaker(c.confidence, lift.confidence);
        book_.add(total_, book_.buy(r), c.value + lift.value, sure);
        book_.add(second_, book_.buy(r), lift.value, lift.confidence);
        if (book_.is_delivered(r)) { // used up here, as a stated demand is
            book_.add(second_, book_.sell(r), c.value, c.confidence);
        } else {
            book_.add(total_, book_.sell(r), -(c.value + lift.value), sure);
            book_.add(second_, book_.sell(r), -lift.value, lift.confidence);
        }
        book_.add(second_, book_.dispose(r), c.value, c.confidence);
        book_.add(second_, book_.demand(r), c.value, c.confidence);
    }

    void add_flow(int f, const system::GrossFlow& flow) {
        const auto& c = book_.standard_coal(flow.row);
        const auto sure = weaker(flow.confidence, c.confidence);
        if (flow.amount > 0.0 && book_.is_primary(f, flow.row)) {
            const auto lift = lift_of(flow.row);
            book_.add(total_, f, flow.amount * (c.value + lift.value),
                      weaker(sure, lift.confidence));
            book_.add(second_, f, flow.amount * lift.value, weaker(sure, lift.confidence));
        } else {
            book_.add(second_, f, -flow.amount * c.value, sure);
        }
    }

    Book& book_;
    std::optional<Figure> equivalent_;
    int total_ = -1;
    int second_ = -1;
};

/// Power of any origin used in the district: made and bought, less what is sold away or curtailed.
/// Second way: what facilities take, less what they pass on as power.
void count_power(Book& book) {
    const int used =
        book.open("power_used", book.scope_name({"用电量", "power used"}, "power"), "MWh");
    const int second = book.open_second_way(used);
    book.judge_by(used, second);
    book.add_rest(used, "power", "MWh");
    book.add_rest(second, "power", "MWh");
    for (int r = 0; r < book.rows(); ++r) {
        if (!book.is_power(r)) {
            continue;
        }
        book.add(used, book.buy(r), 1.0, Confidence::known);
        book.add(used, book.dispose(r), -1.0, Confidence::known);
        book.add(second, book.demand(r), 1.0, Confidence::known);
        if (book.is_delivered(r)) {
            book.add(second, book.sell(r), 1.0, Confidence::known);
        } else {
            book.add(used, book.sell(r), -1.0, Confidence::known);
        }
    }
    for (int f = 0; f < book.columns(); ++f) {
        for (const auto& flow : book.flows(f)) {
            if (!book.is_power(flow.row)) {
                continue;
            }
            const bool made = flow.amount > 0.0 && !book.passes_on(f, flow.row);
            book.add(made ? used : second, f, made ? flow.amount : -flow.amount, flow.confidence);
        }
    }
}

} // namespace

TotalRows count_energy_total(Book& book, std::optional<Figure> equivalent, const std::string& id,
                             const model::Name& name, const std::string& rest_key) {
    return EnergyTotal(book, equivalent).count(id, name, rest_key);
}

void count_energy(Book& book) {
    (void)count_energy_total(book, std::nullopt, "energy_total_calorific",
                             {"能源消费总量(当量值)", "energy consumption, calorific value"},
                             "energy_calorific");
    const auto k = book.equivalent();
    if (k || !book.uses_power()) {
        (void)count_energy_total(book, k, "energy_total_equivalent",
                                 {"能源消费总量(等价值)", "energy consumption, equivalent value"},
                                 "energy_equivalent");
    }
    if (book.uses_power()) {
        count_power(book);
    }
}

} // namespace chainsim::accounts::detail
