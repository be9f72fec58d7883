#include <chainsim/table/detail/entry.hpp>

#include <array>

namespace chainsim::table::detail {

namespace {

constexpr auto decision_entries = std::to_array<Entry>({
    Entry{"optimise_agrees",
          "已写出情景并重新运行：各指标与本页最大相对差{}({}，{}年)，硬性政策未达标{}项。",
          "The written scenario was run again: indicators differ by {} at most ({} in {}), and {} "
          "hard policies are missed."},
    Entry{"optimise_apart",
          "{}({}年)的差异：选择时备选装置按现有装置的排放标准核算，运行时新建装置自投产起即执"
          "行新标准。",
          "Of {} in {}: in the search, plants that are to be decided on keep the standard of "
          "those that stand; in the run new plants keep a newer one from their start on."},
    Entry{"optimise_at_nominal",
          "本方案按抽样选定(见下)；项目贡献、未选原因和政策价格按给定值(不抽样)说明。",
          "This plan was chosen for a sample of draws, see below; what projects and policies are "
          "worth, and why others are not built, is told at the nominal figures."},
    Entry{"optimise_basis", "政策{}在该幅度内移动时项目组合改变，价格为平均值。",
          "{}: the portfolio changes within the step, so that the price is an average."},
    Entry{"optimise_broken_off", "搜索被中断：本方案与理论界(项目可部分建设)相差不超过{}。",
          "The search was broken off: the plan is within {} of what projects made in part could "
          "reach."},
    Entry{"optimise_budget", "{}年投资预算不足", "beyond the budget of {}"},
    Entry{"optimise_chosen", "选定的项目", "Chosen projects"},
    Entry{"optimise_closure", "关停{}", "{}, closed"},
    Entry{"optimise_conflict", "相互冲突的约束", "What cannot be kept together"},
    Entry{"optimise_conflicting", "没有方案能同时满足下表所列约束。",
          "No plan keeps all that is listed below together."},
    Entry{"optimise_conflicting_enough",
          "没有方案能同时满足下表所列约束；按所列数量放宽后，有方案经模拟运行可行。",
          "No plan keeps all that is listed below together; moved by the amounts that are listed, "
          "a plan keeps it when it is run."},
    Entry{"optimise_deviation_note",
          "方案：按模拟运行。规划模型：模型自身的最优解，允许装置偏离调度次序；模拟：同一组项目按模"
          "拟运行。所列装置须偏离运行次序，模型结果才会出现。",
          "The program lets plants run otherwise than the dispatch would; these would have to for "
          "its figures to come about."},
    Entry{"optimise_deviations", "规划模型与模拟的差异：{}",
          "The program and the run compared: {}"},
    Entry{"optimise_doubt", "不确定性：{}次抽样", "Under doubt: {} draws"},
    Entry{"optimise_doubt_note",
          "各方案对其情景的全部不确定数据另行抽样(含项目投资)，不是选择方案时所用的抽样。下限、"
          "上限：各有5 %的抽样低于、高于它。概率：所有硬性政策各年全部达标的抽样占比。",
          "Draws of all uncertain figures of each plan, what its projects cost among them; not "
          "those that it was chosen by. Low, high: 5 of 100 draws are below, above. Chance: of "
          "draws that keep every hard policy in every "
          "year."},
    Entry{"optimise_duals", "分年影子价格", "Shadow prices by year"},
    Entry{"optimise_excludes", "与{}互斥", "excluded by {}"},
    Entry{"optimise_follows", "同一装置的改造须晚于{}", "rebuilds a plant that {} rebuilds first"},
    Entry{"optimise_group", "超出项目组的数量限制：{}", "as many as may be built of {}"},
    Entry{"optimise_left_out_budget", "政策{}限制投资，请用 decision_rules 的 budget。",
          "{} bounds investment: state a budget in decision_rules."},
    Entry{"optimise_left_out_form", "政策{}不是线性指标，规划模型未列入，只在模拟后判定。",
          "{} is no linear form: no part of the program, judged when the plan is run."},
    Entry{"optimise_left_out_not_counted", "政策{}的指标未核算，规划模型未列入。",
          "{}: its indicator is not counted, so that it is no part of the program."},
    Entry{"optimise_left_out_undetermined", "政策{}缺少基数，无法判定，规划模型未列入。",
          "{} lacks its base figures: no part of the program."},
    Entry{"optimise_load", "达不到最低负荷", "would run below the least load"},
    Entry{"optimise_max", "越大越好", "the more the better"},
    Entry{"optimise_min", "越小越好", "the less the better"},
    Entry{"optimise_misses",
          "已写出情景并重新运行：各指标与本页最大相对差{}({}，{}年)，但硬性政策有{}项未达标。",
          "The written scenario was run again: indicators differ by {} at most ({} in {}), but {} "
          "hard policies are missed."},
    Entry{"optimise_misses_policy", "政策{}({}年)将不达标", "{} would be missed in {}"},
    Entry{"optimise_nearest",
          "未找到经模拟运行满足全部硬性政策的方案；最接近者仍超出：{}。可用 --operation free "
          "让装置低于能力运行，或在 decision_rules 的 closures 中列出可关停的装置。",
          "No plan was found that keeps every hard policy when it is run; the nearest one is over "
          "by: {}. Plants would have to run below what they can (--operation free), or be closed "
          "(`closures` of decision_rules)."},
    Entry{"optimise_needs", "须先建成：{}", "needs {} first"},
    Entry{"optimise_no_effect", "无增益", "brings nothing"},
    Entry{"optimise_no_means", "没有方案能满足投资预算、年度开工数和项目关系。",
          "No plan keeps the means and relations of the projects."},
    Entry{"optimise_no_price", "没有约束起作用。", "No policy binds."},
    Entry{"optimise_no_return", "收益低于成本", "costs more than it brings"},
    Entry{"optimise_no_year", "在情景年份内无法开工", "no year in which it could start"},
    Entry{"optimise_not_in_mean", "按给定值有增益，但按抽样的均值或达标要求不如现方案",
          "a gain at the nominal figures, not over the draws"},
    Entry{"optimise_not_priced", "未按幅度计价(--step 0)。", "Not priced by a step (--step 0)."},
    Entry{"optimise_not_priced_sampled", "按抽样选择的方案不按幅度计价。",
          "A plan that was chosen for draws is not priced by a step."},
    Entry{"optimise_npv", "净现值(税后)", "net present value after tax"},
    Entry{"optimise_outcome", "结论", "Outcome"},
    Entry{"optimise_plans", "备选方案", "Plans"},
    Entry{"optimise_precedes", "同一装置的改造须早于{}",
          "rebuilds a plant that {} has rebuilt by then"},
    Entry{
        "optimise_price_note",
        "收紧、放宽：约束在各年一起移动所示幅度后，重新选择项目组合并运行。单价：目标变化除以各年移"
        "动"
        "量的折现合计。",
        "Tightened, loosened: the bounds of all years are moved together by the step, and a plan "
        "is chosen and run anew. Per unit: the change of the goal, divided by what all years were "
        "moved by, discounted and added up."},
    Entry{"optimise_prices", "约束的价格", "What the policies are worth"},
    Entry{"optimise_program",
          "{}：规划模型按历次运行的共同范围约束装置，其中没有项目组合超过{}；本方案按模拟运行与之相"
          "差{}。",
          "{}: in the program, which holds plants to what all runs had in common, no portfolio is "
          "beyond {}. This plan, when run, is {} away from that."},
    Entry{"optimise_promise",
          "检验抽样中只有{}满足全部硬性政策，低于要求的{}：请增加 --sample 的抽样次数。",
          "Of the draws that judge it only {} keep every hard policy, fewer than the {} asked for: "
          "take more draws with --sample."},
    Entry{"optimise_rejected", "未选项目及其原因", "What is not built, and why"},
    Entry{"optimise_rejected_note",
          "目标变化：其余项目不变，在最合适的年份加上该项目后目标的变化(按模拟，不计障碍)"
          "。所需提价：主要产品涨价多少才不亏不盈。",
          "Change: of the goal, when run, if this project is added in the year that suits best, "
          "whatever is in its way. Price rise needed: of its main product, at which it would "
          "neither gain nor lose."},
    Entry{"optimise_sampled", "先建设、后运行：按{}次抽样选择",
          "Build now, run later: chosen for {} draws"},
    Entry{"optimise_sampled_bound",
          "规划模型：任何项目组合的期望值不超过{}；若事先知道每次抽样，期望值不超过{}。",
          "In the program no portfolio has a better mean than {}; with each draw known before, "
          "the mean could be {} at most."},
    Entry{"optimise_sampled_note",
          "建设决定对所有抽样相同，运行随抽样而定；至少{}的抽样须满足全部硬性政策。",
          "What is built is the same in all draws, how it runs is not. At least {} of the draws "
          "have to keep every hard policy."},
    Entry{"optimise_settled", "下表所列约束在任何项目投产之前即未满足。",
          "What is listed below is missed before any project can start."},
    Entry{"optimise_short", "缺少{}", "short of {}"},
    Entry{"optimise_soft_missed", "另有{}项非硬性政策未达标(选择时不作约束)：{}。",
          "{} soft policies, which bind no choice, are missed: {}."},
    Entry{"optimise_starts", "{}年开工数已满", "no further start in {}"},
    Entry{"optimise_title", "项目组合优化", "The best portfolio of projects"},
    Entry{"optimise_unsafe", "未找到在{}的抽样中满足全部硬性政策的项目组合；所列为最接近者。",
          "No portfolio was found that keeps every hard policy in {} of the draws; this is the one "
          "that comes nearest."},
    Entry{"optimise_worth_note", "对目标的贡献：其余项目不变，去掉该项目后目标的损失(按模拟)。",
          "Worth: what the goal loses, when run, if this project alone is left out."},
    Entry{"solver", "求解 {}：迭代 {} 次，残差 {}", "solver {}: {} iterations, residual {}"},
});
static_assert(is_ordered(decision_entries));

} // namespace

std::span<const Entry> decisions() { return decision_entries; }

} // namespace chainsim::table::detail
