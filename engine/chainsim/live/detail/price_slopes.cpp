#include <chainsim/accounts/indicators.hpp>
#include <chainsim/base/aligned.hpp>
#include <chainsim/base/vector_isa.hpp>
#include <chainsim/live/detail/price_slopes.hpp>
#include <chainsim/number/program.hpp>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <utility>

namespace chainsim::live::detail {

namespace {

constexpr auto lanes = static_cast<std::size_t>(vector_lanes);

/// The weights and constants of a year that prices have a word in, as a program of these.
class PriceProgram {
public:
    PriceProgram(const model::Scenario& scenario, int year, const std::vector<int>& rows) {
        number::Tape tape;
        for (const auto& price : scenario.model.prices) {
            for (const auto& point : price.path.points()) {
                tape.add_parameter(&point.second, static_cast<int>(points_.size()));
                points_.push_back({prices_, point.second.value.number()});
            }
            ++prices_;
        }
        const auto indicators = [&] {
            const number::Recording recording(tape);
            return accounts::compile(scenario, year).indicators;
        }();
        for (const auto& term : indicators.terms) {
            if (std::binary_search(rows.begin(), rows.end(), term.row)) {
                add(term.row, term.column, term.weight);
            }
        }
        for (const int row : rows) {
            add(row, constant,
                {indicators.constant[row],
                 indicators.constant_nodes[static_cast<std::size_t>(row)]});
        }
        program_ = std::make_unique<number::Program>(tape, outputs_);
        cells_ = Aligned(static_cast<std::size_t>(program_->cells()) * lanes);
        program_->prepare(cells_.data());
    }

    static constexpr int constant = -1;
    struct Place {
        int row = 0;
        int column = constant; ///< of `Indicators::weights`
    };

    [[nodiscard]] std::size_t prices() const { return prices_; }
    [[nodiscard]] const std::vector<Place>& places() const { return places_; }

    /// Doubles the prices from this one on, each in its lane.
    void double_from(std::size_t first) {
        for (const auto& input : program_->inputs()) {
            const auto& point = points_[static_cast<std::size_t>(input.parameter)];
            double* cell = cells_.data() + static_cast<std::size_t>(input.cell) * lanes;
            for (std::size_t lane = 0; lane < lanes; ++lane) {
                cell[lane] = point.price == first + lane ? 2.0 * point.value : point.value;
            }
        }
        program_->replay(cells_.data());
    }
    /// What a place has more than it has at the prices as they are.
    [[nodiscard]] double more(std::size_t place, std::size_t lane) const {
        const auto cell = static_cast<std::size_t>(program_->cell(place));
        return cells_[cell * lanes + lane] - outputs_[place].value();
    }

private:
    void add(int row, int column, const number::Number& one) {
        if (!one.is_constant()) {
            places_.push_back({row, column});
            outputs_.push_back(one);
        }
    }

    struct Point {
        std::size_t price = 0;
        double value = 0.0;
    };
    std::vector<Point> points_; ///< by parameter
    std::size_t prices_ = 0;
    std::vector<Place> places_;
    std::vector<number::Number> outputs_; ///< by place
    std::unique_ptr<number::Program> program_;
    Aligned cells_;
};

} // namespace

std::vector<std::map<int, portfolio::Form>> price_slopes(const model::Scenario& scenario,
                                                         const portfolio::District::Year& year,
                                                         const std::vector<int>& rows) {
    PriceProgram program(scenario, year.year, rows);
    const auto& equations = year.system.equations;
    const auto trades = static_cast<int>(equations.columns() + 3 * equations.rows());
    std::vector<std::map<int, portfolio::Form>> out(program.prices());
    for (std::size_t first = 0; first < out.size(); first += lanes) {
        program.double_from(first);
        const std::size_t end = std::min(first + lanes, out.size());
        for (std::size_t p = first; p < end; ++p) {
            for (std::size_t i = 0; i < program.places().size(); ++i) {
                const double more = program.more(i, p - first);
                if (more == 0.0) {
                    continue;
                }
                const auto& [row, column] = program.places()[i];
                auto& form = out[p][row];
                if (column == PriceProgram::constant) {
                    form.constant += more;
                } else if (column < trades) {
                    form.terms.emplace_back(column, more);
                } else { // of the demand, which no portfolio moves
                    form.constant += more * equations.demand[column - trades];
                }
            }
        }
    }
    return out;
}

} // namespace chainsim::live::detail
