#include <chainsim/draws/detail/sobol_directions.hpp>
#include <chainsim/draws/sequence.hpp>

#include <boost/random/detail/sobol_table.hpp>

#include <array>
#include <bit>
#include <cstddef>

namespace chainsim::draws {

namespace {

using Table = boost::random::detail::qrng_tables::sobol;

/// The numbers m of Bratley and Fox, "Algorithm 659" (ACM TOMS 14, 1988): the direction number of
/// bit j of the draw is m[j] / 2^(j + 1), with m[j] odd and less than 2^(j + 1).
std::array<std::uint32_t, 32> odd_numbers(int dimension) {
    std::array<std::uint32_t, 32> m{};
    if (dimension == 0) {
        m.fill(1);
        return m;
    }
    const auto row = static_cast<std::size_t>(dimension - 1);
    const auto polynomial = static_cast<std::uint32_t>(Table::polynomial(row));
    const auto degree = static_cast<std::size_t>(std::bit_width(polynomial)) - 1;
    for (std::size_t j = 0; j < degree; ++j) {
        m[j] = static_cast<std::uint32_t>(Table::minit(row, j));
    }
    for (std::size_t j = degree; j < m.size(); ++j) {
        m[j] = m[j - degree];
        for (std::size_t k = 0; k < degree; ++k) {
            const std::size_t back = degree - k;
            if ((polynomial >> k & 1U) != 0) {
                m[j] ^= m[j - back] << back;
            }
        }
    }
    return m;
}

/// m / 2^(bit + 1) as the bits of a fraction, the first of them lowest.
std::uint32_t reversed_fraction(std::uint32_t m, unsigned bit) {
    std::uint32_t result = 0;
    for (unsigned digit = 0; digit <= bit; ++digit) {
        result |= (m >> digit & 1U) << (bit - digit);
    }
    return result;
}

} // namespace

int sobol_dimensions() { return static_cast<int>(Table::max_dimension); }

std::vector<std::uint32_t> detail::sobol_directions(int dimensions) {
    std::vector<std::uint32_t> result;
    result.reserve(static_cast<std::size_t>(dimensions) * 32);
    for (int d = 0; d < dimensions; ++d) {
        const auto m = odd_numbers(d);
        for (unsigned bit = 0; bit < 32; ++bit) {
            result.push_back(reversed_fraction(m[bit], bit));
        }
    }
    return result;
}

} // namespace chainsim::draws
