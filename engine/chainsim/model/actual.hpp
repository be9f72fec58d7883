#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chainsim::model {

/// How final a figure of the statistics is; a better one replaces a lesser one of the same thing.
enum class ReportGrade { flash, annual, verified };

[[nodiscard]] std::string_view to_string(ReportGrade grade);

/// A figure of the statistics: of one month alone, or of a whole year.
struct Actual {
    int year = 0;
    std::optional<int> month;
    std::string boundary;   ///< "district" (全社会) or "above_scale" (规上)
    std::string enterprise; ///< empty: the whole boundary
    std::string indicator;
    double value = 0.0; ///< in the unit of the indicator
    ReportGrade grade = ReportGrade::flash;
    std::string source;
    int line = 0; ///< of the file
};

/// What the statistics say: of each thing the best grade alone.
struct Actuals {
    std::string file;
    std::vector<Actual> figures; ///< by boundary, enterprise, indicator, year, month
};

} // namespace chainsim::model
