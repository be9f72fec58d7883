#include <chainsim/accounts/detail/accounts.hpp>
#include <chainsim/accounts/plant_money.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace chainsim::accounts::detail {

namespace {

using model::Confidence;
using model::Rate;

constexpr double square_metres_of_mu = 10000.0 / 15.0;

/// A sum of money with how sure its weakest part is.
struct Sum {
    number::Number value;
    Confidence confidence = Confidence::seed;

    void add(const number::Number& amount, Confidence sure) {
        if (!amount.is_nothing()) {
            value += amount;
            confidence = weaker(confidence, sure);
        }
    }
};

/// Writes the income statement of every plant into the rows of the district.
class Income {
public:
    Income(Book& book, const model::Economy& economy, std::vector<PlantAssets> assets)
        : book_(book), economy_(economy), assets_(std::move(assets)),
          dealings_(dealings(book.scenario(), book.year())),
          written_off_(straight_line_rate(economy, book.year())) {
        for (std::size_t i = 0; i < rates_.size(); ++i) {
            const auto which = static_cast<Rate>(i);
            rates_[i] = {economy.read(which, book.year()),
                         economy.path(which).confidence_at(book.year())};
        }
        read_taxes_on_goods();
    }

    void count() {
        open_rows();
        for (int f = 0; f < book_.columns(); ++f) {
            count_plant(f);
        }
        count_trade();
        finish();
    }

private:
    /// The profit of one taxpayer, and by which of its industries its tax goes: the largest.
    struct Taxpayer {
        int row = -1;
        std::map<const model::Industry*, number::Number> investment;
    };

    /// Taxes on a good by its row.
    struct TaxesOnGood {
        std::optional<Figure> sale;
        std::optional<Figure> emission;
        std::optional<Figure> withdrawal;
    };

    /// What a plant earns and pays per unit of its product.
    struct Statement {
        Sum margin; ///< sales less purchases
        Sum sales;
        Sum vat;
        Sum tax; ///< on production
    };

    void read_taxes_on_goods() {
        static const auto money = units::Unit::parse("CNY");
        for (int r = 0; r < book_.rows(); ++r) {
            const auto& one = book_.commodity(r);
            const auto figure = [&](const std::map<std::string, model::Path>& taxes,
                                    const units::Unit& unit) -> std::optional<Figure> {
                const auto found = taxes.find(one.id);
                if (found == taxes.end()) {
                    return std::nullopt;
                }
                return Figure{found->second.read(book_.year(), unit),
                              found->second.confidence_at(book_.year())};
            };
            taxes_.push_back({figure(economy_.sales_taxes, units::Unit{}),
                              figure(economy_.emission_taxes, money.per(one.unit)),
                              figure(economy_.withdrawal_taxes, money.per(one.unit))});
        }
    }

    void open_rows() {
        const auto open = [this](const char* id, const char* zh, const char* en) {
            return book_.open(id, {zh, en}, "CNY");
        };
        jobs_ = book_.open(
            "jobs", {"就业人数(模型内企业定员)", "jobs (staff of the modelled plants)"}, "1");
        compensation_ = open("compensation", "劳动者报酬", "compensation of employees");
        depreciation_ = open("depreciation", "固定资产折旧", "depreciation");
        production_tax_ = open("tax_production", "生产税净额(不含增值税)",
                               "net taxes on production, without VAT");
        surplus_ = open("operating_surplus", "营业盈余(未扣修理和外购服务)",
                        "operating surplus, before repairs and services bought");
        total_ = open("value_added_income", "工业增加值(收入法，仅模型内企业)",
                      "value added, by the income method (modelled plants only)");
        vat_ = open("vat", "应交增值税(销项减进项)", "VAT payable, output less input tax");
        all_but_income_tax_ = book_.open_hidden("tax.linear");
    }

    [[nodiscard]] const Figure& rate(Rate which) const {
        return rates_[static_cast<std::size_t>(which)];
    }

    [[nodiscard]] const Dealing& dealing(int r) const {
        return dealings_[book_.system().layout.rows[static_cast<std::size_t>(r)].value];
    }

    /// A cost that belongs to a plant as it stands: the surplus is less by it.
    void add_fixed(int row, int f, const number::Number& amount, Confidence confidence,
                   const Taxpayer& payer) {
        for (const int to : {row, total_}) {
            book_.add_standing(to, f, amount, confidence);
        }
        for (const int from : {surplus_, total_, payer.row}) {
            book_.add_standing(from, f, -amount, confidence);
        }
    }

    Taxpayer& taxpayer_of(const model::Facility& facility) {
        const auto& id = taxpayer(facility);
        auto& one = taxpayers_[id];
        if (one.row < 0) {
            one.row = book_.open_hidden("profit." + id);
        }
        return one;
    }

