// What the page asks of one session.

#include "api.hpp"
#include "place.hpp"
#include "saving.hpp"
#include "scenario_head.hpp"
#include <chainsim/view/district_view.hpp>
#include <chainsim/view/view.hpp>
#include <chainsim/view/year_view.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <utility>

namespace chainsim::workbench {

namespace {

namespace fs = std::filesystem;

/// As ids of records are, so that it can be the name of a file.
bool is_id(const std::string& text) {
    constexpr std::size_t longest = 64;
    const auto is_letter = [](char one) { return one >= 'a' && one <= 'z'; };
    return !text.empty() && text.size() <= longest && is_letter(text.front()) &&
           std::all_of(text.begin(), text.end(), [&](char one) {
               return is_letter(one) || (one >= '0' && one <= '9') || one == '_';
           });
}

/// What may not be replaced, whoever wishes it: what is no scenario of this id, and what the
/// session's own scenario is made of.
void check_replaced(const fs::path& file, const std::string& id, const fs::path& origin) {
    std::error_code ignored;
    if (!fs::exists(file, ignored)) {
        return;
    }
    const auto head = head_of(file);
    const auto chain = chain_of(origin);
    const bool is_base = std::any_of(chain.begin(), chain.end(), [&](const fs::path& one) {
        return fs::equivalent(one, file, ignored);
    });
    if (!head || head->id != id || is_base) {
        throw Refusal(Status::conflict,
                      fmt::format("'{}' is part of the district: choose another name",
                                  file.filename().string()));
    }
}

Json seq_in(const Json& object) {
    const auto found = object.find("seq");
    if (found == object.end() || !found->is_number()) {
        throw wrong_field("seq", "`seq` is no number", "");
    }
    return *found;
}

} // namespace

Answer Api::opened(UserSession& session) {
    auto edits = edits_json(session.edits());
    return json_answer({{"session", session.id()},
                        {"view", session.view(jobs_.results(session.id()))},
                        {"controls", controls_json(session.scenario().origin().controls())},
                        {"edits", std::move(edits)}});
}

Answer Api::edit(const Call& call, UserSession& session) const {
    const auto begin = std::chrono::steady_clock::now();
    expect_method(call, "POST");
    const auto object = object_in(call);
    Json pulse{{"seq", seq_in(object)}, {"milliseconds", 0.0}};
    pulse.update(session.edit(edits_in(object)));
    const std::chrono::duration<double, std::milli> passed =
        std::chrono::steady_clock::now() - begin;
    pulse["milliseconds"] = passed.count();
    return json_answer(pulse);
}

Answer Api::refresh(const Call& call, UserSession& session) {
    expect_method(call, "POST");
    const Place place(room_);
    return json_answer({{"view", session.view(jobs_.results(session.id()))}});
}

Answer Api::year(const Call& call, const UserSession& session) {
    expect_method(call, "GET");
    const auto& text = call.path[3];
    int year = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), year);
    const auto shown = session.shown();
    const auto& years = shown.study.scenario().years;
    if (read.ec != std::errc() || read.ptr != text.data() + text.size() ||
        std::find(years.begin(), years.end(), year) == years.end()) {
        throw Refusal(Status::not_found, "the scenario has no such year");
    }
    if (const auto& failure = shown.run->failure()) {
        throw study::NoSolution(failure->message);
    }
    const Place place(room_);
    return json_answer(view::year_json(shown.run->scenario(), shown.run->year(year),
                                       view::traced_indicators(*shown.run)));
}

Answer Api::save(const Call& call, const UserSession& session) const {
    expect_method(call, "POST");
    const auto object = object_in(call);
    constexpr std::size_t longest_name = 300;
    const auto id = needed_text_in(object, "id", longest_name);
    if (!is_id(id)) {
        throw wrong_field("id", "this is no id",
                          "use at most 64 small letters, digits and `_`, a letter first");
    }
    auto name = text_in(object, "name", longest_name);
    name = name.empty() ? id : name;
    const bool replaces = flag_in(object, "replace");
    const auto& origin = session.scenario().origin().file();
    const auto file = origin.parent_path() / (id + ".yaml");
    const auto shown = workspace_.called(file);
    if (replaces) {
        check_replaced(file, id, origin);
    }
    const auto text = session.scenario_text(id, {name, name});
    if (!save_whole(file, text, replaces ? Existing::replaced : Existing::kept)) {
        throw Refusal(Status::conflict, fmt::format("'{}' is there already", shown));
    }
    return json_answer({{"file", shown}, {"text", text}});
}

Answer Api::compare(const Call& call, UserSession& session) {
    expect_method(call, "POST");
    constexpr std::size_t longest = 1000;
    const auto other = workspace_.run_or_scenario(needed_text_in(object_in(call), "with", longest));
    const Place place(room_);
    const std::array studies{session.current().study, study::open(other)};
    return json_answer({{"comparison", view::comparison_json(studies, std::nullopt)}});
}

} // namespace chainsim::workbench
