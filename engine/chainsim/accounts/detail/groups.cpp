#include <chainsim/accounts/detail/accounts.hpp>
#include <chainsim/accounts/detail/enterprise_carbon.hpp>
#include <chainsim/accounts/detail/factors.hpp>
#include <chainsim/accounts/plant_money.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace chainsim::accounts::detail {

namespace {

using model::Confidence;

/// What a unit of each commodity counts in the accounts of a group, by row.
struct Counts {
    std::vector<Figure> media; ///< tce of an energy-consuming medium
    std::optional<Figure> equivalent;
    std::vector<Dealing> dealings; ///< by commodity, at prices of the base year
    EnterpriseCarbon carbon;
};

/// Of the period that rules: what is compared with its base is at the prices of its base.
int base_year_of(const Book& book) {
    const auto* period = model::period_of(book.scenario().periods, book.year());
    return period == nullptr ? book.scenario().region.base_year : period->base_year;
}

Counts counts_of(const Book& book) {
    const auto& scenario = book.scenario();
    return {media_in(scenario, book.system()), book.equivalent(),
            dealings(scenario, base_year_of(book)), EnterpriseCarbon(scenario, book.system())};
}

/// The accounts of one group: those of its plants, and its share of what nobody took up.
class GroupAccounts {
public:
    GroupAccounts(Book& book, const Counts& counts, const model::PlantGroup& group)
        : book_(book), counts_(counts), group_(group) {
        for (int f = 0; f < book.columns(); ++f) {
            const auto facility = book.system().layout.columns[static_cast<std::size_t>(f)];
            if (group.holds(book.scenario().facilities[facility])) {
                plants_.push_back(f);
            }
        }
        shares_ = shares(false);
        recovered_ = shares(true);
    }

    void count() {
        count_energy(open("energy_calorific"), false);
        if (counts_.equivalent || !book_.uses_power()) {
            const int energy = open("energy_equivalent");
            count_energy(energy, true);
            const int added = open("value_added");
            count_value_added(added);
            constexpr double cny = 1e4; // 万元
            const auto& account = account_of("energy_intensity");
            book_.open_ratio({{id_of(account), name_of(account), std::string(account.unit)},
                              energy,
                              added,
                              cny});
        } else {
            count_value_added(open("value_added"));
        }
        if (counts_.carbon.is_known()) {
            count_carbon(open("co2_enterprise"));
        }
    }

private:
    static const model::GroupAccount& account_of(std::string_view id) {
        const auto& all = model::group_accounts();
        return *std::find_if(all.begin(), all.end(),
                             [id](const auto& one) { return one.id == id; });
    }
    [[nodiscard]] std::string id_of(const model::GroupAccount& account) const {
        return std::string(account.id) + "_of_" + group_.id;
    }
    [[nodiscard]] model::Name name_of(const model::GroupAccount& account) const {
        return {group_.name.zh + account.name.zh, group_.name.en + ": " + account.name.en};
    }
    int open(std::string_view id) {
        const auto& account = account_of(id);
        return book_.open(id_of(account), name_of(account), std::string(account.unit));
    }

    /// Its share in what the plants of the district would make at capacity, by row: of what nobody
    /// took up, no one can say whose it was. Primary energy, which gives no credit, may be left
    /// out.
    [[nodiscard]] std::vector<number::Number> shares(bool without_primary) const {
        std::vector<number::Number> own(static_cast<std::size_t>(book_.rows()));
        std::vector<number::Number> all(own.size());
        const auto add = [&](std::vector<number::Number>& to, int f) {
            for (const auto& flow : book_.flows(f)) {
                if (flow.amount > 0.0 && !(without_primary && book_.is_primary(f, flow.row))) {
                    to[static_cast<std::size_t>(flow.row)] += flow.amount * book_.capacity(f);
                }
            }
        };
        for (int f = 0; f < book_.columns(); ++f) {
            add(all, f);
        }
        for (const int f : plants_) {
            add(own, f);
        }
        for (std::size_t r = 0; r < own.size(); ++r) {
            own[r] = all[r] > 0.0 ? own[r] / all[r] : number::Number();
        }
        return own;
    }

    [[nodiscard]] number::Number share(int r) const { return shares_[static_cast<std::size_t>(r)]; }
    [[nodiscard]] const Dealing& dealing(int r) const {
        return counts_.dealings[book_.system().layout.rows[static_cast<std::size_t>(r)].value];
    }

