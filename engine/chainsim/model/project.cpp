#include <chainsim/model/project.hpp>

namespace chainsim::model {

Status Project::status_in(int year) const noexcept {
    if (!selected || !start || !existing.empty()) {
        return status;
    }
    if (year >= *start) {
        return year >= *start + ramp_years ? Status::at_capacity : Status::running;
    }
    const int construction = *start - static_cast<int>(schedule.size());
    return !schedule.empty() && year >= construction ? Status::building : status;
}

double Project::investment_share(int year) const noexcept {
    if (!selected || !start) {
        return 0.0;
    }
    if (schedule.empty()) {
        return year == *start - 1 ? 1.0 : 0.0;
    }
    const int position = year - (*start - static_cast<int>(schedule.size()));
    return position >= 0 && position < static_cast<int>(schedule.size())
               ? schedule[static_cast<std::size_t>(position)]
               : 0.0;
}

} // namespace chainsim::model
