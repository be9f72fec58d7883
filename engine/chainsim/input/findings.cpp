#include <chainsim/input/findings.hpp>

#include <chainsim/input/document.hpp>

#include <algorithm>
#include <tuple>
#include <utility>

namespace chainsim::input {

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
        diagnostic.line_text = std::string(where.document->line(where.line));
    }
    diagnostics_.push_back(std::move(diagnostic));
}

void Findings::add(Diagnostic diagnostic) { diagnostics_.push_back(std::move(diagnostic)); }

std::vector<Diagnostic> Findings::take() {
    const auto place = [](const Diagnostic& d) {
        return std::tie(d.where.file, d.where.line, d.where.column);
    };
    std::stable_sort(diagnostics_.begin(), diagnostics_.end(),
                     [&](const Diagnostic& a, const Diagnostic& b) { return place(a) < place(b); });
    diagnostics_.erase(std::unique(diagnostics_.begin(), diagnostics_.end()), diagnostics_.end());
    return std::exchange(diagnostics_, {});
}

void Findings::raise() {
    if (!empty()) {
        throw InputError(take());
    }
}

} // namespace chainsim::input
