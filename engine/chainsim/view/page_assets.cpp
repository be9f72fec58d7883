#include <chainsim/base/error.hpp>
#include <chainsim/view/page_assets.hpp>

#include <cstddef>

#if CHAINSIM_WITH_WORKBENCH
// Laid into the program by page_assets.S.
// NOLINTBEGIN(readability-identifier-naming, cppcoreguidelines-avoid-c-arrays)
extern "C" {
extern const char chainsim_page_script[];
extern const char chainsim_page_script_end[];
extern const char chainsim_page_style[];
extern const char chainsim_page_style_end[];
extern const char chainsim_page_licences[];
extern const char chainsim_page_licences_end[];
}
// NOLINTEND(readability-identifier-naming, cppcoreguidelines-avoid-c-arrays)
#endif

namespace chainsim::view {

#if CHAINSIM_WITH_WORKBENCH

namespace {

std::string_view between(const char* begin, const char* end) {
    return {begin, static_cast<std::size_t>(end - begin)};
}

} // namespace

PageAssets page_assets() {
    return {between(chainsim_page_script, chainsim_page_script_end),
            between(chainsim_page_style, chainsim_page_style_end),
            between(chainsim_page_licences, chainsim_page_licences_end)};
}

#else

PageAssets page_assets() {
    throw Unavailable("this build has no page: install npm, and configure with "
                      "CHAINSIM_WITH_WORKBENCH=ON");
}

#endif

} // namespace chainsim::view