    /// As `facility_energies` has it plant by plant.
    void count_energy(int row, bool is_equivalent) {
        /// Standard coal of a unit, in the value of power that is asked for.
        const auto coal_of = [&](int r) {
            return is_equivalent && counts_.equivalent && book_.is_power(r)
                       ? *counts_.equivalent
                       : book_.standard_coal(r);
        };
        for (const int f : plants_) {
            for (const auto& flow : book_.flows(f)) {
                const auto& medium = counts_.media[static_cast<std::size_t>(flow.row)];
                const auto coal = coal_of(flow.row);
                const bool is_made = flow.amount > 0.0 && book_.is_primary(f, flow.row);
                book_.add(row, f, is_made ? number::Number() : -flow.amount * coal.value,
                          weaker(flow.confidence, coal.confidence));
                book_.add(row, f, -flow.amount * medium.value,
                          weaker(flow.confidence, medium.confidence));
            }
        }
        for (int r = 0; r < book_.rows(); ++r) {
            const auto& coal = book_.standard_coal(r);
            book_.add(row, book_.dispose(r), recovered_[static_cast<std::size_t>(r)] * coal.value,
                      coal.confidence);
        }
    }

    /// Each plant at what it pays and receives; what it could not hand on brings nothing. Waste
    /// has its cost as a price already.
    void count_value_added(int row) {
        for (const int f : plants_) {
            for (const auto& flow : book_.flows(f)) {
                const auto& one = dealing(flow.row);
                const bool is_given = flow.amount > 0.0;
                book_.add(row, f, flow.amount * (is_given ? one.received : one.paid),
                          weaker(flow.confidence,
                                 is_given ? one.received_confidence : one.paid_confidence));
            }
        }
        for (int r = 0; r < book_.rows(); ++r) {
            const auto& one = dealing(r);
            if (book_.commodity(r).trade != model::Trade::waste) {
                book_.add(row, book_.dispose(r), -share(r) * (one.received + one.disposal),
                          one.received_confidence);
            }
        }
    }

    void count_carbon(int row) {
        for (const int f : plants_) {
            const auto parts = counts_.carbon.of(f);
            for (const auto& part : {parts.direct, parts.power, parts.heat}) {
                book_.add(row, f, part.value, part.confidence);
            }
        }
        for (int r = 0; r < book_.rows(); ++r) {
            if (book_.commodity(r).sink == model::Sink::flare) {
                book_.add(row, book_.dispose(r), share(r) * book_.co2_content(r),
                          Confidence::known);
            }
        }
    }

    Book& book_;
    const Counts& counts_;
    const model::PlantGroup& group_;
    std::vector<int> plants_; ///< columns
    std::vector<number::Number> shares_;
    std::vector<number::Number> recovered_; ///< the same without primary energy
};

} // namespace

void count_enterprises(Book& book) {
    const EnterpriseCarbon carbon(book.scenario(), book.system());
    if (!carbon.is_known()) {
        return;
    }
    const int row = book.open("co2_enterprise",
                              {"企业口径CO2合计(仅模型内企业)",
                               "CO2 as enterprises report it, sum (modelled plants only)"},
                              "t");
    const int second = book.open_second_way(row);
    for (int f = 0; f < book.columns(); ++f) {
        const auto parts = carbon.of(f);
        for (const auto& part : {parts.direct, parts.power, parts.heat}) {
            book.add(row, f, part.value, part.confidence);
        }
        book.add(second, f, parts.uncredited.value, parts.uncredited.confidence);
    }
    const int co2 = book.row_of("carbon_dioxide");
    for (int r = 0; r < book.rows(); ++r) {
        if (book.commodity(r).sink == model::Sink::flare) {
            for (const int one : {row, second}) {
                book.add(one, book.dispose(r), book.co2_content(r), Confidence::known);
            }
        }
        // What all plants take net of what they give is what comes in less what leaves.
        const auto weight = r == co2 ? number::Number(-1.0) : carbon.carried(r).value;
        const auto sure = carbon.carried(r).confidence;
        book.add(second, book.buy(r), weight, sure);
        for (const int column : {book.sell(r), book.dispose(r), book.demand(r)}) {
            book.add(second, column, -weight, sure);
        }
    }
}

void count_groups(Book& book) {
    const auto& groups = book.scenario().groups;
    if (groups.empty()) {
        return;
    }
    const auto counts = counts_of(book);
    for (const auto& group : groups) {
        GroupAccounts(book, counts, group).count();
    }
}

} // namespace chainsim::accounts::detail
