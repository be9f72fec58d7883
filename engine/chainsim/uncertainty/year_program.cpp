#include <chainsim/base/error.hpp>
#include <chainsim/base/vector_isa.hpp>
#include <chainsim/uncertainty/year_program.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <limits>
#include <map>
#include <tuple>
#include <utility>

namespace chainsim::uncertainty {

using number::Number;

namespace {

constexpr auto lane_count = static_cast<std::size_t>(vector_lanes);
constexpr double none = std::numeric_limits<double>::quiet_NaN();

std::size_t at(int i) { return static_cast<std::size_t>(i); }

Number numbered(double value, const std::vector<int>& nodes, std::size_t i) {
    return nodes.empty() ? Number(value) : Number(value, nodes[i]);
}

/// All figures of the equations, in the order of `solve::FigureIndex`.
std::vector<Number> figures_of(const system::System& system) {
    const auto& eq = system.equations;
    const auto& nodes = system.nodes;
    std::vector<Number> out;
    out.reserve(at(solve::FigureIndex(eq).count()));
    for (int e = 0; e < eq.net.nonZeros(); ++e) {
        out.push_back(numbered(eq.net.valuePtr()[e], nodes.net, at(e)));
    }
    const auto add = [&out](const Eigen::VectorXd& values, const std::vector<int>& own) {
        for (Eigen::Index i = 0; i < values.size(); ++i) {
            out.push_back(numbered(values[i], own, static_cast<std::size_t>(i)));
        }
    };
    add(eq.capacity, nodes.capacity);
    add(eq.demand, nodes.demand);
    add(eq.buy_limit, nodes.buy_limit);
    add(eq.sell_limit, nodes.sell_limit);
    return out;
}

/// Terms of one place whose weights are constant are one term.
std::vector<system::Term> merged(const std::vector<system::Term>& terms) {
    std::vector<system::Term> out;
    std::map<std::pair<int, int>, double> constants;
    for (const auto& term : terms) {
        if (term.weight.is_constant()) {
            constants[{term.row, term.column}] += term.weight.value();
        } else {
            out.push_back(term);
        }
    }
    for (const auto& [place, weight] : constants) {
        out.push_back({place.first, place.second, weight, model::Confidence::seed});
    }
    std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
        return std::pair(a.row, a.column) < std::pair(b.row, b.column);
    });
    return out;
}

} // namespace

YearProgram::YearProgram(const model::Scenario& scenario, int year, const Parameters& parameters,
                         const std::vector<char>& varies)
    : year_(year), parameters_(parameters.all.size()) {
    number::Tape tape;
    for (std::size_t p = 0; p < parameters_; ++p) {
        nominal_parameters_.push_back(parameters.all[p].value);
        if (varies[p] != 0) {
            tape.add_parameter(parameters.all[p].figure, static_cast<int>(p));
        }
    }
    {
        const number::Recording recording(tape);
        system_ = accounts::compile(scenario, year);
    }
    // Outputs of the recording: figures of the equations, weights, constants, shares.
    std::vector<Number> outputs = figures_of(system_);
    const std::size_t figures = outputs.size();
    const auto terms = merged(system_.indicators.terms);
    for (const auto& term : terms) {
        outputs.push_back(term.weight);
    }
    const auto& indicators = system_.indicators;
    for (Eigen::Index i = 0; i < indicators.constant.size(); ++i) {
        outputs.push_back(numbered(indicators.constant[i], indicators.constant_nodes,
                                   static_cast<std::size_t>(i)));
    }
    for (const auto& kinked : indicators.kinked) {
        for (const auto& [row, share] : kinked.positive) {
            outputs.push_back(share);
        }
    }
    coefficients_ = std::make_unique<number::Program>(tape, outputs);

    for (std::size_t i = 0; i < figures; ++i) {
        const bool moves = !outputs[i].is_constant();
        figure_varies_.push_back(moves ? 1 : 0);
        figure_cells_.push_back(coefficients_->cell(i));
        if (moves) {
            varying_.push_back(static_cast<int>(i));
        }
    }
    std::size_t next = figures;
    std::vector<number::LinearForms::Term> form_terms;
    form_terms.reserve(terms.size());
    for (const auto& term : terms) {
        form_terms.push_back({term.row, coefficients_->cell(next++), term.column});
    }
    forms_ =
        std::make_unique<number::LinearForms>(static_cast<int>(indicators.info.size()), form_terms);
    for (std::size_t i = 0; i < indicators.info.size(); ++i) {
        constant_cells_.push_back(coefficients_->cell(next++));
    }
    for (const auto& kinked : indicators.kinked) {
        auto& parts = kinked_.emplace_back();
        for (const auto& [row, share] : kinked.positive) {
            parts.emplace_back(row, coefficients_->cell(next++));
        }
    }
    name_rows();
    solve_nominal();
}

