#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <new>

namespace chainsim {

/// Doubles on a cache line, all zero at first.
class Aligned {
public:
    Aligned() = default;
    explicit Aligned(std::size_t size)
        : size_(size), data_(static_cast<double*>(::operator new[](size * sizeof(double), line))) {
        std::fill_n(data_.get(), size, 0.0);
    }

    [[nodiscard]] double* data() noexcept { return data_.get(); }
    [[nodiscard]] const double* data() const noexcept { return data_.get(); }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] double& operator[](std::size_t i) { return data_.get()[i]; }
    [[nodiscard]] double operator[](std::size_t i) const { return data_.get()[i]; }

private:
    static constexpr std::align_val_t line{64};
    struct Free {
        void operator()(double* p) const { ::operator delete[](p, line); }
    };

    std::size_t size_ = 0;
    std::unique_ptr<double[], Free> data_; // NOLINT(modernize-avoid-c-arrays): aligned
};

} // namespace chainsim
