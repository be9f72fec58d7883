#include <chainsim/study/detail/judged_cells.hpp>
#include <chainsim/study/detail/page_words.hpp>

#include <cmath>
#include <utility>

namespace chainsim::study::detail {

Trace trace_of(const Judgement& judged) {
    Trace trace{judged.formula, {}, judged.source};
    trace.inputs.reserve(judged.inputs.size());
    for (const auto& [id, value] : judged.inputs) {
        trace.inputs.push_back({id, value, {}, "check --json"});
    }
    return trace;
}

std::string row_id(const model::Policy& policy, const Judgement& judged) {
    const bool is_lower_of_two =
        policy.at_most && policy.at_least && judged.formula.find(">= bound") != std::string::npos;
    return judged.id + (is_lower_of_two ? "_least" : "");
}

PageCell figure_cell(double value, const std::string& unit, Trace trace) {
    return std::isnan(value)
               ? word_cell(sentence("card_not_known"), "undetermined", std::move(trace))
               : amount_cell(value, unit, std::move(trace));
}

model::Name illustrated(const model::Name& word) {
    const auto mark = sentence("illustration");
    return {word.zh + "(" + mark.zh + ")", word.en + " (" + mark.en + ")"};
}

PageCell verdict_cell(const Judgement& judged) {
    const std::string id(to_string(judged.verdict));
    const auto word = sentence("verdict_" + id);
    return word_cell(judged.illustration ? illustrated(word) : word, id, trace_of(judged));
}

} // namespace chainsim::study::detail