/// Which rows, quotients and sums of positive parts are shown, by id.
void YearProgram::name_rows() {
    const auto& indicators = system_.indicators;
    std::vector<std::pair<system::IndicatorInfo, Shown>> all;
    all.reserve(at(indicators.shown) + indicators.ratios.size() + indicators.kinked.size());
    for (int i = 0; i < indicators.shown; ++i) {
        all.push_back({indicators.info[at(i)], {i, -1, 1.0, -1}});
    }
    for (const auto& ratio : indicators.ratios) {
        all.push_back({ratio.info, {ratio.numerator, ratio.denominator, ratio.factor, -1}});
    }
    for (std::size_t k = 0; k < indicators.kinked.size(); ++k) {
        const auto& kinked = indicators.kinked[k];
        all.push_back({kinked.info, {kinked.row, -1, 1.0, static_cast<int>(k)}});
    }
    std::sort(all.begin(), all.end(),
              [](const auto& a, const auto& b) { return a.first.id < b.first.id; });
    info_.reserve(all.size());
    shown_.reserve(all.size());
    for (auto& [info, shown] : all) {
        info_.push_back(std::move(info));
        shown_.push_back(shown);
    }
}

void YearProgram::solve_nominal() {
    solve::Dispatch dispatch(system_.equations);
    const auto solution = dispatch.solve();
    CHAINSIM_EXPECT(solution.outcome == system::Outcome::solved,
                    "a year without a solution cannot be drawn");
    if (auto line = dispatch.straight_line(figure_varies_)) {
        line_ = std::make_unique<solve::StraightLine>(std::move(*line));
    }
    lanes_ = std::make_unique<solve::LaneDispatch>(system_.equations);
    Workspace work(*this);
    Aligned parameters(parameters_ * lane_count);
    for (std::size_t p = 0; p < parameters_; ++p) {
        for (std::size_t lane = 0; lane < lane_count; ++lane) {
            parameters[p * lane_count + lane] = nominal_parameters_[p];
        }
    }
    Aligned results(info_.size() * lane_count);
    (void)evaluate(parameters.data(), 1, work, results.data());
    for (std::size_t i = 0; i < info_.size(); ++i) {
        nominal_.push_back(results[i * lane_count]);
    }
}

YearProgram::Workspace::Workspace(const YearProgram& program)
    : cells_(at(program.coefficients_->cells()) * lane_count),
      line_cells_(program.line_ ? at(program.line_->program().cells()) * lane_count : 0),
      lanes_(*program.lanes_),
      swept_((at(program.system_.equations.columns()) + 3 * at(program.system_.equations.rows())) *
             lane_count),
      amounts_(swept_.size() + at(program.system_.equations.rows()) * lane_count),
      sums_(program.system_.indicators.info.size() * lane_count),
      equations_(std::make_unique<system::Equations>(program.system_.equations)),
      dispatch_(std::make_unique<solve::Dispatch>(*equations_)) {
    program.coefficients_->prepare(cells_.data());
    if (program.line_) {
        program.line_->program().prepare(line_cells_.data());
    }
}

YearProgram::Ways YearProgram::evaluate(const double* parameters, int lanes, Workspace& work,
                                        double* results) const {
    double* cells = work.cells_.data();
    for (const auto& input : coefficients_->inputs()) {
        std::memcpy(cells + at(input.cell) * lane_count,
                    parameters + at(input.parameter) * lane_count, lane_count * sizeof(double));
    }
    coefficients_->replay(cells);

    const unsigned wanted = (1U << static_cast<unsigned>(lanes)) - 1U;
    Ways ways;
    ways.on_piece = stand_on_piece(work, wanted);
    unsigned solved = ways.on_piece;
    if (solved != wanted) {
        const auto swept = solve_lanes(work, wanted & ~solved);
        solved |= swept.solved;
        ways.in_lanes = swept.solved | swept.unproductive;
    }
    ways.alone = wanted & ~ways.on_piece & ~ways.in_lanes;
    for (int lane = 0; lane < lanes; ++lane) {
        if ((ways.alone >> static_cast<unsigned>(lane) & 1U) != 0) {
            solve_lane(lane, work, solved);
        }
    }
    take_demand(work);
    count(work, solved, results);
    return ways;
}

