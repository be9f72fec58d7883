#include <chainsim/input/detail/text_check.hpp>
#include <chainsim/input/detail/tree_builder.hpp>
#include <chainsim/input/document.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <exception>
#include <fstream>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

namespace chainsim::input {

Document::Document(std::string name, std::string text, Findings& findings, const TreeCache& cache)
    : name_(std::move(name)), text_(std::move(text)) {
    if (text_.size() > largest_document) {
        findings.add(Place{this, 0, 0}, "",
                     fmt::format("the file is larger than {} MB", largest_document >> 20U),
                     "divide it into several files");
        return;
    }
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF"; // as Windows' Notepad writes it
    if (text_.starts_with(byte_order_mark)) {
        text_.erase(0, byte_order_mark.size());
    }
    line_starts_.push_back(0);
    for (std::size_t end = text_.find('\n'); end != std::string::npos;
         end = text_.find('\n', end + 1)) {
        line_starts_.push_back(end + 1);
    }
    if (auto tree = cache.find(*this)) {
        root_ = std::move(*tree);
        readable_ = true;
        return;
    }
    const std::size_t before = findings.size();
    parse(findings);
    if (readable_ && findings.size() == before) {
        cache.keep(*this);
        kept_ = true;
    }
}

void Document::parse(Findings& findings) {
    if (!detail::check_text(*this, findings)) {
        return;
    }
    if (auto tree = detail::build_tree(*this, findings)) {
        root_ = std::move(*tree);
        readable_ = true;
    }
}

std::string_view Document::line(int number) const {
    if (number < 1 || static_cast<std::size_t>(number) > line_starts_.size()) {
        return {};
    }
    const auto next = static_cast<std::size_t>(number);
    const std::size_t start = line_starts_[next - 1];
    const std::size_t end = next < line_starts_.size() ? line_starts_[next] - 1 : text_.size();
    std::string_view text = std::string_view(text_).substr(start, end - start);
    if (text.ends_with('\r')) {
        text.remove_suffix(1);
    }
    return text;
}

std::string read_text(const std::filesystem::path& file) {
    std::error_code error;
    const auto status = std::filesystem::status(file, error);
    if (error) {
        throw IoError(fmt::format("{}: {}", file.generic_string(), error.message()));
    }
    if (!std::filesystem::is_regular_file(status)) {
        throw IoError(fmt::format("{}: is not a file", file.generic_string()));
    }
    std::ifstream stream(file, std::ios::binary);
    if (!stream) {
        throw IoError(
            fmt::format("{}: {}", file.generic_string(), std::generic_category().message(errno)));
    }
    // One byte more than is expected or allowed, so that a file that is too large can be told.
    const auto size = std::filesystem::file_size(file, error);
    const std::size_t expected = error ? largest_document : static_cast<std::size_t>(size);
    std::string text(std::min(expected, largest_document) + 1, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (stream.bad()) {
        throw IoError(fmt::format("{}: reading failed", file.generic_string()));
    }
    text.resize(static_cast<std::size_t>(stream.gcount()));
    return text;
}

std::vector<std::unique_ptr<Document>> read_documents(const std::vector<FileName>& files,
                                                      Findings& findings, const TreeCache& cache) {
    struct Result {
        std::unique_ptr<Document> document;
        Findings findings;
        std::exception_ptr error;
    };
    std::vector<Result> results(files.size());
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (std::size_t i = next++; i < files.size(); i = next++) {
            try {
                results[i].document = std::make_unique<Document>(
                    files[i].name, read_text(files[i].path), results[i].findings, cache);
            } catch (...) {
                results[i].error = std::current_exception();
            }
        }
    };
    {
        // Parsing is most of the time of a load. Each file is parsed on its own, and results are
        // taken in the order of the files, so the number of threads changes nothing but the time.
        constexpr std::size_t most_threads = 4;
        const std::size_t threads =
            std::min({files.size(), most_threads,
                      std::max<std::size_t>(1, std::thread::hardware_concurrency())});
        std::vector<std::jthread> helpers;
        for (std::size_t i = 1; i < threads; ++i) {
            helpers.emplace_back(work);
        }
        work();
    }
    std::vector<std::unique_ptr<Document>> documents;
    documents.reserve(results.size());
    for (auto& result : results) {
        if (result.error) {
            std::rethrow_exception(result.error);
        }
        for (auto& diagnostic : result.findings.take()) {
            findings.add(std::move(diagnostic));
        }
        documents.push_back(std::move(result.document));
    }
    if (std::any_of(documents.begin(), documents.end(),
                    [](const auto& document) { return document->was_kept(); })) {
        cache.trim();
    }
    return documents;
}

} // namespace chainsim::input
