#include <chainsim/base/diagnostic.hpp>
#include <chainsim/base/error.hpp>
#include <chainsim/io/xlsx.hpp>
#include <chainsim/table/catalogue.hpp>
#include <chainsim/table/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <map>
#include <set>
#include <system_error>
#include <utility>
#include <variant>
#include <xlsxwriter.h>

namespace chainsim::io {

namespace {

using table::Column;

constexpr lxw_color_t heading_fill = 0xDDE6F0;
constexpr lxw_color_t line = 0x9AA5B1;
constexpr double least_width = 6.0;
constexpr double most_width = 44.0;
constexpr double most_width_of_form = 66.0; ///< of a form, whose remarks are sentences

[[noreturn]] void fail(const std::filesystem::path& file, lxw_error error) {
    throw IoError(fmt::format("cannot write '{}': {}", file.string(), lxw_strerror(error)));
}

/// A workbook that is closed, and so written, once; or dropped.
class Workbook {
public:
    explicit Workbook(const std::filesystem::path& file) : file_(file) {
        // The library tells of a file that cannot be made on standard error, and only at the end.
        if (!std::ofstream(file, std::ios::binary)) {
            throw IoError(fmt::format("cannot write '{}': {}", file.string(),
                                      std::generic_category().message(errno)));
        }
        book_ = workbook_new(file.c_str());
        if (book_ == nullptr) {
            throw IoError(fmt::format("cannot write '{}'", file.string()));
        }
        // A document has a date; one of its own would make the same tables different files.
        lxw_doc_properties about{};
        constexpr std::time_t first_of_january_2000 = 946684800;
        about.created = first_of_january_2000;
        workbook_set_properties(book_, &about);
    }
    Workbook(const Workbook&) = delete;
    Workbook(Workbook&&) = delete;
    Workbook& operator=(const Workbook&) = delete;
    Workbook& operator=(Workbook&&) = delete;
    ~Workbook() {
        if (book_ != nullptr) {
            lxw_workbook_free(book_);
        }
    }

    [[nodiscard]] lxw_workbook* get() const { return book_; }
    [[nodiscard]] const std::filesystem::path& file() const { return file_; }

    void close() {
        const auto error = workbook_close(std::exchange(book_, nullptr));
        if (error != LXW_NO_ERROR) {
            fail(file_, error);
        }
    }

private:
    std::filesystem::path file_;
    lxw_workbook* book_ = nullptr;
};

/// The formats of a workbook: one for each kind of cell and level, made when first asked for.
class Formats {
public:
    explicit Formats(lxw_workbook* book) : book_(book) {}

    lxw_format* title() {
        return made("title", [](lxw_format* format) {
            constexpr double size = 14.0;
            format_set_bold(format);
            format_set_font_size(format, size);
        });
    }
    lxw_format* remark() {
        return made("remark", [](lxw_format* format) { format_set_italic(format); });
    }
    lxw_format* heading() {
        return made("heading", [](lxw_format* format) {
            format_set_bold(format);
            format_set_text_wrap(format);
            format_set_align(format, LXW_ALIGN_CENTER);
            format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
            format_set_bg_color(format, heading_fill);
            frame(format);
        });
    }
    /// A cell: of text, or of a number shown as `pattern` says.
    lxw_format* cell(const std::string& pattern, int level, bool is_first) {
        return made(fmt::format("{}|{}|{}", pattern, level, is_first), [&](lxw_format* format) {
            frame(format);
            if (pattern.empty()) {
                format_set_text_wrap(format);
                format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
            } else {
                format_set_num_format(format, pattern.c_str());
            }
            if (level == 0) {
                format_set_bold(format);
            } else if (level > 0 && is_first) {
                format_set_indent(format, static_cast<std::uint8_t>(level));
            }
        });
    }

private:
    template <class Set>
    lxw_format* made(const std::string& key, Set set) {
        auto& format = formats_[key];
        if (format == nullptr) {
            format = workbook_add_format(book_);
            set(format);
        }
        return format;
    }
    static void frame(lxw_format* format) {
        format_set_border(format, LXW_BORDER_THIN);
        format_set_border_color(format, line);
    }

