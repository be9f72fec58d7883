#pragma once

#include <chainsim/model/scenario.hpp>
#include <chainsim/reconcile/problem.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace chainsim::reconcile {

/// What a variable is.
enum class Kind {
    flow,        ///< an amount that flows from somewhere to somewhere
    fraction,    ///< the mass fraction of a component in a flow
    coefficient, ///< of a recipe: what a plant takes or gives for a unit of its product
    activity,    ///< how much a plant makes
    trade        ///< what is bought, sold or disposed of at the boundary
};

[[nodiscard]] std::string_view to_string(Kind kind);

/// Where an amount goes, seen from a plant, or from the district for trade.
enum class Direction { none, in, out, buy, sell, dispose };

[[nodiscard]] std::string_view to_string(Direction direction);

/// What a variable is called, and what it belongs to.
struct Label {
    Kind kind = Kind::flow;
    std::string zh; ///< name for a reader; empty: the id
    std::string en;
    std::string facility;  ///< id, where there is one
    std::string commodity; ///< id, where there is one
    Direction direction = Direction::none;
    int line = 0; ///< of the file; 0: it follows from others
};

/// A flow that was not measured, and follows from how much its plant makes and its coefficient.
struct Derived {
    std::string id;
    std::string unit;
    Label label;
    int activity = 0;     ///< variable
    int coefficient = -1; ///< variable; -1: it is `factor`
    double factor = 0.0;
    double sigma = 0.0; ///< of `factor`
};

/// What a file of measurements says, ready to be reconciled.
struct Measurements {
    std::string file;
    Problem problem;
    std::vector<Label> labels;    ///< by variable
    std::vector<Derived> derived; ///< of plants with a measurement
    int year = 0;                 ///< of plants; 0: of a network
};

/// Whether a table is of plants of a scenario (it has a column `facility`), not of a network.
[[nodiscard]] bool is_of_plants(std::string_view text, const std::string& file);

/// Reads a CSV of a network: streams between nodes, with what was measured of them.
///
/// Columns, English or Chinese: `stream` 流股, `name` 名称, `from` 起点, `to` 终点, `component`
/// 组分, `value` 数值, `unit` 单位, `uncertainty` 不确定度, `coverage` 置信水平, `min` 下限, `max`
/// 上限, `equation` 方程, `correlated_with` 相关对象, `correlation` 相关系数, `note` 备注.
///
/// - A row with a stream and no component is its flow. An empty value is unmeasured; an empty
///   `from` or `to` is the world outside. What flows into a node flows out of it.
/// - A row with a component is its mass fraction in the stream. At a node where some stream has a
///   row of a component, that component is conserved; streams without a row hold it unmeasured.
/// - A row with an equation is a further condition: `a + b - 0.4 c = 2`, `feed.x + feed.y = 1`.
/// - `uncertainty` is in the unit of the row, or with `%` relative to the value; `coverage` says
///   how much of the errors it holds: `1 sigma` (also where empty), `k=2`, `95 %`.
/// - Without bounds a flow is at least 0 unless it was measured below, a fraction is from 0 to 1;
///   `none` is no bound.
///
/// Errors  InputError with every row that is wrong, by line and column, and the nearest known word.
[[nodiscard]] Measurements read_network(std::string_view text, const std::string& file);

/// Reads a CSV of what plants of a scenario took and gave in a year.
///
/// Columns, English or Chinese: `year` 年份, `facility` 装置, `commodity` 物料, `direction` 方向
/// (`in` 投入, `out` 产出; without a facility `buy` 外购, `sell` 外销, `dispose` 处置), `value`
/// 数值, `unit` 单位, `uncertainty` 不确定度, `coverage` 置信水平, `min` 下限, `max` 上限, `note`
/// 备注.
///
/// - A measured flow is a coefficient of the recipe in force times how much the plant makes, which
///   is unknown. A coefficient with a range counts as measured: the value of the recipe, with the
///   standard deviation of its distribution; one without is exact. Coefficients are independent.
/// - What is made and bought of a commodity is used, sold, disposed of or in final demand. Such a
///   balance is a condition where all plants in it have a measurement, or stand in another one.
///   Trade that the scenario does not allow is none, unless it was measured; a balance with two
///   unmeasured trades says nothing.
/// - Variables are in units of account. `year` is the year to read, 0 that of the file.
///
/// Errors  as `read_network`; unknown plants and commodities, and flows that no recipe has.
[[nodiscard]] Measurements read_plants(std::string_view text, const std::string& file,
                                       const model::Scenario& scenario, int year = 0);

} // namespace chainsim::reconcile
