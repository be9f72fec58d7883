#include <chainsim/accounts/detail/accounts.hpp>
#include <chainsim/accounts/detail/energy_total.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace chainsim::accounts::detail {

namespace {

using model::Confidence;
using model::FlowKind;
using model::NonFossil;
using model::Period;

/// Energy used as raw material, by facility: what a plant takes as feedstock, less the fuel that
/// it recovers from it (purge gas, furnace gas), for that share of its products by mass whose use
/// of feedstock counts. A plant that recovers fuel from products of such plants (tail gas of carbon
/// black) gives it back. So the sum never exceeds what is booked as used.
class Feedstock {
public:
    Feedstock(const Book& book, const Period& period)
        : book_(book), counted_(book.scenario().model.commodities.size(), 0),
          recovering_(counted_.size(), 0) {
        if (!period.feedstock_deducted) {
            return;
        }
        for (const auto& use : book.scenario().model.feedstock_uses) {
            const auto local = period.feedstock_uses.find(use.id);
            if (local == period.feedstock_uses.end() ? !use.counts : !local->second) {
                continue;
            }
            for (const auto product : use.products) {
                counted_[product.value] = 1;
            }
            for (const auto product : use.recovered_by) {
                recovering_[product.value] = 1;
            }
        }
    }

    /// Standard coal per unit of the facility's product, tce.
    [[nodiscard]] Figure of(int f) const {
        Figure taken{0.0, Confidence::seed};
        number::Number recovered;
        number::Number counted;
        number::Number all;
        for (const auto& flow : book_.flows(f)) {
            const auto& one = book_.commodity(flow.row);
            if (is_fuel(one) && (flow.amount > 0.0 || flow.kind == FlowKind::feedstock)) {
                const auto& coal = book_.standard_coal(flow.row);
                (flow.amount > 0.0 ? recovered : taken.value) +=
                    magnitude(flow.amount) * coal.value;
                taken.confidence =
                    weaker(taken.confidence, weaker(flow.confidence, coal.confidence));
            } else if (is_product(flow)) {
                const auto mass = flow.amount * one.mass;
                all += mass;
                if (counted_[commodity_of(flow.row)] != 0) {
                    counted += mass;
                }
            }
        }
        const int product = book_.system().equations.product[static_cast<std::size_t>(f)];
        if (recovering_[commodity_of(product)] != 0) {
            return {-recovered, taken.confidence};
        }
        const auto share = all > 0.0 ? counted / all : number::Number();
        return {larger(taken.value - recovered, 0.0) * share, taken.confidence};
    }

private:
    /// Coal, oil and gas with what is made of them; not power, steam and heat.
    static bool is_fuel(const model::Commodity& one) {
        return one.energy_product && one.phase != model::Phase::energy;
    }
    /// What plants are there to make; energy products among it are recovered fuel.
    static bool is_product(const system::GrossFlow& flow) {
        return flow.amount > 0.0 &&
               (flow.kind == FlowKind::product || flow.kind == FlowKind::coproduct ||
                flow.kind == FlowKind::byproduct);
    }
    [[nodiscard]] std::size_t commodity_of(int r) const {
        return book_.system().layout.rows[static_cast<std::size_t>(r)].value;
    }

