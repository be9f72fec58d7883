#include <chainsim/base/diagnostic.hpp>
#include <chainsim/base/nearest.hpp>
#include <chainsim/economy/embedding.hpp>
#include <chainsim/input/findings.hpp>
#include <chainsim/io/csv.hpp>
#include <chainsim/io/file.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string_view>
#include <utility>

namespace chainsim::economy {

namespace {

using Shares = std::map<std::string, std::vector<SectorShare>>;

const std::vector<SectorShare>* shares_of(const Shares& shares, const std::string& id) {
    auto found = shares.find(id);
    found = found == shares.end() ? shares.find("*") : found;
    return found == shares.end() ? nullptr : &found->second;
}

class MappingReader {
public:
    MappingReader(const std::filesystem::path& file, const input_output::IoTable& table,
                  const model::Scenario& scenario)
        : file_(file.string()), table_(table), scenario_(scenario),
          rows_(io::csv_rows(io::read_file(file), file_)) {}

    Mapping read() {
        find_columns();
        findings_.raise();
        for (std::size_t k = 1; k < rows_.size(); ++k) {
            read_row(rows_[k]);
        }
        check_sums(mapping_.commodities, true);
        check_sums(mapping_.investment, false);
        findings_.raise();
        return std::move(mapping_);
    }

private:
    static constexpr std::array<std::string_view, 5> names{"kind", "id", "sector", "share",
                                                           "local"};

    void find_columns() {
        const auto& head = rows_.front();
        for (std::size_t j = 0; j < head.cells.size(); ++j) {
            const auto* const found = std::find(names.begin(), names.end(), head.cells[j]);
            if (found == names.end()) {
                tell(head, j, fmt::format("unknown column '{}'", head.cells[j]),
                     "the columns are kind,id,sector,share,local");
                continue;
            }
            place_[static_cast<std::size_t>(found - names.begin())] = j;
        }
        for (std::size_t k = 0; k < 3; ++k) {
            if (!place_[k]) {
                tell(head, 0, fmt::format("the column '{}' is missing", names[k]),
                     "the columns are kind,id,sector,share,local");
            }
        }
    }

    void tell(const io::CsvRow& row, std::size_t cell, std::string message, std::string help) {
        findings_.add(
            {.where = {file_, row.line, cell < row.columns.size() ? row.columns[cell] : 1},
             .field = {},
             .message = std::move(message),
             .help = std::move(help),
             .also = {},
             .line_text = {}});
    }

    [[nodiscard]] std::string cell(const io::CsvRow& row, std::size_t name) const {
        const auto& place = place_[name];
        return place && *place < row.cells.size() ? row.cells[*place] : std::string{};
    }

    [[nodiscard]] std::size_t at(std::size_t name) const { return place_[name].value_or(0); }

    double share(const io::CsvRow& row, std::size_t name) {
        const std::string text = cell(row, name);
        if (text.empty()) {
            return 1.0;
        }
        double value = 0.0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error != std::errc{} || end != text.data() + text.size() ||
            !(value >= 0.0 && value <= 1.0)) {
            tell(row, at(name), fmt::format("'{}' is no share", text),
                 "write a number from 0 to 1");
            return 1.0;
        }
        return value;
    }

    template <class Records>
    bool knows(const io::CsvRow& row, const std::string& id, const Records& records,
               const std::string& what) {
        if (id == "*" || records.find(id)) {
            return true;
        }
        std::vector<std::string> known;
        known.reserve(records.size());
        for (const auto& record : records) {
            known.push_back(record.id);
        }
        const std::string near = nearest(id, known);
        tell(row, at(1), fmt::format("unknown {} '{}'", what, id),
             near.empty() ? fmt::format("write the id of a {} of the scenario, or *", what)
                          : fmt::format("did you mean '{}'?", near));
        return false;
    }

    void read_row(const io::CsvRow& row) {
        if (row.cells.size() == 1 && row.cells.front().empty()) {
            return;
        }
        const std::string kind = cell(row, 0);
        const std::string id = cell(row, 1);
        const std::string sector = cell(row, 2);
        const bool is_commodity = kind == "commodity";
        if (!is_commodity && kind != "investment") {
            tell(row, at(0), fmt::format("unknown kind '{}'", kind),
                 "write commodity or investment");
        } else if (is_commodity) {
            knows(row, id, scenario_.model.commodities, "commodity");
        } else {
            knows(row, id, scenario_.projects, "project");
        }
        SectorShare one{0, share(row, 3), share(row, 4)};
        try {
            one.sector = table_.sector(sector, {});
        } catch (const InputError& error) {
            const auto& first = error.diagnostics().front();
            tell(row, at(2), first.message, first.help);
        }
        auto& all = (is_commodity ? mapping_.commodities : mapping_.investment)[id];
        for (const auto& other : all) {
            if (other.sector == one.sector) {
                tell(row, at(2), fmt::format("'{}' has the sector '{}' twice", id, sector),
                     "keep one line");
            }
        }
        all.push_back(one);
        lines_.try_emplace({is_commodity, id}, &row);
    }

    void check_sums(const Shares& all, bool is_commodity) {
        constexpr double rounding = 1e-6;
        for (const auto& [id, shares] : all) {
            double sum = 0.0;
            for (const auto& one : shares) {
                sum += one.share;
            }
            if (std::abs(sum - 1.0) > rounding) {
                tell(*lines_.at({is_commodity, id}), at(3),
                     fmt::format("the shares of '{}' add up to {:.6g}", id, sum),
                     "the shares of one id add up to 1");
            }
        }
    }

    std::string file_;
    const input_output::IoTable& table_;
    const model::Scenario& scenario_;
    std::vector<io::CsvRow> rows_;
    std::array<std::optional<std::size_t>, 5> place_;
    std::map<std::pair<bool, std::string>, const io::CsvRow*> lines_; ///< first of each id
    input::Findings findings_;
    Mapping mapping_;
};

} // namespace

const std::vector<SectorShare>* Mapping::commodity(const std::string& id) const {
    return shares_of(commodities, id);
}

const std::vector<SectorShare>* Mapping::project(const std::string& id) const {
    return shares_of(investment, id);
}

Mapping read_mapping(const std::filesystem::path& file, const input_output::IoTable& table,
                     const model::Scenario& scenario) {
    return MappingReader(file, table, scenario).read();
}

} // namespace chainsim::economy
