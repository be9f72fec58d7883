#include <chainsim/study/detail/page_words.hpp>
#include <chainsim/study/footprint.hpp>
#include <chainsim/table/column.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace chainsim::study {

namespace {

using detail::coded_cell;
using detail::sentence;
using footprint::Branch;
using footprint::Remark;

constexpr double per_cent = 100.0;
constexpr std::size_t most_takes = 15;
constexpr std::size_t most_named = 12;

class FootprintPage {
public:
    FootprintPage(const Study& study, const FootprintReport& report)
        : scenario_(study.scenario()), report_(report),
          commodity_(scenario_.model.commodities[report.commodity]) {
        page_.schema = "chainsim.footprint/1";
        page_.scenario = scenario_.id;
        // "t/t" is 吨/吨: the unit of account as a reader has it.
        const auto per = per_unit(unit_of(commodity_));
        const auto zh = detail::for_reader(1.0, per, table::Language::zh).unit;
        page_.title = {
            sentence("footprint_title", commodity_.name.zh, report_.year,
                     zh.substr(zh.find('/') + 1))
                .zh,
            sentence("footprint_title", commodity_.name.en, report_.year, unit_of(commodity_)).en};
        page_.subtitle = scenario_.name;
        page_.is_landscape = true;
    }

    Page make() {
        const auto& burden = asked().burden;
        page_.head.emplace_back("year", plain_cell(std::to_string(report_.year)));
        page_.head.emplace_back("commodity", word_cell(commodity_.name, commodity_.id));
        page_.head.emplace_back("allocation",
                                coded_cell("allocation", to_string(report_.allocation)));
        page_.head.emplace_back("total", amount_cell(report_.total(), per_unit(burden.unit)));
        burdens();
        tree();
        takes();
        paths();
        if (!report_.routes.empty()) {
            routes();
        }
        remarks();
        return std::move(page_);
    }

private:
    /// "(1000 m3)" is one word.
    static std::string unit_of(const model::Commodity& one) {
        const auto text = one.unit.text();
        return text.find(' ') == std::string::npos ? text : "(" + text + ")";
    }
    /// What counts without a unit is staff.
    [[nodiscard]] std::string per_unit(const std::string& unit) const {
        return (unit == "1" ? "person" : unit) + "/" + unit_of(commodity_);
    }
    [[nodiscard]] const FootprintLine& asked() const { return report_.lines[report_.burden]; }
    [[nodiscard]] const model::Commodity& commodity(int row) const {
        return scenario_.model.commodities[report_.commodities[static_cast<std::size_t>(row)]];
    }
    [[nodiscard]] static model::Name name_of(const system::IndicatorInfo& burden) {
        return burden.name.en.empty() ? sentence("burden_" + burden.id) : burden.name;
    }
    [[nodiscard]] double share(double burden) const {
        return report_.total() == 0.0 ? table::absent : per_cent * burden / report_.total();
    }

    void burdens() {
        PagePart part;
        part.id = "burdens";
        part.title = sentence("footprint_burdens");
        part.columns = {"burden"};
        for (const auto allocation : footprint::allocations) {
            part.columns.push_back(fmt::format("by_{}", to_string(allocation)));
        }
        for (const auto& line : report_.lines) {
            PageRow row{line.burden.id, {word_cell(name_of(line.burden), line.burden.id)}, 1};
            for (std::size_t a = 0; a < line.value.size(); ++a) {
                row.cells.push_back(
                    amount_cell(line.value[a], per_unit(line.burden.unit),
                                {"e = d + A' e",
                                 {},
                                 fmt::format("recipes in force of {}, allocated by {}",
                                             report_.year, to_string(footprint::allocations[a]))}));
            }
            part.rows.push_back(std::move(row));
        }
        part.notes.push_back(sentence("footprint_burdens_note"));
        page_.parts.push_back(std::move(part));
    }

