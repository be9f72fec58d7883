#include <chainsim/base/sha256.hpp>
#include <chainsim/base/vector_isa.hpp>
#include <chainsim/io/csv.hpp>
#include <chainsim/io/file.hpp>
#include <chainsim/io/netcdf.hpp>
#include <chainsim/study/policies.hpp>
#include <chainsim/study/sample.hpp>
#include <chainsim/study/version.hpp>
#include <chainsim/table/table.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <utility>

namespace chainsim::study {

namespace fs = std::filesystem;

namespace {

constexpr auto lanes = static_cast<std::size_t>(vector_lanes);

/// What is kept of the history of a draw, a column each.
constexpr std::array history{&uncertainty::DrawHistory::redrawn,
                             &uncertainty::DrawHistory::on_piece,
                             &uncertainty::DrawHistory::in_lanes, &uncertainty::DrawHistory::alone};

/// Where the verdict of a policy turns: margins move in proportion to the indicator, be the policy
/// a bound or a change since a base.
std::optional<std::pair<double, bool>> turning(const model::Scenario& scenario, const YearRun& year,
                                               std::size_t position, const std::string& indicator,
                                               double value) {
    auto values = year.planned();
    const auto margin = [&](double at) {
        for (auto& one : values) {
            if (one.id == indicator) {
                one.value = at;
            }
        }
        return judge(scenario, year.system(), values, year.confidence())[position].margin;
    };
    const double step = std::max(std::abs(value), 1.0);
    const double here = margin(value);
    const double there = margin(value + step);
    const double slope = (there - here) / step;
    if (!std::isfinite(slope) || slope == 0.0) {
        return std::nullopt;
    }
    return std::pair(value - here / slope, slope < 0.0);
}

} // namespace

Sample::Sample(const Study& study, SampleRequest request)
    : study_(study), request_(std::move(request)) {
    const auto nominal = study_.run();
    if (nominal.outcome() != system::Outcome::solved) {
        const auto& failure = nominal.failure();
        throw NoSolution(failure ? failure->message : "no solution");
    }
    sampler_ = std::make_unique<uncertainty::Sampler>(study_.scenario(), request_.options);
    columns_ = sampler_->outputs();
    find_policies(nominal);
    columns_ += policies_.size() + history_parts;
    const auto block = static_cast<std::int64_t>(block_draws);
    blocks_ = (request_.options.draws + block - 1) / block;
    tally_ = std::make_unique<uncertainty::Tally>(columns_);
    partial_ = request_.folder;
    partial_ += ".partial";
}

Sample::~Sample() = default;

void Sample::find_policies(const Run& nominal) {
    std::size_t first = 0;
    for (std::size_t y = 0; y < sampler_->years().size(); ++y) {
        const auto& program = sampler_->years()[y];
        const auto& year = nominal.year(program.year());
        const auto judged =
            judge(study_.scenario(), year.system(), year.planned(), year.confidence());
        for (std::size_t i = 0; i < judged.size(); ++i) {
            const auto& info = program.info();
            const auto found = std::find_if(info.begin(), info.end(), [&](const auto& one) {
                return one.id == judged[i].indicator;
            });
            if (found == info.end() || !std::isfinite(judged[i].margin)) {
                continue; // not applicable in the year, or undetermined: no draw can be judged
            }
            const auto column = first + static_cast<std::size_t>(found - info.begin());
            const double value = program.nominal()[column - first];
            const auto turn = turning(study_.scenario(), year, i, judged[i].indicator, value);
            if (turn) {
                policies_.push_back({judged[i].id, judged[i].name, judged[i].indicator, y, column,
                                     columns_ + policies_.size(), turn->second, judged[i].hard,
                                     turn->first, found->unit});
            }
        }
        first += program.info().size();
    }
}

const std::vector<double>& Sample::shares() {
    static const std::vector<double> shares{0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99};
    return shares;
}

Sample::Maker::Maker(const Sample& sample)
    : sample_(sample), work_(sample.sampler()), results_(sample.sampler().outputs() * lanes) {}

void Sample::Maker::make(std::int64_t block, std::vector<float>& values) {
    const auto first = static_cast<std::size_t>(block) * block_draws;
    const std::size_t count =
        std::min(block_draws, static_cast<std::size_t>(sample_.request_.options.draws) - first);
    const std::size_t outputs = sample_.sampler().outputs();
    values.resize(sample_.columns_ * count);
    for (std::size_t k = 0; k < count; k += lanes) {
        const std::size_t now = std::min(lanes, count - k);
        sample_.sampler().evaluate(static_cast<std::int64_t>(first + k), static_cast<int>(now),
                                   work_, results_.data());
        for (std::size_t column = 0; column < outputs; ++column) {
            for (std::size_t lane = 0; lane < now; ++lane) {
                values[column * count + k + lane] =
                    static_cast<float>(results_[column * lanes + lane]);
            }
        }
        for (std::size_t part = 0; part < history.size(); ++part) {
            for (std::size_t lane = 0; lane < now; ++lane) {
                values[(sample_.history_column() + part) * count + k + lane] =
                    static_cast<float>(work_.history()[lane].*history[part]);
            }
        }
        for (const auto& policy : sample_.policies_) {
            for (std::size_t lane = 0; lane < now; ++lane) {
                const double value = results_[policy.column * lanes + lane];
                const double rounding = 1e-12 * std::max(std::abs(value), std::abs(policy.bound));
                const bool is_met = policy.at_most ? value <= policy.bound + rounding
                                                   : value >= policy.bound - rounding;
                values[policy.verdicts * count + k + lane] =
                    std::isnan(value) ? std::numeric_limits<float>::quiet_NaN()
                                      : (is_met ? 1.0F : 0.0F);
            }
        }
    }
}

/// Of all that the draws depend on.
std::string Sample::key() const {
    const auto& options = request_.options;
    const auto& known = options.covariance;
    return sha256(fmt::format("{} {} {} {} {} {} {} {} {} {} {}",
                              digest_of_files(study_.scenario()), version(), commit(),
                              options.draws, options.seed, static_cast<int>(options.method),
                              options.keeps_closure, policies_.size(), fmt::join(known.ids, " "),
                              fmt::join(known.centres, " "), fmt::join(known.values, " ")));
}

std::int64_t Sample::begin() {
    if (fs::exists(request_.folder) && !fs::exists(request_.folder / "sample.json") &&
        !fs::is_empty(request_.folder)) {
        throw IoError(fmt::format("cannot write '{}': it is no sample; choose another folder",
                                  request_.folder.string()));
    }
    const auto blocks = partial_ / "draws.bin";
    if (fs::exists(blocks) && !request_.resume) {
        throw IoError(fmt::format("an interrupted sample stands in '{}': go on with it by "
                                  "--resume, or remove it",
                                  partial_.string()));
    }
    std::error_code error;
    fs::create_directories(partial_, error);
    if (error) {
        throw IoError(partial_.string() + ": " + error.message());
    }
    file_ = std::make_unique<uncertainty::BlockFile>(
        blocks,
        uncertainty::BlockFile::Layout{key(), columns_, block_draws,
                                       static_cast<std::size_t>(request_.options.draws)},
        request_.resume);
    const auto kept = file_->blocks();
    std::vector<float> values;
    for (std::size_t block = 0; block < kept && !is_enough_; ++block) {
        file_->read(block, values);
        add(values);
    }
    return is_enough_ ? blocks_ : static_cast<std::int64_t>(kept);
}

bool Sample::take(const std::vector<float>& values) {
    file_->append(values);
    add(values);
    return !is_enough_;
}

void Sample::add(const std::vector<float>& values) {
    const std::size_t count = values.size() / columns_;
    for (std::size_t column = 0; column < columns_; ++column) {
        tally_->add(column, values.data() + column * count, count);
    }
    draws_ += static_cast<std::int64_t>(count);
    if (draws_ >= 2 * noted_ || draws_ == request_.options.draws) {
        note_convergence();
    }
    is_enough_ = is_sure_enough();
}

uncertainty::Estimate Sample::chance(const DrawnPolicy& policy) const {
    const auto count = tally_->count(policy.verdicts);
    const double hits = tally_->mean(policy.verdicts) * static_cast<double>(count);
    return uncertainty::share_of(std::llround(hits), count);
}

bool Sample::is_sure_enough() const {
    return request_.until && !policies_.empty() &&
           std::all_of(policies_.begin(), policies_.end(), [this](const auto& policy) {
               const auto known = chance(policy);
               return known.high - known.low <= 2.0 * *request_.until;
           });
}

void Sample::note_convergence() {
    noted_ = draws_;
    Convergence now;
    now.draws = draws_;
    for (const auto& policy : policies_) {
        now.chances.push_back(chance(policy));
        now.means.push_back(tally_->mean_of(policy.column));
    }
    convergence_.push_back(std::move(now));
}

std::int64_t Sample::without_solution() const {
    std::int64_t most = 0;
    std::size_t column = 0;
    for (const auto& year : sampler_->years()) {
        // A quotient may lack a value of its own; a sum lacks it only with all others.
        std::int64_t least = draws_;
        for (std::size_t i = 0; i < year.info().size(); ++i) {
            least = std::min(least, tally_->left_out(column++));
        }
        most = std::max(most, least);
    }
    return most;
}

std::int64_t Sample::total(int uncertainty::DrawHistory::*part) const {
    const auto place =
        std::distance(history.begin(), std::find(history.begin(), history.end(), part));
    const auto column = history_column() + static_cast<std::size_t>(place);
    return std::llround(tally_->mean(column) * static_cast<double>(tally_->count(column)));
}

/// One pass over the blocks per column and digit of the key; on the way draws.nc is written.
void Sample::find_quantiles(const fs::path& file) {
    struct Place {
        std::string name;
        io::NetcdfVariable variable;
        std::vector<std::pair<std::size_t, std::size_t>> columns; ///< year, column
    };
    std::vector<Place> places;
    std::map<std::string, std::size_t> by_name;
    const auto place = [&](const std::string& name, const model::Name& text,
                           const std::string& unit) -> Place& {
        const auto [found, is_new] = by_name.try_emplace(name, places.size());
        if (is_new) {
            places.push_back({name, {name, unit, text.en, text.zh}, {}});
        }
        return places[found->second];
    };
    std::vector<int> years;
    std::size_t column = 0;
    for (std::size_t y = 0; y < sampler_->years().size(); ++y) {
        years.push_back(sampler_->years()[y].year());
        for (const auto& info : sampler_->years()[y].info()) {
            place(info.id, info.name, info.unit).columns.emplace_back(y, column++);
        }
    }
    for (const auto& policy : policies_) {
        place("met_" + policy.id, policy.name, "1")
            .columns.emplace_back(policy.year, policy.verdicts);
    }
    std::vector<io::NetcdfVariable> variables;
    variables.reserve(places.size());
    for (const auto& one : places) {
        variables.push_back(one.variable);
    }
    const auto& options = request_.options;
    io::NetcdfFile out(file, years, static_cast<std::size_t>(draws_), variables,
                       {{"Conventions", "CF-1.8"},
                        {"title", study_.scenario().name.en},
                        {"scenario", study_.scenario().id},
                        {"source", fmt::format("chainsim {}", version())},
                        {"inputs", hash_of(study_.scenario())},
                        {"seed", std::to_string(options.seed)},
                        {"method", std::string(draws::to_string(options.method))}});
    quantiles_.assign(columns_, {});
    const std::size_t blocks = (static_cast<std::size_t>(draws_) + block_draws - 1) / block_draws;
    std::vector<float> values;
    const std::vector<float> nothing(block_draws, std::numeric_limits<float>::quiet_NaN());
    for (std::size_t v = 0; v < places.size(); ++v) {
        std::set<std::size_t> written;
        for (const auto& [year, own] : places[v].columns) {
            uncertainty::QuantileFinder finder(shares());
            written.insert(year);
            for (int pass = 0; pass < uncertainty::QuantileFinder::passes; ++pass) {
                for (std::size_t block = 0; block < blocks; ++block) {
                    file_->read_column(block, own, values);
                    finder.add(values.data(), values.size());
                    if (pass == 0) {
                        out.write(v, year, block * block_draws, values.data(), values.size());
                    }
                }
                finder.end_pass();
            }
            quantiles_[own] = finder.found();
        }
        for (std::size_t year = 0; year < years.size(); ++year) {
            for (std::size_t block = 0; block < blocks && !written.contains(year); ++block) {
                out.write(v, year, block * block_draws, nothing.data(), file_->draws_in(block));
            }
        }
    }
    out.close();
}

void Sample::finish() {
    if (convergence_.empty() || convergence_.back().draws != draws_) {
        note_convergence();
    }
    find_quantiles(partial_ / "draws.nc");
    write_tables(partial_);
    io::write_file(partial_ / "sample.json", page_json(sample_page(*this)));
    file_.reset();
    std::error_code error;
    fs::remove(partial_ / "draws.bin", error);
    io::synchronise(partial_ / "draws.nc");
    io::synchronise(partial_);
    fs::remove_all(request_.folder, error); // a sample, or empty: `begin` has seen to that
    fs::rename(partial_, request_.folder, error);
    if (error) {
        throw IoError(request_.folder.string() + ": " + error.message());
    }
}

} // namespace chainsim::study
