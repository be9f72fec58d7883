#include <chainsim/study/detail/judged_cells.hpp>
#include <chainsim/study/detail/page_words.hpp>
#include <chainsim/study/outlook.hpp>
#include <chainsim/table/catalogue.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <filesystem>
#include <string>
#include <utility>

namespace chainsim::study {

namespace {

using detail::coded_cell;
using detail::sentence;

class OutlookPage {
public:
    OutlookPage(const Study& study, const Outlook& outlook)
        : scenario_(study.scenario()), outlook_(outlook) {
        page_.schema = "chainsim.outlook/1";
        page_.scenario = scenario_.id;
        page_.title = sentence("outlook_title", outlook.year, outlook.month);
        page_.subtitle = scenario_.name;
        page_.is_landscape = true;
        page_.head.emplace_back("year", amount_cell(outlook.year, {}));
        page_.head.emplace_back("month", amount_cell(outlook.month, {}));
        if (!outlook.failure.empty()) {
            page_.head.emplace_back("failure", plain_cell(outlook.failure));
            page_.notes.push_back({outlook.failure, outlook.failure});
        }
    }

    Page make() {
        year_ends();
        policies();
        savers();
        page_.notes.push_back(
            sentence("outlook_source",
                     std::filesystem::path(scenario_.actuals.file).filename().generic_string()));
        return std::move(page_);
    }

private:
    /// As statistics call it; else as the model does, whose names say what the model leaves out.
    static model::Name name_of(const YearEnd& end) {
        const std::string key = "outlook_" + end.indicator;
        return table::say_if_known(key, table::Language::zh) ? sentence(key) : end.name;
    }

    static model::Name whose(const YearEnd& end) {
        return end.enterprise.empty() ? sentence("boundary_" + end.boundary)
                                      : model::Name{end.enterprise, end.enterprise};
    }

    static std::string id_of(const YearEnd& end) {
        return end.enterprise.empty()
                   ? fmt::format("{}_{}", end.boundary, end.indicator)
                   : fmt::format("{}_{}_{}", end.boundary, end.enterprise, end.indicator);
    }

    [[nodiscard]] Trace trace_of(const YearEnd& end) const {
        const auto& source = scenario_.actuals.file;
        if (end.basis == Basis::actual) {
            return {"the figure of the year, or the sum of its twelve months",
                    {{"to_date", end.to_date, end.unit, source}},
                    source};
        }
        return {"to_date + last_year * (1 - to_date_last_year / months_last_year) * (to_date / "
                "to_date_last_year)",
                {{"to_date", end.to_date, end.unit, source},
                 {"to_date_last_year", end.to_date_last_year, end.unit, source},
                 {"months_last_year", end.months_last_year, end.unit, source},
                 {"last_year", end.last_year, end.unit, source}},
                source};
    }

    void year_ends() {
        PagePart part;
        part.id = "year_ends";
        part.title = sentence("outlook_year_ends");
        part.columns = {"indicator", "whose",     "to_date", "to_date_last_year", "growth",
                        "last_year", "full_year", "basis",   "report_grade",      "missing"};
        for (const auto& end : outlook_.year_ends) {
            const Trace given{"sum of the months", {}, scenario_.actuals.file};
            const Trace growth{"to_date / to_date_last_year - 1",
                               {{"to_date", end.to_date, end.unit, {}},
                                {"to_date_last_year", end.to_date_last_year, end.unit, {}}},
                               scenario_.actuals.file};
            const bool is_known = !std::isnan(end.full_year);
            const std::string missing = fmt::format("{}", fmt::join(end.missing, ", "));
            part.rows.push_back(
                {id_of(end),
                 {word_cell(name_of(end), end.indicator),
                  word_cell(whose(end), end.enterprise.empty() ? end.boundary : end.enterprise),
                  based(amount_cell(end.to_date, end.unit, given), Basis::actual),
                  based(amount_cell(end.to_date_last_year, end.unit, given), Basis::actual),
                  based(amount_cell(end.growth, "1", growth), Basis::actual),
                  based(amount_cell(end.last_year, end.unit,
                                    {"the figure of the year, or the sum of its twelve months",
                                     {},
                                     scenario_.actuals.file}),
                        Basis::actual),
                  based(amount_cell(end.full_year, end.unit, trace_of(end)), end.basis),
                  is_known ? coded_cell("basis", to_string(end.basis))
                           : word_cell(sentence("card_not_known"), "undetermined"),
                  coded_cell("grade", model::to_string(end.grade)), plain_cell(missing)},
                 1});
            if (!end.missing.empty()) {
                const auto name = name_of(end);
                const auto owner = whose(end);
                part.notes.push_back({detail::fill("outlook_missing", table::Language::zh, name.zh,
                                                   owner.zh, missing),
                                      detail::fill("outlook_missing", table::Language::en, name.en,
                                                   owner.en, missing)});
            }
        }
        page_.parts.push_back(std::move(part));
    }

    void policies() {
        PagePart part;
        part.id = "policies";
        part.title = sentence("outlook_policies");
        part.columns = {"policy", "colour",  "verdict", "value",  "bound",
                        "margin", "to_save", "basis",   "missing"};
        for (std::size_t i = 0; i < outlook_.policies.size(); ++i) {
            const auto& one = outlook_.policies[i];
            const auto trace = detail::trace_of(one);
            const Trace saving{"what is above the bound, in tce",
                               {{"margin", one.margin, one.unit, {}}},
                               one.source};
            part.rows.push_back(
                {detail::row_id(scenario_.policies.at(one.id), one),
                 {word_cell(one.name, one.id),
                  one.colour == Colour::none ? word_cell(sentence("card_not_known"), "undetermined")
                                             : coded_cell("colour", to_string(one.colour), trace),
                  detail::verdict_cell(one),
                  based(amount_cell(one.value, one.unit, trace), one.basis),
                  amount_cell(one.bound, one.unit, trace),
                  based(amount_cell(one.margin, one.unit, trace), one.basis),
                  based(amount_cell(outlook_.to_save[i], "tce", saving), one.basis),
                  coded_cell("basis", to_string(one.basis)),
                  plain_cell(fmt::format("{}", fmt::join(one.missing, ", ")))},
                 1});
        }
        if (outlook_.failure.empty()) {
            part.notes.push_back(sentence("outlook_colours"));
        }
        page_.parts.push_back(std::move(part));
    }

    void savers() {
        if (outlook_.savers.empty()) {
            return;
        }
        PagePart part;
        part.id = "savers";
        part.title = sentence("outlook_savers");
        part.columns = {"enterprise", "energy", "value_added", "tce_per_10k"};
        for (const auto& one : outlook_.savers) {
            const Trace trace{"energy / value_added of the full year",
                              {{"energy", one.energy, "tce", "year_ends"},
                               {"value_added", one.value_added, "CNY", "year_ends"}},
                              scenario_.actuals.file};
            part.rows.push_back(
                {one.enterprise,
                 {plain_cell(one.enterprise),
                  based(amount_cell(one.energy, "tce", trace), one.basis),
                  based(amount_cell(one.value_added, "CNY", trace), one.basis),
                  based(amount_cell(one.tce_per_10k, "tce/万元", trace), one.basis)},
                 1});
        }
        part.notes.push_back(sentence("outlook_savers_note"));
        page_.parts.push_back(std::move(part));
    }

    const model::Scenario& scenario_;
    const Outlook& outlook_;
    Page page_;
};

} // namespace

Page outlook_page(const Study& study, const Outlook& outlook) {
    return OutlookPage(study, outlook).make();
}

} // namespace chainsim::study
