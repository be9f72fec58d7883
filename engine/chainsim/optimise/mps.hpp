#pragma once

#include <chainsim/optimise/backend.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chainsim::optimise {

/// A program as free MPS, the text that every solver reads.
///
/// Shapes   columns and rows in their order; rows without bounds stand as rows of type N.
/// Units    a file always minimises, since solvers do not agree on how it would say otherwise: what
///          is maximised is written negated, and a comment says so. The constant of the objective
///          is the negated right-hand side of its row. Numbers read back as the same number.
/// Errors   ContractError if a name cannot stand in such a file or stands for two (see
///          `is_mps_name`).
[[nodiscard]] std::string to_mps(const Program& program);

/// The program with its constant as the cost of a column that is fixed at one. MPS has a place for
/// a constant, but solvers differ in its sign: CBC subtracts the right-hand side of the objective,
/// GLPK adds it.
[[nodiscard]] Program with_constant_as_column(Program program);

/// Whether a name can stand in an MPS file: 1 to 255 bytes, no blanks, nothing that begins a
/// comment or is quoted.
[[nodiscard]] bool is_mps_name(std::string_view name);

/// The program of an MPS file, fixed or free, as solvers write them. Blank names of sets and a
/// repeated column may be left out; of several right-hand sides, ranges and bounds the first set is
/// taken; rows of type N beyond the first are dropped; integer columns without bounds are 0 or 1;
/// an upper bound below zero frees the lower one unless that is given; 1e20 and beyond is infinite.
///
/// Errors  InputError with file, line and column of all that is wrong, up to twenty findings:
///         `name` is the name of the file.
[[nodiscard]] Program parse_mps(std::string_view text, const std::string& name);

/// The point of a solution file: as `cbc` (solu), `glpsol` (-w, and -o with its six digits) or a
/// plain list of names and values gives it. Columns that are not listed are zero.
///
/// Errors  InputError at columns that the program has not, and at what is no number.
[[nodiscard]] std::vector<double> parse_solution(std::string_view text, const Program& program,
                                                 const std::string& name);

/// What the first lines of a solution file of `cbc` or `glpsol` say became of the program; nothing
/// if they do not say.
[[nodiscard]] std::optional<Status> claimed_status(std::string_view text);

} // namespace chainsim::optimise
