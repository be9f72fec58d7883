#include <chainsim/model/facility.hpp>

namespace chainsim::model {

std::string_view to_string(Status status) {
    switch (status) {
    case Status::proposed:
        return "proposed";
    case Status::approved:
        return "approved";
    case Status::building:
        return "building";
    case Status::running:
        return "running";
    case Status::at_capacity:
        return "at_capacity";
    case Status::closed:
        return "closed";
    }
    return {};
}

const Override* Facility::override_in(int year) const noexcept {
    const Override* last = nullptr;
    for (const auto& change : overrides) {
        if (change.from <= year) {
            last = &change;
        }
    }
    return last;
}

Index<Process> Facility::process_in(int year) const noexcept {
    const auto* change = override_in(year);
    return change == nullptr ? process : change->process;
}

number::Number Facility::available_capacity(int year, const units::Unit& product_unit) const {
    if (!exists(year)) {
        return 0.0;
    }
    double share = availability;
    if (start) {
        const auto age = static_cast<std::size_t>(year - *start);
        share *= age < ramp.size() ? ramp[age] : 1.0;
    }
    static const units::Unit year_unit = units::Unit::parse("a");
    return share * read(capacity, product_unit.per(year_unit));
}

} // namespace chainsim::model
