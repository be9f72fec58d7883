#include <chainsim/base/diagnostic.hpp>
#include <chainsim/base/error.hpp>
#include <chainsim/optimise/certificate.hpp>
#include <chainsim/optimise/detail/process.hpp>
#include <chainsim/optimise/external_backend.hpp>
#include <chainsim/optimise/mps.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace chainsim::optimise {

namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void refuse_command(std::string message) {
    throw InputError({{.where = {},
                       .field = {},
                       .message = std::move(message),
                       .help = "write for example 'cbc {mps} timeMode elapsed ratio {gap} sec "
                               "{seconds} solve solu {solution}'",
                       .also = {},
                       .line_text = {}}});
}

std::vector<std::string> split_command(const std::string& command) {
    std::vector<std::string> words;
    std::string word;
    bool is_open = false; // a word, maybe an empty one
    char quote = '\0';
    for (const char letter : command) {
        if (quote != '\0' ? letter == quote : letter == '\'' || letter == '"') {
            quote = quote == '\0' ? letter : '\0';
            is_open = true;
        } else if (quote == '\0' && (letter == ' ' || letter == '\t' || letter == '\n')) {
            if (is_open) {
                words.push_back(std::exchange(word, {}));
            }
            is_open = false;
        } else {
            word += letter;
            is_open = true;
        }
    }
    if (quote != '\0') {
        refuse_command("a quote in the command of the solver is not closed");
    }
    if (is_open) {
        words.push_back(word);
    }
    return words;
}

struct Closer {
    void operator()(std::FILE* file) const { static_cast<void>(std::fclose(file)); }
};
using File = std::unique_ptr<std::FILE, Closer>;

void write_file(const std::filesystem::path& path, const std::string& text) {
    File file(std::fopen(path.c_str(), "wb"));
    if (!file || std::fwrite(text.data(), 1, text.size(), file.get()) != text.size() ||
        std::fclose(file.release()) != 0) {
        throw IoError(fmt::format("cannot write '{}': {}", path.string(),
                                  std::generic_category().message(errno)));
    }
}

/// Nothing if there is no such file.
std::optional<std::string> read_file(const std::filesystem::path& path) {
    const File file(std::fopen(path.c_str(), "rb"));
    if (!file) {
        return std::nullopt;
    }
    std::string text;
    std::vector<char> part(1 << 16);
    for (std::size_t count = 1; count > 0;) {
        count = std::fread(part.data(), 1, part.size(), file.get());
        text.append(part.data(), count);
    }
    return text;
}

/// The last line of what a solver said, for a message.
std::string last_words(const std::filesystem::path& path) {
    std::string text = read_file(path).value_or("");
    text.erase(text.find_last_not_of(" \r\n") + 1);
    const auto begin = text.find_last_of('\n');
    text = begin == std::string::npos ? text : text.substr(begin + 1);
    return text.empty() ? std::string() : fmt::format("; its last words: {}", text);
}

class ExternalBackend : public Backend {
public:
    explicit ExternalBackend(std::vector<std::string> words) : words_(std::move(words)) {}

    [[nodiscard]] std::string name() const override {
        return std::filesystem::path(words_.front()).filename().string() + " (external)";
    }

    [[nodiscard]] Answer solve(const Program& program, const SolveOptions& options) override {
        const auto begin = Clock::now();
        const auto elapsed = [begin] {
            return std::chrono::duration<double>(Clock::now() - begin).count();
        };
        Answer answer;
        answer.solver = name();
        run(program, options, answer, elapsed);
        SolveOptions rest = options;
        // Some time for the bound, even of a search that took all of it.
        rest.seconds = std::max(2.0, options.seconds - elapsed());
        conclude(program, rest, answer);
        check(program, options, answer);
        answer.seconds = elapsed();
        return answer;
    }

private:
    [[nodiscard]] bool is_told_time() const {
        return std::any_of(words_.begin(), words_.end(), [](const std::string& word) {
            return word.find("{seconds}") != std::string::npos;
        });
    }

    [[nodiscard]] std::vector<std::string>
    filled(const std::string& mps, const std::string& solution, const SolveOptions& options) const {
        // More than a year is no limit, and overflows the milliseconds of some.
        const double seconds = std::ceil(std::clamp(options.seconds, 1.0, 1e6));
        const std::vector<std::pair<std::string, std::string>> values{
            {"{mps}", mps},
            {"{solution}", solution},
            {"{gap}", fmt::format("{}", options.gap)},
            {"{seconds}", fmt::format("{:.0f}", seconds)}};
        std::vector<std::string> out = words_;
        for (auto& word : out) {
            for (const auto& [place, value] : values) {
                for (auto at = word.find(place); at != std::string::npos;
                     at = word.find(place, at + value.size())) {
                    word.replace(at, place.size(), value);
                }
            }
        }
        return out;
    }

