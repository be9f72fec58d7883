#include <chainsim/table/detail/entry.hpp>

#include <array>

namespace chainsim::table::detail {

namespace {

constexpr auto analysis_entries = std::to_array<Entry>({
    Entry{"allocation_carbon", "按含碳量分摊", "by carbon"},
    Entry{"allocation_economic", "按价值分摊", "by value"},
    Entry{"allocation_energy", "按能量分摊", "by energy"},
    Entry{"allocation_mass", "按质量分摊", "by mass"},
    Entry{"allocation_substitution", "替代法", "by substitution"},
    Entry{"better_co2_total", "二氧化碳", "CO2"},
    Entry{"better_energy_total_equivalent", "能耗（等价值）", "energy"},
    Entry{"better_fresh_water", "新水", "fresh water"},
    Entry{"better_value_added", "增加值", "value added"},
    Entry{"burden_compensation", "劳动者报酬", "wages"},
    Entry{"burden_cost", "成本(不含税金和利润)", "cost, without taxes and profit"},
    Entry{"burden_cost_disposal", "其中：处置费", "of it disposal"},
    Entry{"burden_cost_purchases", "其中：外购", "of it purchases"},
    Entry{"burden_depreciation", "折旧", "depreciation"},
    Entry{"cause_change", "能源消费变化({}—{})", "change of energy ({} to {})"},
    Entry{"cause_statistics", "统计与模型之差的变化", "change of what the statistics have more"},
    Entry{"change_added", "新增", "added"},
    Entry{"change_availability", "可用率", "availability"},
    Entry{"change_base_year", "不变价基年", "base year of prices"},
    Entry{"change_built", "{} 年投产", "built from {}"},
    Entry{"change_buy", "购入", "buying"},
    Entry{"change_capacity", "产能", "capacity"},
    Entry{"change_driver", "运行方式", "driver"},
    Entry{"change_emissions", "产排污系数", "emission factors"},
    Entry{"change_figures", "数值不同", "other figures"},
    Entry{"change_group", "{}等 {} 项", "{} and others, {} in all"},
    Entry{"change_not_built", "不建", "not built"},
    Entry{"change_other_year", "其他年份不同", "differs in other years"},
    Entry{"change_priority", "优先级不同", "other priorities"},
    Entry{"change_ramp", "爬坡不同", "other ramp"},
    Entry{"change_recipe", "消耗与产出系数不同", "other coefficients"},
    Entry{"change_removed", "取消", "removed"},
    Entry{"change_rest", "模型外：{}", "outside the plants: {}"},
    Entry{"change_retire", "退出年份", "retires in"},
    Entry{"change_sell", "外销", "selling"},
    Entry{"change_start", "投产年份", "starts in"},
    Entry{"compare_alike", "{} 与 {} 的增加值、能耗、二氧化碳和新水都没有差别",
          "{} and {} do not differ in value added, energy, CO2 and fresh water"},
    Entry{"compare_all", "合计", "all"},
    Entry{"compare_causes", "差异来源：每项变动对差值的贡献",
          "what causes the differences: what each change adds to them"},
    Entry{"compare_differences", "与 A 的差", "differences from A"},
    Entry{
        "compare_dominates", "{} 全面优于 {}：{}更好，没有一项更差",
        "{} dominates {}: better in {}, worse in none of value added, energy, CO2 and fresh water"},
    Entry{"compare_efficiencies", "单位投入的增加值", "value added per unit of what is scarce"},
    Entry{"compare_error", "最大标准误差", "largest standard error"},
    Entry{"compare_exact", "按 Shapley 值分摊到 {} 项变动，求解了全部 {} 种组合",
          "split over {} changes by Shapley values: all {} combinations were solved"},
    Entry{"compare_heading", "{} 个情景，{} 年：", "{} scenarios in {}:"},
    Entry{"compare_inputs", "输入差异 {} 项，其中 {} 项对 {} 年没有影响",
          "{} inputs differ, {} of them without effect in {}"},
    Entry{"compare_pair", "{} 与 A 相比", "{} against A"},
    Entry{"compare_rest", "其余 {} 项变动", "{} further changes"},
    Entry{"compare_same_inputs", "输入没有差异", "no input differs"},
    Entry{"compare_sampled",
          "按 Shapley 值分摊到 {} 项变动：抽取 {} 种先后次序取均值，求解了 {} 种组合",
          "split over {} changes by Shapley values: the mean over {} orders drawn, {} combinations "
          "solved"},
    Entry{"compare_skipped", "{} 种组合无解（共 {} 种），舍去经过它们的 {} 种次序",
          "without solution: {} combinations of {}; {} orders that pass them are left out"},
    Entry{"compare_trades", "互有取舍：{} 胜在{}；{} 胜在{}",
          "a trade-off: {} is better in {}; {} is better in {}"},
    Entry{"compare_unattributed", "无法分摊：{} 种组合无解（共 {} 种），每种先后次序都要经过它们",
          "not attributed: {} combinations of {} have no solution, and every order passes one of "
          "them"},
    Entry{"compare_unexplained", "未能由以上变动说明：{} {}",
          "not explained by these changes: {}, {}"},
    Entry{"footprint_burden", "项目", "burden"},
    Entry{"footprint_burdens", "从摇篮到大门，每单位产品", "Cradle to gate, per unit"},
    Entry{"footprint_burdens_note",
          "联产品的分摊方法不同，结果不同；替代法以联产品所替代的供应抵扣。能耗含原料带入的能量，不"
          "扣除外售。“-”表示该方法下供应自成死循环，无解。",
          "Coproducts make the difference between the columns; by substitution they are credited "
          "with the supply that they replace. Energy holds what feedstock brings in, and nothing "
          "is deducted for sales. '-': that supply turns in a loop that gives nothing."},
    Entry{"footprint_no_price", "{} 种物料没有价格，按零价值计：{}",
          "{} commodities have no price, and count as worth nothing: {}"},
    Entry{"footprint_no_supplier", "{} 种联产品无人专门生产，也不外购，不作抵扣：{}",
          "{} coproducts are made by nobody for their own sake and not bought, and replace "
          "nothing: {}"},
    Entry{"footprint_note",
          "按当年实际运行的装置加权平均；固定费用(折旧、人工)按当年产量分摊；产出无人使用的装置("
          "如废物处理)不计入任何产品。",
          "Plants count by what they make in the year; wages and depreciation are spread over it. "
          "Plants of which nobody uses what they make (of waste, say) are in no footprint."},
    Entry{"footprint_other_key", "{} 套装置的产品不能按此方法区分，改按质量或能量分摊：{}",
          "{} plants make what the key does not tell apart, and are shared by mass or energy: {}"},
    Entry{"footprint_own", "本环节自身及外购", "its makers themselves, and purchases"},
    Entry{"footprint_paths", "主要路径", "Largest ways"},
    Entry{"footprint_paths_note", "路径过多，仅检索了一部分：其余中可能有更大的。",
          "So many ways were there that only a part was looked at: a larger one may be among the "
          "rest."},
    Entry{"footprint_remainder", "其余全部路径", "all other ways"},
    Entry{"footprint_replaced", "联产替代：{}", "replaced by coproducts: {}"},
    Entry{"footprint_rest", "其余 {} 项", "{} more"},
    Entry{"footprint_routes", "同一产品的不同来源（{}）", "Ways to the same product ({})"},
    Entry{"footprint_takes", "需外购或取自自然", "Bought or taken from nature"},
    Entry{"footprint_takes_note",
          "其中 {} 种不带来该项负荷(没有给出外部因子)；外购物料按账户中的系数计，不含其上游。",
          "{} of them carry none of it: no factor is stated for them. What is bought counts by the "
          "factors of the accounts, without what lies upstream of the border."},
    Entry{"footprint_title", "产品足迹：{}（{} 年，每{}）", "Footprint of {} ({}, per {})"},
    Entry{"footprint_tree", "{}的组成（{}）", "What makes up {} ({})"},
    Entry{"footprint_tree_note", "各级之和等于上一级；占比不足 1 % 的合并列示。",
          "The parts of a line sum to it; what is below 1 % of the whole stands together."},
    Entry{"footprint_without_offer", "本区当年无此外购渠道：外购按价格计，且只计账户中的系数。",
          "The district has no offer of it in the year: what is bought counts at its price and by "
          "the factors of the accounts alone."},
    Entry{"gaps_by_tonnage", "数量", "tonnage"},
    Entry{"gaps_by_value", "增加值", "value added"},
    Entry{"gaps_by_value_per_tce", "吨标煤增加值", "value added per tce"},
    Entry{"gaps_chains", "规划产业链", "chains of the plan"},
    Entry{"gaps_conversion", "主要产品就地转化率", "local conversion of the largest products"},
    Entry{"gaps_extend", "延链：外销、放空或弃置，而现有工艺可以接续加工",
          "to extend the chain: sold raw, flared or dumped, while a process could take it"},
    Entry{"gaps_heading", "{} {} 年：试配 {} 个工艺，按{}排序",
          "{}, {}: {} processes tried, ranked by {}"},
    Entry{"gaps_meaning",
          "每个工艺按缺口规模试入全区并重新求解：增加值与能耗（等价值）为全区之差；"
          "吨标煤产出为空者不增能耗；名称后的 (+n) "
          "为其他可用工艺数；产品销路按当年价格不限",
          "each process is tried at the size of the gap and the district solved again: value added "
          "and energy (equivalent value) are the district's differences; no value per tce: it "
          "takes no energy; (+n): other processes; the market is taken to want all of the product "
          "at its price"},
    Entry{"gaps_missing", "补链：外购，而现有工艺可以就地生产",
          "to close the chain: bought, while a process could make it"},
    Entry{"gaps_without_value", "另有 {} 种物料，现有工艺带来的增加值不足全区的万分之一",
          "{} more commodities: no process adds as much as 0.01 % of the value added"},
    Entry{"gaps_without_value_one", "另有 {} 种物料，现有工艺带来的增加值不足全区的万分之一",
          "{} more commodity: no process adds as much as 0.01 % of the value added"},
    Entry{"held_by_capacity", "，受限于{}", ", held by {}"},
    Entry{"held_by_demand", "，受限于{}需求", ", no more demand for {}"},
    Entry{"held_by_feedstock", "，{}不足", ", short of {}"},
    Entry{"held_by_surplus", "，{}无出路", ", no outlet for {}"},
    Entry{"link_absent", "无物料联系{}", "no material link{}"},
    Entry{"link_idle", "已建未运行{}", "built, not running{}"},
    Entry{"link_possible", "可用 {}", "by {}"},
    Entry{"outages_gain", "另有 {} 个装置停运后增加值反而上升（按当年价格其产出不抵投入）：{}",
          "{} plants without which value added would rise (at the year's prices they make less "
          "than they take): {}"},
    Entry{"outages_gain_one", "另有 {} 个装置停运后增加值反而上升（按当年价格其产出不抵投入）：{}",
          "{} plant without which value added would rise (at the year's prices it makes less than "
          "it takes): {}"},
    Entry{"outages_heading", "{} {} 年：{} 个运行装置逐一停运一年，全区增加值 {}",
          "{}, {}: each of {} running plants off for a year; value added of the district {}"},
    Entry{"outages_meaning",
          "每次停运均重新求解：损失与能耗（等价值）为全区之差；停产数含负荷减半以上的装置；"
          "公用工程在模型中合为一个装置，其停运即全区同时失去该公用工程",
          "each outage is solved again: losses and energy (equivalent value) are the district's "
          "differences; plants below half count as stopped; a utility that the model has as one "
          "plant is lost to the whole district at once"},
    Entry{"outages_nothing", "其余 {} 个装置停运不影响增加值",
          "the other {} plants change nothing in value added"},
    Entry{"outages_nothing_one", "其余 {} 个装置停运不影响增加值",
          "{} other plant changes nothing in value added"},
    Entry{"share_meaning", "装置按整体计：份额是进入这些装置的部分，不是最终成为该产品的质量",
          "a plant counts whole: the share is what enters, not the mass that ends in the product"},
    Entry{"share_of_family", "{0} 年，{1}各成员合计有 {2} 进入通向 {3} 的装置",
          "in {0}, {2} of all members of {1} enters plants on a way to {3}"},
    Entry{"solve_energy", "需节约的能源(CO2政策为CO2)", "energy to save (of CO2: CO2)"},
    Entry{"solve_found", "可行", "found"},
    Entry{"solve_green_power", "需购绿电", "green power to buy"},
    Entry{"solve_growth", "年均地区生产总值增速", "growth of GDP a year"},
    Entry{"solve_most", "{0}:外购电量只有{1}", "{0}: no more than {1} is bought"},
    Entry{"solve_nearest", "{0}:最接近处为{1}", "{0}: nearest at {1}"},
    Entry{"solve_no_effect", "与之无关", "no effect"},
    Entry{"solve_none", "没有可求解的政策", "no policy to solve for"},
    Entry{"solve_out_of_reach", "无法达到", "out of reach"},
    Entry{"solve_price", "价格(不含税)", "price without VAT"},
    Entry{"solve_rest", "{0}:其余经济年均增长{1}",
          "{0}: the rest of the economy would grow by {1} a year"},
    Entry{"solve_rest_none", "{0}:给定的生产总值扣除模型内企业后没有余数,其余经济增速无从谈起",
          "{0}: the plants leave nothing of the GDP that is given, so the growth of the rest says "
          "nothing"},
    Entry{"solve_start", "投产年份", "first year"},
    Entry{"solve_title", "{0}年余量为零所需的:{1}", "what brings the margin of {0} to zero: {1}"},
    Entry{"solve_untouched", "{}项政策与之无关", "{} policies do not depend on it"},
    Entry{"solve_untouched_one", "{}项政策与之无关", "{} policy does not depend on it"},
    Entry{"solve_years", "各投产年份的余量", "margins by first year"},
});
static_assert(is_ordered(analysis_entries));

} // namespace

std::span<const Entry> analyses() { return analysis_entries; }

} // namespace chainsim::table::detail
