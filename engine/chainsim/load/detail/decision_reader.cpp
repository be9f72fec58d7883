#include <chainsim/base/utf8.hpp>
#include <chainsim/load/detail/decision_reader.hpp>
#include <chainsim/load/detail/tables.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

namespace chainsim::load::detail {

namespace {

using input::FieldPath;
using input::Node;
using input::RecordReader;

class DecisionReader {
public:
    DecisionReader(const Study& study, const ReadingContext& context) : context_(context) {
        for (const auto& [id, project] : study.projects) {
            projects_.push_back(id);
        }
        for (const auto& read : study.facilities) {
            facilities_.push_back(read.facility.id);
        }
        policies_ = study.policies.ids();
        std::sort(facilities_.begin(), facilities_.end());
    }

    [[nodiscard]] model::DecisionRules rules(const std::string& id, const Record& record,
                                             const FieldPath& path) const {
        RecordReader reader(*record.node, decision_rules_table, path, context_.findings);
        const Inherited inherited = inherited_by(reader, {}, context_);
        model::DecisionRules out;
        out.id = id;
        out.name = read_name(reader.value("name"), FieldPath(path, "name"), id, context_);
        if (const auto* rate = reader.value("discount_rate")) {
            out.discount_rate = read_datum(*rate, FieldPath(path, "discount_rate"),
                                           reader.need("discount_rate"), inherited, context_);
        }
        if (const auto* budget = reader.value("budget")) {
            out.budget = read_path(*budget, FieldPath(path, "budget"),
                                   yearly(*budget, units::Unit::parse("CNY")), inherited, context_);
        }
        out.starts_a_year = reader.whole("starts_a_year");
        if (const auto load = reader.quantity("minimum_load")) {
            out.minimum_load = load->in("1");
        }
        out.candidates = named(reader, "candidates", projects_, "project");
        out.fixed = named(reader, "fixed", projects_, "project");
        out.closures = named(reader, "closures", facilities_, "facility");
        read_penalties(reader, inherited, out);
        read_sizes(reader, out);
        out.provenance = read_provenance(reader, {}, context_);
        reader.finish();
        return out;
    }

    [[nodiscard]] model::DecisionGroup group(const std::string& id, const Record& record,
                                             const FieldPath& path) const {
        RecordReader reader(*record.node, decision_group_table, path, context_.findings);
        model::DecisionGroup out;
        out.id = id;
        out.name = read_name(reader.value("name"), FieldPath(path, "name"), id, context_);
        out.projects = named(reader, "projects", projects_, "project");
        out.at_least = reader.whole("at_least");
        out.at_most = reader.whole("at_most");
        out.provenance = read_provenance(reader, {}, context_);
        reader.finish();
        const int most = out.at_most.value_or(static_cast<int>(out.projects.size()));
        if (!out.at_least && !out.at_most) {
            context_.findings.add(record.place, path.text(),
                                  "neither `at_least` nor `at_most` is given",
                                  "say how many of the projects may, or must, be built");
        } else if (out.at_least.value_or(0) > most) {
            context_.findings.add(
                record.place, path.text(),
                fmt::format("at least {} of {} cannot be built", *out.at_least, most));
        }
        return out;
    }

private:
    /// Ids of a list, each known and named once.
    std::vector<std::string> named(RecordReader& reader, std::string_view key,
                                   const std::vector<std::string>& known,
                                   std::string_view what) const {
        std::vector<std::string> out;
        (void)reader.texts(key);
        const auto* entry = reader.node().find(key);
        if (entry == nullptr) {
            return out;
        }
        const FieldPath here(reader.path(), key);
        for (const auto& item : entry->value.items) {
            if (!std::binary_search(known.begin(), known.end(), item.text)) {
                context_.findings.add(
                    item.place, here.text(),
                    fmt::format("unknown {} '{}'", what, utf8::shorten(item.text, 60)),
                    input::did_you_mean(item.text, known));
            } else if (std::find(out.begin(), out.end(), item.text) != out.end()) {
                context_.findings.add(item.place, here.text(),
                                      fmt::format("'{}' stands twice", item.text),
                                      "keep one of the two");
            } else {
                out.push_back(item.text);
            }
        }
        return out;
    }

    void read_penalties(RecordReader& reader, const Inherited& inherited,
                        model::DecisionRules& out) const {
        const auto* penalties = reader.value("penalties");
        if (penalties == nullptr) {
            return;
        }
        const FieldPath here(reader.path(), "penalties");
        for (const auto& entry : penalties->entries) {
            if (!std::binary_search(policies_.begin(), policies_.end(), entry.key)) {
                context_.findings.add(
                    entry.place, here.text(),
                    fmt::format("unknown policy '{}'", utf8::shorten(entry.key, 60)),
                    input::did_you_mean(entry.key, policies_));
            }
            // The unit below depends on the indicator, which is known only when a year is compiled.
            if (auto price = read_path(entry.value, FieldPath(here, entry.key), any_unit(),
                                       inherited, context_)) {
                out.penalties.emplace(entry.key, std::move(*price));
            }
        }
    }

    void read_sizes(RecordReader& reader, model::DecisionRules& out) const {
        const auto* sizes = reader.value("sizes");
        if (sizes == nullptr) {
            return;
        }
        const FieldPath here(reader.path(), "sizes");
        for (const auto& entry : sizes->entries) {
            if (!std::binary_search(projects_.begin(), projects_.end(), entry.key)) {
                context_.findings.add(
                    entry.place, here.text(),
                    fmt::format("unknown project '{}'", utf8::shorten(entry.key, 60)),
                    input::did_you_mean(entry.key, projects_));
            }
            const FieldPath path(here, entry.key);
            for (const auto& item : entry.value.items) {
                RecordReader step(item, size_step_table, path, context_.findings);
                const auto share = step.quantity("share");
                const auto capex = step.quantity("capex");
                step.finish();
                if (share && capex && share->in("1") > 0.0) {
                    out.sizes[entry.key].push_back({share->in("1"), capex->in("1")});
                } else if (share && share->in("1") == 0.0) {
                    context_.findings.add(item.place, path.text(), "a size of nothing",
                                          "leave it out: not to build is always possible");
                }
            }
        }
    }

    const ReadingContext& context_;
    std::vector<std::string> projects_;
    std::vector<std::string> facilities_;
    std::vector<std::string> policies_;
};

} // namespace

model::Registry<model::DecisionRules>
read_decision_rules(const Sections& sections, const Study& study, const ReadingContext& context) {
    std::vector<model::DecisionRules> out;
    const FieldPath root("decision_rules");
    const DecisionReader reader(study, context);
    std::optional<input::Place> first;
    for (const auto& [id, record] : sections.of("decision_rules")) {
        const FieldPath path(root, id);
        out.push_back(reader.rules(id, record, path));
        if (first) {
            context.findings.add(record.place, path.text(), "a second record of decision rules",
                                 "a study has one; change that one", {*first});
        }
        first = first ? first : record.place;
    }
    return model::Registry(std::move(out));
}

model::Registry<model::DecisionGroup>
read_decision_groups(const Sections& sections, const Study& study, const ReadingContext& context) {
    std::vector<model::DecisionGroup> out;
    const FieldPath root("decision_groups");
    const DecisionReader reader(study, context);
    for (const auto& [id, record] : sections.of("decision_groups")) {
        out.push_back(reader.group(id, record, FieldPath(root, id)));
    }
    return model::Registry(std::move(out));
}

} // namespace chainsim::load::detail
