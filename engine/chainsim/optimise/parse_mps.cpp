#include <chainsim/optimise/detail/mps_builder.hpp>
#include <chainsim/optimise/detail/text_lines.hpp>
#include <chainsim/optimise/mps.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <utility>

namespace chainsim::optimise {

namespace {

using detail::MpsBuilder;
using detail::TextLines;
using Words = std::vector<std::string_view>;

enum class Section { none, name, sense, rows, columns, right_sides, ranges, bounds, end };

/// A section's heading, and whether its data lines have a type before the name.
struct Heading {
    std::string_view word;
    Section section;
    bool has_type;
};

constexpr std::array headings{
    Heading{"NAME", Section::name, false},       Heading{"OBJSENSE", Section::sense, false},
    Heading{"ROWS", Section::rows, true},        Heading{"COLUMNS", Section::columns, false},
    Heading{"RHS", Section::right_sides, false}, Heading{"RANGES", Section::ranges, false},
    Heading{"BOUNDS", Section::bounds, true},    Heading{"ENDATA", Section::end, false},
};

/// A type of bound, and whether a value follows.
constexpr std::array<std::pair<std::string_view, bool>, 9> bound_types{{{"UP", true},
                                                                        {"LO", true},
                                                                        {"FX", true},
                                                                        {"FR", false},
                                                                        {"MI", false},
                                                                        {"PL", false},
                                                                        {"BV", false},
                                                                        {"LI", true},
                                                                        {"UI", true}}};

std::string upper_case(std::string_view word) {
    std::string out(word);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](unsigned char letter) { return static_cast<char>(std::toupper(letter)); });
    return out;
}

/// The fields of a card of fixed MPS that are not blank.
Words fixed_fields(std::string_view line) {
    constexpr std::array<std::pair<std::size_t, std::size_t>, 6> fields{
        {{1, 3}, {4, 12}, {14, 22}, {24, 36}, {39, 47}, {49, 61}}};
    Words out;
    for (const auto& [begin, end] : fields) {
        if (begin >= line.size()) {
            break;
        }
        const std::string_view field = line.substr(begin, end - begin);
        const auto first = field.find_first_not_of(" \t\r");
        if (first != std::string_view::npos) {
            out.push_back(field.substr(first, field.find_last_not_of(" \t\r") - first + 1));
        }
    }
    return out;
}

class MpsReader {
public:
    MpsReader(std::string_view text, const std::string& file) : lines_(text, file) {}

    Program run() {
        while (section_ != Section::end && lines_.next()) {
            const std::string_view line = lines_.line();
            if (line.starts_with('*')) {
                continue;
            }
            lines_.split();
            if (words().empty()) {
                continue;
            }
            line.front() == ' ' || line.front() == '\t' ? data() : heading();
        }
        if (!lines_.is_refused() && section_ != Section::end) {
            lines_.refuse(lines_.line().substr(lines_.line().size()),
                          "the file ends without ENDATA", "it may have been cut off");
        }
        lines_.check();
        return builder_.program();
    }

private:
    [[nodiscard]] Words& words() { return lines_.words(); }

    void heading() {
        const std::string_view first = words().front();
        const std::string word = upper_case(first);
        const auto* found =
            std::find_if(headings.begin(), headings.end(),
                         [&word](const Heading& heading) { return word == heading.word; });
        if (found != headings.end()) {
            section_ = found->section;
            has_type_ = found->has_type;
            begin_section();
        } else if (word.starts_with("MAX") || word.starts_with("MIN")) {
            sense(first);
        } else {
            section_ = Section::none;
            std::vector<std::string> known;
            known.reserve(headings.size());
            for (const auto& heading : headings) {
                known.emplace_back(heading.word);
            }
            lines_.refuse(first, fmt::format("'{}' begins no section that is read here", first),
                          detail::near_name(word, known));
        }
    }

    void begin_section() {
        if (section_ == Section::name && words().size() > 1) {
            builder_.name(words()[1]);
        } else if (section_ == Section::sense && words().size() > 1) {
            sense(words()[1]);
        } else if ((section_ == Section::columns || section_ == Section::end) &&
                   !builder_.has_objective() && !lines_.is_refused()) {
            lines_.refuse(words().front(), "the file has no objective, a row of type N",
                          "write ' N cost' below ROWS");
        }
    }

    void data() {
        for (std::size_t k = has_type_ ? 2 : 1; k < words().size(); ++k) {
            if (words()[k].starts_with('$')) {
                words().resize(k); // a comment
            }
        }
        switch (section_) {
        case Section::name:
        case Section::end:
            break;
        case Section::none:
            if (!lines_.is_refused()) {
                lines_.refuse(words().front(), "a line before any section", "begin with NAME");
            }
            break;
        case Section::sense:
            sense(words().front());
            break;
        case Section::rows:
            row();
            break;
        case Section::columns:
            column();
            break;
        case Section::right_sides:
        case Section::ranges:
            side();
            break;
        case Section::bounds:
            bound();
            break;
        }
    }

