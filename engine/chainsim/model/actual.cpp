#include <chainsim/model/actual.hpp>

namespace chainsim::model {

std::string_view to_string(ReportGrade grade) {
    switch (grade) {
    case ReportGrade::flash:
        return "flash";
    case ReportGrade::annual:
        return "annual";
    case ReportGrade::verified:
        return "verified";
    }
    return {};
}

} // namespace chainsim::model
