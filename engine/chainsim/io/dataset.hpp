#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace chainsim::io {

/// What a dimension counts: years, or records by their ids.
struct DatasetDimension {
    std::string name;
    std::variant<std::vector<int>, std::vector<std::string>> labels;
    std::string long_name{};

    [[nodiscard]] std::size_t size() const;
};

/// Texts or numbers over dimensions, the last of them varying fastest; NaN where there is none.
struct DatasetVariable {
    std::string name;
    std::vector<std::string> dimensions; ///< by name
    std::variant<std::vector<double>, std::vector<std::string>> values;
    std::string units{};
    std::string long_name{};
};

/// Arrays with named dimensions, as xarray and its like open them.
struct Dataset {
    std::vector<DatasetDimension> dimensions;
    std::vector<DatasetVariable> variables;
    std::vector<std::pair<std::string, std::string>> attributes;
};

/// Writes the classic data model of netCDF (CDF-5), which every reader knows; texts are bytes of
/// UTF-8 over a last dimension of their own. The same contents give the same bytes.
///
/// Errors  ContractError if a variable names no dimension or has another count of values; IoError
///         with the path and the reason of the library.
void write_dataset(const std::filesystem::path& path, const Dataset& dataset);

} // namespace chainsim::io