    void sense(std::string_view word) {
        const std::string text = upper_case(word);
        const bool is_maximised = text.starts_with("MAX");
        if (!is_maximised && !text.starts_with("MIN")) {
            lines_.refuse(word, fmt::format("'{}' is no sense of an objective", word),
                          "write MIN or MAX");
        }
        builder_.maximise(is_maximised);
    }

    void row() {
        if (words().size() > 2) {
            is_fixed_ = true; // a name with blanks
        }
        split_fixed();
        const std::string type = words().empty() ? std::string() : upper_case(words().front());
        if (words().size() != 2 || type.size() != 1 ||
            std::string_view("NLGE").find(type.front()) == std::string_view::npos) {
            refuse_line("a row is a type and a name", "write for example ' L capacity'");
            return;
        }
        builder_.row(type.front(), words()[1]);
    }

    void split_fixed() {
        if (is_fixed_) {
            words() = fixed_fields(lines_.line());
        }
    }

    void refuse_line(const char* message, const char* help) {
        const std::string_view line = lines_.line();
        lines_.refuse(line.substr(std::min(line.size(), line.find_first_not_of(" \t"))), message,
                      help);
    }

    void column() {
        split_fixed();
        if (words().size() > 1 && words()[1] == "'MARKER'") {
            marker();
            return;
        }
        if (!is_column(words())) {
            words() = fixed_fields(lines_.line());
            if (is_fixed_ || !is_column(words())) {
                refuse_line("a column is a name, then rows and values by pairs",
                            "write for example ' x cost 3.5'");
                return;
            }
            is_fixed_ = true; // a name with blanks
        }
        const bool is_named = words().size() % 2 == 1;
        if (is_named) {
            builder_.column(words()[0], is_integer_);
        }
        for (std::size_t k = is_named ? 1 : 0; k + 1 < words().size(); k += 2) {
            builder_.coefficient(words()[k], words()[k + 1]);
        }
    }

    [[nodiscard]] bool is_column(const Words& line) const {
        if (line.empty() || line.size() > 5 || (line.size() % 2 == 0 && !builder_.has_columns())) {
            return false;
        }
        bool has_values = true;
        for (std::size_t k = line.size() % 2 == 1 ? 2 : 1; k < line.size(); k += 2) {
            has_values = has_values && detail::to_number(line[k]);
        }
        return has_values;
    }

    void marker() {
        const std::string_view what = words().size() > 2 ? words()[2] : words()[1];
        if (what != "'INTORG'" && what != "'INTEND'") {
            lines_.refuse(what, fmt::format("{} is no marker that is read here", what),
                          "'INTORG' and 'INTEND' are");
            return;
        }
        is_integer_ = what == "'INTORG'";
    }

    /// Of the sets of a section the first one. A line without a name goes on with the set of the
    /// line before.
    [[nodiscard]] bool is_first_set(std::string_view name) {
        auto& set = sets_[static_cast<std::size_t>(section_)];
        if (!name.empty()) {
            set.first = set.first.empty() ? name : set.first;
            set.current = name;
        }
        return set.current == set.first;
    }

    void side() {
        split_fixed();
        if (words().size() < 2 || words().size() > 5) {
            refuse_line("rows and values by pairs are expected",
                        "write for example ' RHS capacity 40'");
            return;
        }
        const bool is_named = words().size() % 2 == 1;
        if (!is_first_set(is_named ? words()[0] : std::string_view())) {
            return;
        }
        for (std::size_t k = is_named ? 1 : 0; k + 1 < words().size(); k += 2) {
            if (section_ == Section::ranges) {
                builder_.range(words()[k], words()[k + 1]);
            } else {
                builder_.right_side(words()[k], words()[k + 1]);
            }
        }
    }

    void bound() {
        split_fixed();
        const std::string word = words().empty() ? std::string() : upper_case(words().front());
        const auto* type = std::find_if(bound_types.begin(), bound_types.end(),
                                        [&word](const auto& known) { return word == known.first; });
        if (type == bound_types.end()) {
            refuse_line("this is no type of bound that is read here",
                        "UP, LO, FX, FR, MI, PL, BV, LI and UI are");
            return;
        }
        const std::size_t least = type->second ? 3 : 2;
        if (words().size() < least || words().size() > 4) {
            refuse_line("a bound is a type, a set, a column and a value",
                        "write for example ' UP BOUND x 40'");
            return;
        }
        const bool is_named = words().size() > least;
        if (!is_first_set(is_named ? words()[1] : std::string_view())) {
            return;
        }
        const auto value = type->second ? lines_.number(words()[is_named ? 3 : 2]) : 0.0;
        if (value) {
            builder_.bound(word, words()[is_named ? 2 : 1], *value);
        }
    }

    TextLines lines_;
    MpsBuilder builder_{lines_};
    Section section_ = Section::none;
    bool has_type_ = false;
    bool is_fixed_ = false; // names have blanks, so fields are told by their place
    bool is_integer_ = false;
    struct Sets {
        std::string_view first;
        std::string_view current;
    };
    std::array<Sets, 9> sets_; // by section
};

} // namespace

Program parse_mps(std::string_view text, const std::string& name) {
    return MpsReader(text, name).run();
}

} // namespace chainsim::optimise
