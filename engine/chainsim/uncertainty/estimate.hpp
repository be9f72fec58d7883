#pragma once

namespace chainsim::uncertainty {

/// A figure and how well the sample determines it: a 95 % interval. Without enough results to say,
/// what cannot be said is NaN.
struct Estimate {
    double value;
    double standard_error;
    double low;
    double high;
};

} // namespace chainsim::uncertainty
