#include <chainsim/base/error.hpp>
#include <chainsim/table/catalogue.hpp>

#include <algorithm>
#include <array>
#include <string>

namespace chainsim::table {

namespace {

struct Entry {
    std::string_view key;
    std::string_view zh;
    std::string_view en;
};

/// Headings of columns, by column name.
constexpr std::array headings{
    Entry{"activity", "产量", "activity"},
    Entry{"advanced", "先进", "advanced"},
    Entry{"amount", "数量", "amount"},
    Entry{"assumption", "假设", "assumption"},
    Entry{"baseline", "基准", "baseline"},
    Entry{"benchmark", "标杆", "benchmark"},
    Entry{"binding", "制约", "held by"},
    Entry{"binding_commodity", "制约物料", "held by commodity"},
    Entry{"bought", "购入", "bought"},
    Entry{"bound", "限值", "bound"},
    Entry{"boundary_change", "购销影响", "bought or not sold"},
    Entry{"built", "已建", "built"},
    Entry{"by_process", "可用工艺", "process"},
    Entry{"capacity", "产能", "capacity"},
    Entry{"capex", "投资", "capex"},
    Entry{"chain", "产业链", "chain"},
    Entry{"commodity", "物料", "commodity"},
    Entry{"conditions", "条件", "conditions"},
    Entry{"confidence", "可信度", "confidence"},
    Entry{"consumed", "消耗", "consumed"},
    Entry{"controlled", "考核口径", "as controlled"},
    Entry{"count", "个数", "count"},
    Entry{"difference", "相差", "difference"},
    Entry{"direction", "方向", "direction"},
    Entry{"disposed", "处置", "disposed"},
    Entry{"duty", "应达", "duty"},
    Entry{"edition", "标准版本", "edition"},
    Entry{"electricity_factor", "电力折标系数", "power counts"},
    Entry{"energy", "能量", "energy"},
    Entry{"energy_change", "能耗变化", "energy"},
    Entry{"energy_taken", "新增能耗", "energy taken"},
    Entry{"estimate", "估计", "estimate"},
    Entry{"facility", "装置", "facility"},
    Entry{"final_demand", "最终需求", "final demand"},
    Entry{"formula", "公式", "formula"},
    Entry{"grade", "能效档次", "grade"},
    Entry{"group", "类别", "group"},
    Entry{"hard", "硬约束", "hard"},
    Entry{"high", "上限", "high"},
    Entry{"id", "编号", "id"},
    Entry{"illustration", "示意", "illustration"},
    Entry{"indicator", "指标", "indicator"},
    Entry{"kind", "类别", "kind"},
    Entry{"known", "已知", "known"},
    Entry{"level", "能效等级", "level"},
    Entry{"level_1", "1 级", "level 1"},
    Entry{"level_2", "2 级", "level 2"},
    Entry{"level_3", "3 级", "level 3"},
    Entry{"list", "能效水平文件", "list"},
    Entry{"local_conversion", "就地转化率", "local conversion"},
    Entry{"lost_value_added", "增加值损失", "value added lost"},
    Entry{"low", "下限", "low"},
    Entry{"m", "m", "m"},
    Entry{"m_undeducted", "m(不扣除)", "m, undeducted"},
    Entry{"margin", "余量", "margin"},
    Entry{"mass", "质量", "mass"},
    Entry{"missing", "缺失", "missing"},
    Entry{"model", "模型", "model"},
    Entry{"n", "n", "n"},
    Entry{"n_undeducted", "n(不扣除)", "n, undeducted"},
    Entry{"name", "名称", "name"},
    Entry{"name_en", "英文名称", "name (en)"},
    Entry{"name_zh", "名称", "name (zh)"},
    Entry{"nameplate", "铭牌产能", "nameplate capacity"},
    Entry{"open_reason", "未平衡原因", "why open"},
    Entry{"part_lost", "占比", "share lost"},
    Entry{"policy", "政策", "policy"},
    Entry{"process", "工艺", "process"},
    Entry{"produced", "产出", "produced"},
    Entry{"product", "产品", "product"},
    Entry{"products_made", "已产产品", "products made"},
    Entry{"project", "项目", "project"},
    Entry{"recipe", "工艺", "recipe"},
    Entry{"replaced", "被替代", "replaced"},
    Entry{"role", "用途", "role"},
    Entry{"rule", "约束", "rule"},
    Entry{"seed", "规划原文", "seed"},
    Entry{"share", "份额", "share"},
    Entry{"short_of", "缺口", "short of"},
    Entry{"sold", "售出", "sold"},
    Entry{"source", "来源", "source"},
    Entry{"start", "投产", "start"},
    Entry{"statistic", "统计指标", "statistic"},
    Entry{"status", "状态", "status"},
    Entry{"steps", "步数", "steps"},
    Entry{"steps_realised", "已通环节", "links there"},
    Entry{"still_open", "断点或未生产", "what is open"},
    Entry{"tce", "标准煤", "tce"},
    Entry{"turns_at", "转折值", "turns at"},
    Entry{"unit", "单位", "unit"},
    Entry{"unit_energy", "单位产品能耗", "unit energy"},
    Entry{"utilisation", "负荷率", "utilisation"},
    Entry{"value", "数值", "value"},
    Entry{"value_added", "增加值", "value added"},
    Entry{"value_per_tce", "吨标煤产出", "value per tce"},
    Entry{"verdict", "结论", "verdict"},
    Entry{"verified", "已核", "verified"},
    Entry{"via", "途经", "via"},
    Entry{"wasted_more", "新增放空或弃置", "flared or dumped"},
    Entry{"who_stops", "停产或减半", "stops or halves"},
    Entry{"year", "年份", "year"},
};

/// Words and sentences of the summaries.
constexpr std::array texts{
    Entry{"absent", "{} 与 {} 之间没有产业链联系", "no chain of the library links {} and {}"},
    Entry{"absent_reverse", "{0} 不能制得 {1}，但 {1} 可制得 {0}",
          "no chain leads from {0} to {1}, but one leads from {1} to {0}"},
    Entry{"and", "、", "; "},
    Entry{"and_also", "；", "; "},
    Entry{"and_more", "等另 {} 家", " and {} more"},
    Entry{"base_year", "{} 年统计与模型对照（{}，情景 {}）：",
          "statistics of {} against the model ({}, scenario {}):"},
    Entry{"base_year_alone", "另有 {} 项统计，模型没有对应指标",
          "{} more statistics have no counterpart in a run"},
    Entry{"base_year_alone_one", "另有 {} 项统计，模型没有对应指标",
          "{} more statistic has no counterpart in a run"},
    Entry{"base_year_marks", "* 模型值在统计区间之外（无区间者差 5 % 以上），原因如下",
          "* the model lies outside the range of the statistic (5 % where it has none); why:"},
    Entry{"base_year_same_source", "= 与模型装置同源：不构成校验",
          "= same source as the model's plants: no check"},
    Entry{"binding_capacity", "产能", "capacity"},
    Entry{"binding_demand", "受需求限制", "no more demand"},
    Entry{"binding_feedstock", "原料不足：{}", "short of {}"},
    Entry{"binding_not_built", "未投产", "not built"},
    Entry{"binding_off", "停运", "off"},
    Entry{"binding_surplus", "{}无出路", "no outlet for {}"},
    Entry{"built", "本情景已建", "built in this scenario"},
    Entry{"chain_made", "所列产品均已生产", "all its products are made"},
    Entry{"chain_whole", "已全线贯通", "all links are there"},
    Entry{"check_formula", "公式：{}", "formula: {}"},
    Entry{"check_inputs", "依据数据：{}", "inputs: {}"},
    Entry{"check_met", "达标 {} 项", "{} met"},
    Entry{"check_missing", "无法判定，缺：{}", "not determined; missing: {}"},
    Entry{"check_project", "{} 年该项目的影响", "what the project weighs in {}"},
    Entry{"check_projects", "{} 年拉动最大的项目", "heaviest projects of {}"},
    Entry{"check_range", "按基期数值范围：{}", "within the ranges of the base figures: {}"},
    Entry{"check_rebuilds", "该项目还改造现有装置，改造效果未计入",
          "it also rebuilds plants; the effect of that is not in these figures"},
    Entry{"check_refused", "增加值不为正者不计 n",
          "n is refused where the value added is not positive"},
    Entry{"check_source", "来源：{}", "source: {}"},
    Entry{"check_unweighed", "m、n 无法计算，缺：{}", "m and n are not known; missing: {}"},
    Entry{"check_weights",
          "各项目逐个移除(被替代装置恢复运行)"
          "后全区重新求解之差，含配套装置；能耗为等价值，增加值按基期价格；m、n "
          "为扣除原料用能和非化石能源后的口径",
          "the district solved again without each project, what it replaces running again: "
          "ancillaries included; energy in equivalent value, value added at base-year prices; m "
          "and n are on the deducted basis"},
    Entry{"closure", "闭合差：物料 {}  账目 {}  质量 {}  能量 {}",
          "closure: balance {}  accounts {}  mass {}  energy {}"},
    Entry{"closure_meaning",
          "质量、元素与能量：产出减投入，占投入的百分比；能量为负者是损失（散热、做功或吸热反应），"
          "-100 % 为产出不带能量",
          "mass, elements and energy: output less input, in % of input; energy is lost where it is "
          "negative (heat, work, heat of reaction), and -100 % is an output that carries none"},
    Entry{"colour_green", "绿灯", "green"},
    Entry{"colour_orange", "橙灯", "orange"},
    Entry{"colour_red", "红灯", "red"},
    Entry{"confidence_assumption", "假设", "assumption"},
    Entry{"confidence_counts", "数据可信度", "confidence of the figures"},
    Entry{"confidence_estimate", "估计", "estimate"},
    Entry{"confidence_known", "已知", "known"},
    Entry{"confidence_seed", "规划原文", "seed"},
    Entry{"confidence_verified", "已核", "verified"},
    Entry{"counted_names", "{}：{}", "{}: {}"},
    Entry{"duty_baseline", "基准", "baseline"},
    Entry{"duty_benchmark", "标杆", "benchmark"},
    Entry{"duty_level_2", "2 级", "level 2"},
    Entry{"duty_level_3", "3 级", "level 3"},
    Entry{"duty_none", "无限额", "no limit"},
    Entry{"facilities", "装置", "facilities"},
    Entry{"family", "{} 是一族产品：由 {} 作答", "{} is a family: {} answers"},
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
    Entry{"group_access", "准入", "access"},
    Entry{"group_dual_control", "双控", "dual control"},
    Entry{"group_economy", "经济", "economy"},
    Entry{"group_efficiency", "能效", "efficiency"},
    Entry{"group_environment", "环境", "environment"},
    Entry{"group_plan", "规划", "plan"},
    Entry{"held_by_capacity", "，受限于{}", ", held by {}"},
    Entry{"held_by_demand", "，受限于{}需求", ", no more demand for {}"},
    Entry{"held_by_feedstock", "，{}不足", ", short of {}"},
    Entry{"held_by_surplus", "，{}无出路", ", no outlet for {}"},
    Entry{"illustration", "示意", "illustration"},
    Entry{"indicators", "主要指标", "key indicators"},
    Entry{"influence_0", "影响较小", "minor"},
    Entry{"influence_1", "一定影响", "some"},
    Entry{"influence_2", "较大影响", "considerable"},
    Entry{"influence_3", "重大影响", "great"},
    Entry{"influence_4", "决定性影响", "decisive"},
    Entry{"last_year_only", "以下为 {} 年；其余年份见各 CSV 文件",
          "What follows is {}; the other years are in the CSV files."},
    Entry{"less_sold", "少售 {}", "unsold {}"},
    Entry{"let_in", "需外购 {}", "brings in {}"},
    Entry{"link_absent", "无物料联系{}", "no material link{}"},
    Entry{"link_idle", "已建未运行{}", "built, not running{}"},
    Entry{"link_possible", "可用 {}", "by {}"},
    Entry{"made_otherwise", "另有来路：{}", "made of other things: {}"},
    Entry{"makes_part", "可补足 {}", "{} of it"},
    Entry{"margins", "有年份未达的政策：余量", "policies missed in some year: margins"},
    Entry{"more_bought", "多购 {}", "buys {}"},
    Entry{"more_rows", "……另有 {} 行", "... and {} more rows"},
    Entry{"more_rows_in", "……另有 {} 行，全部见 {}", "... and {} more rows: all are in {}"},
    Entry{"more_rows_in_one", "……另有 {} 行，全部见 {}", "... and {} more row: all are in {}"},
    Entry{"more_rows_one", "……另有 {} 行", "... and {} more row"},
    Entry{"no_problems", "未发现问题", "no problems found"},
    Entry{"not_built", "此路径未建", "this way is not built"},
    Entry{"not_counted", "未计算 {}：缺少系数 {}",
          "not counted: {} (the models have no factor {})"},
    Entry{"not_made", "未生产：{}", "not made: {}"},
    Entry{"open_recipes", "{} 个工艺，其中 {} 个未在限值内闭合",
          "{} recipes, {} of them open beyond the limits"},
    Entry{"outage_unsolved", "{} 停运后无解：{}", "without {} there is no solution: {}"},
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
    Entry{"outcome_infeasible", "既定需求无法满足", "a stated demand cannot be met"},
    Entry{"outcome_not_converged", "平衡不收敛", "the balance does not settle"},
    Entry{"outcome_unproductive", "自用环节入不敷出",
          "a loop consumes more of its own output than it makes"},
    Entry{"path", "{} → {}：有产业链联系", "{} → {}: a chain links them"},
    Entry{"policies", "政策约束", "policies"},
    Entry{"policies_kept", "另有 {} 项政策各年均达标", "{} more policies are missed in no year"},
    Entry{"policies_kept_one", "另有 {} 项政策各年均达标", "{} more policy is missed in no year"},
    Entry{"policies_unjudged", "另有 {} 项政策各年均未判定",
          "{} more policies are judged in no year"},
    Entry{"policies_unjudged_one", "另有 {} 项政策各年均未判定",
          "{} more policy is judged in no year"},
    Entry{"products", "单位产品能耗：离应达值由差到好",
          "unit energy of products, the worst against its duty first"},
    Entry{"reach", "由 {} 可制得的产品", "what {} is made into"},
    Entry{"remark_allowed_growth", "到期允许的能耗增幅 (1-R)(1+g)^n-1：{}",
          "allowed growth to the end of the period, (1-R)(1+g)^n-1: {}"},
    Entry{"remark_break_even_base", "基期强度不低于此值方可达标：{}",
          "met if the intensity of the base year was at least {}"},
    Entry{"remark_room", "当年可用余量(负为缺口)：{}", "room in the year (negative: to save): {}"},
    Entry{"remark_yearly_rate", "折合年均下降：{}", "equal to a yearly drop of {}"},
    Entry{"results", "结果保存在 {}", "results are in {}"},
    Entry{"rule_hard", "硬", "hard"},
    Entry{"rule_soft", "软", "soft"},
    Entry{"share", "{0} 年，其中 {2} 进入通向 {3} 的装置",
          "in {0}, {2} of it enters plants on a way to {3}"},
    Entry{"share_meaning", "装置按整体计：份额是进入这些装置的部分，不是最终成为该产品的质量",
          "a plant counts whole: the share is what enters, not the mass that ends in the product"},
    Entry{"share_of_family", "{0} 年，{1}各成员合计有 {2} 进入通向 {3} 的装置",
          "in {0}, {2} of all members of {1} enters plants on a way to {3}"},
    Entry{"shortages", "短缺：够不到产能的缺口",
          "shortages: what idle capacity could take besides"},
    Entry{"siblings", "{} 与 {} 是同源产品：均由 {} 制得",
          "{} and {} are siblings: both are made from {}"},
    Entry{"solver", "求解 {}：迭代 {} 次，残差 {}", "solver {}: {} iterations, residual {}"},
    Entry{"starter_change", "然后改成自己的地区：先改 {}，做法见 {}",
          "then make it yours: begin with {}; {} says how"},
    Entry{"starter_next", "接下来", "next"},
    Entry{"starter_written", "示例区已写入 {}（模型库：{}）",
          "the starter district is in {} (models: {})"},
    Entry{"takes_part", "可消化 {}", "{} of it"},
    Entry{"target_counts",
          "规划指标与要求 {} 条：{} 条由政策判定，{} 条与基年统计对照，{} "
          "条仅作记录（模型无对应指标），{} 条由数据落实，{} "
          "条不判定（附理由）",
          "{} targets and rules of the plan: {} judged by policies, {} compared with statistics of "
          "the base year, {} recorded, with no counterpart in a run, {} carried out by the data, "
          "{} not judged, each with its reason"},
    Entry{"top_commodities", "主要产品", "largest products"},
    Entry{"verdict_met", "达标", "met"},
    Entry{"verdict_missed", "不达标", "missed"},
    Entry{"verdict_undetermined", "无法判定", "undetermined"},
    Entry{"year", "{} 年", "year {}"},
};

template <std::size_t size>
const Entry* find(const std::array<Entry, size>& entries, std::string_view key) {
    const auto found = std::find_if(entries.begin(), entries.end(),
                                    [key](const Entry& entry) { return entry.key == key; });
    return found == entries.end() ? nullptr : &*found;
}

std::string_view in(const Entry& entry, Language language) {
    return language == Language::zh ? entry.zh : entry.en;
}

} // namespace

std::string_view heading(std::string_view column, Language language) {
    const Entry* found = find(headings, column);
    return found == nullptr ? column : in(*found, language);
}

std::string_view say(std::string_view key, Language language) {
    const Entry* found = find(texts, key);
    CHAINSIM_EXPECT(found != nullptr, "no sentence '" + std::string(key) + "' in the catalogue");
    return in(*found, language);
}

std::vector<std::string_view> sentences() {
    std::vector<std::string_view> keys;
    keys.reserve(texts.size());
    for (const auto& entry : texts) {
        keys.push_back(entry.key);
    }
    return keys;
}

} // namespace chainsim::table
