#include <chainsim/study/footprint.hpp>
#include <chainsim/study/version.hpp>

#include <nlohmann/json.hpp>

#include <cmath>
#include <string>
#include <utility>

namespace chainsim::study {

namespace {

using FootprintJson = nlohmann::ordered_json;

/// Null where a number is not known.
FootprintJson known(double value) {
    return std::isfinite(value) ? FootprintJson(value) : FootprintJson(nullptr);
}

class FootprintDocument {
public:
    FootprintDocument(const Study& study, const FootprintReport& report)
        : scenario_(study.scenario()), report_(report) {}

    std::string make() {
        const auto& commodity = scenario_.model.commodities[report_.commodity];
        const auto& burden = report_.lines[report_.burden].burden;
        json_["schema"] = "chainsim.footprint/1";
        json_["engine"] = {{"version", version()}, {"commit", commit()}};
        json_["scenario"] = scenario_.id;
        json_["year"] = report_.year;
        json_["commodity"] = commodity.id;
        json_["burden"] = burden.id;
        json_["total"] = known(report_.total());
        json_["unit"] = burden.unit + "/" + commodity.unit.text();
        json_["allocation"] = to_string(report_.allocation);
        json_["tree"] = branch(report_.tree);
        burdens();
        takes();
        paths();
        routes();
        remarks();
        return json_.dump(1) + '\n';
    }

private:
    [[nodiscard]] const std::string& id(int row) const {
        return scenario_.model.commodities[report_.commodities[static_cast<std::size_t>(row)]].id;
    }

    [[nodiscard]] FootprintJson branch(const footprint::Branch& one) const {
        FootprintJson out;
        switch (one.kind) {
        case footprint::Branch::Kind::commodity:
            out["id"] = id(one.row);
            break;
        case footprint::Branch::Kind::own:
            out["id"] = "own";
            break;
        case footprint::Branch::Kind::replaced:
            out["id"] = id(one.row);
            out["replaced"] = true;
            break;
        case footprint::Branch::Kind::rest:
            out["id"] = "rest";
            out["count"] = one.count;
            break;
        }
        out["amount"] = known(one.burden);
        if (one.kind != footprint::Branch::Kind::rest) {
            out["quantity"] = known(one.amount);
        }
        out["children"] = FootprintJson::array();
        for (const auto& part : one.parts) {
            out["children"].push_back(branch(part));
        }
        return out;
    }

    void burdens() {
        auto& all = json_["burdens"] = FootprintJson::object();
        for (const auto& line : report_.lines) {
            FootprintJson one{{"unit", line.burden.unit}};
            for (std::size_t a = 0; a < line.value.size(); ++a) {
                one[std::string(to_string(footprint::allocations[a]))] = known(line.value[a]);
            }
            all[line.burden.id] = std::move(one);
        }
    }

    void takes() {
        auto& all = json_["takes"] = FootprintJson::array();
        for (const auto& take : report_.takes) {
            const auto& commodity = scenario_.model.commodities[take.commodity];
            all.push_back({{"id", commodity.id},
                           {"quantity", take.amount},
                           {"unit", commodity.unit.text()},
                           {"amount", take.burden},
                           {"cost", take.cost}});
        }
    }

    void paths() {
        auto& all = json_["paths"] = FootprintJson::array();
        for (const auto& path : report_.paths.paths) {
            FootprintJson ids = FootprintJson::array();
            for (const int row : path.rows) {
                ids.push_back(id(row));
            }
            all.push_back(
                {{"path", std::move(ids)}, {"quantity", path.amount}, {"amount", path.burden}});
        }
        json_["remainder"] = report_.paths.remainder;
        json_["paths_complete"] = report_.paths.is_complete;
    }

    void routes() {
        auto& all = json_["routes"] = FootprintJson::object();
        for (const auto& route : report_.routes) {
            auto& one = all[route.id] = FootprintJson::object();
            one["on_offer"] = !route.is_without_offer;
            for (std::size_t b = 0; b < route.value.size(); ++b) {
                one[report_.lines[b].burden.id] = known(route.value[b]);
            }
        }
    }

    void remarks() {
        auto& all = json_["remarks"] = FootprintJson::array();
        for (const auto& remark : report_.remarks) {
            switch (remark.kind) {
            case footprint::Remark::Kind::other_key:
                all.push_back(
                    {{"kind", "other_key"},
                     {"facility",
                      scenario_
                          .facilities[report_.facilities[static_cast<std::size_t>(remark.column)]]
                          .id},
                     {"used", to_string(remark.used)}});
                break;
            case footprint::Remark::Kind::no_price:
                all.push_back({{"kind", "no_price"}, {"commodity", id(remark.row)}});
                break;
            case footprint::Remark::Kind::no_supplier:
                all.push_back({{"kind", "no_supplier"}, {"commodity", id(remark.row)}});
                break;
            }
        }
    }

    const model::Scenario& scenario_;
    const FootprintReport& report_;
    FootprintJson json_;
};

} // namespace

std::string footprint_json(const Study& study, const FootprintReport& report) {
    return FootprintDocument(study, report).make();
}

} // namespace chainsim::study