    void tree() {
        PagePart part;
        part.id = "tree";
        const auto name = name_of(asked().burden);
        const auto key = sentence("allocation_" + std::string(to_string(report_.allocation)));
        part.title = {sentence("footprint_tree", name.zh, key.zh).zh,
                      sentence("footprint_tree", name.en, key.en).en};
        part.columns = {"branch", "branch_amount", "burden_amount", "share"};
        add(report_.tree, 0, "1", part);
        part.notes.push_back(sentence("footprint_tree_note"));
        page_.parts.push_back(std::move(part));
    }

    void add(const Branch& branch, int depth, const std::string& id, PagePart& part) {
        // Blanks at the beginning of a cell would be lost; these are as wide as two letters.
        std::string indent;
        for (int i = 0; i < depth; ++i) {
            indent += "\u3000";
        }
        model::Name name;
        std::string code;
        switch (branch.kind) {
        case Branch::Kind::commodity:
            name = commodity(branch.row).name;
            code = commodity(branch.row).id;
            break;
        case Branch::Kind::own:
            name = sentence("footprint_own");
            code = "own";
            break;
        case Branch::Kind::replaced:
            name = {sentence("footprint_replaced", commodity(branch.row).name.zh).zh,
                    sentence("footprint_replaced", commodity(branch.row).name.en).en};
            code = commodity(branch.row).id;
            break;
        case Branch::Kind::rest:
            name = sentence("footprint_rest", branch.count);
            code = "rest";
            break;
        }
        PageRow row{id, {}, branch.parts.empty() || depth > 0 ? 1 : 0};
        row.cells.push_back(word_cell({indent + name.zh, indent + name.en}, code));
        row.cells.push_back(
            branch.kind == Branch::Kind::commodity || branch.kind == Branch::Kind::replaced
                ? amount_cell(branch.amount, per_unit(unit_of(commodity(branch.row))))
                : plain_cell(""));
        row.cells.push_back(amount_cell(branch.burden, per_unit(asked().burden.unit)));
        row.cells.push_back(amount_cell(share(branch.burden), "%"));
        part.rows.push_back(std::move(row));
        int count = 0;
        for (const auto& one : branch.parts) {
            add(one, depth + 1, fmt::format("{}_{}", id, ++count), part);
        }
    }

    void takes() {
        PagePart part;
        part.id = "takes";
        part.title = sentence("footprint_takes");
        part.columns = {"commodity", "branch_amount", "burden_amount", "share", "cost"};
        FootprintTake others;
        std::size_t count = 0;
        for (const auto& take : report_.takes) {
            if (++count > most_takes) {
                others.burden += take.burden;
                others.cost += take.cost;
                continue;
            }
            const auto& one = scenario_.model.commodities[take.commodity];
            part.rows.push_back(
                {one.id,
                 {word_cell(one.name, one.id), amount_cell(take.amount, per_unit(unit_of(one))),
                  amount_cell(take.burden, per_unit(asked().burden.unit)),
                  amount_cell(share(take.burden), "%"), amount_cell(take.cost, per_unit("CNY"))},
                 1});
        }
        if (count > most_takes) {
            part.rows.push_back(
                {"others",
                 {word_cell(sentence("footprint_rest", count - most_takes), "others"),
                  plain_cell(""), amount_cell(others.burden, per_unit(asked().burden.unit)),
                  amount_cell(share(others.burden), "%"),
                  amount_cell(others.cost, per_unit("CNY"))},
                 1});
        }
        part.notes.push_back(sentence("footprint_takes_note", report_.without_factor));
        page_.parts.push_back(std::move(part));
    }