    const Book& book_;
    std::vector<char> counted_;    ///< by commodity
    std::vector<char> recovering_; ///< by commodity
};

void add_feedstock(Book& book, const Period& period, const std::vector<int>& minus, int row) {
    const Feedstock feedstock(book, period);
    for (int f = 0; f < book.columns(); ++f) {
        const auto one = feedstock.of(f);
        book.add(row, f, one.value, one.confidence);
        for (const int other : minus) {
            book.add(other, f, -one.value, one.confidence);
        }
    }
}

/// Non-fossil power that is used here: made here or brought in with its certificates, less what is
/// sold with them or curtailed; at the k that counted it.
void add_non_fossil(Book& book, const Period& period, const Figure& k,
                    const std::vector<int>& minus, int row) {
    const auto add = [&](int column, const number::Number& amount, Confidence confidence) {
        const auto sure = weaker(confidence, k.confidence);
        book.add(row, column, amount * k.value, sure);
        for (const int other : minus) {
            book.add(other, column, -amount * k.value, sure);
        }
    };
    for (int r = 0; r < book.rows(); ++r) {
        if (!book.commodity(r).non_fossil) {
            continue;
        }
        add(book.buy(r), 1.0, Confidence::seed);
        add(book.dispose(r), -1.0, Confidence::seed);
        if (!book.is_delivered(r)) {
            add(book.sell(r), -1.0, Confidence::seed);
        }
    }
    for (int f = 0; f < book.columns(); ++f) {
        for (const auto& flow : book.flows(f)) {
            if (flow.amount > 0.0 && book.commodity(flow.row).non_fossil) {
                add(f, flow.amount, flow.confidence);
            }
        }
    }
    if (period.non_fossil == NonFossil::increment) {
        if (const auto base = book.base_figure(period, "non_fossil", "tce")) {
            book.add_constant(row, -base->value, base->confidence);
            for (const int other : minus) {
                book.add_constant(other, base->value, base->confidence);
            }
        }
    }
}

/// What certificates from elsewhere count: at the k that counts the power, up to the cap.
std::optional<Figure> certificates_of(const Book& book, const Period& period, const Figure& k) {
    if (!period.certificates || !period.certificates_at_most || !period.saving_needed) {
        return std::nullopt;
    }
    const int year = book.year();
    const auto value = [year](const model::Path& path, std::string_view unit) {
        return path.read_in_a_year(year, units::Unit::parse(unit));
    };
    const auto bought = value(*period.certificates, "MWh") * k.value;
    const auto cap = period.certificates_at_most->read(year, units::Unit{}) *
                     value(*period.saving_needed, "tce");
    if (bought <= cap) {
        return Figure{bought, weaker(period.certificates->confidence_at(year), k.confidence)};
    }
    return Figure{cap, weaker(period.certificates_at_most->confidence_at(year),
                              period.saving_needed->confidence_at(year))};
}

/// Without its base figure an increment is not known.
bool knows_non_fossil(const Book& book, const Period& period) {
    return period.non_fossil != NonFossil::increment ||
           book.base_figure(period, "non_fossil", "tce").has_value();
}

} // namespace

void count_dual_control(Book& book) {
    const auto* period = model::period_of(book.scenario().periods, book.year());
    if (period == nullptr) {
        return;
    }
    const auto k = book.equivalent();
    if ((!k && book.uses_power()) || !knows_non_fossil(book, *period)) {
        return;
    }
    const int feedstock =
        book.open("energy_feedstock", {"原料用能", "energy used as raw material"}, "tce");
    const int non_fossil =
        book.open("energy_renewable", {"非化石能源扣减", "non-fossil energy deducted"}, "tce");
    const auto controlled = count_energy_total(
        book, k, "energy_controlled",
        {"能源消费总量(考核口径)", "energy consumption, as controlled"}, "energy_equivalent");
    const std::vector<int> minus{controlled.total, controlled.second};
    add_feedstock(book, *period, minus, feedstock);
    if (period->non_fossil != NonFossil::counted && k) {
        add_non_fossil(book, *period, *k, minus, non_fossil);
        if (const auto bought = certificates_of(book, *period, *k); bought && bought->value > 0.0) {
            const int certificates =
                book.open("energy_certificates",
                          {"跨省绿证抵扣量", "certificates from elsewhere, deducted"}, "tce");
            for (const int row : {certificates, non_fossil}) {
                book.add_constant(row, bought->value, bought->confidence);
            }
            for (const int row : minus) {
                book.add_constant(row, -bought->value, bought->confidence);
            }
        }
    }
}

} // namespace chainsim::accounts::detail
