#pragma once

#include <chainsim/base/aligned.hpp>
#include <chainsim/base/vector_isa.hpp>

#include <cstddef>
#include <vector>

namespace chainsim::test {

/// Groups of eight doubles.
class LaneBuffer {
public:
    explicit LaneBuffer(int groups) : room_(static_cast<std::size_t>(groups) * vector_lanes) {}

    [[nodiscard]] double* data() { return room_.data(); }
    [[nodiscard]] double at(int group, int lane) const {
        return room_[static_cast<std::size_t>(group * vector_lanes + lane)];
    }
    [[nodiscard]] std::vector<double> values() const {
        return {room_.data(), room_.data() + room_.size()};
    }

private:
    Aligned room_;
};

} // namespace chainsim::test
