#include "commands.hpp"
#include "sample_arguments.hpp"
#include <chainsim/parallel/executor.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cstring>
#include <memory>
#include <vector>

namespace chainsim::ranks {

namespace {

/// One maker a thread, each made when its thread first needs it.
class Makers {
public:
    Makers(const study::Sample& sample, int threads)
        : sample_(sample), makers_(static_cast<std::size_t>(threads)),
          values_(static_cast<std::size_t>(threads)) {}

    std::string make(std::int64_t block, int worker) {
        auto& maker = makers_[static_cast<std::size_t>(worker)];
        auto& values = values_[static_cast<std::size_t>(worker)];
        if (!maker) {
            maker = std::make_unique<study::Sample::Maker>(sample_);
        }
        maker->make(block, values);
        std::string bytes(values.size() * sizeof(float), '\0');
        std::memcpy(bytes.data(), values.data(), bytes.size());
        return bytes;
    }

private:
    const study::Sample& sample_;
    std::vector<std::unique_ptr<study::Sample::Maker>> makers_;
    std::vector<std::vector<float>> values_;
};

void sample(const cli::SampleArguments& arguments, const Ranks& ranks) {
    std::unique_ptr<study::Study> study;
    std::unique_ptr<study::Sample> sample;
    ranks.together([&] {
        // Refused at once where the build has no threads.
        const parallel::Executor executor(arguments.threads);
        study = std::make_unique<study::Study>(study::open(arguments.scenario, arguments.years));
    });
    ranks.check_same(study::digest_of_files(study->scenario()), "what it reads of the scenario");
    std::int64_t first = 0;
    ranks.together([&] {
        sample = std::make_unique<study::Sample>(*study, cli::request_of(arguments, *study));
        if (ranks.is_first()) {
            first = sample->begin();
        }
    });
    Makers makers(*sample, arguments.threads);
    std::vector<float> values;
    try {
        ranks.share(
            {first, sample->blocks(), arguments.threads},
            [&](std::int64_t block, int worker) { return makers.make(block, worker); },
            [&](std::int64_t /*block*/, const std::string& bytes) {
                values.resize(bytes.size() / sizeof(float));
                std::memcpy(values.data(), bytes.data(), bytes.size());
                return sample->take(values);
            });
    } catch (const Ended& error) {
        throw Ended(fmt::format("{} after {} of {} draws, which lie in '{}.partial': go on with "
                                "them by --resume",
                                error.what(), sample->draws(), sample->request().options.draws,
                                sample->request().folder.string()));
    }
    if (ranks.is_first()) {
        sample->finish();
        cli::answer(arguments, *sample);
    }
}

} // namespace

Action add_sample(CLI::App& program) {
    auto arguments = std::make_shared<cli::SampleArguments>(); // owned by the action
    arguments->threads = 1;
    auto* command = program.add_subcommand(
        "sample", "As `chainsim sample`, the draws spread over the ranks: the same bytes");
    cli::add_sample_arguments(*command, *arguments, "Of each rank (default: 1)",
                              "mpirun -n 9 chainsim_mpi sample scenarios/hainan/plan_2025.yaml "
                              "-n 100000");
    command->get_option("--threads")->check(CLI::Range(1, 1024));
    return [arguments](const Ranks& ranks) { sample(*arguments, ranks); };
}

} // namespace chainsim::ranks
