#include "support/catch.hpp"
#include "support/scratch.hpp"
#include <chainsim/base/error.hpp>
#include <chainsim/io/dataset.hpp>

#include <array>
#include <cmath>
#include <limits>
#include <netcdf.h>
#include <string>
#include <vector>

using chainsim::io::Dataset;
using chainsim::io::write_dataset;

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

Dataset two_years() {
    Dataset out;
    out.dimensions.push_back({"year", std::vector<int>{2025, 2030}, "year"});
    out.dimensions.push_back({"plant", std::vector<std::string>{"mill", "焦炉"}, "id"});
    out.variables.push_back(
        {"made", {"year", "plant"}, std::vector<double>{1.5, none, 2.5, 3.0}, "t", "what is made"});
    out.variables.push_back({"name", {"plant"}, std::vector<std::string>{"the mill", ""}, {}, {}});
    out.attributes = {{"title", "two years"}};
    return out;
}

/// A file that is read by the library of others.
class Opened {
public:
    explicit Opened(const std::filesystem::path& file) {
        REQUIRE(nc_open(file.c_str(), NC_NOWRITE, &id_) == NC_NOERR);
    }
    ~Opened() { (void)nc_close(id_); }
    Opened(const Opened&) = delete;
    Opened& operator=(const Opened&) = delete;
    Opened(Opened&&) = delete;
    Opened& operator=(Opened&&) = delete;

    [[nodiscard]] int variable(const char* name) const {
        int out = -1;
        REQUIRE(nc_inq_varid(id_, name, &out) == NC_NOERR);
        return out;
    }
    [[nodiscard]] std::vector<std::string> dimensions(const char* name) const {
        std::array<int, NC_MAX_VAR_DIMS> ids{};
        int count = 0;
        REQUIRE(nc_inq_varndims(id_, variable(name), &count) == NC_NOERR);
        REQUIRE(nc_inq_vardimid(id_, variable(name), ids.data()) == NC_NOERR);
        std::vector<std::string> out;
        for (int i = 0; i < count; ++i) {
            std::string text(NC_MAX_NAME + 1, '\0');
            REQUIRE(nc_inq_dimname(id_, ids[static_cast<std::size_t>(i)], text.data()) == NC_NOERR);
            out.emplace_back(text.c_str());
        }
        return out;
    }
    [[nodiscard]] std::string attribute(const char* name, const char* key) const {
        std::size_t length = 0;
        REQUIRE(nc_inq_attlen(id_, variable(name), key, &length) == NC_NOERR);
        std::string out(length, '\0');
        REQUIRE(nc_get_att_text(id_, variable(name), key, out.data()) == NC_NOERR);
        return out;
    }
    [[nodiscard]] int id() const { return id_; }

private:
    int id_ = -1;
};

} // namespace

TEST_CASE("Numbers and texts are found by their names, over named dimensions", "[io][dataset]") {
    const chainsim::test::Scratch scratch;
    write_dataset(scratch.path() / "run.nc", two_years());
    const Opened file(scratch.path() / "run.nc");
    CHECK(file.dimensions("made") == std::vector<std::string>{"year", "plant"});
    CHECK(file.attribute("made", "units") == "t");
    std::array<double, 4> made{};
    REQUIRE(nc_get_var_double(file.id(), file.variable("made"), made.data()) == NC_NOERR);
    CHECK(made[0] == 1.5);
    CHECK(std::isnan(made[1]));
    CHECK(made[3] == 3.0);
    std::array<int, 2> years{};
    REQUIRE(nc_get_var_int(file.id(), file.variable("year"), years.data()) == NC_NOERR);
    CHECK(years == std::array{2025, 2030});
    CHECK(file.attribute("plant", "_Encoding") == "utf-8");
    std::array<char, 12> ids{};
    REQUIRE(nc_get_var_text(file.id(), file.variable("plant"), ids.data()) == NC_NOERR);
    CHECK(std::string(ids.data(), 12) == std::string("mill\0\0焦炉", 12));
}

TEST_CASE("A shape that does not fit is refused, and a folder that is not there", "[io][dataset]") {
    const chainsim::test::Scratch scratch;
    auto wrong = two_years();
    wrong.variables.front().values = std::vector<double>{1.0};
    CHECK_THROWS_AS(write_dataset(scratch.path() / "a.nc", wrong), chainsim::ContractError);
    wrong = two_years();
    wrong.variables.front().dimensions = {"month"};
    CHECK_THROWS_AS(write_dataset(scratch.path() / "a.nc", wrong), chainsim::ContractError);
    CHECK_THROWS_AS(write_dataset(scratch.path() / "none" / "a.nc", two_years()),
                    chainsim::IoError);
}
