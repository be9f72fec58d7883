#pragma once

#include <chainsim/optimise/backend.hpp>

#include <memory>
#include <string>

namespace chainsim::optimise {

/// Any solver that reads MPS and writes a solution that `parse_solution` reads, by its command
/// line, for example
///     cbc {mps} timeMode elapsed ratio {gap} sec {seconds} solve solu {solution}
///     glpsol --freemps {mps} --mipgap {gap} --tmlim {seconds} -w {solution}
/// with {mps} and {solution} for the files, {gap} relative and {seconds} whole. Words are split at
/// blanks, quotes hold them together; no shell is asked. Standard output and error are not shown
/// unless `log` is set. A `start` is not handed on.
///
/// What the solver says is not believed: the point is checked, and the bound is that of the linear
/// relaxation, solved here. So an answer is `optimal` only where that bound is within the gap.
/// The solver is ended, with all it started, when time is up (two seconds and a twentieth later
/// where it was told {seconds}, so that it can write its best point) or at an interrupt. CBC counts
/// the time of the processor unless told otherwise.
///
/// Errors  InputError at a command without {mps} or {solution}; `solve` throws IoError if the
///         solver cannot be run, InputError if its solution cannot be read.
[[nodiscard]] std::unique_ptr<Backend> make_external(const std::string& command);

} // namespace chainsim::optimise
