#include <chainsim/base/error.hpp>
#include <chainsim/input/scalar_text.hpp>
#include <chainsim/live/overlay.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <optional>
#include <string_view>
#include <utility>

namespace chainsim::live {

namespace {

using input::quoted_scalar;

/// What a user typed: as it is where it can be nothing but one text, else in quotes.
std::string typed(const std::string& text) {
    const auto is_plain = [](char one) {
        constexpr std::string_view others = " .%/+-_";
        return std::isalnum(static_cast<unsigned char>(one)) != 0 ||
               static_cast<unsigned char>(one) >= 0x80 ||
               others.find(one) != std::string_view::npos;
    };
    const bool begins_well =
        !text.empty() && (std::isalnum(static_cast<unsigned char>(text[0])) != 0 ||
                          static_cast<unsigned char>(text[0]) >= 0x80);
    return begins_well && text.back() != ' ' && std::all_of(text.begin(), text.end(), is_plain)
               ? text
               : quoted_scalar(text);
}

class OverlayWriter {
public:
    OverlayWriter(const OverlayHead& head, const model::Scenario& scenario,
                  const std::vector<Control>& controls, const std::vector<Edit>& edits)
        : head_(head), scenario_(scenario) {
        for (const auto& edit : edits) {
            const auto found =
                std::find_if(controls.begin(), controls.end(),
                             [&edit](const Control& one) { return one.id == edit.control; });
            CHAINSIM_EXPECT(found != controls.end(), "an edit is of a control that there is");
            sort(*found, edit.value);
        }
    }

    Overlay write() {
        line("# Set in the workbench.");
        line("format: chainsim.scenario/1");
        line("scenario: " + head_.id);
        line(fmt::format("name: {{zh: {}, en: {}}}", quoted_scalar(head_.name.zh),
                         quoted_scalar(head_.name.en)));
        line("extends: " + quoted_scalar(head_.extends));
        list("also", also_);
        list("skip", skip_);
        if (!starts_.empty()) {
            line("start:");
            for (const auto& [record, one] : starts_) {
                line(fmt::format("  {}: {}", record, one.text), one.control);
            }
        }
        if (!sections_.empty() || !plants_of_.empty()) {
            line("changes:");
            sections();
        }
        return std::move(out_);
    }

private:
    struct Field {
        std::string text;
        std::string control;
    };
    using Fields = std::map<std::string, Field>;

    void line(const std::string& text, const std::string& control = {}) {
        out_.text += text + '\n';
        ++line_;
        if (!control.empty()) {
            out_.control_of_line.emplace(line_, control);
        }
    }

    void list(const std::string& key, const std::vector<std::pair<std::string, std::string>>& ids) {
        if (!ids.empty()) {
            line(key + ":");
        }
        for (const auto& [id, control] : ids) {
            line("  - " + id, control);
        }
    }

    static std::string set(const std::string& amount) {
        return fmt::format(
            "{{value: {}, confidence: assumption, source: \"set in the workbench\"}}",
            quoted_scalar(amount));
    }

    static std::string moved(const units::Quantity& amount, double factor) {
        return units::to_string(units::Quantity(factor * amount.number(), amount.unit()));
    }

    /// All points of a path times a factor, their ranges with them.
    static std::string moved(const model::Path& path, double factor) {
        std::string points;
        std::string ranges;
        for (const auto& [year, datum] : path.points()) {
            const bool is_constant = path.points().size() == 1;
            const auto value = set(moved(datum.value, factor));
            std::string range;
            if (datum.range) {
                range = fmt::format("[{}, {}]", factor * datum.range->first,
                                    factor * datum.range->second);
            }
            if (is_constant) {
                return range.empty() ? value
                                     : fmt::format("{}, range: {}}}",
                                                   value.substr(0, value.size() - 1), range);
            }
            points += fmt::format("{}{}: {}", points.empty() ? "" : ", ", year, value);
            if (!range.empty()) {
                ranges += fmt::format("{}{}: {}", ranges.empty() ? "" : ", ", year, range);
            }
        }
        return ranges.empty() ? fmt::format("{{path: {{{}}}}}", points)
                              : fmt::format("{{path: {{{}}}, range: {{{}}}}}", points, ranges);
    }

    /// Of a slider: the figure itself, or per cent of what it is.
    static std::string moved(const Control& control, const model::Path& path, double value) {
        constexpr double whole = 100.0;
        if (control.unit == "%" && path.points().size() > 1) {
            return moved(path, value / whole);
        }
        const auto& unit = path.points().front().second.value.unit();
        return set(units::to_string(units::Quantity(value, unit)));
    }

