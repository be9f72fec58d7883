#include "bindings.hpp"
#include <chainsim/io/file.hpp>
#include <chainsim/parallel/executor.hpp>
#include <chainsim/study/sample.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <map>
#include <system_error>
#include <unistd.h>

namespace chainsim::python {

namespace {

namespace fs = std::filesystem;

draws::Method draw_method_named(const std::string& word) {
    for (const auto method :
         {draws::Method::sobol, draws::Method::random, draws::Method::latin_hypercube}) {
        if (draws::to_string(method) == word) {
            return method;
        }
    }
    throw refused(fmt::format("unknown method '{}'", word),
                  "methods are 'sobol', 'random' and 'lhs'");
}

/// A folder that goes with its owner.
class Scratch {
public:
    Scratch() {
        std::string name = (fs::temp_directory_path() / "chainsim_sample_XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) {
            throw IoError("cannot make a folder in " + fs::temp_directory_path().string());
        }
        path_ = name;
    }
    ~Scratch() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    Scratch(Scratch&&) = delete;
    Scratch& operator=(Scratch&&) = delete;

    [[nodiscard]] const fs::path& path() const noexcept { return path_; }

private:
    fs::path path_;
};

/// A finished sample, with the draws of the indicators that were to be kept.
class DrawnSample {
public:
    DrawnSample(std::shared_ptr<OpenedStudy> study, study::SampleRequest request,
                const std::optional<Texts>& keep)
        : study_(std::move(study)) {
        if (request.folder.empty()) {
            scratch_ = std::make_unique<Scratch>();
            request.folder = scratch_->path() / "sample";
        }
        sample_ = std::make_unique<study::Sample>(*study_, std::move(request));
        choose(keep);
    }

    /// Makes all draws, or as many as there are until `stop` is set.
    void make(int threads, const std::atomic<bool>& stop) {
        const auto first = sample_->begin();
        const parallel::Executor executor(threads);
        std::vector<std::unique_ptr<study::Sample::Maker>> makers;
        makers.reserve(static_cast<std::size_t>(executor.threads()));
        for (int worker = 0; worker < executor.threads(); ++worker) {
            makers.push_back(std::make_unique<study::Sample::Maker>(*sample_));
        }
        std::vector<std::vector<float>> results(static_cast<std::size_t>(executor.slots()));
        executor.in_order(
            first, sample_->blocks(),
            [&](std::int64_t block, int worker, int slot) {
                makers[static_cast<std::size_t>(worker)]->make(
                    block, results[static_cast<std::size_t>(slot)]);
            },
            [&](std::int64_t, int slot) {
                const auto& values = results[static_cast<std::size_t>(slot)];
                keep(values);
                return sample_->take(values) && !stop.load();
            });
        if (stop.load()) {
            return; // what is there can be resumed, if it has a folder of its own
        }
        sample_->finish();
        scratch_.reset();
    }

    [[nodiscard]] const study::Sample& sample() const noexcept { return *sample_; }
    [[nodiscard]] bool has_folder() const { return !is_scratch_; }

    /// Errors  InputError for an indicator or a year that there is not, or that was not kept.
    [[nodiscard]] const std::vector<float>& values(const std::string& indicator, int year) const {
        const auto found = kept_.find({indicator, year});
        if (found != kept_.end()) {
            return found->second;
        }
        Texts known;
        bool is_year = false;
        for (const auto& program : sample_->sampler().years()) {
            if (program.year() != year) {
                continue;
            }
            is_year = true;
            for (const auto& info : program.info()) {
                known.push_back(info.id);
            }
        }
        if (!is_year) {
            throw refused(fmt::format("the sample has no year {}", year));
        }
        throw std::find(known.begin(), known.end(), indicator) == known.end()
            ? unknown_id("indicator", indicator, known)
            : refused(fmt::format("the draws of '{}' were not kept", indicator),
                      "name it in `keep`, or leave `keep` out");
    }

private:
    using Key = std::pair<std::string, int>;

