#pragma once

#include <chainsim/load/detail/model_reader.hpp>
#include <chainsim/model/unit_standard.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chainsim::load::detail {

/// Reads `makers`, `steps` and `products` of a record: which plants are judged, and what of the
/// district belongs to each.
class BoundaryReader {
public:
    BoundaryReader(input::RecordReader& record, const input::FieldPath& path, const Names& names,
                   const model::Model& model, const ReadingContext& context)
        : record_(record), path_(path), names_(names), model_(model), context_(context) {}

    [[nodiscard]] model::Boundary read();
    /// Makers and steps that are read.
    [[nodiscard]] const std::vector<model::Index<model::Process>>& named() const { return named_; }

private:
    void note(const input::Node& node, std::string_view key, std::string message, std::string help);
    std::optional<model::Index<model::Process>> process(const input::Node& node,
                                                        std::string_view key);
    [[nodiscard]] std::vector<input::Node> items(std::string_view key) const;
    void read_processes();
    void add_step(const input::Node& node, model::Index<model::Process> index);
    void read_products();

    input::RecordReader& record_;
    const input::FieldPath& path_;
    const Names& names_;
    const model::Model& model_;
    const ReadingContext& context_;
    model::Boundary boundary_;
    std::vector<model::Index<model::Process>> named_;
};

} // namespace chainsim::load::detail
