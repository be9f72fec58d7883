#include <chainsim/base/error.hpp>
#include <chainsim/optimise/mps.hpp>

#include <fmt/compile.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <string>
#include <unordered_set>
#include <vector>

namespace chainsim::optimise {

namespace {

constexpr std::size_t longest_name = 255; // of GLPK

void check_names(const std::vector<std::string>& names, const char* what) {
    std::unordered_set<std::string_view> seen;
    seen.reserve(names.size());
    for (const auto& name : names) {
        CHAINSIM_EXPECT(is_mps_name(name),
                        fmt::format("the name '{}' of a {} cannot stand in MPS", name, what));
        CHAINSIM_EXPECT(seen.insert(name).second,
                        fmt::format("two {}s are called '{}'", what, name));
    }
}

/// A row's type with its right-hand side, and the range that gives the other bound.
struct RowForm {
    char type = 'N';
    double right = 0.0;
    double range = 0.0; // none if zero
};

/// Readers add or subtract the range: of the ways to write it, one that gives both bounds back.
RowForm two_sided(double lower, double upper) {
    const double width = upper - lower;
    for (const double range :
         {width, std::nextafter(width, 0.0), std::nextafter(width, infinity)}) {
        if (lower + range == upper) {
            return {'G', lower, range};
        }
        if (upper - range == lower) {
            return {'L', upper, range};
        }
    }
    return {'G', lower, width};
}

RowForm form_of(double lower, double upper) {
    if (lower == upper) {
        return {'E', lower, 0.0};
    }
    if (lower == -infinity) {
        return upper == infinity ? RowForm{} : RowForm{'L', upper, 0.0};
    }
    return upper == infinity ? RowForm{'G', lower, 0.0} : two_sided(lower, upper);
}

/// Somewhat more than the text takes, so that it need not grow.
std::size_t size_of(const Program& program) {
    constexpr std::size_t number = 26; // with blanks
    const auto length = [](const std::vector<std::string>& names) {
        std::size_t sum = 0;
        for (const auto& name : names) {
            sum += name.size();
        }
        return sum;
    };
    const std::size_t columns = length(program.column_names);
    const std::size_t rows = length(program.row_names);
    const auto entries = static_cast<std::size_t>(program.matrix.nonZeros());
    const std::size_t lines =
        entries + 3 * (program.column_names.size() + program.row_names.size());
    return 1000 + number * lines + 3 * (rows + columns) +
           entries * (columns / std::max<std::size_t>(1, program.column_names.size()) +
                      rows / std::max<std::size_t>(1, program.row_names.size()));
}

class Writer {
public:
    explicit Writer(const Program& program)
        : program_(program), sign_(program.is_maximised ? -1.0 : 1.0) {
        out_.reserve(size_of(program));
        objective_ = "objective";
        while (std::find(program.row_names.begin(), program.row_names.end(), objective_) !=
               program.row_names.end()) {
            objective_ += '_';
        }
        for (std::size_t row = 0; row < program.row_names.size(); ++row) {
            forms_.push_back(form_of(program.row_lower[row], program.row_upper[row]));
        }
    }

    std::string run() {
        head();
        columns();
        sides();
        bounds();
        out_ += "ENDATA\n";
        return std::move(out_);
    }

private:
    // A sum with zero turns -0 into 0.
    void entry(const std::string& first, const std::string& second, double value) {
        fmt::format_to(std::back_inserter(out_), FMT_COMPILE(" {} {} {}\n"), first, second,
                       value + 0.0);
    }

    void head() {
        if (program_.is_maximised) {
            out_ += "* Maximised: what is minimised here is the negative of the objective.\n";
        }
        std::string name = program_.name;
        std::replace_if(
            name.begin(), name.end(),
            [](char letter) { return static_cast<unsigned char>(letter) <= ' '; }, '_');
        out_ += "NAME " + (is_mps_name(name) ? name : "program") + " FREE\nROWS\n N ";
        out_ += objective_ + '\n';
        for (std::size_t row = 0; row < forms_.size(); ++row) {
            fmt::format_to(std::back_inserter(out_), FMT_COMPILE(" {} {}\n"), forms_[row].type,
                           program_.row_names[row]);
        }
    }

