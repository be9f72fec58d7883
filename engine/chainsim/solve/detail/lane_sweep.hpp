#pragma once

namespace chainsim::solve::detail {

/// How the members of rows are arranged, the same for every draw. Members of a row stand as in
/// `Valves`: users, makers on demand, other makers, class by class; no user is late here.
///
/// A slot is a place of a member among those of its column.
struct LaneTables {
    int rows = 0;
    int columns = 0;
    const int* order = nullptr;       ///< rows, upstream first
    const int* list_begin = nullptr;  ///< by 3 * row + list: first class; and the end
    const int* class_begin = nullptr; ///< by class: first member; and the end
    const int* member_column = nullptr;
    const int* member_slot = nullptr;
    const int* member_entry = nullptr;    ///< position in the non-zeros
    const char* member_is_last = nullptr; ///< takes what the others leave
    const char* member_wants_all = nullptr;
    const int* column_begin = nullptr; ///< first slot; and the end
    const int* slot_row = nullptr;
    const int* slot_member = nullptr;
    const char* buy_first = nullptr; ///< by row
    const char* is_open = nullptr;   ///< by row: sells without limit
    const char* has_sink = nullptr;  ///< by row
    int sweeps = 0;                  ///< at most, forward and backward counted each
};

/// What the draws have; eight doubles a figure, 64-byte aligned.
struct LaneFigures {
    // given
    const double* net = nullptr; ///< by position in the non-zeros
    const double* capacity = nullptr;
    const double* demand = nullptr;
    const double* buy = nullptr;
    const double* sell = nullptr;
    // found
    double* activity = nullptr;
    double* bought = nullptr;
    double* sold = nullptr;
    double* disposed = nullptr;
    // scratch
    double* rate = nullptr;           ///< by member
    double* weight = nullptr;         ///< by member
    double* late = nullptr;           ///< by member: 1 or 0
    double* able = nullptr;           ///< by member
    double* limit = nullptr;          ///< by slot
    double* second = nullptr;         ///< by column: the least limit but one
    double* targets = nullptr;        ///< by column: activities were nothing short
    double* before = nullptr;         ///< by column: some sweeps ago
    char* stale = nullptr;            ///< by row
    unsigned char* stands = nullptr;  ///< by column: one bit a draw
    unsigned char* starves = nullptr; ///< by column
    unsigned char* held = nullptr;    ///< by member
    unsigned char* some = nullptr;    ///< by 2 * row: of its users, then of its makers
};

/// Dispatches eight draws by sweeps alone. -> the draws that came to rest and balance, one bit
/// each.
/// Defined for each instruction set that the build compiles for.
namespace baseline {
unsigned lane_sweep(const LaneTables& tables, const LaneFigures& figures);
}
namespace avx2 {
unsigned lane_sweep(const LaneTables& tables, const LaneFigures& figures);
}
namespace avx512 {
unsigned lane_sweep(const LaneTables& tables, const LaneFigures& figures);
}

} // namespace chainsim::solve::detail
