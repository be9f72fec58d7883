#pragma once

#include <stdexcept>
#include <string>

namespace chainsim {

/// Base of everything that chainsim throws.
class Error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// A file or device failed: the path and the system's reason.
class IoError : public Error {
public:
    using Error::Error;
};

/// What is asked for was left out of this build: the message names it, and how to get it.
class Unavailable : public Error {
public:
    using Error::Error;
};

/// The code is wrong: a condition that its author promised does not hold.
class ContractError : public Error {
public:
    using Error::Error;
};

/// Throws ContractError unless the condition holds; on in every build. The message names the fact.
#define CHAINSIM_EXPECT(condition, message)                                                        \
    do {                                                                                           \
        if (const bool holds_ = (condition); !holds_) {                                            \
            throw ::chainsim::ContractError(std::string("contract: ") + (message));                \
        }                                                                                          \
    } while (false)

} // namespace chainsim
