#include <chainsim/study/detail/judgement_json.hpp>
#include <chainsim/study/detail/reader.hpp>
#include <chainsim/study/outlook.hpp>
#include <chainsim/table/catalogue.hpp>
#include <chainsim/table/number_text.hpp>
#include <chainsim/table/text.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace chainsim::study {

namespace {

using detail::for_reader;
using detail::Json;
using detail::number;
using table::Language;
using table::Table;

class OutlookText {
public:
    OutlookText(const Study& study, const Outlook& outlook, Language language, std::size_t width)
        : study_(study), outlook_(outlook), language_(language), width_(width) {}

    std::string text() {
        out_ =
            fmt::format("{} ({})\n\n{}\n", detail::name_in(study_.scenario().name, language_),
                        study_.scenario().id, fill("outlook_title", outlook_.year, outlook_.month));
        year_ends();
        policies();
        savers();
        return std::move(out_);
    }

private:
    template <class... Values>
    [[nodiscard]] std::string fill(std::string_view key, const Values&... values) const {
        return detail::fill(key, language_, values...);
    }

    void show(const Table& table) {
        out_ += table::to_text(table, {.language = language_, .width = width_});
    }

    /// As statistics call it; else as the model does, whose names say what the model leaves out.
    [[nodiscard]] std::string name_of(const YearEnd& end) const {
        const auto said = table::say_if_known("outlook_" + end.indicator, language_);
        return said ? std::string(*said) : detail::name_in(end.name, language_);
    }

    void year_ends() {
        Table table("year_ends",
                    {table::text_column("indicator"), table::text_column("whose"),
                     table::number_column("to_date"), table::number_column("to_date_last_year"),
                     table::text_column("growth"), table::number_column("last_year"),
                     table::number_column("full_year"), table::text_column("unit"),
                     table::text_column("basis")});
        std::string missing;
        for (const auto& end : outlook_.year_ends) {
            const auto scaled = [&](double value) {
                return for_reader(value, end.unit, language_).number;
            };
            const auto whose =
                end.enterprise.empty() ? fill("boundary_" + end.boundary) : end.enterprise;
            table.append({name_of(end), whose, scaled(end.to_date), scaled(end.to_date_last_year),
                          table::percent_text(end.growth), scaled(end.last_year),
                          scaled(end.full_year), for_reader(0.0, end.unit, language_).unit,
                          std::isnan(end.full_year)
                              ? std::string()
                              : fill("basis_" + std::string(to_string(end.basis)))});
            if (!end.missing.empty()) {
                missing += fill("outlook_missing", name_of(end), whose,
                                fmt::format("{}", fmt::join(end.missing, ", "))) +
                           '\n';
            }
        }
        show(table);
        out_ += missing;
    }

    void policies() {
        if (!outlook_.failure.empty()) {
            out_ += '\n' + outlook_.failure + '\n';
            return;
        }
        if (outlook_.policies.empty()) {
            return;
        }
        const auto tce = detail::plant_energy(language_);
        Table table("policies", {table::text_column("policy"), table::text_column("colour"),
                                 table::text_column("verdict"), table::number_column("full_year"),
                                 table::number_column("bound"), table::number_column("margin"),
                                 table::text_column("unit"),
                                 table::number_column("to_save", std::string(tce.text)),
                                 table::text_column("basis")});
        for (std::size_t i = 0; i < outlook_.policies.size(); ++i) {
            const auto& one = outlook_.policies[i];
            const auto scaled = [&](double value) {
                return for_reader(value, one.unit, language_).number;
            };
            std::string verdict = fill("verdict_" + std::string(to_string(one.verdict)));
            if (one.illustration) {
                verdict += fmt::format(" ({})", fill("illustration"));
            }
            table.append({detail::name_in(one.name, language_),
                          one.colour == Colour::none
                              ? std::string()
                              : fill("colour_" + std::string(to_string(one.colour))),
                          verdict, scaled(one.value), scaled(one.bound), scaled(one.margin),
                          for_reader(0.0, one.unit, language_).unit, tce(outlook_.to_save[i]),
                          fill("basis_" + std::string(to_string(outlook_.bases[i])))});
        }
        out_ += '\n' + fill("outlook_policies") + '\n';
        show(table);
    }

    void savers() {
        if (outlook_.savers.empty()) {
            return;
        }
        const auto tce = detail::plant_energy(language_);
        const auto money = detail::plant_money(language_);
        Table table("savers", {table::text_column("enterprise"),
                               table::number_column("full_year", std::string(tce.text)),
                               table::number_column("value_added", std::string(money.text)),
                               table::number_column("tce_per_10k",
                                                    for_reader(0.0, "tce/万元", language_).unit)});
        for (const auto& one : outlook_.savers) {
            table.append(
                {one.enterprise, tce(one.energy), money(one.value_added), one.tce_per_10k});
        }
        out_ += '\n' + fill("outlook_savers") + '\n';
        show(table);
        out_ += fill("outlook_savers_note") + '\n';
    }

    const Study& study_;
    const Outlook& outlook_;
    Language language_;
    std::size_t width_;
    std::string out_;
};

} // namespace

std::string outlook_json(const Study& study, const Outlook& outlook) {
    Json ends = Json::array();
    for (const auto& end : outlook.year_ends) {
        ends.push_back({{"boundary", end.boundary},
                        {"enterprise", end.enterprise},
                        {"indicator", end.indicator},
                        {"unit", end.unit},
                        {"to_date", number(end.to_date)},
                        {"to_date_last_year", number(end.to_date_last_year)},
                        {"growth", number(end.growth)},
                        {"last_year", number(end.last_year)},
                        {"full_year", number(end.full_year)},
                        {"basis", to_string(end.basis)},
                        {"grade", to_string(end.grade)},
                        {"missing", end.missing}});
    }
    Json policies = Json::array();
    for (std::size_t i = 0; i < outlook.policies.size(); ++i) {
        Json one = detail::judgement(outlook.policies[i]);
        one["basis"] = to_string(outlook.bases[i]);
        one["to_save"] = number(outlook.to_save[i]);
        policies.push_back(std::move(one));
    }
    Json savers = Json::array();
    for (const auto& one : outlook.savers) {
        savers.push_back({{"enterprise", one.enterprise},
                          {"energy", one.energy},
                          {"value_added", one.value_added},
                          {"tce_per_10k", one.tce_per_10k}});
    }
    Json document{{"schema", "chainsim.outlook/1"}, {"scenario", study.scenario().id},
                  {"year", outlook.year},           {"month", outlook.month},
                  {"year_ends", std::move(ends)},   {"policies", std::move(policies)},
                  {"savers", std::move(savers)}};
    if (!outlook.failure.empty()) {
        document["failure"] = outlook.failure;
    }
    return document.dump(1) + '\n';
}

std::string outlook_text(const Study& study, const Outlook& outlook, Language language,
                         std::size_t width) {
    return OutlookText(study, outlook, language, width).text();
}

} // namespace chainsim::study
