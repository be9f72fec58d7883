#include <chainsim/base/error.hpp>
#include <chainsim/io/file.hpp>
#include <chainsim/io/netcdf.hpp>

#include <array>
#include <limits>
#include <netcdf.h>

namespace chainsim::io {

struct NetcdfFile::File {
    std::filesystem::path path;
    int id = -1;
    bool is_open = false;
    std::vector<int> variables;

    void check(int status) const {
        if (status != NC_NOERR) {
            throw IoError(path.string() + ": " + nc_strerror(status));
        }
    }

    void put_text(int variable, const char* key, const std::string& text) const {
        if (!text.empty()) {
            check(nc_put_att_text(id, variable, key, text.size(), text.c_str()));
        }
    }
};

NetcdfFile::NetcdfFile(const std::filesystem::path& path, const std::vector<int>& years,
                       std::size_t draws, const std::vector<NetcdfVariable>& variables,
                       const std::vector<std::pair<std::string, std::string>>& attributes)
    : file_(std::make_unique<File>()) {
    auto& file = *file_;
    file.path = path;
    file.check(nc_create(path.c_str(), NC_CLOBBER | NC_64BIT_DATA, &file.id));
    file.is_open = true;
    int before = 0;
    file.check(nc_set_fill(file.id, NC_NOFILL, &before)); // every value is written
    int year = 0;
    int draw = 0;
    int year_variable = 0;
    file.check(nc_def_dim(file.id, "year", years.size(), &year));
    file.check(nc_def_dim(file.id, "draw", draws, &draw));
    file.check(nc_def_var(file.id, "year", NC_INT, 1, &year, &year_variable));
    const std::array<int, 2> shape{year, draw};
    const float none = std::numeric_limits<float>::quiet_NaN();
    for (const auto& one : variables) {
        int variable = 0;
        file.check(nc_def_var(file.id, one.name.c_str(), NC_FLOAT, 2, shape.data(), &variable));
        file.put_text(variable, "units", one.units);
        file.put_text(variable, "long_name", one.long_name);
        file.put_text(variable, "name_zh", one.name_zh);
        file.check(nc_put_att_float(file.id, variable, "_FillValue", NC_FLOAT, 1, &none));
        file.variables.push_back(variable);
    }
    for (const auto& [key, text] : attributes) {
        file.put_text(NC_GLOBAL, key.c_str(), text);
    }
    file.check(nc_enddef(file.id));
    file.check(nc_put_var_int(file.id, year_variable, years.data()));
}

NetcdfFile::~NetcdfFile() {
    if (file_->is_open) {
        (void)nc_close(file_->id);
    }
}

void NetcdfFile::write(std::size_t variable, std::size_t year, std::size_t first_draw,
                       const float* values, std::size_t count) {
    const std::array<std::size_t, 2> start{year, first_draw};
    const std::array<std::size_t, 2> counts{1, count};
    file_->check(nc_put_vara_float(file_->id, file_->variables[variable], start.data(),
                                   counts.data(), values));
}

void NetcdfFile::close() {
    file_->is_open = false;
    file_->check(nc_close(file_->id));
}

} // namespace chainsim::io
