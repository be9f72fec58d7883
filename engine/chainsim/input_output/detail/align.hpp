#pragma once

#include <chainsim/input_output/sheet.hpp>

#include <Eigen/Core>

#include <filesystem>
#include <string>
#include <unordered_map>
#include <vector>

namespace chainsim::input_output::detail {

/// Sectors by their labels, for what other files say of them.
class Directory {
public:
    Directory() = default;
    /// Notes sectors that stand twice.
    Directory(const Sheet& sheet, std::vector<Label> labels, input::Findings& findings);

    [[nodiscard]] const std::vector<Label>& labels() const { return labels_; }
    [[nodiscard]] Eigen::Index size() const { return static_cast<Eigen::Index>(labels_.size()); }

    enum class Side { rows, columns };
    enum class Gaps { are_zero, are_wrong };

    /// For each sector where it stands along a side of another sheet, -1 where it does not. A sheet
    /// without labels has the sectors in their order. Notes what stands twice, is unknown or
    /// missing.
    [[nodiscard]] std::vector<Eigen::Index> find(const Sheet& sheet, Side side, Gaps gaps,
                                                 input::Findings& findings) const;

private:
    [[nodiscard]] std::string near(const Label& label) const;

    std::vector<Label> labels_;
    std::vector<std::string> names_;
    std::unordered_map<std::string, Eigen::Index> index_;
};

/// Rows of a sheet brought into the order of the sectors; what is missing is zero.
[[nodiscard]] Eigen::MatrixXd rows_in_order(const Sheet& sheet,
                                            const std::vector<Eigen::Index>& from);
/// Its columns in the order of the sectors, transposed: one row a sector.
[[nodiscard]] Eigen::MatrixXd columns_in_order(const Sheet& sheet,
                                               const std::vector<Eigen::Index>& from);

/// The rows of a side file of labels, without numbers: one line of headings, `sector` or
/// `region,sector`, then one line for each sector in the order of the matrix.
///
/// Errors  IoError.
[[nodiscard]] Sheet read_labels(const std::filesystem::path& file, input::Findings& findings);

} // namespace chainsim::input_output::detail
