#pragma once

#include <chainsim/base/error.hpp>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chainsim::model {

/// The position of a record in its registry; an index of one kind cannot be used for another.
template <class Record>
struct Index {
    std::uint32_t value = 0;

    friend auto operator<=>(const Index&, const Index&) = default;
};

/// Records of one kind in order of their ids, found by id or by position.
///
/// `Record` has a member `std::string id`. Order by id makes every result independent of the order
/// in which files and records were read.
template <class Record>
class Registry {
public:
    Registry() = default;

    /// Errors  ContractError if two records have one id.
    explicit Registry(std::vector<Record> records) {
        std::map<std::string, Record> sorted;
        for (auto& record : records) {
            std::string id = record.id;
            const bool added = sorted.emplace(std::move(id), std::move(record)).second;
            CHAINSIM_EXPECT(added, "two records with one id in a registry");
        }
        records_.reserve(sorted.size());
        for (auto& [id, record] : sorted) {
            positions_.emplace(id, Index<Record>{static_cast<std::uint32_t>(records_.size())});
            records_.push_back(std::move(record));
        }
    }

    [[nodiscard]] std::optional<Index<Record>> find(std::string_view id) const {
        const auto found = positions_.find(id);
        return found == positions_.end() ? std::nullopt : std::optional(found->second);
    }
    [[nodiscard]] bool contains(std::string_view id) const { return positions_.contains(id); }
    [[nodiscard]] const Record& at(std::string_view id) const {
        const auto found = find(id);
        CHAINSIM_EXPECT(found.has_value(), "no record '" + std::string(id) + "'");
        return records_[found->value];
    }
    [[nodiscard]] const Record& operator[](Index<Record> index) const {
        return records_[index.value];
    }
    [[nodiscard]] Record& operator[](Index<Record> index) { return records_[index.value]; }
    [[nodiscard]] std::size_t size() const noexcept { return records_.size(); }
    [[nodiscard]] bool empty() const noexcept { return records_.empty(); }
    [[nodiscard]] auto begin() const noexcept { return records_.begin(); }
    [[nodiscard]] auto end() const noexcept { return records_.end(); }
    [[nodiscard]] std::vector<std::string> ids() const {
        std::vector<std::string> result;
        result.reserve(records_.size());
        for (const auto& record : records_) {
            result.push_back(record.id);
        }
        return result;
    }

private:
    std::vector<Record> records_;
    std::map<std::string, Index<Record>, std::less<>> positions_;
};

} // namespace chainsim::model
