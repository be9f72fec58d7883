#include <chainsim/base/diagnostic.hpp>
#include <chainsim/base/sha256.hpp>
#include <chainsim/graph/graphviz.hpp>
#include <chainsim/io/csv.hpp>
#include <chainsim/io/file.hpp>
#include <chainsim/io/sqlite.hpp>
#include <chainsim/study/detail/draft.hpp>
#include <chainsim/study/run_folder.hpp>
#include <chainsim/study/study.hpp>
#include <chainsim/study/summary.hpp>
#include <chainsim/study/tables.hpp>
#include <chainsim/study/version.hpp>

#include <Eigen/Core>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <future>
#include <iterator>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace chainsim::study {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using detail::fail;

constexpr std::string_view manifest_schema = "chainsim.manifest/1";

/// Does a path stay within the folder that it is relative to?
bool is_inside(const fs::path& path) {
    const fs::path plain = path.lexically_normal();
    return plain.is_relative() && !plain.empty() && *plain.begin() != "..";
}

/// Writes the files of a run. Tables are made and then written as a database beside the other
/// files, and the inputs meanwhile: these mostly wait for the device. In the manifest all stand in
/// one order.
class FolderWriter {
public:
    FolderWriter(const Run& run, fs::path folder) : run_(run), folder_(std::move(folder)) {}

    void write() {
        auto inputs = std::async(std::launch::async, [this] { write_inputs(); });
        const auto tables =
            std::async(std::launch::async, [this] { return tables_of_database(); }).share();
        auto database =
            std::async(std::launch::async, [this, tables] { return write_database(tables.get()); });
        Json files = Json::array({put("summary.json", summary_json(run_))});
        auto drawing = put("chain.dot", chain());
        for (const auto& table : std::span(tables.get()).first(tables.get().size() - own_tables)) {
            files.push_back(put(table.name() + ".csv", io::to_csv(table)));
        }
        files.push_back(std::move(drawing));
        synchronise(files);
        files.push_back(database.get());
        inputs.get();
        io::write_file(folder_ / "manifest.json", text_of_manifest(std::move(files)));
        io::synchronise(folder_);
    }

private:
    /// Writes a file, to be synchronised; what the manifest says of it.
    [[nodiscard]] Json put(const std::string& name, const std::string& text) const {
        io::write_file(folder_ / name, text, io::Device::later);
        return entry(name, text);
    }

    void synchronise(const Json& files) const {
        std::vector<fs::path> paths;
        paths.reserve(files.size());
        for (const auto& file : files) {
            paths.push_back(folder_ / file.at("path").get<std::string>());
        }
        io::synchronise(paths);
    }

    [[nodiscard]] static Json entry(const std::string& name, const std::string& bytes) {
        return {{"path", name}, {"sha256", sha256(bytes)}, {"bytes", bytes.size()}};
    }

    /// The chain of the last year.
    [[nodiscard]] std::string chain() const {
        const auto& year = run_.years().back();
        graph::DotOptions options;
        options.language = table::Language::zh;
        for (std::uint32_t i = 0; i < run_.scenario().facilities.size(); ++i) {
            options.activity.push_back(year.activity(model::Index<model::Facility>{i}));
        }
        return graph::to_dot(run_.scenario(), year.year(), options);
    }

    static constexpr std::size_t own_tables = 2; ///< last of the database, and no files

    [[nodiscard]] std::vector<table::Table> tables_of_database() {
        const auto& sources = run_.scenario().inputs;
        digests_.reserve(sources.size());
        std::transform(sources.begin(), sources.end(), std::back_inserter(digests_),
                       [](const auto& input) { return sha256(input.text); });
        hash_ = hash_of(run_.scenario());
        auto tables = tables_of(run_);
        table::Table about("run", {table::text_column("key"), table::text_column("value")});
        about.append({"schema", "chainsim.run/1"});
        about.append({"engine_version", std::string(version())});
        about.append({"engine_commit", std::string(commit())});
        about.append({"scenario", run_.scenario().id});
        about.append({"scenario_hash", hash_});
        about.append({"seed", std::to_string(run_.scenario().seed)});
        table::Table inputs("inputs", {table::text_column("path"), table::text_column("sha256"),
                                       table::text_column("text")});
        for (std::size_t i = 0; i < digests_.size(); ++i) {
            inputs.append({sources[i].path, digests_[i], sources[i].text});
        }
        tables.push_back(std::move(about));
        tables.push_back(std::move(inputs));
        return tables;
    }

