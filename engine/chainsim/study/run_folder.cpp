#include <chainsim/base/diagnostic.hpp>
#include <chainsim/graph/graphviz.hpp>
#include <chainsim/io/csv.hpp>
#include <chainsim/io/file.hpp>
#include <chainsim/io/sha256.hpp>
#include <chainsim/io/sqlite.hpp>
#include <chainsim/study/run_folder.hpp>
#include <chainsim/study/study.hpp>
#include <chainsim/study/summary.hpp>
#include <chainsim/study/tables.hpp>
#include <chainsim/study/version.hpp>

#include <Eigen/Core>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

namespace chainsim::study {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr std::string_view manifest_schema = "chainsim.manifest/1";

[[noreturn]] void fail(const char* what, const fs::path& path, const std::error_code& reason) {
    throw IoError(fmt::format("cannot {} '{}': {}", what, path.string(), reason.message()));
}

std::error_code last_error() { return {errno, std::generic_category()}; }

/// Does a path stay within the folder that it is relative to?
bool is_inside(const fs::path& path) {
    const fs::path plain = path.lexically_normal();
    return plain.is_relative() && !plain.empty() && *plain.begin() != "..";
}

/// The target without a slash at its end, so that it has a name and a folder above it.
fs::path named(const fs::path& target) {
    fs::path path = fs::absolute(target).lexically_normal();
    if (fs::is_symlink(path)) {
        path = fs::canonical(path); // the folder is replaced, not the link to it
    }
    return path.has_filename() ? path : path.parent_path();
}

/// A folder that is held while this object lives. Whoever holds it is at work in it; the system
/// lets go for a process that was killed, whatever its number and wherever it ran.
class Hold {
public:
    explicit Hold(const fs::path& folder)
        : folder_(folder), handle_(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
        held_ = handle_ >= 0 && ::flock(handle_, LOCK_EX | LOCK_NB) == 0 && is_still_there();
    }
    ~Hold() {
        if (handle_ >= 0) {
            (void)::close(handle_);
        }
    }
    Hold(const Hold&) = delete;
    Hold& operator=(const Hold&) = delete;
    Hold(Hold&&) = delete;
    Hold& operator=(Hold&&) = delete;

    [[nodiscard]] explicit operator bool() const noexcept { return held_; }

private:
    /// Between opening and holding, another process may have cleared the folder away.
    [[nodiscard]] bool is_still_there() const {
        struct stat opened {};
        struct stat named {};
        return ::fstat(handle_, &opened) == 0 && ::stat(folder_.c_str(), &named) == 0 &&
               opened.st_ino == named.st_ino && opened.st_dev == named.st_dev;
    }

    fs::path folder_;
    int handle_;
    bool held_ = false;
};

/// A folder beside the target, under a name of its own, that vanishes unless it is published.
class Draft {
public:
    explicit Draft(const fs::path& target) : target_(named(target)) {
        std::error_code error;
        fs::create_directories(target_.parent_path(), error);
        if (error) {
            fail("make", target_.parent_path(), error);
        }
        clear_leftovers();
        make();
    }
    ~Draft() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    Draft(const Draft&) = delete;
    Draft& operator=(const Draft&) = delete;
    Draft(Draft&&) = delete;
    Draft& operator=(Draft&&) = delete;

    [[nodiscard]] const fs::path& path() const { return path_; }

    /// Gives the folder the name of the target, in one step. What stood there before takes the
    /// draft's name, and goes with it.
    void publish() {
        if (::rename(path_.c_str(), target_.c_str()) != 0) {
            if (errno != ENOTEMPTY && errno != EEXIST) {
                fail("name", target_, last_error());
            }
            exchange();
        }
        io::synchronise(target_.parent_path());
    }

private:
    [[nodiscard]] std::string prefix() const {
        return "." + target_.filename().string() + ".partial-";
    }

    /// Eight digits of ours, and perhaps the mark of a run that was set aside.
    [[nodiscard]] bool is_draft(std::string_view name) const {
        if (!name.starts_with(prefix())) {
            return false;
        }
        name.remove_prefix(prefix().size());
        if (name.ends_with(set_aside)) {
            name.remove_suffix(set_aside.size());
        }
        return name.size() == 8 &&
               name.find_first_not_of("0123456789abcdef") == std::string_view::npos;
    }

    void make() {
        constexpr int attempts = 100;
        std::random_device random;
        for (int attempt = 0; attempt < attempts; ++attempt) {
            path_ = target_.parent_path() / fmt::format("{}{:08x}", prefix(), random());
            std::error_code error;
            if (fs::create_directory(path_, error)) {
                hold_ = std::make_unique<Hold>(path_);
                if (*hold_) {
                    return;
                }
            } else if (error) {
                fail("make", path_, error);
            }
        }
        fail("make", path_, std::make_error_code(std::errc::file_exists));
    }

    void exchange() {
        if (::renameat2(AT_FDCWD, path_.c_str(), AT_FDCWD, target_.c_str(), RENAME_EXCHANGE) == 0) {
            return;
        }
        if (errno != EINVAL && errno != ENOSYS) {
            fail("replace", target_, last_error());
        }
        // A file system that cannot exchange two names: for a moment there is none.
        const fs::path old = path_.string() + std::string(set_aside);
        if (::rename(target_.c_str(), old.c_str()) != 0) {
            fail("replace", target_, last_error());
        }
        if (::rename(path_.c_str(), target_.c_str()) != 0) {
            const auto reason = last_error();
            ::rename(old.c_str(), target_.c_str());
            fail("replace", target_, reason);
        }
        std::error_code ignored;
        fs::remove_all(old, ignored);
    }