    template <typename Elapsed>
    void run(const Program& program, const SolveOptions& options, Answer& answer,
             const Elapsed& elapsed) const {
        const detail::PrivateFolder folder;
        const auto mps = folder.path() / "program.mps";
        const auto solution = folder.path() / "solution.txt";
        const auto output = folder.path() / "output.txt";
        write_file(mps, to_mps(program));
        const double limit =
            options.seconds + (is_told_time() ? 2.0 + 0.05 * options.seconds : 0.0);
        const auto is_to_end = [&] {
            return (options.interrupt != nullptr && options.interrupt->load()) ||
                   elapsed() >= limit;
        };
        const auto end =
            detail::run_process(filled(mps.string(), solution.string(), options),
                                options.log ? std::string() : output.string(), is_to_end);
        const auto text = read_file(solution);
        if (!text || text->empty()) {
            answer.status = end.was_ended ? Status::stopped : Status::failed;
            answer.message = end.was_ended ? "ended before it wrote a solution"
                                           : fmt::format("{} wrote no solution; exit code {}{}",
                                                         name(), end.code, last_words(output));
            return;
        }
        answer.status = claimed_status(*text).value_or(Status::feasible);
        if (answer.status == Status::infeasible || answer.status == Status::unbounded) {
            return;
        }
        try {
            answer.point = parse_solution(*text, program, "solution of " + name());
        } catch (const InputError&) {
            if (!end.was_ended) {
                throw;
            }
            answer.status = Status::stopped; // in the middle of writing
        }
    }

    /// The bound, and what of the claim stands.
    static void conclude(const Program& program, const SolveOptions& options, Answer& answer) {
        Program relaxed = program;
        std::fill(relaxed.is_integer.begin(), relaxed.is_integer.end(), char{0});
        SolveOptions plain = options;
        plain.start.clear();
        plain.progress = nullptr;
        plain.log = false;
        const Answer bound = make_cbc()->solve(relaxed, plain);
        answer.bound = program.is_maximised ? infinity : -infinity;
        if (bound.status == Status::infeasible) {
            answer.status = Status::infeasible; // whatever was claimed
            answer.point.clear();
            answer.message.clear();
            return;
        }
        if (bound.status == Status::unbounded && program.integers() == 0) {
            answer.status = Status::unbounded;
            answer.point.clear();
            return;
        }
        if (bound.status == Status::optimal) {
            answer.bound = bound.objective;
            if (!bound.row_duals.empty()) {
                answer.bound = dual_bound(relaxed, bound.row_duals).value_or(bound.objective);
            }
        }
        conclude_claim(program, options, bound, answer);
    }

    static void conclude_claim(const Program& program, const SolveOptions& options,
                               const Answer& relaxed, Answer& answer) {
        if (answer.status == Status::infeasible) {
            if (program.integers() == 0 && relaxed.status == Status::optimal) {
                answer.status = Status::failed;
                answer.message = "called infeasible, and it has a point";
            } else {
                answer.message = "called infeasible, which is not checked";
            }
            return;
        }
        if (answer.status == Status::unbounded && relaxed.status == Status::optimal) {
            answer.status = Status::failed;
            answer.message = "called unbounded, and its linear relaxation has an optimum";
            return;
        }
        if (answer.point.empty() || answer.status == Status::failed) {
            return;
        }
        // A solver that was stopped may leave a point of its relaxation.
        const bool was_stopped = answer.status == Status::stopped;
        const auto certificate = certify(program, answer.point);
        if (was_stopped && certificate.violation() > 10.0 * options.tolerance) {
            answer.point.clear();
            return;
        }
        const bool is_claimed = answer.status == Status::optimal;
        const double allowed = options.gap * std::max(1e-10, std::abs(certificate.objective)) +
                               1e-9 * std::abs(certificate.objective);
        answer.status = std::abs(certificate.objective - answer.bound) <= allowed
                            ? Status::optimal
                            : Status::feasible;
        if (is_claimed && answer.status == Status::feasible) {
            answer.message = fmt::format("called optimal; the bound {} is that of the linear "
                                         "relaxation",
                                         answer.bound);
        }
    }

    std::vector<std::string> words_;
};

} // namespace

std::unique_ptr<Backend> make_external(const std::string& command) {
    auto words = split_command(command);
    if (words.empty()) {
        refuse_command("the command of the solver is empty");
    }
    for (const char* place : {"{mps}", "{solution}"}) {
        if (command.find(place) == std::string::npos) {
            refuse_command(fmt::format("the command of the solver has no {}", place));
        }
    }
    return std::make_unique<ExternalBackend>(std::move(words));
}

} // namespace chainsim::optimise