    [[nodiscard]] Json write_database(const std::vector<table::Table>& tables) const {
        const fs::path file = folder_ / "run.sqlite";
        io::write_sqlite(file, tables);
        io::synchronise(file);
        return entry("run.sqlite", io::read_file(file));
    }

    void write_inputs() const {
        std::vector<fs::path> files;
        files.reserve(run_.scenario().inputs.size());
        for (const auto& input : run_.scenario().inputs) {
            CHAINSIM_EXPECT(is_inside(input.path),
                            "an input outside of its folder: '" + input.path + "'");
            const fs::path file = folder_ / "inputs" / fs::path(input.path).lexically_normal();
            std::error_code error;
            fs::create_directories(file.parent_path(), error);
            if (error) {
                fail("make", file.parent_path(), error);
            }
            io::write_file(file, input.text, io::Device::later);
            files.push_back(file);
        }
        io::synchronise(files);
    }

    [[nodiscard]] std::string text_of_manifest(Json files) const {
        const auto& scenario = run_.scenario();
        Json years = Json::array();
        for (const auto& year : run_.years()) {
            years.push_back(year.year());
        }
        Json inputs = Json::array();
        for (std::size_t i = 0; i < digests_.size(); ++i) {
            inputs.push_back({{"path", scenario.inputs[i].path}, {"sha256", digests_[i]}});
        }
        const Json manifest{
            {"schema", manifest_schema},
            {"engine", {{"version", version()}, {"commit", commit()}, {"compiler", __VERSION__}}},
            {"libraries",
             {{"Eigen", fmt::format("{}.{}.{}", EIGEN_WORLD_VERSION, EIGEN_MAJOR_VERSION,
                                    EIGEN_MINOR_VERSION)},
              {"fmt", fmt::format("{}.{}.{}", FMT_VERSION / 10000, FMT_VERSION / 100 % 100,
                                  FMT_VERSION % 100)}}},
            {"scenario",
             {{"id", scenario.id},
              {"file", run_.main_input()},
              {"hash", hash_},
              {"files", digest_of_files(scenario)}}},
            {"options", {{"years", std::move(years)}, {"seed", scenario.seed}}},
            {"inputs", std::move(inputs)},
            {"files", std::move(files)}};
        return manifest.dump(1) + '\n';
    }

    const Run& run_;
    fs::path folder_;
    // Once the tables are made:
    std::vector<std::string> digests_; ///< of the inputs
    std::string hash_;                 ///< of the scenario
};

/// The manifest of a folder, or a null value where there is none that we wrote.
Json manifest_of(const fs::path& folder) {
    std::error_code error;
    const fs::path file = folder / "manifest.json";
    if (!fs::is_regular_file(file, error)) {
        return nullptr;
    }
    Json manifest = Json::parse(io::read_file(file), nullptr, false);
    const bool ours = manifest.is_object() && manifest.contains("schema") &&
                      manifest["schema"] == manifest_schema;
    return ours ? manifest : Json(nullptr);
}

/// The inputs that a manifest lists: path within `inputs/` and digest.
std::vector<std::pair<fs::path, std::string>> inputs_of(const Json& manifest) {
    std::vector<std::pair<fs::path, std::string>> list;
    for (const auto& input : manifest.value("inputs", Json::array())) {
        list.emplace_back(input.value("path", std::string()), input.value("sha256", std::string()));
    }
    return list;
}

