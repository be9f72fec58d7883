#include <chainsim/model/energy_balance.hpp>

#include <array>

namespace chainsim::model {

std::string_view to_string(Sector sector) {
    static constexpr std::array<std::string_view, sector_count> words{
        "agriculture", "industry", "construction", "transport", "trade", "services", "households"};
    return words.at(static_cast<std::size_t>(sector));
}

std::optional<Sector> sector_of(std::string_view industry) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (industry.size() < 2 || !is_digit(industry[0]) || !is_digit(industry[1])) {
        return std::nullopt;
    }
    constexpr int ten = 10;
    const int division = (industry[0] - '0') * ten + (industry[1] - '0');
    struct Span {
        int last;
        Sector sector;
    };
    static constexpr std::array spans{Span{5, Sector::agriculture},   Span{46, Sector::industry},
                                      Span{50, Sector::construction}, Span{52, Sector::trade},
                                      Span{60, Sector::transport},    Span{62, Sector::trade},
                                      Span{97, Sector::services}};
    if (division == 0) {
        return std::nullopt;
    }
    for (const auto& span : spans) {
        if (division <= span.last) {
            return span.sector;
        }
    }
    return std::nullopt;
}

} // namespace chainsim::model
