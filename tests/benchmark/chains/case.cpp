#include "case.hpp"

#include <chainsim/base/error.hpp>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <fstream>
#include <sstream>
#include <string_view>

namespace chainsim::bench {

namespace {

std::string read_text(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    if (!file) {
        throw IoError(path.string() + ": cannot be read");
    }
    return std::move(text).str();
}

/// All numbers of a text, whatever stands between them.
std::vector<double> numbers_in(std::string_view text, const std::filesystem::path& path) {
    std::vector<double> numbers;
    const char* at = text.data();
    const char* end = at + text.size();
    constexpr std::string_view between = " ,\r\n\t";
    while (at < end) {
        if (between.find(*at) != std::string_view::npos) {
            ++at;
            continue;
        }
        double number = 0.0;
        const auto [next, error] = std::from_chars(at, end, number);
        if (error != std::errc()) {
            throw IoError(path.string() +
                          ": not a number: " + std::string(at, std::min(at + 20, end)));
        }
        numbers.push_back(number);
        at = next;
    }
    return numbers;
}

Matrix read_matrix(const std::filesystem::path& path) {
    const auto text = read_text(path);
    std::string_view rest = text;
    while (rest.starts_with('%')) {
        rest.remove_prefix(std::min(rest.find('\n'), rest.size() - 1) + 1);
    }
    const auto numbers = numbers_in(rest, path);
    if (numbers.size() < 3 || numbers.size() != 3 * (static_cast<std::size_t>(numbers[2]) + 1)) {
        throw IoError(path.string() + ": not as many entries as its first line says");
    }
    std::vector<Eigen::Triplet<double>> entries;
    entries.reserve(numbers.size() / 3);
    for (std::size_t k = 3; k < numbers.size(); k += 3) {
        entries.emplace_back(static_cast<int>(numbers[k]) - 1, static_cast<int>(numbers[k + 1]) - 1,
                             numbers[k + 2]);
    }
    Matrix matrix(static_cast<int>(numbers[0]), static_cast<int>(numbers[1]));
    matrix.setFromTriplets(entries.begin(), entries.end());
    return matrix;
}

/// The numbers of a file of comma-separated values after its header.
std::vector<double> read_csv(const std::filesystem::path& path) {
    const auto text = read_text(path);
    std::string_view rest = text;
    rest.remove_prefix(std::min(rest.find('\n'), rest.size()));
    return numbers_in(rest, path);
}

std::vector<double> values_of(const Matrix& matrix) {
    return {matrix.valuePtr(), matrix.valuePtr() + matrix.nonZeros()};
}

Eigen::VectorXd read_vector(const std::filesystem::path& path, Eigen::Index size) {
    Eigen::VectorXd vector = Eigen::VectorXd::Zero(size);
    const auto numbers = read_csv(path);
    for (std::size_t k = 0; k + 1 < numbers.size(); k += 2) {
        vector[static_cast<Eigen::Index>(numbers[k])] = numbers[k + 1];
    }
    return vector;
}

} // namespace

Case read_case(const std::filesystem::path& folder) {
    Case result;
    result.name = folder.filename().string();
    result.technology = read_matrix(folder / "A.mtx");
    result.extensions = read_matrix(folder / "B.mtx");
    result.technology_sigma = values_of(read_matrix(folder / "A_sigma.mtx"));
    result.extensions_sigma = values_of(read_matrix(folder / "B_sigma.mtx"));
    result.demand = read_vector(folder / "f.csv", result.technology.rows());
    result.indicator = read_vector(folder / "q.csv", result.extensions.rows());
    const auto demands = read_csv(folder / "rhs.csv");
    result.demands.reserve(demands.size() / 3);
    for (std::size_t k = 0; k + 2 < demands.size(); k += 3) {
        result.demands.push_back({.system = static_cast<int>(demands[k]),
                                  .row = static_cast<int>(demands[k + 1]),
                                  .amount = demands[k + 2]});
    }
    const auto scenarios = read_csv(folder / "scenarios.csv");
    result.scenarios.reserve(scenarios.size() / 4);
    for (std::size_t k = 0; k + 3 < scenarios.size(); k += 4) {
        result.scenarios.push_back({.scenario = static_cast<int>(scenarios[k]),
                                    .column = static_cast<int>(scenarios[k + 1]),
                                    .inputs = scenarios[k + 2],
                                    .extensions = scenarios[k + 3]});
    }
    return result;
}

} // namespace chainsim::bench