/// What lies in a run folder and is no part of the run, or an empty path: someone's own file, which
/// would go with the old run.
fs::path stranger_in(const fs::path& folder, const Json& manifest) {
    std::set<fs::path> written{"manifest.json", "inputs"};
    const auto add = [&written](const fs::path& file) {
        for (fs::path path = file.lexically_normal(); !path.empty(); path = path.parent_path()) {
            written.insert(path);
        }
    };
    for (const auto& file : manifest.value("files", Json::array())) {
        add(file.value("path", std::string("manifest.json")));
    }
    for (const auto& [path, digest] : inputs_of(manifest)) {
        add("inputs" / path);
    }
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (auto path = entry.path().lexically_relative(folder); !written.contains(path)) {
            return path;
        }
    }
    return {};
}

} // namespace

bool is_run(const fs::path& folder) { return !manifest_of(folder).is_null(); }

void check_target(const fs::path& target, std::string_view scenario) {
    std::error_code error;
    const auto status = fs::status(target, error);
    if (!fs::exists(status)) {
        return;
    }
    if (!fs::is_directory(status)) {
        throw IoError(fmt::format("cannot write '{}': it is not a folder", target.string()));
    }
    const bool empty = fs::is_empty(target, error);
    if (error) {
        fail("read", target, error);
    }
    const Json manifest = manifest_of(target);
    if (!empty && manifest.is_null()) {
        throw IoError(fmt::format("cannot write '{}': it holds other files than a run; choose an "
                                  "empty folder, or one that is not there yet",
                                  target.string()));
    }
    if (empty) {
        return;
    }
    if (const auto stranger = stranger_in(target, manifest); !stranger.empty()) {
        throw IoError(
            fmt::format("cannot write '{}': '{}' in it is no part of the run and would be "
                        "lost; move it, or choose another folder",
                        target.string(), stranger.string()));
    }
    const auto id = manifest.value(Json::json_pointer("/scenario/id"), Json(std::string(scenario)));
    if (id != scenario) {
        throw IoError(fmt::format("cannot write '{}': it holds a run of the scenario '{}'; choose "
                                  "another folder, or remove that one",
                                  target.string(),
                                  id.is_string() ? id.get<std::string>() : id.dump()));
    }
}

void write_run(const Run& run, const fs::path& target) {
    CHAINSIM_EXPECT(!run.years().empty(), "a run without years");
    const detail::SignalsLater later;
    detail::Draft draft(target); // first, since it may bring back what a killed run had set aside
    check_target(target, run.scenario().id);
    draft.fill([&run](const fs::path& folder) { FolderWriter(run, folder).write(); });
    draft.publish();
}

RunOrigin read_origin(const fs::path& folder) {
    const auto refuse = [&](const std::string& message) {
        throw InputError({Diagnostic{{folder.string(), 0, 0},
                                     {},
                                     message,
                                     "name a scenario file, or a folder that `chainsim run` wrote",
                                     {},
                                     {}}});
    };
    const Json manifest = manifest_of(folder);
    if (manifest.is_null()) {
        refuse("this folder is no run: it has no manifest.json of ours");
    }
    RunOrigin origin;
    try {
        origin.main_input = manifest.at("scenario").at("file").get<std::string>();
        origin.years = manifest.at("options").at("years").get<std::vector<int>>();
    } catch (const Json::exception&) {
        refuse("manifest.json does not say which scenario was run");
    }
    if (origin.main_input.empty() || !is_inside(origin.main_input)) {
        refuse("manifest.json does not say which scenario was run");
    }
    for (const auto& [path, digest] : inputs_of(manifest)) {
        const fs::path file = folder / "inputs" / path;
        std::error_code error;
        if (!is_inside(path) || !fs::is_regular_file(file, error) ||
            sha256(io::read_file(file)) != digest) {
            refuse(
                fmt::format("'{}' is not what was run: it was changed, or is gone; work on a copy "
                            "of `inputs/`, outside of the run",
                            ("inputs" / path).string()));
        }
    }
    return origin;
}

} // namespace chainsim::study
