#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace chainsim::io {

/// Something that is written for each year and draw.
struct NetcdfVariable {
    std::string name; ///< as programs find it; unique
    std::string units;
    std::string long_name;
    std::string name_zh;
};

/// A file of draws in the classic data model of netCDF with 64-bit offsets (CDF-5): variables of
/// floats over (year, draw). Every value has to be written. The same contents give the same bytes.
///
/// Errors  IoError with the path and the reason of the library.
class NetcdfFile {
public:
    NetcdfFile(const std::filesystem::path& path, const std::vector<int>& years, std::size_t draws,
               const std::vector<NetcdfVariable>& variables,
               const std::vector<std::pair<std::string, std::string>>& attributes);
    ~NetcdfFile();
    NetcdfFile(const NetcdfFile&) = delete;
    NetcdfFile& operator=(const NetcdfFile&) = delete;
    NetcdfFile(NetcdfFile&&) = delete;
    NetcdfFile& operator=(NetcdfFile&&) = delete;

    /// A run of draws of a variable in a year, by their positions.
    void write(std::size_t variable, std::size_t year, std::size_t first_draw, const float* values,
               std::size_t count);
    /// Writes what is left; nothing may follow.
    void close();

private:
    struct File;
    std::unique_ptr<File> file_;
};

} // namespace chainsim::io