/// The draws that stand on the piece of the nominal year: activities and trades from it.
unsigned YearProgram::stand_on_piece(Workspace& work, unsigned wanted) const {
    if (!line_) {
        return 0;
    }
    double* cells = work.line_cells_.data();
    for (const auto& input : line_->program().inputs()) {
        std::memcpy(cells + at(input.cell) * lane_count,
                    work.cells_.data() + at(figure_cells_[at(input.parameter)]) * lane_count,
                    lane_count * sizeof(double));
    }
    line_->program().replay(cells);
    const unsigned standing = line_->standing(cells) & wanted;
    std::size_t column = 0;
    for (const auto* part :
         {&line_->activity(), &line_->bought(), &line_->sold(), &line_->disposed()}) {
        for (const int cell : *part) {
            std::memcpy(work.amounts_.data() + column++ * lane_count, cells + at(cell) * lane_count,
                        lane_count * sizeof(double));
        }
    }
    return standing;
}

/// The draws that sweeps can solve, those alone: others keep their amounts.
solve::LaneDispatch::Outcome YearProgram::solve_lanes(Workspace& work, unsigned wanted) const {
    for (const int figure : varying_) {
        std::memcpy(work.lanes_.figure(figure),
                    work.cells_.data() + at(figure_cells_[at(figure)]) * lane_count,
                    lane_count * sizeof(double));
    }
    auto out = lanes_->solve(work.lanes_, work.swept_.data());
    out.solved &= wanted;
    out.unproductive &= wanted;
    for (std::size_t i = 0; i < work.swept_.size(); ++i) {
        if ((out.solved >> (i % lane_count) & 1U) != 0) {
            work.amounts_[i] = work.swept_[i];
        }
    }
    return out;
}

void YearProgram::fill_equations(const double* cells, int lane,
                                 system::Equations& equations) const {
    const solve::FigureIndex index(equations);
    for (const int figure : varying_) {
        const double value = cells[at(figure_cells_[at(figure)]) * lane_count + at(lane)];
        if (figure < index.capacity(0)) {
            equations.net.valuePtr()[figure] = value;
        } else if (figure < index.demand(0)) {
            equations.capacity[figure - index.capacity(0)] = value;
        } else if (figure < index.buy_limit(0)) {
            equations.demand[figure - index.demand(0)] = value;
        } else if (figure < index.sell_limit(0)) {
            equations.buy_limit[figure - index.buy_limit(0)] = value;
        } else {
            equations.sell_limit[figure - index.sell_limit(0)] = value;
        }
    }
}

void YearProgram::solve_lane(int lane, Workspace& work, unsigned& solved) const {
    fill_equations(work.cells_.data(), lane, *work.equations_);
    const auto solution = work.dispatch_->solve();
    if (solution.outcome != system::Outcome::solved) {
        return;
    }
    solved |= 1U << static_cast<unsigned>(lane);
    std::size_t column = 0;
    for (const auto* part :
         {&solution.activity, &solution.bought, &solution.sold, &solution.disposed}) {
        for (const double amount : *part) {
            work.amounts_[column++ * lane_count + at(lane)] = amount;
        }
    }
}

void YearProgram::take_demand(Workspace& work) const {
    const solve::FigureIndex index(system_.equations);
    const auto first = at(system_.equations.columns() + 3 * system_.equations.rows());
    for (int r = 0; r < system_.equations.rows(); ++r) {
        std::memcpy(work.amounts_.data() + (first + at(r)) * lane_count,
                    work.cells_.data() + at(figure_cells_[at(index.demand(r))]) * lane_count,
                    lane_count * sizeof(double));
    }
}

void YearProgram::count(Workspace& work, unsigned solved, double* results) const {
    const double* cells = work.cells_.data();
    double* sums = work.sums_.data();
    forms_->evaluate(cells, work.amounts_.data(), sums);
    for (std::size_t i = 0; i < constant_cells_.size(); ++i) {
        for (std::size_t lane = 0; lane < lane_count; ++lane) {
            sums[i * lane_count + lane] += cells[at(constant_cells_[i]) * lane_count + lane];
        }
    }
    for (std::size_t k = 0; k < shown_.size(); ++k) {
        const auto& shown = shown_[k];
        for (std::size_t lane = 0; lane < lane_count; ++lane) {
            const auto sum = [&](int row) { return sums[at(row) * lane_count + lane]; };
            double value = shown.row < 0 ? 0.0 : sum(shown.row);
            if (shown.below >= 0) {
                const double below = sum(shown.below);
                value = below > 0.0 ? shown.factor * value / below : none;
            }
            if (shown.kinked >= 0) {
                for (const auto& [row, cell] : kinked_[at(shown.kinked)]) {
                    value += cells[at(cell) * lane_count + lane] * std::max(0.0, sum(row));
                }
            }
            results[k * lane_count + lane] = (solved >> lane & 1U) != 0 ? value : none;
        }
    }
}

