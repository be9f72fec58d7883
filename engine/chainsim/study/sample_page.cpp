#include <chainsim/study/detail/page_words.hpp>
#include <chainsim/study/sample.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace chainsim::study {

namespace {

using detail::sentence;

/// Shown in every sample that counts them, beside what policies judge.
constexpr std::array main_indicators{
    "co2_energy",       "co2_enterprise",          "co2_total", "energy_controlled",
    "energy_intensity", "energy_total_equivalent", "gdp",       "tax",
    "value_added",      "water_consumed"};

class SamplePage {
public:
    explicit SamplePage(const Sample& sample) : sample_(sample) {
        page_.schema = "chainsim.sample/1";
        page_.scenario = sample.study().scenario().id;
        page_.title = sentence("sample_title");
        page_.subtitle = sample.study().scenario().name;
        page_.is_landscape = true;
    }

    Page make() {
        head();
        policies();
        indicators();
        convergence();
        parameters();
        return std::move(page_);
    }

private:
    [[nodiscard]] int year_of(std::size_t position) const {
        return sample_.sampler().years()[position].year();
    }

    void head() {
        const auto& options = sample_.request().options;
        const auto number = [this](const char* id, double value) {
            page_.head.emplace_back(id, amount_cell(value, {}));
        };
        number("draws", static_cast<double>(sample_.draws()));
        number("seed", static_cast<double>(options.seed));
        page_.head.emplace_back("method",
                                plain_cell(std::string(draws::to_string(options.method))));
        page_.head.emplace_back("closing", plain_cell(options.keeps_closure ? "kept" : "off"));
        number("without_solution", static_cast<double>(sample_.without_solution()));
        page_.notes.push_back(sentence("sample_draws", sample_.draws(),
                                       draws::to_string(options.method), options.seed,
                                       sample_.without_solution()));
        using uncertainty::DrawHistory;
        number("redrawn", static_cast<double>(sample_.total(&DrawHistory::redrawn)));
        number("on_piece", static_cast<double>(sample_.total(&DrawHistory::on_piece)));
        number("in_lanes", static_cast<double>(sample_.total(&DrawHistory::in_lanes)));
        number("alone", static_cast<double>(sample_.total(&DrawHistory::alone)));
        page_.notes.push_back(sentence("sample_history", sample_.total(&DrawHistory::on_piece),
                                       sample_.total(&DrawHistory::in_lanes),
                                       sample_.total(&DrawHistory::alone)));
        page_.notes.push_back(options.keeps_closure
                                  ? sentence("sample_closed", sample_.total(&DrawHistory::redrawn))
                                  : sentence("sample_open"));
        page_.notes.push_back(sentence("sample_independent"));
        if (!options.covariance.ids.empty()) {
            covariance();
        }
    }

    /// How many of the figures that were measured together are drawn, and which are not.
    void covariance() {
        const auto& draws = sample_.sampler().draws();
        std::array<std::size_t, 3> count{};
        std::vector<std::string> held;
        for (const int p : draws.measured()) {
            const char role = draws.roles()[static_cast<std::size_t>(p)];
            ++count.at(static_cast<unsigned char>(role));
            if (role == 0) {
                held.push_back(draws.parameters().all[static_cast<std::size_t>(p)].id);
            }
        }
        page_.head.emplace_back("covariance", amount_cell(static_cast<double>(count[1]), {}));
        page_.notes.push_back(
            sentence("sample_covariance", draws.measured().size(), count[1], count[2]));
        if (!held.empty()) {
            page_.notes.push_back(
                sentence("sample_covariance_held", held.size(), fmt::join(held, ", ")));
        }
    }

    void policies() {
        PagePart part;
        part.id = "policies";
        part.title = sentence("sample_policies");
        part.columns = {"policy", "year", "hard", "value", "bound", "chance", "low", "high"};
        for (const auto& policy : sample_.policies()) {
            const auto known = sample_.chance(policy);
            const auto& program = sample_.sampler().years()[policy.year];
            const double nominal = program.nominal()[policy.column - first_column(policy.year)];
            const Trace trace{"chance = draws that meet the bound / draws with a solution",
                              {{policy.indicator, nominal, policy.unit, "the nominal run"},
                               {"bound", policy.bound, policy.unit, "policies." + policy.id}},
                              "Wilson 1927, 95 %"};
            PageRow row{policy.id + "." + std::to_string(year_of(policy.year)), {}, 1};
            row.cells = {word_cell(policy.name, policy.id),
                         plain_cell(std::to_string(year_of(policy.year))),
                         word_cell(sentence(policy.hard ? "sample_hard" : "sample_soft"),
                                   policy.hard ? "hard" : "soft"),
                         amount_cell(nominal, policy.unit),
                         amount_cell(policy.bound, policy.unit),
                         amount_cell(percent * known.value, "%", trace),
                         amount_cell(percent * known.low, "%"),
                         amount_cell(percent * known.high, "%")};
            part.rows.push_back(std::move(row));
        }
        part.notes.push_back(
            sentence(part.rows.empty() ? "sample_no_policies" : "sample_policies_note"));
        page_.parts.push_back(std::move(part));
    }

