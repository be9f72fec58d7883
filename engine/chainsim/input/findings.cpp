#include <chainsim/base/utf8.hpp>
#include <chainsim/input/document.hpp>
#include <chainsim/input/findings.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <tuple>
#include <utility>

namespace chainsim::input {

namespace {

/// Of an excerpt; a line may have a megabyte, and each finding in it would keep it.
constexpr std::size_t longest_line = 400;

} // namespace

void Findings::add(Place where, std::string field, std::string message, std::string help,
                   const std::vector<Place>& also) {
    Diagnostic diagnostic;
    diagnostic.where = where.location();
    diagnostic.field = std::move(field);
    diagnostic.message = std::move(message);
    diagnostic.help = std::move(help);
    for (const auto& place : also) {
        diagnostic.also.push_back(place.location());
    }
    if (where.document != nullptr) {
        diagnostic.line_text = utf8::shorten(where.document->line(where.line), longest_line);
    }
    add(std::move(diagnostic));
}

void Findings::add(Diagnostic diagnostic) {
    if (diagnostics_.size() < most_findings) {
        diagnostics_.push_back(std::move(diagnostic));
    } else {
        ++dropped_;
    }
}

std::vector<Diagnostic> Findings::take() {
    const auto place = [](const Diagnostic& d) {
        return std::tie(d.where.file, d.where.line, d.where.column);
    };
    std::stable_sort(diagnostics_.begin(), diagnostics_.end(),
                     [&](const Diagnostic& a, const Diagnostic& b) { return place(a) < place(b); });
    // Several scenarios tell of one file the same, and of one place perhaps several things.
    std::vector<Diagnostic> once;
    std::size_t first_here = 0;
    for (auto& diagnostic : diagnostics_) {
        if (!once.empty() && place(once.back()) != place(diagnostic)) {
            first_here = once.size();
        }
        const auto here = once.begin() + static_cast<std::ptrdiff_t>(first_here);
        if (std::find(here, once.end(), diagnostic) == once.end()) {
            once.push_back(std::move(diagnostic));
        }
    }
    diagnostics_ = std::move(once);
    if (dropped_ > 0) {
        Diagnostic last;
        last.message = fmt::format("{} more problems are not shown", std::exchange(dropped_, 0));
        diagnostics_.push_back(std::move(last));
    }
    return std::exchange(diagnostics_, {});
}

void Findings::raise() {
    if (!empty()) {
        throw InputError(take());
    }
}

} // namespace chainsim::input
