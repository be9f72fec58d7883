#pragma once

#include <chainsim/study/exchange.hpp>

#include <span>
#include <string>

namespace chainsim::workbench {

/// Files as one archive that every system opens. The same files give the same bytes: they carry no
/// time.
///
/// Errors  ContractError for more than 65,535 files, or for one of 4 GB.
/// Source  PKWARE (2006), APPNOTE.TXT 6.3.0: .ZIP File Format Specification, sections 4.3 and 4.4;
///         flag 11 for names in UTF-8.
[[nodiscard]] std::string to_zip(std::span<const study::ExportedFile> files);

} // namespace chainsim::workbench