    [[nodiscard]] std::size_t first_column(std::size_t year) const {
        std::size_t first = 0;
        for (std::size_t y = 0; y < year; ++y) {
            first += sample_.sampler().years()[y].info().size();
        }
        return first;
    }

    void indicators() {
        std::set<std::size_t> shown;
        for (const auto& policy : sample_.policies()) {
            shown.insert(policy.column);
        }
        PagePart part;
        part.id = "indicators";
        part.title = sentence("sample_indicators");
        part.columns = {"indicator", "year", "value", "mean", "sd", "p05", "p50", "p95"};
        std::size_t column = 0;
        for (std::size_t y = 0; y < sample_.sampler().years().size(); ++y) {
            const auto& program = sample_.sampler().years()[y];
            for (std::size_t i = 0; i < program.info().size(); ++i, ++column) {
                const auto& info = program.info()[i];
                const bool is_main =
                    std::binary_search(main_indicators.begin(), main_indicators.end(), info.id);
                if (!is_main && !shown.contains(column)) {
                    continue;
                }
                const auto& quantiles = sample_.quantiles(column);
                const auto& unit = info.unit;
                PageRow row{info.id + "." + std::to_string(program.year()), {}, 1};
                row.cells = {word_cell(info.name, info.id),
                             plain_cell(std::to_string(program.year())),
                             amount_cell(program.nominal()[i], unit),
                             amount_cell(sample_.tally().mean(column), unit),
                             amount_cell(sample_.tally().sd(column), unit),
                             amount_cell(quantiles[1], unit),
                             amount_cell(quantiles[3], unit),
                             amount_cell(quantiles[5], unit)};
                part.rows.push_back(std::move(row));
            }
        }
        part.notes.push_back(sentence("sample_indicators_note"));
        page_.parts.push_back(std::move(part));
    }

    /// How the chance that is least sure comes to rest.
    void convergence() {
        const auto& policies = sample_.policies();
        if (policies.empty()) {
            return;
        }
        std::size_t widest = 0;
        for (std::size_t i = 1; i < policies.size(); ++i) {
            const auto width = [this, &policies](std::size_t k) {
                const auto known = sample_.chance(policies[k]);
                return known.high - known.low;
            };
            widest = width(i) > width(widest) ? i : widest;
        }
        const auto& policy = policies[widest];
        PagePart part;
        part.id = "convergence";
        part.title = sentence("sample_convergence");
        part.columns = {"draws", "chance", "low", "high", "mean", "mean_low", "mean_high"};
        for (const auto& point : sample_.convergence()) {
            const auto& chance = point.chances[widest];
            const auto& mean = point.means[widest];
            PageRow row{std::to_string(point.draws), {}, 1};
            row.cells = {
                plain_cell(std::to_string(point.draws)), amount_cell(percent * chance.value, "%"),
                amount_cell(percent * chance.low, "%"),  amount_cell(percent * chance.high, "%"),
                amount_cell(mean.value, policy.unit),    amount_cell(mean.low, policy.unit),
                amount_cell(mean.high, policy.unit)};
            part.rows.push_back(std::move(row));
        }
        part.notes.push_back({policy.name.zh, policy.name.en});
        page_.parts.push_back(std::move(part));
    }

    /// What was drawn, by kind of figure.
    void parameters() {
        struct Count {
            int drawn = 0;
            int following = 0;
            int constant = 0;
        };
        std::map<uncertainty::ParameterKind, Count> counts;
        const auto& all = sample_.sampler().parameters().all;
        for (std::size_t p = 0; p < all.size(); ++p) {
            auto& one = counts[all[p].kind];
            const char role = sample_.sampler().roles()[p];
            ++(role == 1 ? one.drawn : role == 2 ? one.following : one.constant);
        }
        PagePart part;
        part.id = "parameters";
        part.title = sentence("sample_parameters");
        part.columns = {"kind", "drawn", "following", "constant"};
        for (const auto& [kind, count] : counts) {
            const std::string id(uncertainty::to_string(kind));
            PageRow row{id, {}, 1};
            row.cells = {word_cell(sentence("sample_kind_" + id), id),
                         plain_cell(std::to_string(count.drawn)),
                         plain_cell(std::to_string(count.following)),
                         plain_cell(std::to_string(count.constant))};
            part.rows.push_back(std::move(row));
        }
        part.notes.push_back(sentence("sample_parameters_note"));
        page_.parts.push_back(std::move(part));
    }

    static constexpr double percent = 100.0;

    const Sample& sample_;
    Page page_;
};

} // namespace

Page sample_page(const Sample& sample) { return SamplePage(sample).make(); }

} // namespace chainsim::study
