#pragma once

#include <chainsim/base/vector_isa.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace chainsim::test {

/// Groups of eight doubles, aligned as kernels want them.
class LaneBuffer {
public:
    explicit LaneBuffer(int groups)
        : room_((static_cast<std::size_t>(groups) + 1) * vector_lanes),
          // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the address is meant
          shift_((64 - reinterpret_cast<std::uintptr_t>(room_.data()) % 64) % 64 / sizeof(double)),
          groups_(groups) {}
    LaneBuffer(const LaneBuffer&) = delete;
    LaneBuffer& operator=(const LaneBuffer&) = delete;
    LaneBuffer(LaneBuffer&&) = default;
    LaneBuffer& operator=(LaneBuffer&&) = default;
    ~LaneBuffer() = default;

    [[nodiscard]] double* data() { return room_.data() + shift_; }
    [[nodiscard]] double at(int group, int lane) const {
        return room_[shift_ + static_cast<std::size_t>(group * vector_lanes + lane)];
    }
    [[nodiscard]] std::vector<double> values() const {
        const auto first = room_.begin() + static_cast<std::ptrdiff_t>(shift_);
        return {first, first + static_cast<std::ptrdiff_t>(groups_) * vector_lanes};
    }

private:
    std::vector<double> room_;
    std::size_t shift_;
    int groups_;
};

} // namespace chainsim::test
