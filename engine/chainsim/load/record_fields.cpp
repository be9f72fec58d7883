#include <chainsim/load/detail/tables.hpp>
#include <chainsim/load/record_fields.hpp>

#include <algorithm>
#include <array>

namespace chainsim::load {

const input::Field* find_field(std::string_view record, std::string_view key) {
    using namespace detail; // the names of the tables
    const std::array tables{&facility_table, &project_table, &policy_table, &period_table,
                            &price_table};
    const auto found = std::find_if(tables.begin(), tables.end(),
                                    [record](const auto* one) { return one->name == record; });
    return found == tables.end() ? nullptr : (*found)->find(key);
}

} // namespace chainsim::load
