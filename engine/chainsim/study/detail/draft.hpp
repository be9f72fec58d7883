#pragma once

#include <csignal>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>

// How a folder appears whole or not at all.

namespace chainsim::study::detail {

/// Errors  IoError "cannot WHAT 'PATH': REASON", always.
[[noreturn]] void fail(const char* what, const std::filesystem::path& path,
                       const std::error_code& reason);

/// A folder beside the target, under a name of its own, `.NAME.partial-RANDOM`, that vanishes
/// unless it is published. It is locked, so that what a killed process left behind is known and
/// cleared.
///
/// Errors  IoError with the system's reason; it names the target, not the draft.
class Draft {
public:
    explicit Draft(const std::filesystem::path& target);
    ~Draft();
    Draft(const Draft&) = delete;
    Draft& operator=(const Draft&) = delete;
    Draft(Draft&&) = delete;
    Draft& operator=(Draft&&) = delete;

    /// Calls `write` with the folder of the draft. An IoError of it is told of the target.
    void fill(const std::function<void(const std::filesystem::path&)>& write) const;

    /// Gives the folder the name of the target, in one step. What stood there before takes the
    /// draft's name, and goes with it.
    void publish();

    /// The same where nothing but an empty folder may stand; anything else is an error and stays.
    void publish_new();

    /// Moves what is in the draft up into the folder that it stands in, all or nothing: for a
    /// target that must stay what it is, since someone may stand in it.
    void publish_up();

private:
    class Hold;

    [[nodiscard]] std::string prefix() const;
    [[nodiscard]] bool is_draft(std::string_view name) const;
    void make();
    void exchange();
    void clear_leftovers() const;

    std::filesystem::path target_;
    std::filesystem::path path_;
    std::unique_ptr<Hold> hold_;
};

/// Puts off the signals by which users stop a program until the folder is complete: writing takes a
/// fraction of a second, and then they are heard.
class SignalsLater {
public:
    SignalsLater();
    ~SignalsLater();
    SignalsLater(const SignalsLater&) = delete;
    SignalsLater& operator=(const SignalsLater&) = delete;
    SignalsLater(SignalsLater&&) = delete;
    SignalsLater& operator=(SignalsLater&&) = delete;

private:
    sigset_t before_{};
};

} // namespace chainsim::study::detail