    void count_plant(int f) {
        const auto index = book_.system().layout.columns[static_cast<std::size_t>(f)];
        const auto& facility = book_.scenario().facilities[index];
        auto& payer = taxpayer_of(facility);
        if (facility.exists(book_.year())) {
            const auto& assets = assets_[index.value];
            payer.investment[assets.industry] += assets.investment;
            count_assets(f, assets, payer);
        }
        Statement statement;
        std::map<int, number::Number> net;
        for (const auto& flow : book_.flows(f)) {
            net[flow.row] += flow.amount;
            deal(f, flow, statement);
        }
        pay_shares(statement);
        for (const auto& [r, amount] : net) {
            pay_on_goods(f, r, amount, statement);
        }
        write(f, statement, payer);
    }

    void count_assets(int f, const PlantAssets& assets, const Taxpayer& payer) {
        const auto& wage = rate(Rate::wage);
        const auto& on_cost = rate(Rate::labour_on_cost);
        const auto& buildings = rate(Rate::buildings_share);
        const auto& property = rate(Rate::property_tax);
        const auto& land_tax = rate(Rate::land_use_tax);
        const auto& maintenance = rate(Rate::maintenance);
        const auto sure = assets.investment_confidence;
        book_.add_standing(jobs_, f, assets.jobs, assets.jobs_confidence);
        add_fixed(compensation_, f, assets.jobs * wage.value * on_cost.value,
                  weaker(assets.jobs_confidence, weaker(wage.confidence, on_cost.confidence)),
                  payer);
        add_fixed(depreciation_, f, assets.investment * written_off_,
                  weaker(sure, buildings.confidence), payer);
        Sum on_assets;
        on_assets.add(assets.investment * buildings.value * property.value,
                      weaker(sure, weaker(buildings.confidence, property.confidence)));
        on_assets.add(assets.taxed_land * square_metres_of_mu * land_tax.value,
                      weaker(assets.land_confidence, land_tax.confidence));
        add_fixed(production_tax_, f, on_assets.value, on_assets.confidence, payer);
        book_.add_standing(all_but_income_tax_, f, on_assets.value, on_assets.confidence);
        book_.add_standing(payer.row, f,
                           -assets.investment * assets.maintenance.value_or(maintenance.value),
                           weaker(sure, maintenance.confidence));
    }

    /// Sales and purchases with their VAT; the surplus keeps each flow, for how sure it is.
    void deal(int f, const system::GrossFlow& flow, Statement& statement) {
        const auto& one = dealing(flow.row);
        const bool is_output = flow.amount > 0.0;
        const auto value = flow.amount * (is_output ? one.received : one.paid);
        const auto sure =
            weaker(flow.confidence, is_output ? one.received_confidence : one.paid_confidence);
        book_.add(surplus_, f, value, sure);
        statement.margin.add(value, sure);
        statement.vat.add(value * one.vat, sure);
        if (value > 0.0) {
            statement.sales.add(number::larger(value, 0.0), sure);
        } else if (!value.is_constant()) { // a draw of a price may have it the other way
            statement.sales.value += number::larger(value, 0.0);
        }
        const auto& stamp = rate(Rate::stamp_duty);
        statement.tax.add(magnitude(value) * stamp.value, weaker(sure, stamp.confidence));
    }

    /// What is paid as a share of the VAT.
    void pay_shares(Statement& statement) const {
        for (const auto which : {Rate::urban_maintenance_tax, Rate::education_surcharge,
                                 Rate::local_education_surcharge}) {
            statement.tax.add(statement.vat.value * rate(which).value,
                              weaker(statement.vat.confidence, rate(which).confidence));
        }
    }

    /// `amount` is net of what the plant takes of the good itself: who washes coal mines none.
    void pay_on_goods(int f, int r, const number::Number& amount, Statement& statement) const {
        const auto& taxes = taxes_[static_cast<std::size_t>(r)];
        if (taxes.sale && amount > 0.0 && book_.is_primary(f, r)) {
            const auto& one = dealing(r);
            statement.tax.add(amount * one.received * taxes.sale->value,
                              weaker(one.received_confidence, taxes.sale->confidence));
        }
        if (taxes.emission && amount > 0.0) {
            statement.tax.add(amount * taxes.emission->value, taxes.emission->confidence);
        }
        if (taxes.withdrawal && amount < 0.0) {
            statement.tax.add(-amount * taxes.withdrawal->value, taxes.withdrawal->confidence);
        }
    }