    void columns() {
        out_ += "COLUMNS\n";
        bool is_within_integers = false;
        int markers = 0;
        const auto mark = [&](bool begins) {
            fmt::format_to(std::back_inserter(out_), " MARKER{} 'MARKER' '{}'\n", ++markers,
                           begins ? "INTORG" : "INTEND");
            is_within_integers = begins;
        };
        for (int column = 0; column < program_.columns(); ++column) {
            const auto at = static_cast<std::size_t>(column);
            if ((program_.is_integer[at] != 0) != is_within_integers) {
                mark(!is_within_integers);
            }
            const auto& name = program_.column_names[at];
            Eigen::SparseMatrix<double>::InnerIterator entries(program_.matrix, column);
            // A column without any entry must be named all the same.
            if (program_.cost[at] != 0.0 || !entries) {
                entry(name, objective_, sign_ * program_.cost[at]);
            }
            for (; entries; ++entries) {
                entry(name, program_.row_names[static_cast<std::size_t>(entries.row())],
                      entries.value());
            }
        }
        if (is_within_integers) {
            mark(false);
        }
    }

    void sides() {
        out_ += "RHS\n";
        if (program_.constant != 0.0) {
            entry("RHS", objective_, -sign_ * program_.constant);
        }
        bool has_ranges = false;
        for (std::size_t row = 0; row < forms_.size(); ++row) {
            if (forms_[row].right != 0.0) {
                entry("RHS", program_.row_names[row], forms_[row].right);
            }
            has_ranges = has_ranges || forms_[row].range != 0.0;
        }
        if (!has_ranges) {
            return;
        }
        out_ += "RANGES\n";
        for (std::size_t row = 0; row < forms_.size(); ++row) {
            if (forms_[row].range != 0.0) {
                entry("RANGE", program_.row_names[row], forms_[row].range);
            }
        }
    }

    void bound(const char* type, std::size_t column) {
        fmt::format_to(std::back_inserter(out_), FMT_COMPILE(" {} BOUND {}\n"), type,
                       program_.column_names[column]);
    }
    void bound(const char* type, std::size_t column, double value) {
        fmt::format_to(std::back_inserter(out_), FMT_COMPILE(" {} BOUND {} {}\n"), type,
                       program_.column_names[column], value + 0.0);
    }

    /// An integer column without bounds is 0 or 1 to some readers, so its bounds are always given.
    void bounds() {
        out_ += "BOUNDS\n";
        for (std::size_t column = 0; column < program_.column_names.size(); ++column) {
            const double lower = program_.lower[column];
            const double upper = program_.upper[column];
            const bool is_explicit = program_.is_integer[column] != 0;
            if (lower == upper) {
                bound("FX", column, lower);
                continue;
            }
            if (lower == -infinity && upper == infinity) {
                bound("FR", column);
                continue;
            }
            if (lower == -infinity) {
                bound("MI", column);
            } else if (lower != 0.0 || is_explicit) {
                bound("LO", column, lower);
            }
            if (upper != infinity) {
                bound("UP", column, upper);
            } else if (is_explicit) {
                bound("PL", column);
            }
        }
    }

    const Program& program_;
    double sign_;
    std::string objective_;
    std::vector<RowForm> forms_;
    std::string out_;
};

} // namespace

bool is_mps_name(std::string_view name) {
    // '$' and '*' begin comments, 'MARKER' is quoted.
    return !name.empty() && name.size() <= longest_name &&
           std::string_view("$*'\"").find(name.front()) == std::string_view::npos &&
           std::none_of(name.begin(), name.end(), [](char letter) {
               const auto code = static_cast<unsigned char>(letter);
               return code <= ' ' || code == 127;
           });
}

std::string to_mps(const Program& program) {
    check_names(program.row_names, "row");
    check_names(program.column_names, "column");
    return Writer(program).run();
}

Program with_constant_as_column(Program program) {
    if (program.constant == 0.0) {
        return program;
    }
    std::string name = "constant";
    while (std::find(program.column_names.begin(), program.column_names.end(), name) !=
           program.column_names.end()) {
        name += '_';
    }
    program.column_names.push_back(std::move(name));
    program.cost.push_back(program.constant);
    program.lower.push_back(1.0);
    program.upper.push_back(1.0);
    program.is_integer.push_back(0);
    program.matrix.conservativeResize(program.rows(), program.columns());
    program.constant = 0.0;
    return program;
}

} // namespace chainsim::optimise
