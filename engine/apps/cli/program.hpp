#pragma once

#include "command.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace chainsim::cli {

/// Why a program ends with anything but 0, as it can be told, or sent elsewhere to be told there.
struct Failure {
    Exit exit = Exit::done;
    std::string findings; ///< what is wrong with the input, whole; may be empty
    std::string line;     ///< the last on standard error, without the name of the program
};

/// A failure that was found elsewhere, and is to be told as it stands.
class Failed : public Error {
public:
    explicit Failed(Failure failure);
    [[nodiscard]] const Failure& failure() const noexcept { return failure_; }

private:
    Failure failure_;
};

/// The failure that the exception being handled tells of; for use in a `catch` alone.
[[nodiscard]] Failure failure_in_flight();

/// Writes a failure to standard error: its findings, then its line. -> the exit code.
int tell(const Failure& failure, std::string_view program);

/// What is wrong with the first word, which should be a command; empty if nothing is.
[[nodiscard]] std::string wrong_command(int argc, char** argv,
                                        const std::vector<std::string>& known);

/// Keeps memory once it was had. A run builds large tables and texts and drops them again; given
/// back to the system and fetched anew page by page, that was half of the time of a pathway.
///
/// Threads  before there is a second one.
void keep_memory();

} // namespace chainsim::cli