    void choose(const std::optional<Texts>& keep) {
        is_scratch_ = scratch_ != nullptr;
        if (sample_->request().resume && (!keep || !keep->empty())) {
            throw refused("a sample that is resumed keeps no draws in memory",
                          "say keep=[], and read draws.nc");
        }
        Texts known;
        std::size_t column = 0;
        const auto draws = static_cast<std::size_t>(sample_->request().options.draws);
        for (const auto& program : sample_->sampler().years()) {
            for (const auto& info : program.info()) {
                known.push_back(info.id);
                if (!keep || std::find(keep->begin(), keep->end(), info.id) != keep->end()) {
                    auto& values = kept_[{info.id, program.year()}];
                    values.reserve(draws);
                    columns_.emplace_back(column, &values);
                }
                ++column;
            }
        }
        for (const auto& id : keep.value_or(Texts{})) {
            if (std::find(known.begin(), known.end(), id) == known.end()) {
                throw unknown_id("indicator", id, known);
            }
        }
    }

    void keep(const std::vector<float>& block) {
        const std::size_t count = block.size() / sample_->columns();
        for (const auto& [column, values] : columns_) {
            const auto begin = block.begin() + static_cast<std::ptrdiff_t>(column * count);
            values->insert(values->end(), begin, begin + static_cast<std::ptrdiff_t>(count));
        }
    }

