#include <chainsim/load/detail/all_tables.hpp>
#include <chainsim/load/record_fields.hpp>

#include <algorithm>

namespace chainsim::load {

const input::Field* find_field(std::string_view record, std::string_view key) {
    const auto tables = detail::all_tables();
    const auto found = std::find_if(tables.begin(), tables.end(),
                                    [record](const auto* one) { return one->name == record; });
    return found == tables.end() ? nullptr : (*found)->find(key);
}

} // namespace chainsim::load
