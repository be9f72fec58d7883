#include <chainsim/accounts/detail/accounts.hpp>
#include <chainsim/number/tape.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

namespace chainsim::accounts::detail {

namespace {

using model::Confidence;
using model::EmissionAmount;
using model::EmissionFactor;
using model::Pollutant;
using Way = EmissionAmount::Way;

constexpr double dioxide_per_sulphur = 64.0638 / 32.065; // IUPAC 2007 atomic masses

model::Name name_of(Pollutant pollutant) {
    switch (pollutant) {
    case Pollutant::so2:
        return {"二氧化硫排放量(仅模型内企业)", "sulphur dioxide (modelled plants only)"};
    case Pollutant::nox:
        return {"氮氧化物排放量(仅模型内企业)", "nitrogen oxides (modelled plants only)"};
    case Pollutant::pm:
        return {"颗粒物排放量(仅模型内企业)", "particulate matter (modelled plants only)"};
    case Pollutant::voc:
        return {"挥发性有机物排放量(仅模型内企业)",
                "volatile organic compounds (modelled plants only)"};
    }
    return {};
}

class Emissions {
public:
    explicit Emissions(Book& book)
        : book_(book), factor_of_(book.scenario().model.processes.size(), nullptr) {
        for (const auto& factor : book.scenario().model.emission_factors) {
            for (const auto process : factor.processes) {
                factor_of_[process.value] = &factor;
            }
        }
        for (const auto pollutant : model::pollutants) {
            rows_[static_cast<std::size_t>(pollutant)] =
                book.open(std::string(model::to_string(pollutant)), name_of(pollutant), "t");
        }
    }

    void count() {
        for (int f = 0; f < book_.columns(); ++f) {
            const auto& facility =
                book_.scenario()
                    .facilities[book_.system().layout.columns[static_cast<std::size_t>(f)]];
            const auto* factor = factor_of_[facility.process_in(book_.year()).value];
            CHAINSIM_EXPECT(factor != nullptr, "each process has its emission factor");
            if (factor->none.empty()) {
                add_plant(f, *factor, factor->level_in(book_.year(), facility.start));
            }
        }
        for (const auto& factor : book_.scenario().model.emission_factors) {
            if (factor.flares && factor.none.empty()) {
                add_flares(factor.level_in(book_.year(), std::nullopt));
            }
        }
    }

private:
    void add_plant(int f, const EmissionFactor& factor, const model::EmissionLevel& level) {
        const Figure basis = basis_of(f, factor);
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            const auto& amount = level.amounts[i];
            if (amount.way == Way::figure && amount.figure) {
                book_.add(rows_[i], f, figure_of(amount) * basis.value,
                          weaker(basis.confidence, amount.figure->provenance.confidence));
                continue;
            }
            for (const auto& flow : book_.flows(f)) {
                const auto& one = book_.commodity(flow.row);
                if (one.pollutant == static_cast<Pollutant>(i)) {
                    book_.add(rows_[i], f, flow.amount * one.mass, flow.confidence);
                }
            }
        }
    }

    /// Units of what the figures are per, by unit of the product of the plant.
    /// As written, in the unit that it was read in.
    [[nodiscard]] static number::Number figure_of(const EmissionAmount& amount) {
        if (!amount.figure || amount.figure->value.number() == 0.0) {
            return amount.amount;
        }
        return number::read(&*amount.figure, amount.amount,
                            amount.amount / amount.figure->value.number());
    }

    [[nodiscard]] Figure basis_of(int f, const EmissionFactor& factor) const {
        Figure basis{1.0, Confidence::seed};
        if (!factor.per) {
            return basis;
        }
        const int row = book_.system().layout.row_of[factor.per->value];
        number::Number taken;
        number::Number given;
        for (const auto& flow : book_.flows(f)) {
            if (flow.row == row) {
                (flow.amount < 0.0 ? taken : given) += magnitude(flow.amount);
                basis.confidence = weaker(basis.confidence, flow.confidence);
            }
        }
        basis.value = taken > 0.0 ? taken : given;
        return basis;
    }

    void add_flares(const model::EmissionLevel& level) {
        for (int r = 0; r < book_.rows(); ++r) {
            const auto& gas = book_.commodity(r);
            if (gas.sink != model::Sink::flare) {
                continue;
            }
            const double sulphur =
                gas.mass * gas.composition[static_cast<std::size_t>(model::Element::S)];
            for (std::size_t i = 0; i < rows_.size(); ++i) {
                const auto& amount = level.amounts[i];
                const auto& known = amount.figure ? amount.figure->provenance : gas.provenance;
                book_.add(rows_[i], book_.dispose(r),
                          amount.way == Way::sulphur ? sulphur * dioxide_per_sulphur
                                                     : figure_of(amount) * gas.lhv,
                          weaker(known.confidence, gas.provenance.confidence));
            }
        }
    }

    Book& book_;
    std::vector<const EmissionFactor*> factor_of_; ///< by process
    std::array<int, model::pollutants.size()> rows_{};
};

} // namespace

void count_pollutants(Book& book) {
    if (!book.scenario().model.emission_factors.empty()) {
        Emissions(book).count();
    }
}

} // namespace chainsim::accounts::detail
