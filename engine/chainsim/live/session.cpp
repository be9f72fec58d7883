#include <chainsim/live/detail/moves.hpp>
#include <chainsim/live/detail/pulse.hpp>
#include <chainsim/live/overlay.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <set>
#include <string_view>
#include <utility>
#include <variant>

namespace chainsim::live {

namespace {

Diagnostic finding(const std::string& control, std::string message, std::string help) {
    return {{}, control, std::move(message), std::move(help), {}, {}};
}

/// Whether a value is of the kind that a control takes, and within what it can be.
void check(const Control& control, const ControlValue& value, std::vector<Diagnostic>& findings) {
    const auto note = [&](std::string message, std::string help = {}) {
        findings.push_back(finding(control.id, std::move(message), std::move(help)));
    };
    switch (control.type) {
    case ControlType::flag:
        if (!std::holds_alternative<bool>(value)) {
            note("a switch is on or off", "send true or false");
        }
        return;
    case ControlType::text:
        if (!std::holds_alternative<std::string>(value)) {
            note("a text is expected", "write it as in the files: \"300 kt/a\"");
        }
        return;
    case ControlType::year:
    case ControlType::number:
        break;
    }
    const auto* number = std::get_if<double>(&value);
    if (number == nullptr || !std::isfinite(*number)) {
        note("a number is expected", fmt::format("write it in {}", control.unit));
    } else if (control.type == ControlType::year && *number != std::floor(*number)) {
        note(fmt::format("{} is no year", *number));
    } else if (control.low && control.high && (*number < *control.low || *number > *control.high)) {
        note(fmt::format("{} is outside of what the control moves over", *number),
             fmt::format("from {} to {} {}", *control.low, *control.high, control.unit));
    }
}

/// A start counts only where the project is built: the loader would say the same, and take longer.
void check_starts(const model::Scenario& scenario, const std::vector<Edit>& edits,
                  std::vector<Diagnostic>& findings) {
    for (const auto& edit : edits) {
        constexpr std::string_view kind = "project:";
        constexpr std::string_view field = ":start";
        if (!edit.control.starts_with(kind) || !edit.control.ends_with(field)) {
            continue;
        }
        const auto id =
            edit.control.substr(kind.size(), edit.control.size() - kind.size() - field.size());
        const auto flag = std::find_if(edits.begin(), edits.end(), [&](const Edit& other) {
            return other.control == std::string(kind) + id + ":built";
        });
        const bool is_built =
            flag == edits.end() ? scenario.projects.at(id).selected : std::get<bool>(flag->value);
        if (!is_built) {
            findings.push_back(finding(
                edit.control, fmt::format("'{}' is not built, so its start has no effect", id),
                "switch it on first"));
        }
    }
}

} // namespace

struct Session::State {
    std::vector<Edit> edits;
    PreviewState solved;
    Pulse exact; ///< of the last run by the loader: what a preview does not know
    /// Of the judged year of that run.
    std::vector<study::LedgerJudgement> ledgers;
};

Session::Session(std::shared_ptr<const Origin> origin)
    : origin_(std::move(origin)), state_(std::make_unique<State>()) {
    const auto& work = origin_->work();
    state_->exact = detail::pulse_of(work, work.run);
    state_->ledgers = work.run.years()[work.judged].ledgers();
}

Session::~Session() = default;

const std::vector<Edit>& Session::edits() const { return state_->edits; }

Pulse Session::edit(std::vector<Edit> edits) {
    auto& work = origin_->work();
    std::vector<Diagnostic> findings;
    std::set<std::string> seen;
    for (const auto& edit : edits) {
        const auto* found = work.find(edit.control);
        if (found == nullptr) {
            findings.push_back(finding(edit.control, "there is no such control", {}));
        } else if (!seen.insert(edit.control).second) {
            findings.push_back(finding(edit.control, "the control is moved twice", "send it once"));
        } else {
            check(*found, edit.value, findings);
        }
    }
    if (findings.empty()) {
        check_starts(work.study.scenario(), edits, findings);
    }
    if (!findings.empty()) {
        throw InputError(std::move(findings));
    }
    // What stands where the scenario has it is no edit: the loader would find it without effect.
    std::erase_if(edits, [&work](const Edit& edit) {
        return edit.value == work.control(edit.control).value;
    });
    const auto sorted = detail::sorted(work, edits);
    if (!sorted.is_for_preview) {
        auto before = std::exchange(state_->edits, std::move(edits));
        try {
            const auto run = study().run();
            auto pulse = detail::pulse_of(work, run);
            if (pulse.failure.empty()) {
                state_->exact = pulse;
                state_->ledgers = run.years()[work.judged].ledgers();
            }
            return pulse;
        } catch (...) {
            state_->edits = std::move(before);
            throw;
        }
    }
    const auto values = work.preview->values(sorted.moves, state_->solved);
    state_->edits = std::move(edits);
    if (!values) {
        return detail::pulse_of(work, study().run()); // which says why
    }
    auto values_now = state_->exact.values;
    for (std::size_t i = 0; i < values_now.size(); ++i) {
        for (std::size_t y = 0; y < values->size(); ++y) {
            if (work.preview->is_known(i, y)) {
                values_now[i][y] = (*values)[y][i];
            }
        }
    }
    return detail::pulse_of(work, std::move(values_now), detail::policies_with(work, state_->edits),
                            state_->ledgers);
}

study::Study Session::study() const {
    if (state_->edits.empty()) {
        return origin_->study();
    }
    const auto& work = origin_->work();
    const OverlayHead head{work.study.scenario().id + "_edited", work.study.scenario().name,
                           work.file.filename().string()};
    const auto overlay = overlay_of(head, work.study.scenario(), work.controls, state_->edits);
    const auto file = work.file.parent_path() / (head.id + ".yaml");
    try {
        return study::open_text(file, overlay.text);
    } catch (const InputError& error) {
        throw InputError(
            at_controls(error.diagnostics(), file.filename().string(), overlay, state_->edits));
    }
}

std::string Session::scenario_text(const std::string& id, const model::Name& name) const {
    const auto& work = origin_->work();
    return overlay_of({id, name, work.file.filename().string()}, work.study.scenario(),
                      work.controls, state_->edits)
        .text;
}

} // namespace chainsim::live
