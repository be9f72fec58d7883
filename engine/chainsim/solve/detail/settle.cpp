#include <chainsim/solve/detail/settle.hpp>

namespace chainsim::solve::detail {

bool settle(Iterate& iterate, double tolerance, int most, int& count) {
    // Sweeps that do not come to rest set but a few valves each and cost next to nothing.
    constexpr int plain_steps = 20;  // beyond these, sweeps may run in circles
    constexpr int damped_steps = 60; // beyond these, they still do
    constexpr int patient_steps = 12;
    constexpr int still_enough = 4;
    bool forward = true;
    double damping = 1.0;
    int still = 0;
    double move = iterate.sweep(forward, damping);
    for (int step = 1; step <= most; ++step) {
        ++count;
        still = iterate.take_change() <= tolerance && damping == 1.0 ? still + 1 : 0;
        if (still == still_enough) {
            return true;
        }
        if (!iterate.is_stale() || move <= tolerance) {
            if (damping == 1.0) {
                return true;
            }
            iterate.make_stale();
            damping = 1.0;
        } else {
            damping = step < plain_steps ? 1.0 : step < damped_steps ? 0.5 : 0.2;
        }
        forward = !forward;
        // A Newton step pays once the pieces stand, or where they come round again and again.
        if (!iterate.has_new_pieces() || step > patient_steps) {
            iterate.mark();
            if (iterate.newton()) {
                const double after = iterate.sweep(forward, damping);
                if (after <= tolerance || after < move) {
                    move = after;
                    continue;
                }
                iterate.go_back();
            }
        }
        move = iterate.sweep(forward, damping);
    }
    return false;
}

} // namespace chainsim::solve::detail