    lxw_workbook* book_;
    std::map<std::string, lxw_format*> formats_;
};

/// About four digits. A zero of a balance is left out, as in printed ones.
std::string pattern_of(double size, bool hides_zero) {
    constexpr double thousand = 1000.0;
    constexpr double ten = 10.0;
    const std::string digits = size >= thousand ? "#,##0"
                               : size >= ten    ? "#,##0.0"
                               : hides_zero     ? "#,##0.00"
                                                : "#,##0.000";
    return hides_zero ? digits + ";-" + digits + ";" : digits;
}

/// How the cells of a column are shown: by the largest of them; each by itself where every row has
/// a unit of its own.
class Patterns {
public:
    Patterns(const Column& column, bool by_cell, bool hides_zero)
        : is_whole_(std::holds_alternative<std::vector<std::int64_t>>(column.cells)),
          by_cell_(by_cell), hides_zero_(hides_zero) {
        if (const auto* numbers = std::get_if<std::vector<double>>(&column.cells)) {
            for (const double number : *numbers) {
                largest_ = std::isfinite(number) ? std::max(largest_, std::abs(number)) : largest_;
            }
        }
    }

    [[nodiscard]] std::string of(const table::Cell& cell) const {
        if (std::holds_alternative<std::string>(cell)) {
            return {};
        }
        if (is_whole_) {
            return "0";
        }
        const double number = std::get<double>(cell);
        return pattern_of(by_cell_ && std::isfinite(number) ? std::abs(number) : largest_,
                          hides_zero_);
    }

private:
    bool is_whole_;
    bool by_cell_;
    bool hides_zero_;
    double largest_ = 0.0;
};

std::string heading_of(const Column& column, table::Language language) {
    const std::string name(table::heading(column.name, language));
    return column.unit.empty() ? name : name + "\n" + column.unit;
}

/// Lines of a heading stand below each other, so the widest counts.
std::size_t width_of_lines(std::string_view text) {
    std::size_t widest = 0;
    while (true) {
        const auto end = text.find('\n');
        widest = std::max(widest, table::display_width(text.substr(0, end)));
        if (end == std::string_view::npos) {
            return widest;
        }
        text.remove_prefix(end + 1);
    }
}

/// Width of a column in characters of the default font. A heading may break in two.
double width_of(const Column& column, const std::string& heading, double most) {
    std::size_t widest = (width_of_lines(heading) + 1) / 2 + 2;
    if (const auto* texts = std::get_if<std::vector<std::string>>(&column.cells)) {
        for (const auto& text : *texts) {
            widest = std::max(widest, width_of_lines(text));
        }
    } else {
        constexpr std::size_t of_numbers = 9;
        widest = std::max(widest, of_numbers);
    }
    return std::clamp(static_cast<double>(widest) + 1.0, least_width, most);
}

void fill_sheet(lxw_worksheet* page, Formats& formats, const Sheet& sheet,
                table::Language language) {
    constexpr lxw_row_t heading_row = 3;
    const auto& columns = sheet.table.columns();
    const auto last_column = static_cast<lxw_col_t>(columns.empty() ? 0 : columns.size() - 1);
    worksheet_write_string(page, 0, 0, sheet.title.c_str(), formats.title());
    worksheet_write_string(page, 1, 0, sheet.remark.c_str(), formats.remark());
    constexpr double heading_height = 46.0;
    const bool by_cell = std::any_of(columns.begin(), columns.end(),
                                     [](const Column& column) { return column.name == "unit"; });
    worksheet_set_row(page, heading_row, heading_height, nullptr);
    std::vector<double> lines(sheet.table.rows(), 1.0); // that a row takes
    for (std::size_t c = 0; c < columns.size(); ++c) {
        const auto at = static_cast<lxw_col_t>(c);
        const std::string heading = heading_of(columns[c], language);
        worksheet_write_string(page, heading_row, at, heading.c_str(), formats.heading());
        const double width =
            width_of(columns[c], heading, sheet.is_one_page ? most_width_of_form : most_width);
        worksheet_set_column(page, at, at, width, nullptr);
        const Patterns patterns(columns[c], by_cell, !sheet.levels.empty() && !sheet.is_one_page);
        for (std::size_t r = 0; r < sheet.table.rows(); ++r) {
            const int level = sheet.levels.empty() ? -1 : sheet.levels.at(r);
            const auto row = heading_row + 1 + static_cast<lxw_row_t>(r);
            const auto cell = columns[c].at(r);
            auto* const format = formats.cell(patterns.of(cell), level, c == 0);
            if (const auto* text = std::get_if<std::string>(&cell)) {
                lines.at(r) = std::max(
                    lines.at(r),
                    std::ceil(static_cast<double>(table::display_width(*text)) / (width - 1.0)));
                worksheet_write_string(page, row, at, text->c_str(), format);
            } else if (const auto* whole = std::get_if<std::int64_t>(&cell)) {
                worksheet_write_number(page, row, at, static_cast<double>(*whole), format);
            } else if (const double number = std::get<double>(cell); std::isfinite(number)) {
                worksheet_write_number(page, row, at, number, format);
            } else {
                worksheet_write_blank(page, row, at, format);
            }
        }
    }
    // Not every program makes a row as high as its text.
    constexpr double line_height = 15.0;
    for (std::size_t r = 0; r < lines.size() && !sheet.levels.empty(); ++r) {
        if (lines[r] > 1.0) {
            worksheet_set_row(page, heading_row + 1 + static_cast<lxw_row_t>(r),
                              line_height * lines[r], nullptr);
        }
    }
    worksheet_freeze_panes(page, heading_row + 1, sheet.levels.empty() ? 0 : 1);
    if (sheet.levels.empty() && sheet.table.rows() > 0) {
        worksheet_autofilter(page, heading_row, 0,
                             heading_row + static_cast<lxw_row_t>(sheet.table.rows()), last_column);
    }
    if (sheet.is_one_page) {
        worksheet_set_portrait(page);
    } else {
        worksheet_set_landscape(page);
    }
    constexpr std::uint8_t a3 = 8;
    constexpr std::uint8_t a4 = 9;
    constexpr std::size_t most_on_a4 = 12;
    worksheet_set_paper(page, columns.size() > most_on_a4 ? a3 : a4);
    worksheet_fit_to_pages(page, 1, sheet.is_one_page ? 1 : 0);
    worksheet_repeat_rows(page, heading_row, heading_row);
    worksheet_set_footer(page, "&L&A&R&P / &N");
}

} // namespace

void write_xlsx(const std::filesystem::path& file, std::span<const Sheet> sheets,
                table::Language language) {
    std::set<std::string> names;
    for (const auto& sheet : sheets) {
        CHAINSIM_EXPECT(names.insert(sheet.name).second, "two sheets named '" + sheet.name + "'");
        CHAINSIM_EXPECT(sheet.levels.empty() || sheet.levels.size() == sheet.table.rows(),
                        "levels of another number of rows");
    }
    Workbook book(file);
    Formats formats(book.get());
    for (const auto& sheet : sheets) {
        const auto error = workbook_validate_sheet_name(book.get(), sheet.name.c_str());
        CHAINSIM_EXPECT(error == LXW_NO_ERROR, "'" + sheet.name + "' is no name of a sheet");
        auto* const page = workbook_add_worksheet(book.get(), sheet.name.c_str());
        if (page == nullptr) {
            fail(file, LXW_ERROR_MEMORY_MALLOC_FAILED);
        }
        fill_sheet(page, formats, sheet, language);
    }
    book.close();
}

} // namespace chainsim::io
