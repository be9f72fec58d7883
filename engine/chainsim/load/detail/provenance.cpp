#include <chainsim/input/document.hpp>
#include <chainsim/load/detail/provenance.hpp>

#include <fmt/format.h>

#include <string_view>

namespace chainsim::load::detail {

namespace {

using input::FieldPath;
using input::Node;
using input::RecordReader;

/// `HB` stands for its title, and so does `HB` in "HB, chapter 3".
std::string title_of(const std::string& source, const ReadingContext& context) {
    const std::string_view id = std::string_view(source).substr(0, source.find_first_of(" ,:;"));
    const auto found = context.sources.find(id);
    return found == context.sources.end() ? source : found->second + source.substr(id.size());
}

/// A figure without confidence or source is noted at its place.
void note_missing(const Node& node, const FieldPath& path, bool no_confidence, bool no_source,
                  const ReadingContext& context) {
    constexpr std::string_view confidence =
        "`confidence: seed | verified | known | estimate | assumption`";
    constexpr std::string_view source = "`source: ...`, where it comes from";
    if (!no_confidence && !no_source) {
        return;
    }
    context.findings.add(
        node.place, path.text(),
        fmt::format("the figure has no {}{}{}, and neither has a record around it",
                    no_confidence ? "confidence" : "", no_confidence && no_source ? " and no " : "",
                    no_source ? "source" : ""),
        fmt::format("add {}{}{}", no_confidence ? confidence : "",
                    no_confidence && no_source ? " and " : "", no_source ? source : ""));
}

} // namespace

Stated stated_by(RecordReader& record, const ReadingContext& context) {
    Stated stated;
    if (const auto word = record.word("confidence")) {
        stated.confidence = model::confidences[*word];
    }
    if (const auto* entry = record.node().find("confidence")) {
        stated.document = entry->place.document;
    }
    stated.source = title_of(record.text("source"), context);
    return stated;
}

model::Provenance provenance_of(const Node& value, const Stated& own, const FieldPath& path,
                                const Inherited& inherited, const ReadingContext& context) {
    model::Provenance provenance;
    provenance.where = value.place.location();
    const auto* const here = value.place.document;
    const bool own_counts = own.document == nullptr || own.document == here;
    const bool record_counts = inherited.document == nullptr || inherited.document == here;
    if (own.confidence && own_counts) {
        provenance.confidence = *own.confidence;
        provenance.source = own.source;
        if (provenance.source.empty()) {
            provenance.source = record_counts ? inherited.source : here->name();
        }
    } else if (!record_counts || !own_counts) {
        // A scenario set this number and says nothing about it: it is what the scenario assumes.
        provenance.confidence = model::Confidence::assumption;
        provenance.source = own.source.empty() || !own_counts ? here->name() : own.source;
    } else {
        provenance.confidence = inherited.confidence.value_or(model::Confidence::assumption);
        provenance.source = own.source.empty() ? inherited.source : own.source;
    }
    const bool is_scenario = !record_counts || !own_counts;
    // A confidence that is no known word is noted already.
    const bool no_confidence = !own.confidence && !inherited.confidence && own.document == nullptr;
    note_missing(value, path, no_confidence && !is_scenario, provenance.source.empty(), context);
    return provenance;
}

model::Provenance read_provenance(RecordReader& record, const Inherited& outer,
                                  const ReadingContext& context) {
    const Stated own = stated_by(record, context);
    model::Provenance provenance;
    provenance.where = record.node().place.location();
    provenance.confidence =
        own.confidence.value_or(outer.confidence.value_or(model::Confidence::assumption));
    provenance.source = own.source.empty() ? outer.source : own.source;
    provenance.note = record.text("note");
    return provenance;
}

Inherited inherited_by(const RecordReader& record, const Inherited& outer,
                       const ReadingContext& context) {
    Inherited inherited = outer;
    inherited.document = record.node().place.document;
    // Wrong words are noted by read_provenance, which every record calls.
    if (const auto* entry = record.node().find("confidence");
        entry != nullptr && entry->value.is_scalar()) {
        inherited.confidence =
            model::to_confidence(entry->value.text).value_or(model::Confidence::assumption);
    }
    if (const auto* entry = record.node().find("source");
        entry != nullptr && entry->value.is_scalar()) {
        inherited.source = title_of(entry->value.text, context);
    }
    return inherited;
}

} // namespace chainsim::load::detail
