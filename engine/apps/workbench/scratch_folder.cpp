#include "scratch_folder.hpp"

#include <chainsim/base/error.hpp>

#include <fmt/format.h>

#include <cerrno>
#include <cstdlib>
#include <string>
#include <system_error>

namespace chainsim::workbench {

ScratchFolder::ScratchFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "chainsim-serve-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
        throw IoError(
            fmt::format("cannot make '{}': {}", name, std::generic_category().message(errno)));
    }
    path_ = name;
}

ScratchFolder::~ScratchFolder() {
    std::error_code ignored; // what is left is the system's to clear
    std::filesystem::remove_all(path_, ignored);
}

} // namespace chainsim::workbench