    std::shared_ptr<OpenedStudy> study_; // before the sample, which refers to it
    std::unique_ptr<Scratch> scratch_;
    bool is_scratch_ = false;
    std::unique_ptr<study::Sample> sample_;
    std::map<Key, std::vector<float>> kept_;
    std::vector<std::pair<std::size_t, std::vector<float>*>> columns_;
};

table::Table indicators_of(const study::Sample& sample) {
    std::vector<table::Column> columns{
        table::whole_column("year"),   table::text_column("id"),   table::text_column("name_zh"),
        table::text_column("name_en"), table::text_column("unit"), table::number_column("nominal"),
        table::number_column("mean"),  table::number_column("sd"), table::number_column("least"),
        table::number_column("most")};
    for (const double share : study::Sample::shares()) {
        columns.push_back(table::number_column(fmt::format("p{:02.0f}", 100.0 * share)));
    }
    table::Table out("indicators", std::move(columns));
    std::size_t column = 0;
    const auto& tally = sample.tally();
    for (const auto& year : sample.sampler().years()) {
        for (std::size_t i = 0; i < year.info().size(); ++i, ++column) {
            const auto& info = year.info()[i];
            std::vector<table::Cell> row{std::int64_t{year.year()},
                                         info.id,
                                         info.name.zh,
                                         info.name.en,
                                         info.unit,
                                         year.nominal()[i],
                                         tally.mean(column),
                                         tally.sd(column),
                                         tally.least(column),
                                         tally.most(column)};
            const auto& quantiles = sample.quantiles(column);
            row.insert(row.end(), quantiles.begin(), quantiles.end());
            out.append(std::move(row));
        }
    }
    return out;
}

table::Table policies_of(const study::Sample& sample) {
    table::Table out("policies", {table::whole_column("year"), table::text_column("id"),
                                  table::text_column("name_zh"), table::text_column("name_en"),
                                  table::text_column("indicator"), table::whole_column("hard"),
                                  table::number_column("bound"), table::text_column("unit"),
                                  table::number_column("chance"), table::number_column("low"),
                                  table::number_column("high")});
    for (const auto& policy : sample.policies()) {
        const auto chance = sample.chance(policy);
        out.append({std::int64_t{sample.sampler().years()[policy.year].year()}, policy.id,
                    policy.name.zh, policy.name.en, policy.indicator,
                    std::int64_t{policy.hard ? 1 : 0}, policy.bound, policy.unit, chance.value,
                    chance.low, chance.high});
    }
    return out;
}

std::shared_ptr<DrawnSample> sample(const StudyOrPath& asked, std::int64_t n, std::uint64_t seed,
                                    const std::string& method, int threads, bool keeps_closure,
                                    const std::optional<double>& until,
                                    const std::optional<fs::path>& folder, bool resume,
                                    const std::optional<Texts>& keep,
                                    const std::optional<fs::path>& covariance) {
    constexpr double most_draws = 1 << 30;
    check_range("n", static_cast<double>(n), 1, most_draws);
    check_range("threads", threads, 0, 1024);
    if (until) {
        check_range("until", *until, 1e-4, 0.5);
    }
    if (resume && !folder) {
        throw refused("there is nothing to resume without a folder");
    }
    study::SampleRequest request;
    request.options = {n, seed, draw_method_named(method), keeps_closure, {}};
    request.folder = folder.value_or(fs::path{});
    request.resume = resume;
    request.until = until;
    std::shared_ptr<DrawnSample> out;
    std::atomic<bool> stop{false};
    do_watched(
        [&] {
            const auto study = study_of(asked);
            if (covariance) {
                request.options.covariance = study::read_covariance(*covariance, study->scenario());
            }
            out = std::make_shared<DrawnSample>(study, request, keep);
            out->make(threads, stop);
        },
        stop);
    return out;
}

py::array values_of(const py::object& self, const std::string& indicator, int year) {
    const auto& values = py::cast<const DrawnSample&>(self).values(indicator, year);
    py::array_t<float> out(static_cast<py::ssize_t>(values.size()), values.data(), self);
    out.attr("flags").attr("writeable") = false;
    return out;
}

} // namespace

void bind_samples(py::module_& module) {
    py::class_<DrawnSample, std::shared_ptr<DrawnSample>>(
        module, "Sample", "Draws of all uncertain figures of a scenario, and what they come to")
        .def_property_readonly("draws", [](const DrawnSample& one) { return one.sample().draws(); })
        .def_property_readonly(
            "without_solution",
            [](const DrawnSample& one) { return one.sample().without_solution(); },
            "Draws in which some year had no solution")
        .def_property_readonly(
            "folder",
            [](const DrawnSample& one) {
                return one.has_folder() ? std::optional(one.sample().request().folder)
                                        : std::nullopt;
            },
            "Where the results stand; None if no folder was named")
        .def(
            "policies", [](const DrawnSample& one) { return shared(policies_of(one.sample())); },
            "The chance of each policy to be met (a share, 95 % interval), by year")
        .def(
            "indicators",
            [](const DrawnSample& one) { return shared(indicators_of(one.sample())); },
            "Mean, spread and quantiles of each indicator, by year")
        .def("values", &values_of, py::arg("indicator"), py::arg("year"),
             "The draws of an indicator: float32, a read-only view; NaN where a year has no "
             "solution")
        .def(
            "page",
            [](const DrawnSample& one) {
                return std::make_shared<study::Page>(study::sample_page(one.sample()));
            },
            "What `chainsim sample` prints")
        .def("__repr__", [](const DrawnSample& one) {
            return fmt::format("<chainsim.Sample {}: {} draws>", one.sample().study().scenario().id,
                               one.sample().draws());
        });
    module.def("sample", &sample, py::arg("study"), py::arg("n") = 1000, py::kw_only(),
               py::arg("seed") = 1, py::arg("method") = "sobol", py::arg("threads") = 0,
               py::arg("keeps_closure") = true, py::arg("until") = py::none(),
               py::arg("folder") = py::none(), py::arg("resume") = false,
               py::arg("keep") = py::none(), py::arg("covariance") = py::none(),
               "Draws all uncertain figures n times: chances of the policies, and spreads.\n\n"
               "The same study and options give the same draws, for any number of threads (0: as\n"
               "many as there are cores). until: ends once each chance is known to within this\n"
               "share. folder: where `chainsim sample -o` would write; else nothing is left.\n"
               "keep: indicators of which `values` has the draws; None for all, 4 bytes each.\n"
               "covariance: covariance.csv of a reconciliation; its figures are drawn together.\n"
               "Ctrl-C ends it; what stands in a folder then can be resumed.");
}

} // namespace chainsim::python
