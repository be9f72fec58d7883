#include <chainsim/study/detail/page_words.hpp>
#include <chainsim/view/contributions.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

namespace chainsim::view {

namespace {

using study::detail::sentence;

/// The addends of one row of the indicators, by who brings them.
class Row {
public:
    Row(const model::Scenario& scenario, const study::YearRun& year, int row)
        : scenario_(scenario), system_(year.system()), row_(row) {
        add_flows(year.solution());
        add_standing();
    }

    [[nodiscard]] std::vector<Contribution> take() {
        std::vector<Contribution> out;
        out.reserve(parts_.size() + 1);
        for (auto& [id, part] : parts_) {
            out.push_back(std::move(part));
        }
        if (outside_ != 0.0) {
            out.push_back({"outside", sentence("contribution_outside"), outside_});
        }
        return out;
    }

private:
    void add(const std::string& id, const model::Name& name, double value) {
        auto& part = parts_[id];
        part.id = id;
        part.name = name;
        part.value += value;
    }

    void add_plant(Eigen::Index column, double value) {
        const auto& plant =
            scenario_.facilities[system_.layout.columns[static_cast<std::size_t>(column)]];
        add("facility:" + plant.id, plant.name, value);
    }

    void add_trade(const char* kind, Eigen::Index row, double value) {
        const auto& commodity =
            scenario_.model.commodities[system_.layout.rows[static_cast<std::size_t>(row)]];
        const auto word = sentence("contribution_" + std::string(kind));
        add(std::string(kind) + ":" + commodity.id,
            {commodity.name.zh + word.zh, commodity.name.en + word.en}, value);
    }

    void add_flows(const system::Solution& solution) {
        const auto columns = solution.activity.size();
        const auto rows = solution.bought.size();
        using Weights = Eigen::SparseMatrix<double, Eigen::RowMajor>;
        for (Weights::InnerIterator it(system_.indicators.weights, row_); it; ++it) {
            auto at = it.col();
            if (at < columns) {
                if (solution.activity[at] != 0.0) {
                    add_plant(at, it.value() * solution.activity[at]);
                }
                continue;
            }
            at -= columns;
            const auto kind = at / rows;
            const auto row = at % rows;
            constexpr std::array kinds{"bought", "sold", "disposed", "demand"};
            const std::array amounts{solution.bought[row], solution.sold[row],
                                     solution.disposed[row], system_.equations.demand[row]};
            const double amount = amounts.at(static_cast<std::size_t>(kind));
            if (amount != 0.0) {
                add_trade(kinds.at(static_cast<std::size_t>(kind)), row, it.value() * amount);
            }
        }
    }

    /// What plants bring by standing there, and what lies outside them.
    void add_standing() {
        outside_ = system_.indicators.constant[row_];
        for (const auto& part : system_.indicators.standing) {
            if (part.row == row_) {
                add_plant(part.column, part.value);
                outside_ -= part.value;
            }
        }
        // Sums of parts that cancel leave rounding.
        constexpr double rounding = 1e-12;
        if (std::abs(outside_) <= rounding * std::abs(system_.indicators.constant[row_])) {
            outside_ = 0.0;
        }
    }

    const model::Scenario& scenario_;
    const system::System& system_;
    int row_;
    std::map<std::string, Contribution> parts_;
    double outside_ = 0.0;
};

void keep_largest(std::vector<Contribution>& parts, std::size_t most) {
    std::stable_sort(parts.begin(), parts.end(), [](const Contribution& a, const Contribution& b) {
        return std::abs(a.value) > std::abs(b.value);
    });
    if (parts.size() <= most + 1) {
        return;
    }
    Contribution rest{"rest", sentence("contribution_rest", parts.size() - most), 0.0};
    for (std::size_t i = most; i < parts.size(); ++i) {
        rest.value += parts[i].value;
    }
    parts.resize(most);
    parts.push_back(std::move(rest));
}

} // namespace

std::optional<std::vector<Contribution>> contributions(const model::Scenario& scenario,
                                                       const study::YearRun& year,
                                                       const std::string& id, std::size_t most) {
    const auto& indicators = year.system().indicators;
    const auto row_of = [&]() -> int {
        for (int i = 0; i < indicators.shown; ++i) {
            if (indicators.info[static_cast<std::size_t>(i)].id == id) {
                return i;
            }
        }
        return -1;
    };
    if (const int row = row_of(); row >= 0) {
        auto parts = Row(scenario, year, row).take();
        keep_largest(parts, most);
        return parts;
    }
    for (const auto& ratio : indicators.ratios) {
        if (ratio.info.id == id) {
            const double below =
                indicators.values(year.system().equations, year.solution())[ratio.denominator];
            if (!(below > 0.0)) {
                return std::nullopt;
            }
            auto parts = Row(scenario, year, ratio.numerator).take();
            for (auto& part : parts) {
                part.value *= ratio.factor / below;
            }
            keep_largest(parts, most);
            return parts;
        }
    }
    return std::nullopt;
}

} // namespace chainsim::view
