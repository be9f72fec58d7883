#include <chainsim/load/detail/review_reader.hpp>
#include <chainsim/load/detail/tables.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace chainsim::load::detail {

namespace {

using input::FieldPath;
using input::RecordReader;

/// YYYY-MM-DD, which compares as text does.
bool is_day(std::string_view text) {
    constexpr std::size_t length = 10;
    constexpr int months = 12;
    constexpr int most_days = 31;
    if (text.size() != length || text[4] != '-' || text[7] != '-') {
        return false;
    }
    const auto number = [text](std::size_t at, std::size_t count) {
        int value = 0;
        const auto part = text.substr(at, count);
        const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), value);
        return error == std::errc{} && end == part.data() + part.size() ? value : -1;
    };
    const int month = number(5, 2);
    const int day = number(8, 2);
    return number(0, 4) > 0 && month >= 1 && month <= months && day >= 1 && day <= most_days;
}

model::ReviewRule read_review_rule(const std::string& id, const Record& record,
                                   const FieldPath& path, const ReadingContext& context) {
    RecordReader reader(*record.node, review_rule_table, path, context.findings);
    const Inherited inherited = inherited_by(reader, {}, context);
    model::ReviewRule rule;
    rule.id = id;
    rule.name = read_name(reader.value("name"), FieldPath(path, "name"), id, context);
    rule.from = reader.text("from");
    rule.until = reader.text("until");
    for (const auto& [key, day] :
         {std::pair("from", &rule.from), std::pair("until", &rule.until)}) {
        const auto* entry = record.node->find(key);
        if (entry != nullptr && !day->empty() && !is_day(*day)) {
            context.findings.add(entry->value.place, FieldPath(path, key).text(),
                                 fmt::format("'{}' is no day", *day), "write it as 2025-09-01");
        }
    }
    if (is_day(rule.from) && is_day(rule.until) && rule.until < rule.from) {
        context.findings.add(record.place, FieldPath(path, "until").text(),
                             fmt::format("it holds until {} and from {}", rule.until, rule.from));
    }
    for (const auto& [key, figure, unit] : {std::tuple("exempt_below", &rule.exempt_below, "tce"),
                                            std::tuple("exempt_power", &rule.exempt_power, "MWh"),
                                            std::tuple("province_from", &rule.province_from, "tce"),
                                            std::tuple("state_from", &rule.state_from, "tce")}) {
        if (const auto* node = reader.value(key)) {
            *figure = read_datum(*node, FieldPath(path, key),
                                 yearly(*node, units::Unit::parse(unit)), inherited, context);
        }
    }
    rule.asks_state = reader.yes_no("state_decides").value_or(false);
    rule.counts_carbon = reader.yes_no("counts_carbon").value_or(false);
    rule.provenance = read_provenance(reader, {}, context);
    reader.finish();
    return rule;
}

} // namespace

model::Registry<model::ReviewRule> read_review_rules(const Sections& sections,
                                                     const ReadingContext& context) {
    std::vector<model::ReviewRule> rules;
    const FieldPath root("review_rules");
    for (const auto& [id, record] : sections.of("review_rules")) {
        rules.push_back(read_review_rule(id, record, FieldPath(root, id), context));
    }
    return model::Registry(std::move(rules));
}

} // namespace chainsim::load::detail