    void paths() {
        PagePart part;
        part.id = "paths";
        part.title = sentence("footprint_paths");
        part.columns = {"way", "branch_amount", "burden_amount", "share"};
        int count = 0;
        for (const auto& path : report_.paths.paths) {
            std::vector<std::string> zh;
            std::vector<std::string> en;
            std::vector<std::string> ids;
            for (const int row : path.rows) {
                zh.push_back(commodity(row).name.zh);
                en.push_back(commodity(row).name.en);
                ids.push_back(commodity(row).id);
            }
            part.rows.push_back(
                {std::to_string(++count),
                 {word_cell({fmt::format("{}", fmt::join(zh, " ← ")),
                             fmt::format("{}", fmt::join(en, " <- "))},
                            fmt::format("{}", fmt::join(ids, " <- "))),
                  amount_cell(path.amount, per_unit(unit_of(commodity(path.rows.back())))),
                  amount_cell(path.burden, per_unit(asked().burden.unit)),
                  amount_cell(share(path.burden), "%")},
                 1});
        }
        part.rows.push_back(
            {"remainder",
             {word_cell(sentence("footprint_remainder"), "remainder"), plain_cell(""),
              amount_cell(report_.paths.remainder, per_unit(asked().burden.unit)),
              amount_cell(share(report_.paths.remainder), "%")},
             0});
        if (!report_.paths.is_complete) {
            part.notes.push_back(sentence("footprint_paths_note"));
        }
        page_.parts.push_back(std::move(part));
    }

    void routes() {
        PagePart part;
        part.id = "routes";
        const auto key = sentence("allocation_" + std::string(to_string(report_.allocation)));
        part.title = {sentence("footprint_routes", key.zh).zh,
                      sentence("footprint_routes", key.en).en};
        part.columns = {"burden"};
        part.headings.push_back({});
        for (const auto& route : report_.routes) {
            part.columns.push_back(route.id);
            part.headings.push_back(route.name);
            if (route.is_without_offer) {
                part.notes.push_back(sentence("footprint_without_offer"));
            }
        }
        part.headings.front() = sentence("footprint_burden");
        for (std::size_t b = 0; b < report_.lines.size(); ++b) {
            const auto& burden = report_.lines[b].burden;
            PageRow row{burden.id, {word_cell(name_of(burden), burden.id)}, 1};
            for (const auto& route : report_.routes) {
                row.cells.push_back(amount_cell(route.value[b], per_unit(burden.unit)));
            }
            part.rows.push_back(std::move(row));
        }
        page_.parts.push_back(std::move(part));
    }

    /// Names of one kind of remark, each once, as one sentence.
    void remark(Remark::Kind kind, const std::string& key) {
        std::vector<std::string> zh;
        std::vector<std::string> en;
        for (const auto& one : report_.remarks) {
            if (one.kind != kind) {
                continue;
            }
            const auto& name =
                one.row >= 0
                    ? commodity(one.row).name
                    : scenario_.facilities[report_.facilities[static_cast<std::size_t>(one.column)]]
                          .name;
            if (std::find(en.begin(), en.end(), name.en) == en.end()) {
                zh.push_back(name.zh);
                en.push_back(name.en);
            }
        }
        if (en.empty()) {
            return;
        }
        const std::size_t all = en.size();
        zh.resize(std::min(all, most_named));
        en.resize(std::min(all, most_named));
        page_.notes.push_back({sentence(key, all, fmt::format("{}", fmt::join(zh, "、"))).zh,
                               sentence(key, all, fmt::format("{}", fmt::join(en, ", "))).en});
    }

    void remarks() {
        page_.notes.push_back(sentence("footprint_note"));
        remark(Remark::Kind::other_key, "footprint_other_key");
        remark(Remark::Kind::no_price, "footprint_no_price");
        remark(Remark::Kind::no_supplier, "footprint_no_supplier");
    }

    const model::Scenario& scenario_;
    const FootprintReport& report_;
    const model::Commodity& commodity_;
    Page page_;
};

} // namespace

Page footprint_page(const Study& study, const FootprintReport& report) {
    return FootprintPage(study, report).make();
}

} // namespace chainsim::study
