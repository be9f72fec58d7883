#include <chainsim/optimise/detail/choice_tree.hpp>
#include <chainsim/optimise/detail/mixed_model.hpp>
#include <chainsim/optimise/detail/near_points.hpp>
#include <chainsim/optimise/detail/root_cuts.hpp>
#include <chainsim/optimise/detail/search.hpp>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <utility>

namespace chainsim::optimise::detail {

namespace {

constexpr int first_cut_rounds = 40;
constexpr int later_cut_rounds = 20;
constexpr long nodes_between_reports = 20;
constexpr int most_near_searches = 4; // in a row
constexpr double wholeness = 1e-6;
constexpr std::size_t fewest_columns_in_choices = 20;

class PortfolioSearch {
public:
    PortfolioSearch(const Program& program, const SolveOptions& options, const SearchLimit& limit,
                    std::unique_ptr<MixedModel> model, double known_value)
        : program_(program), options_(options), limit_(limit), model_(std::move(model)),
          aim_{options.gap, sense_of(program) * program.constant, wholeness}, value_(known_value) {}

    SearchResult run() {
        model_->lp->resolve();
        if (model_->lp->isProvenOptimal() && search_root()) {
            search_tree();
        } else if (model_->lp->isProvenPrimalInfeasible()) {
            bound_ = infinity;
        }
        SearchResult result;
        result.bound = bound_;
        result.nodes = nodes_;
        result.is_broken_off = limit_.is_reached();
        if (!point_.empty()) {
            result.point = model_->restored(point_);
            result.point.resize(program_.cost.size());
        }
        return result;
    }

private:
    /// Cuts, dives, and cuts once more by what the dives found. False if no tree is needed, or
    /// there is no time for it.
    bool search_root() {
        bound_ = cut_root(*model_, limit_, first_cut_rounds, infinity, point_);
        if (bound_ >= infinity || limit_.is_reached() || !model_->lp->isProvenOptimal()) {
            return false;
        }
        report();
        keep_root();
        {
            ChoiceTree tree(*model_, limit_, aim_);
            tree.offer({}, value_);
            for (const double share : {0.8, 0.55}) {
                tree.dive(share);
            }
            take(tree);
        }
        improve();
        report();
        if (limit_.is_reached() || !model_->lp->isProvenOptimal()) {
            return false;
        }
        const double level = aim_.level(value_);
        bound_ = std::max(bound_, cut_root(*model_, limit_, later_cut_rounds, level, point_));
        keep_root();
        bound_ = std::min(bound_, std::max(level, model_->lp->getObjValue()));
        return bound_ < level && !limit_.is_reached() && model_->lp->isProvenOptimal();
    }

    void keep_root() {
        const double* point = model_->lp->getColSolution();
        relaxed_.assign(point, point + model_->lp->getNumCols());
        root_ = model_->box();
    }

    /// Points near the best one, as long as that finds better ones: the better the point, the
    /// lower the bound that is left to prove.
    void improve() {
        bool is_better = !point_.empty();
        for (int k = 0; k < most_near_searches && is_better && !limit_.is_reached(); ++k) {
            is_better = search_near(*model_, root_, limit_, aim_, Neighbourhood(), relaxed_, point_,
                                    value_);
        }
    }

    void search_tree() {
        ChoiceTree tree(*model_, limit_, aim_);
        tree.offer(point_, value_);
        for (bool is_open = true; is_open && !limit_.is_reached();) {
            is_open = tree.run(nodes_between_reports);
            const double before = value_;
            take(tree);
            if (is_open && value_ < before) {
                improve();
                tree.offer(point_, value_);
            }
            bound_ = std::max(bound_, tree.bound());
            nodes_ = tree.nodes();
            report();
        }
    }

    void take(const ChoiceTree& tree) {
        if (tree.value() < value_) {
            value_ = tree.value();
            point_ = tree.point();
        }
    }

    void report() const {
        if (!options_.progress) {
            return;
        }
        const double sense = sense_of(program_);
        Progress progress{limit_.elapsed(), std::nullopt, sense * bound_ + program_.constant,
                          nodes_};
        if (value_ < infinity) {
            progress.objective = sense * value_ + program_.constant;
        }
        options_.progress(progress);
    }

    const Program& program_;
    const SolveOptions& options_;
    const SearchLimit& limit_;
    std::unique_ptr<MixedModel> model_;
    SearchAim aim_;
    std::vector<double> relaxed_; // at the root, of the model
    Box root_;
    std::vector<double> point_; // of the model
    double value_;
    double bound_ = -infinity;
    long nodes_ = 0;
};

} // namespace

bool is_portfolio(const Program& program) {
    std::size_t covered = 0;
    for (const auto& choice : find_choices(program)) {
        covered += choice.size();
    }
    return covered >= fewest_columns_in_choices &&
           2 * covered >= static_cast<std::size_t>(program.integers());
}

SearchResult search_portfolio(const Program& program, const SolveOptions& options,
                              const SearchLimit& limit, const OsiClpSolverInterface& lp,
                              const KnownPoint& known) {
    auto model = make_mixed_model(program, lp);
    if (model == nullptr) {
        SearchResult none;
        none.bound = infinity;
        return none;
    }
    return PortfolioSearch(program, options, limit, std::move(model), known.value).run();
}

} // namespace chainsim::optimise::detail
