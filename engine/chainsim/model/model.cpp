#include <chainsim/model/model.hpp>

#include <algorithm>

namespace chainsim::model {

number::Number Price::without_vat(int year, const units::Unit& commodity_unit) const {
    static const units::Unit money = units::Unit::parse("CNY");
    const auto price = path.read(year, money.per(commodity_unit));
    return vat_included ? price / (1.0 + vat) : price;
}

std::optional<Index<Commodity>> Model::find_commodity(std::string_view word) const {
    if (const auto by_id = commodities.find(word)) {
        return by_id;
    }
    const auto position = [&](const auto& matches) -> std::optional<Index<Commodity>> {
        const auto found = std::find_if(commodities.begin(), commodities.end(), matches);
        if (found == commodities.end()) {
            return std::nullopt;
        }
        return Index<Commodity>{static_cast<std::uint32_t>(found - commodities.begin())};
    };
    if (const auto by_alias = position([&](const Commodity& commodity) {
            const auto& aliases = commodity.aliases;
            return std::find(aliases.begin(), aliases.end(), word) != aliases.end();
        })) {
        return by_alias;
    }
    return position([&](const Commodity& commodity) {
        return commodity.name.zh == word || commodity.name.en == word;
    });
}

const Industry* Model::industry_of(const Process& process) const {
    const auto find = [this](const auto& matches) -> const Industry* {
        const auto found = std::find_if(industries.begin(), industries.end(), matches);
        return found == industries.end() ? nullptr : &*found;
    };
    const auto has = [](const std::vector<std::string>& list, const std::string& id) {
        return std::find(list.begin(), list.end(), id) != list.end();
    };
    const auto* named = find([&](const Industry& one) { return has(one.processes, process.id); });
    return named != nullptr
               ? named
               : find([&](const Industry& one) { return has(one.chains, process.chain); });
}

} // namespace chainsim::model