    void write(int f, const Statement& statement, const Taxpayer& payer) {
        const auto& tax = statement.tax;
        const auto surplus = statement.margin.value - tax.value;
        const auto sure = weaker(statement.margin.confidence, tax.confidence);
        book_.add(surplus_, f, -tax.value, tax.confidence);
        book_.add(production_tax_, f, tax.value, tax.confidence);
        book_.add(total_, f, surplus + tax.value, sure);
        book_.add(vat_, f, statement.vat.value, statement.vat.confidence);
        book_.add(all_but_income_tax_, f, statement.vat.value + tax.value, sure);
        const auto& overhead = rate(Rate::overhead);
        book_.add(payer.row, f, surplus - statement.sales.value * overhead.value,
                  weaker(sure, overhead.confidence));
    }

    /// A flow of money of a trade into the surplus and the total.
    void add_trade(int c, const number::Number& weight, Confidence confidence) {
        book_.add(surplus_, c, weight, confidence);
        book_.add(total_, c, weight, confidence);
    }

    /// What is left between plants and with the boundary: local users pay `paid` and local makers
    /// get `received`; a surplus that is flared or dumped earns nothing, and costs its disposal.
    void count_trade() {
        for (int r = 0; r < book_.rows(); ++r) {
            const auto& one = dealing(r);
            const auto gap = one.paid - one.received;
            const auto sure = weaker(one.paid_confidence, one.received_confidence);
            for (int f = 0; !gap.is_nothing() && f < book_.columns(); ++f) {
                for (const auto& flow : book_.flows(f)) {
                    if (flow.row == r && flow.amount < 0.0) {
                        add_trade(f, -flow.amount * gap, weaker(sure, flow.confidence));
                    }
                }
            }
            add_trade(book_.buy(r), one.received - one.bought, sure);
            add_trade(book_.dispose(r), -one.disposal - one.received, sure);
            if (one.received > 0.0) {
                const auto lost = one.received * one.vat;
                book_.add(vat_, book_.dispose(r), -lost, one.received_confidence);
                book_.add(all_but_income_tax_, book_.dispose(r), -lost, one.received_confidence);
            }
        }
    }

    void finish() {
        book_.agree(book_.find("value_added"), total_);
        book_.judge_by(total_, surplus_);
        system::KinkedInfo income_tax{
            {"tax_income", {"企业所得税(息前)", "income tax, before interest"}, "CNY"},
            -1,
            surplus_,
            {}};
        for (const auto& [id, payer] : taxpayers_) {
            income_tax.positive.emplace_back(payer.row, income_tax_rate(payer));
        }
        book_.open_kinked(income_tax);
        book_.open_kinked({{"tax",
                            {"税收合计(增值税、生产税净额、所得税)",
                             "taxes: VAT, net taxes on production, income tax"},
                            "CNY"},
                           all_but_income_tax_,
                           surplus_,
                           income_tax.positive});
    }

    /// That of the industry with the largest investment, which a draw of investments may change. As
    /// much in others as in western ones pays the full rate.
    [[nodiscard]] number::Number income_tax_rate(const Taxpayer& payer) const {
        const auto& lower = rate(Rate::income_tax_western).value;
        const auto& full = rate(Rate::income_tax).value;
        std::optional<number::Number> western;
        std::optional<number::Number> others;
        for (const auto& [industry, investment] : payer.investment) {
            auto& largest = industry->western ? western : others;
            largest = largest ? number::larger(*largest, investment) : investment;
        }
        if (!western || !others) {
            return western ? lower : full;
        }
        const auto lead = *western - *others;
        const auto is_western = number::is_positive(lead);
        return lower * is_western + full * (1.0 - is_western);
    }

    Book& book_;
    const model::Economy& economy_;
    std::vector<PlantAssets> assets_; ///< by facility index
    std::vector<Dealing> dealings_;   ///< by commodity index
    number::Number written_off_;      ///< of an investment, a year
    std::array<Figure, model::rate_kinds.size()> rates_{};
    std::vector<TaxesOnGood> taxes_; ///< by row
    std::map<std::string, Taxpayer> taxpayers_;
    int jobs_ = -1;
    int compensation_ = -1;
    int depreciation_ = -1;
    int production_tax_ = -1;
    int surplus_ = -1;
    int total_ = -1;
    int vat_ = -1;
    int all_but_income_tax_ = -1;
};

} // namespace

void count_income(Book& book) {
    const auto& economy = book.scenario().model.economy;
    if (!economy) {
        return;
    }
    auto assets = plant_assets(book.scenario());
    if (assets.size() == book.scenario().facilities.size() && !assets.empty()) {
        Income(book, *economy, std::move(assets)).count();
    }
}

} // namespace chainsim::accounts::detail
