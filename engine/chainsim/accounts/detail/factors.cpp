#include <chainsim/accounts/detail/factors.hpp>

#include <cstddef>

namespace chainsim::accounts::detail {

std::optional<Figure> factor_in(const model::Scenario& scenario, int year, std::string_view id,
                                std::string_view unit) {
    const auto& factors = scenario.model.factors;
    if (!factors.contains(id)) {
        return std::nullopt;
    }
    const auto& path = factors.at(id).path;
    return Figure{path.read(year, units::Unit::parse(unit)), path.confidence_at(year)};
}

std::vector<Figure> media_in(const model::Scenario& scenario, const system::System& system) {
    static const auto tce = units::Unit::parse("tce");
    std::vector<Figure> media(system.layout.rows.size());
    for (const auto& medium : scenario.model.energy_media) {
        if (const int r = system.layout.row_of[medium.commodity.value]; r >= 0) {
            const auto& path = scenario.model.factors.at(medium.factor).path;
            const auto& unit = scenario.model.commodities[medium.commodity].unit;
            media[static_cast<std::size_t>(r)] = {path.read(system.year, tce.per(unit)),
                                                  path.confidence_at(system.year)};
        }
    }
    return media;
}

} // namespace chainsim::accounts::detail