std::vector<double> YearProgram::gradient(std::size_t indicator) const {
    CHAINSIM_EXPECT(has_piece(), "the nominal solution has no piece to be differentiated on");
    Workspace work(*this);
    Aligned parameters(parameters_ * lane_count);
    for (std::size_t p = 0; p < parameters_; ++p) {
        parameters[p * lane_count] = nominal_parameters_[p];
    }
    Aligned results(info_.size() * lane_count);
    (void)evaluate(parameters.data(), 1, work, results.data());

    // Of the indicator by rows, then by weights and amounts, then through both programs.
    const auto& shown = shown_[indicator];
    std::vector<double> by_row(constant_cells_.size(), 0.0);
    std::vector<double> by_cell(at(coefficients_->cells()), 0.0);
    const auto sum = [&](int row) { return work.sums_[at(row) * lane_count]; };
    if (shown.below >= 0) {
        const double below = sum(shown.below);
        by_row[at(shown.row)] += shown.factor / below;
        by_row[at(shown.below)] -= shown.factor * sum(shown.row) / (below * below);
    } else if (shown.row >= 0) {
        by_row[at(shown.row)] += 1.0;
    }
    if (shown.kinked >= 0) {
        for (const auto& [row, cell] : kinked_[at(shown.kinked)]) {
            if (sum(row) > 0.0) {
                by_row[at(row)] += work.cells_[at(cell) * lane_count];
                by_cell[at(cell)] += sum(row);
            }
        }
    }
    std::vector<double> by_amount(work.amounts_.size() / lane_count, 0.0);
    for (std::size_t i = 0; i < by_row.size(); ++i) {
        if (by_row[i] == 0.0) {
            continue;
        }
        by_cell[at(constant_cells_[i])] += by_row[i];
        const int row = static_cast<int>(i);
        for (int t = forms_->begin(row); t < forms_->begin(row + 1); ++t) {
            const auto weight = at(forms_->weight(t));
            const auto column = at(forms_->column(t));
            by_cell[weight] += by_row[i] * work.amounts_[column * lane_count];
            by_amount[column] += by_row[i] * work.cells_[weight * lane_count];
        }
    }
    pull_back_dispatch(work, by_amount, by_cell);

    std::vector<double> values(at(coefficients_->cells()));
    for (std::size_t c = 0; c < values.size(); ++c) {
        values[c] = work.cells_[c * lane_count];
    }
    coefficients_->pull_back(values, by_cell);
    std::vector<double> slopes(parameters_, 0.0);
    for (const auto& input : coefficients_->inputs()) {
        slopes[at(input.parameter)] += by_cell[at(input.cell)];
    }
    return slopes;
}

/// From slopes by activities and trades to slopes by the cells of the equations' figures.
void YearProgram::pull_back_dispatch(const Workspace& work, const std::vector<double>& by_amount,
                                     std::vector<double>& by_cell) const {
    const auto& line = *line_;
    const auto count = at(line.program().cells());
    std::vector<double> values(count);
    for (std::size_t c = 0; c < count; ++c) {
        values[c] = work.line_cells_[c * lane_count];
    }
    std::vector<double> slopes(count, 0.0);
    std::size_t column = 0;
    for (const auto* part : {&line.activity(), &line.bought(), &line.sold(), &line.disposed()}) {
        for (const int cell : *part) {
            slopes[at(cell)] += by_amount[column++];
        }
    }
    const solve::FigureIndex index(system_.equations);
    for (int r = 0; r < system_.equations.rows(); ++r) { // demand is an amount of its own
        by_cell[at(figure_cells_[at(index.demand(r))])] += by_amount[column++];
    }
    line.program().pull_back(values, slopes);
    for (const auto& input : line.program().inputs()) {
        by_cell[at(figure_cells_[at(input.parameter)])] += slopes[at(input.cell)];
    }
}

} // namespace chainsim::uncertainty
