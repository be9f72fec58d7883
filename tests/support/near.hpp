#pragma once

#include "support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <string>

namespace chainsim::test {

/// Within `rtol` of the expected value, or within `atol`; prints both, the difference and the unit.
class Near : public Catch::MatcherBase<double> {
public:
    Near(double expected, double rtol, std::string unit = "", double atol = 0.0)
        : expected_(expected), rtol_(rtol), atol_(atol), unit_(std::move(unit)) {}

    bool match(const double& value) const override {
        return std::abs(value - expected_) <= atol_ + rtol_ * std::abs(expected_);
    }
    std::string describe() const override {
        std::ostringstream text;
        text.precision(12);
        text << "is within " << rtol_ * 100.0 << " % of " << expected_;
        if (!unit_.empty()) {
            text << ' ' << unit_;
        }
        if (atol_ > 0.0) {
            text << " (or " << atol_ << ')';
        }
        return text.str();
    }

private:
    double expected_;
    double rtol_;
    double atol_;
    std::string unit_;
};

} // namespace chainsim::test
