#pragma once

#include <chainsim/live/preview.hpp>
#include <chainsim/live/session.hpp>
#include <chainsim/view/district_view.hpp>

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace chainsim::live {

/// What sessions of one scenario share.
struct Origin::Work {
    std::filesystem::path file;
    study::Study study;
    study::Run run;
    std::vector<std::string> indicators;
    std::vector<view::ShownPolicy> policies;
    std::unique_ptr<Preview> preview; ///< null where the statistics have a word
    std::vector<Control> controls;
    std::size_t judged = 0; ///< position of the year that is judged
    /// By year: the shown indicators as the run has them, and which of `indicators` each is.
    std::vector<std::vector<accounts::IndicatorValue>> told;
    std::vector<std::vector<std::size_t>> told_at;
    std::vector<std::size_t> verdict_of; ///< by shown policy: its place among all verdicts

    explicit Work(std::filesystem::path path);
    /// Null if there is none of this id.
    [[nodiscard]] const Control* find(const std::string& id) const;
    /// Errors  ContractError if there is none of this id.
    [[nodiscard]] const Control& control(const std::string& id) const;

private:
    void find_places();
};

} // namespace chainsim::live