    /// Drafts of processes that were killed; a run that one of them had set aside comes back.
    void clear_leftovers() const {
        std::error_code ignored;
        std::vector<fs::path> found;
        for (const auto& entry : fs::directory_iterator(target_.parent_path(), ignored)) {
            if (is_draft(entry.path().filename().string())) {
                found.push_back(entry.path());
            }
        }
        for (const auto& path : found) {
            const Hold hold(path);
            if (!hold) {
                continue;
            }
            if (path.string().ends_with(set_aside) && !fs::exists(target_)) {
                fs::rename(path, target_, ignored);
            } else {
                fs::remove_all(path, ignored);
            }
        }
    }

    static constexpr std::string_view set_aside = ".old";

    fs::path target_;
    fs::path path_;
    std::unique_ptr<Hold> hold_;
};

/// Puts off the signals by which users stop a program until the folder is complete: writing takes a
/// fraction of a second, and then they are heard.
class SignalsLater {
public:
    SignalsLater() {
        sigset_t set;
        sigemptyset(&set);
        for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
            sigaddset(&set, signal);
        }
        pthread_sigmask(SIG_BLOCK, &set, &before_);
    }
    ~SignalsLater() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
    SignalsLater(const SignalsLater&) = delete;
    SignalsLater& operator=(const SignalsLater&) = delete;
    SignalsLater(SignalsLater&&) = delete;
    SignalsLater& operator=(SignalsLater&&) = delete;

private:
    sigset_t before_{};
};

/// Writes the files of a run, and remembers the digest of each.
class Writer {
public:
    Writer(const Run& run, fs::path folder) : run_(run), folder_(std::move(folder)) {}

    void write() {
        put("summary.json", summary_json(run_));
        const auto tables = tables_of(run_);
        for (const auto& table : tables) {
            put(table.name() + ".csv", io::to_csv(table));
        }
        put("chain.dot", chain());
        database(tables);
        inputs();
        const std::string manifest = text_of_manifest();
        io::write_file(folder_ / "manifest.json", manifest);
        io::synchronise(folder_);
    }

private:
    void put(const std::string& name, const std::string& text) {
        io::write_file(folder_ / name, text);
        files_.push_back({{"path", name}, {"sha256", io::sha256(text)}, {"bytes", text.size()}});
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

    void database(std::vector<table::Table> tables) {
        table::Table about("run", {table::text_column("key"), table::text_column("value")});
        about.append({"schema", "chainsim.run/1"});
        about.append({"engine_version", std::string(version())});
        about.append({"engine_commit", std::string(commit())});
        about.append({"scenario", run_.scenario().id});
        about.append({"scenario_hash", hash_of(run_.scenario())});
        about.append({"seed", std::to_string(run_.scenario().seed)});
        table::Table inputs("inputs", {table::text_column("path"), table::text_column("sha256"),
                                       table::text_column("text")});
        for (const auto& input : run_.scenario().inputs) {
            inputs.append({input.path, io::sha256(input.text), input.text});
        }
        tables.push_back(std::move(about));
        tables.push_back(std::move(inputs));
        const fs::path file = folder_ / "run.sqlite";
        io::write_sqlite(file, tables);
        io::synchronise(file);
        const std::string bytes = io::read_file(file);
        files_.push_back(
            {{"path", "run.sqlite"}, {"sha256", io::sha256(bytes)}, {"bytes", bytes.size()}});
    }

    void inputs() {
        for (const auto& input : run_.scenario().inputs) {
            const fs::path relative = fs::path(input.path).lexically_normal();
            CHAINSIM_EXPECT(is_inside(input.path),
                            "an input outside of its folder: '" + input.path + "'");
            const fs::path file = folder_ / "inputs" / relative;
            std::error_code error;
            fs::create_directories(file.parent_path(), error);
            if (error) {
                fail("make", file.parent_path(), error);
            }
            io::write_file(file, input.text);
        }
    }

    [[nodiscard]] std::string text_of_manifest() const {
        const auto& scenario = run_.scenario();
        Json years = Json::array();
        for (const auto& year : run_.years()) {
            years.push_back(year.year());
        }
        Json inputs = Json::array();
        for (const auto& input : scenario.inputs) {
            inputs.push_back({{"path", input.path}, {"sha256", io::sha256(input.text)}});
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
             {{"id", scenario.id}, {"file", run_.main_input()}, {"hash", hash_of(scenario)}}},
            {"options", {{"years", std::move(years)}, {"seed", scenario.seed}}},
            {"inputs", std::move(inputs)},
            {"files", files_}};
        return manifest.dump(1) + '\n';
    }

    const Run& run_;
    fs::path folder_;
    Json files_ = Json::array();
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
    const SignalsLater later;
    Draft draft(target); // first, since it may bring back what a killed run had set aside
    check_target(target, run.scenario().id);
    Writer(run, draft.path()).write();
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
            io::sha256(io::read_file(file)) != digest) {
            refuse(
                fmt::format("'{}' is not what was run: it was changed, or is gone; work on a copy "
                            "of `inputs/`, outside of the run",
                            ("inputs" / path).string()));
        }
    }
    return origin;
}

} // namespace chainsim::study
