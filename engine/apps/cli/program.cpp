#include "program.hpp"

#include <chainsim/base/diagnostic.hpp>
#include <chainsim/base/error.hpp>
#include <chainsim/base/nearest.hpp>
#include <chainsim/uncertainty/sampler.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <utility>

#ifdef __GLIBC__
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>
#endif

namespace chainsim::cli {

namespace {

Failure failure_of(const InputError& error) {
    const std::size_t count = error.diagnostics().size();
    return {Exit::bad_input, error.what(),
            fmt::format("{} problem{} in the input", count, count == 1 ? "" : "s")};
}

} // namespace

Failed::Failed(Failure failure) : Error(failure.line), failure_(std::move(failure)) {}

Failure failure_in_flight() {
    try {
        throw;
    } catch (const Failed& error) {
        return error.failure();
    } catch (const Stop& error) {
        return {error.exit(), {}, error.what()};
    } catch (const InputError& error) {
        return failure_of(error);
    } catch (const study::NoSolution& error) {
        return {Exit::no_solution, {}, error.what()};
    } catch (const IoError& error) {
        return {Exit::bad_input, {}, error.what()};
    } catch (const uncertainty::ClosingError& error) {
        return {Exit::bad_input, {}, error.what()};
    } catch (const Unavailable& error) {
        return {Exit::bad_input, {}, error.what()};
    } catch (const std::exception& error) {
        return {Exit::internal, {}, fmt::format("internal error: {}", error.what())};
    } catch (...) {
        return {Exit::internal, {}, "internal error"};
    }
}

int tell(const Failure& failure, std::string_view program) {
    std::string text = failure.findings.empty() ? std::string{} : failure.findings + '\n';
    // One line, whatever the message holds.
    text += fmt::format("{}: {}\n", program, failure.line.substr(0, failure.line.find('\n')));
    (void)std::fputs(text.c_str(), stderr); // where else could a failure be told
    return static_cast<int>(failure.exit);
}

std::string wrong_command(int argc, char** argv, const std::vector<std::string>& known) {
    if (argc < 2) {
        return fmt::format("name a command: {} (see --help)", fmt::join(known, ", "));
    }
    const std::string word = argv[1];
    if (word.starts_with('-') || std::find(known.begin(), known.end(), word) != known.end()) {
        return {};
    }
    const std::string near = nearest(word, known);
    return fmt::format("unknown command '{}'; {}", word,
                       near.empty() ? fmt::format("known are {}", fmt::join(known, ", "))
                                    : fmt::format("did you mean '{}'?", near));
}

void keep_memory() {
#ifdef __GLIBC__
    constexpr int grow_by = 64 << 20;
    constexpr int never = 1 << 30;
    // NOLINTBEGIN(concurrency-mt-unsafe): there is one thread yet
    (void)mallopt(M_TOP_PAD, grow_by);
    (void)mallopt(M_MMAP_THRESHOLD, never);
    (void)mallopt(M_TRIM_THRESHOLD, never);
    // NOLINTEND(concurrency-mt-unsafe)
#if defined(MADV_HUGEPAGE)
    // The next growth of the heap, in large pages: a run has half as many faults then.
    constexpr std::uintptr_t page = 2U << 20U;
    constexpr std::size_t more_than_is_left = 1U << 20U;
    void* const start = std::malloc(more_than_is_left); // NOLINT: to make it grow
    const auto begin = (reinterpret_cast<std::uintptr_t>(start) + page - 1) / page * page; // NOLINT
    const auto end = reinterpret_cast<std::uintptr_t>(::sbrk(0)) / page * page;            // NOLINT
    // Of another allocator the heap may lie anywhere.
    if (start != nullptr && begin < end && end - begin <= 2 * std::uintptr_t{grow_by}) {
        (void)::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE); // NOLINT
    }
    std::free(start); // NOLINT
#endif
#endif
}

} // namespace chainsim::cli
