#pragma once

#include <chainsim/footprint/allocation.hpp>
#include <chainsim/footprint/burdens.hpp>

#include <string>
#include <utility>
#include <vector>

namespace chainsim::footprint {

/// One way in which a commodity comes to its users: a plant, or what is bought.
struct Supplier {
    static constexpr int bought = -1;

    int column = bought;   ///< the plant
    double share = 0.0;    ///< of the supply; all shares of a commodity sum to 1
    double activity = 0.0; ///< of the plant, per unit supplied
    /// By row, what a unit takes, in units of account; below zero: what its coproducts replace.
    std::vector<std::pair<int, double>> takes;
    Eigen::VectorXd burden; ///< of a unit, without what it takes; by burden
    /// Bought, though the district has no offer of it in the year: at its price, as a route only.
    bool is_without_offer = false;
};

/// What had to be assumed, for a reader.
struct Remark {
    enum class Kind {
        other_key,   ///< what is asked for does not tell the products of the plant apart
        no_price,    ///< the commodity has no price, and counts as worth nothing
        no_supplier, ///< only ever a coproduct, and not bought: it replaces nothing
    };
    Kind kind = Kind::other_key;
    int column = -1;                    ///< the plant, of `other_key`
    int row = -1;                       ///< the commodity, of the others
    Allocation used = Allocation::mass; ///< of `other_key`
};

/// A solved year as products that each have their own supply: for every commodity who supplies a
/// unit of it, what that takes and what it burdens.
///
/// A plant that makes several things shares what it takes among them (`Allocation`); waste and
/// emissions take no part, nor does what is flared or thrown away. Of a commodity that several
/// supply, a user gets the mean of them. By substitution a plant supplies its own product alone:
/// coproducts go where their own suppliers, or purchases, would have to step in.
///
/// A commodity that nobody supplies in the year is bought if it can be, else taken from the plants
/// that could make it.
///
/// Shapes   suppliers: by row of the system.
class Supply {
public:
    /// Refers to nothing that it is given.
    Supply(const model::Scenario& scenario, const system::System& system,
           const system::Solution& solution, const Burdens& burdens, Allocation allocation);

    [[nodiscard]] const std::vector<Supplier>& of(int row) const {
        return suppliers_[static_cast<std::size_t>(row)];
    }
    [[nodiscard]] int rows() const { return static_cast<int>(suppliers_.size()); }
    [[nodiscard]] const std::vector<Remark>& remarks() const { return remarks_; }
    /// Plants of which nobody uses what they make, per unit of their activity: they burn off-gas,
    /// treat waste. No product carries them, by whatever key.
    [[nodiscard]] const std::vector<Supplier>& unassigned() const { return unassigned_; }

    /// Leaves one supplier of a row: a column, or Supplier::bought, for a comparison of routes. One
    /// that has no share in the year is taken as it would be; so is a purchase of what has a price
    /// and no offer (`Supplier::is_without_offer`).
    ///
    /// Errors  ContractError if it cannot supply the row.
    void leave_only(int row, int column);
    /// Whether it could.
    [[nodiscard]] bool can_supply(int row, int column) const;

private:
    std::vector<std::vector<Supplier>> suppliers_;
    std::vector<std::vector<Supplier>> possible_; ///< by row: all, with a share in the year or none
    std::vector<Remark> remarks_;
    std::vector<Supplier> unassigned_;
};

} // namespace chainsim::footprint
