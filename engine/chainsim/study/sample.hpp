#pragma once

#include <chainsim/study/page.hpp>
#include <chainsim/study/study.hpp>
#include <chainsim/uncertainty/block_file.hpp>
#include <chainsim/uncertainty/sampler.hpp>
#include <chainsim/uncertainty/tally.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace chainsim::study {

/// Draws of a scenario, as `chainsim sample` is asked for them.
struct SampleRequest {
    uncertainty::SampleOptions options;
    std::filesystem::path folder; ///< where the results are to stand
    bool resume = false;          ///< go on with what an interrupted sample left
    /// Ends the sample once every chance is known to within this share, 95 times of 100.
    std::optional<double> until;
};

/// What `covariance.csv` of a reconciliation tells of the figures of a scenario: of coefficients of
/// its plants, and of whatever else it has under its own id. Quantities that are no figures (flows,
/// trades) are left out: they follow. Of two plants with one recipe only one may be told of.
///
/// Errors   InputError with the place: no square table of ids, a number that is none, another unit,
///          what no figures can have together, no figure of the scenario at all. IoError.
[[nodiscard]] uncertainty::Covariance read_covariance(const std::filesystem::path& file,
                                                      const model::Scenario& scenario);

/// A policy as a draw is judged by it: where its verdict turns.
struct DrawnPolicy {
    std::string id;
    model::Name name;
    std::string indicator;
    std::size_t year = 0;     ///< position among the years
    std::size_t column = 0;   ///< of the indicator
    std::size_t verdicts = 0; ///< column of its verdicts: 1 met, 0 missed
    bool at_most = true;
    bool hard = true;
    double bound = 0.0; ///< of the indicator, in its unit
    std::string unit;
};

/// What is known after so many draws.
struct Convergence {
    std::int64_t draws = 0;
    std::vector<uncertainty::Estimate> chances; ///< by policy
    std::vector<uncertainty::Estimate> means;   ///< by policy, of its indicator
};

/// A sample of a scenario: draws in numbered blocks that anyone may make, taken in order by one.
///
/// What is taken is written beside the target, in `NAME.partial`, block by block; the target
/// appears when all is there. The same scenario and options give the same bytes, whoever makes the
/// blocks and however often it was interrupted.
///
/// Errors   NoSolution if a nominal year has none; IoError; ClosingError from `make`.
class Sample {
public:
    Sample(const Study& study, SampleRequest request);
    ~Sample();
    Sample(const Sample&) = delete;
    Sample& operator=(const Sample&) = delete;
    Sample(Sample&&) = delete;
    Sample& operator=(Sample&&) = delete;

    static constexpr std::size_t block_draws = 1024;

    [[nodiscard]] const Study& study() const noexcept { return study_; }
    [[nodiscard]] const SampleRequest& request() const noexcept { return request_; }
    [[nodiscard]] const uncertainty::Sampler& sampler() const noexcept { return *sampler_; }
    [[nodiscard]] const std::vector<DrawnPolicy>& policies() const noexcept { return policies_; }
    [[nodiscard]] std::size_t columns() const noexcept { return columns_; }
    [[nodiscard]] std::int64_t blocks() const noexcept { return blocks_; }

    /// For one maker at a time.
    class Maker {
    public:
        explicit Maker(const Sample& sample);
        /// A block, column by column.
        void make(std::int64_t block, std::vector<float>& values);

    private:
        const Sample& sample_;
        uncertainty::Sampler::Workspace work_;
        Aligned results_;
    };

    /// Opens the target's shadow, takes what an interrupted sample left. -> the first block wanted.
    std::int64_t begin();
    /// Takes the next block. -> whether another is wanted.
    bool take(const std::vector<float>& values);
    /// Finds the quantiles, writes the folder and gives it its name.
    void finish();

    // What is known when it is finished.
    [[nodiscard]] std::int64_t draws() const noexcept { return draws_; }
    [[nodiscard]] const uncertainty::Tally& tally() const noexcept { return *tally_; }
    /// Shares of which quantiles are known.
    [[nodiscard]] static const std::vector<double>& shares();
    [[nodiscard]] const std::vector<double>& quantiles(std::size_t column) const {
        return quantiles_[column];
    }
    [[nodiscard]] const std::vector<Convergence>& convergence() const noexcept {
        return convergence_;
    }
    [[nodiscard]] uncertainty::Estimate chance(const DrawnPolicy& policy) const;
    /// Draws in which some year had no solution.
    [[nodiscard]] std::int64_t without_solution() const;
    /// How often, in all draws, recipes were drawn anew, and how many years were solved which way.
    [[nodiscard]] std::int64_t total(int uncertainty::DrawHistory::*part) const;

private:
    void find_policies(const Run& nominal);
    [[nodiscard]] std::size_t history_column() const { return columns_ - history_parts; }
    void add(const std::vector<float>& values);
    void find_quantiles(const std::filesystem::path& file);
    void write_tables(const std::filesystem::path& folder) const;
    [[nodiscard]] std::string key() const;
    [[nodiscard]] bool is_sure_enough() const;
    void note_convergence();

    static constexpr std::size_t history_parts = 4; ///< columns behind all others

    const Study& study_;
    SampleRequest request_;
    std::unique_ptr<uncertainty::Sampler> sampler_;
    std::vector<DrawnPolicy> policies_;
    std::size_t columns_ = 0;
    std::int64_t blocks_ = 0;
    std::filesystem::path partial_;
    std::unique_ptr<uncertainty::BlockFile> file_;
    std::unique_ptr<uncertainty::Tally> tally_;
    std::int64_t draws_ = 0;
    std::int64_t noted_ = 0; ///< draws at which the convergence was noted last
    bool is_enough_ = false;
    std::vector<std::vector<double>> quantiles_; ///< by column
    std::vector<Convergence> convergence_;
};

/// What a finished sample says: chances, spreads, how sure they are and what was drawn.
[[nodiscard]] Page sample_page(const Sample& sample);

} // namespace chainsim::study