    void sort(const Control& control, const ControlValue& value) {
        const auto* text = std::get_if<std::string>(&value);
        const auto* number = std::get_if<double>(&value);
        const auto whole = [&] { return fmt::format("{:.0f}", *number); };
        if (control.field == "built") {
            (std::get<bool>(value) ? also_ : skip_).emplace_back(control.record, control.id);
        } else if (control.kind == "project" && control.field == "start") {
            starts_[control.record] = {whole(), control.id};
        } else if (control.kind == "facility") {
            const auto amount =
                number == nullptr
                    ? typed(*text)
                    : set(units::to_string(units::Quantity(
                          *number, scenario_.facilities.at(control.record).capacity.value.unit())));
            facility(control, amount);
        } else if (control.kind == "price") {
            constexpr double per_cent = 100.0;
            const auto& path = scenario_.model.prices.at(control.record).path;
            // A price is a figure itself: its value has no key of its own.
            sections_["prices"][control.record][""] = {moved(path, *number / per_cent), control.id};
        } else {
            section(control, number == nullptr                   ? typed(*text)
                             : control.type == ControlType::year ? whole()
                                                                 : bound(control, *number));
        }
    }

    [[nodiscard]] std::string bound(const Control& control, double value) const {
        const auto& policy = scenario_.policies.at(control.record);
        const auto& path = control.field == "at_most"    ? policy.at_most
                           : control.field == "at_least" ? policy.at_least
                                                         : policy.target;
        return path ? moved(control, *path, value) : set(std::to_string(value));
    }

    void section(const Control& control, std::string text) {
        const std::map<std::string, std::string> names{
            {"project", "projects"}, {"policy", "policies"}, {"period", "periods"}};
        sections_[names.at(control.kind)][control.record][control.field] = {std::move(text),
                                                                            control.id};
    }

    /// A plant of a project stands within it.
    void facility(const Control& control, std::string text) {
        const auto& plant = scenario_.facilities.at(control.record);
        if (plant.project.empty()) {
            sections_["facilities"][control.record][control.field] = {std::move(text), control.id};
        } else {
            plants_of_[plant.project][control.record][control.field] = {std::move(text),
                                                                        control.id};
            sections_["projects"][plant.project];
        }
    }

    void record(const std::string& indent, const std::string& id, const Fields& fields) {
        if (const auto own = fields.find(""); own != fields.end()) {
            line(fmt::format("{}{}: {}", indent, id, own->second.text), own->second.control);
            return;
        }
        line(fmt::format("{}{}:", indent, id));
        for (const auto& [key, field] : fields) {
            line(fmt::format("{}  {}: {}", indent, key, field.text), field.control);
        }
    }

    void sections() {
        for (const auto& [section, records] : sections_) {
            line("  " + section + ":");
            for (const auto& [id, fields] : records) {
                record("    ", id, fields);
                const auto plants = plants_of_.find(id);
                if (section == "projects" && plants != plants_of_.end()) {
                    line("      facilities:");
                    for (const auto& [plant, own] : plants->second) {
                        record("        ", plant, own);
                    }
                }
            }
        }
    }

    const OverlayHead& head_;
    const model::Scenario& scenario_;
    std::vector<std::pair<std::string, std::string>> also_;
    std::vector<std::pair<std::string, std::string>> skip_;
    Fields starts_;
    std::map<std::string, std::map<std::string, Fields>> sections_;
    std::map<std::string, std::map<std::string, Fields>> plants_of_; ///< by project
    Overlay out_;
    int line_ = 0;
};

/// The control of the record that a finding names: "projects.mto", "policies.cap.at_most".
std::string control_named(const std::string& field, const std::vector<Edit>& edits) {
    for (const auto& edit : edits) {
        const auto begin = edit.control.find(':') + 1;
        const auto record = edit.control.substr(begin, edit.control.rfind(':') - begin);
        if (field.find(record) != std::string::npos) {
            return edit.control;
        }
    }
    return {};
}

} // namespace

Overlay overlay_of(const OverlayHead& head, const model::Scenario& scenario,
                   const std::vector<Control>& controls, const std::vector<Edit>& edits) {
    return OverlayWriter(head, scenario, controls, edits).write();
}

std::vector<Diagnostic> at_controls(std::vector<Diagnostic> findings, const std::string& file,
                                    const Overlay& overlay, const std::vector<Edit>& edits) {
    for (auto& one : findings) {
        const auto line = overlay.control_of_line.find(one.where.line);
        const bool is_here = std::filesystem::path(one.where.file).filename() == file;
        std::string control =
            is_here && line != overlay.control_of_line.end() ? line->second : std::string();
        if (control.empty()) {
            control = control_named(one.field + " " + one.message, edits);
        }
        if (!control.empty()) {
            one.field = control;
        }
    }
    return findings;
}

} // namespace chainsim::live
