#pragma once

#include "problem.hpp"

#include <chrono>
#include <semaphore>

namespace chainsim::workbench {

/// A place among those that may compute at the same time.
class Place {
public:
    explicit Place(std::counting_semaphore<>& room) : room_(room) {
        constexpr std::chrono::seconds patience{30};
        if (!room_.try_acquire_for(patience)) {
            throw Refusal(Status::unavailable, "the server has too much to do now: try again");
        }
    }
    ~Place() { room_.release(); }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    Place(Place&&) = delete;
    Place& operator=(Place&&) = delete;

private:
    std::counting_semaphore<>& room_;
};

} // namespace chainsim::workbench
