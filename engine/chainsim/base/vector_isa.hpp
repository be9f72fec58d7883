#pragma once

namespace chainsim {

/// Instruction sets that kernels are compiled for (`chainsim_kernel` of the build), least first.
enum class VectorIsa { baseline, avx2, avx512 };

/// How many doubles travel together in a kernel, whatever the instruction set: one cache line.
inline constexpr int vector_lanes = 8;

/// The best that this processor and its system can run; the environment variable
/// CHAINSIM_VECTOR_ISA (baseline, avx2, avx512) asks for a lesser one. Read once.
[[nodiscard]] VectorIsa vector_isa();

} // namespace chainsim
