#include <chainsim/model/ledger.hpp>

namespace chainsim::model {

std::string_view to_string(LedgerKind kind) {
    switch (kind) {
    case LedgerKind::capacity:
        return "capacity";
    case LedgerKind::energy:
        return "energy";
    case LedgerKind::coal:
        return "coal";
    case LedgerKind::so2:
        return "so2";
    case LedgerKind::nox:
        return "nox";
    case LedgerKind::pm:
        return "pm";
    case LedgerKind::voc:
        return "voc";
    }
    return {};
}

std::string_view unit_of(LedgerKind kind) {
    return kind == LedgerKind::energy || kind == LedgerKind::coal ? "tce" : "t";
}

} // namespace chainsim::model
