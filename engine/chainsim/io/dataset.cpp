#include <chainsim/base/error.hpp>
#include <chainsim/io/dataset.hpp>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <map>
#include <netcdf.h>
#include <utility>

namespace chainsim::io {

namespace {

class Writing {
public:
    Writing(const std::filesystem::path& path, const Dataset& dataset)
        : path_(path), dataset_(dataset) {
        check(nc_create(path.c_str(), NC_CLOBBER | NC_64BIT_DATA, &file_));
    }
    ~Writing() {
        if (file_ >= 0) {
            (void)nc_close(file_); // it failed before
        }
    }
    Writing(const Writing&) = delete;
    Writing& operator=(const Writing&) = delete;
    Writing(Writing&&) = delete;
    Writing& operator=(Writing&&) = delete;

    void write() {
        int before = 0;
        check(nc_set_fill(file_, NC_NOFILL, &before)); // every value is written
        for (const auto& one : dataset_.dimensions) {
            int id = 0;
            check(nc_def_dim(file_, one.name.c_str(), one.size(), &id));
            dimensions_.emplace(one.name, std::pair(id, one.size()));
        }
        for (const auto& one : dataset_.dimensions) {
            define(one.name, {one.name}, std::holds_alternative<std::vector<int>>(one.labels),
                   texts_in(one.labels), {}, one.long_name);
        }
        for (const auto& one : dataset_.variables) {
            define(one.name, one.dimensions, false, texts_in(one.values), one.units, one.long_name);
        }
        for (const auto& [key, text] : dataset_.attributes) {
            put_text(NC_GLOBAL, key.c_str(), text);
        }
        check(nc_enddef(file_));
        std::size_t variable = 0;
        for (const auto& one : dataset_.dimensions) {
            const int id = variables_[variable++];
            if (const auto* numbers = std::get_if<std::vector<int>>(&one.labels)) {
                check(nc_put_var_int(file_, id, numbers->data()));
            } else {
                put_texts(id, std::get<std::vector<std::string>>(one.labels));
            }
        }
        for (const auto& one : dataset_.variables) {
            const int id = variables_[variable++];
            if (const auto* numbers = std::get_if<std::vector<double>>(&one.values)) {
                CHAINSIM_EXPECT(numbers->size() == count(one.dimensions),
                                "a variable has a value for each place of its dimensions");
                check(nc_put_var_double(file_, id, numbers->data()));
            } else {
                const auto& texts = std::get<std::vector<std::string>>(one.values);
                CHAINSIM_EXPECT(texts.size() == count(one.dimensions),
                                "a variable has a text for each place of its dimensions");
                put_texts(id, texts);
            }
        }
        const int file = std::exchange(file_, -1);
        check(nc_close(file));
    }

private:
    void check(int status) const {
        if (status != NC_NOERR) {
            throw IoError(path_.string() + ": " + nc_strerror(status));
        }
    }

    void put_text(int variable, const char* key, const std::string& text) const {
        if (!text.empty()) {
            check(nc_put_att_text(file_, variable, key, text.size(), text.c_str()));
        }
    }

    template <class Values>
    static const std::vector<std::string>* texts_in(const Values& values) {
        return std::get_if<std::vector<std::string>>(&values);
    }

    [[nodiscard]] std::size_t count(const std::vector<std::string>& dimensions) const {
        std::size_t out = 1;
        for (const auto& name : dimensions) {
            out *= dimensions_.at(name).second;
        }
        return out;
    }

    static std::size_t longest(const std::vector<std::string>& texts) {
        std::size_t out = 1;
        for (const auto& text : texts) {
            out = std::max(out, text.size());
        }
        return out;
    }

    /// Texts of one length share their last dimension.
    int text_dimension(std::size_t length) {
        const std::string name = "string" + std::to_string(length);
        const auto found = dimensions_.find(name);
        if (found != dimensions_.end()) {
            return found->second.first;
        }
        int id = 0;
        check(nc_def_dim(file_, name.c_str(), length, &id));
        dimensions_.emplace(name, std::pair(id, length));
        return id;
    }

    void define(const std::string& name, const std::vector<std::string>& dimensions, bool is_whole,
                const std::vector<std::string>* texts, const std::string& units,
                const std::string& long_name) {
        std::vector<int> shape;
        for (const auto& dimension : dimensions) {
            const auto found = dimensions_.find(dimension);
            CHAINSIM_EXPECT(found != dimensions_.end(),
                            "a variable names dimensions that there are");
            shape.push_back(found->second.first);
        }
        if (texts != nullptr) {
            shape.push_back(text_dimension(longest(*texts)));
        }
        const int kind = texts != nullptr ? NC_CHAR : is_whole ? NC_INT : NC_DOUBLE;
        int id = 0;
        check(nc_def_var(file_, name.c_str(), kind, static_cast<int>(shape.size()), shape.data(),
                         &id));
        put_text(id, "units", units);
        put_text(id, "long_name", long_name);
        if (texts != nullptr) {
            put_text(id, "_Encoding", "utf-8");
        } else if (!is_whole) {
            const double none = std::numeric_limits<double>::quiet_NaN();
            check(nc_put_att_double(file_, id, "_FillValue", NC_DOUBLE, 1, &none));
        }
        variables_.push_back(id);
    }

    void put_texts(int variable, const std::vector<std::string>& texts) const {
        const std::size_t length = longest(texts);
        std::string all;
        for (auto text : texts) {
            text.resize(length, '\0');
            all += text;
        }
        check(nc_put_var_text(file_, variable, all.data()));
    }

    std::filesystem::path path_;
    const Dataset& dataset_;
    int file_ = -1;
    std::map<std::string, std::pair<int, std::size_t>> dimensions_;
    std::vector<int> variables_; ///< dimensions first
};

} // namespace

std::size_t DatasetDimension::size() const {
    return std::visit([](const auto& all) { return all.size(); }, labels);
}

void write_dataset(const std::filesystem::path& path, const Dataset& dataset) {
    Writing(path, dataset).write();
}

} // namespace chainsim::io
