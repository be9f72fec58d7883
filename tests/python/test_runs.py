"""A run in Python has the figures of `chainsim run`."""

import csv
import gc
import io
import json
import unittest

import chainsim
from support import DESK, PLAN, TUTORIAL, Case, program


class Figures(Case):
    """What is read of a run is what stands in its folder."""

    @classmethod
    def setUpClass(cls):
        cls.study = chainsim.open(PLAN)
        cls.plan = cls.study.run()

    def run_folder(self):
        program("run", PLAN, "-o", self.folder / "run", "--quiet")
        return self.folder / "run"

    def test_every_indicator_is_that_of_summary_json_in_its_unit(self):
        summary = json.loads((self.run_folder() / "summary.json").read_text())
        (year,) = summary["years"]
        run_year = self.plan.year(year["year"])
        self.assertGreater(len(year["indicators"]), 300)
        for name, told in year["indicators"].items():
            self.assertEqual(run_year.indicator(name), told["value"], name)
            self.assertEqual(run_year.unit_of(name), told["unit"], name)

    def test_the_summary_is_that_of_the_program(self):
        told = json.loads((self.run_folder() / "summary.json").read_text())
        self.assertEqual(self.plan.summary(), told)

    def test_every_table_is_the_csv_of_the_run_folder(self):
        folder = self.run_folder()
        tables = self.plan.tables()
        self.assertEqual(sorted(tables), sorted(path.stem for path in folder.glob("*.csv")))
        for name, table in tables.items():
            self.assertEqual(table.to_csv(), (folder / f"{name}.csv").read_text(), name)

    def test_a_table_by_name_is_the_table_of_the_run(self):
        for name, table in self.plan.tables().items():
            self.assertEqual(getattr(self.plan, name)().to_csv(), table.to_csv(), name)

    def test_a_run_is_written_with_the_bytes_of_the_program(self):
        theirs = self.run_folder()
        ours = self.folder / "ours"
        self.plan.write(ours)
        names = sorted(path.relative_to(theirs) for path in theirs.rglob("*") if path.is_file())
        self.assertEqual(
            names, sorted(path.relative_to(ours) for path in ours.rglob("*") if path.is_file())
        )
        for name in names:
            if name.suffix != ".sqlite":
                self.assertEqual((ours / name).read_bytes(), (theirs / name).read_bytes(), name)

    def test_the_folder_of_a_run_opens_as_the_study_that_made_it(self):
        again = chainsim.open(self.run_folder())
        self.assertEqual(again.scenario.hash, self.study.scenario.hash)
        self.assertEqual(
            again.run().year(2025).indicator("gdp"), self.plan.year(2025).indicator("gdp")
        )

    def test_an_indicator_comes_in_the_unit_that_is_asked_for(self):
        year = self.plan.year(2025)
        tce = year.indicator("energy_controlled")
        self.assertEqual(year.unit_of("energy_controlled"), "tce")
        self.assertAlmostEqual(year.indicator("energy_controlled", "万吨标煤"), tce / 1e4, 6)
        self.assertAlmostEqual(year.indicator("energy_controlled", unit="TJ"), tce * 0.0293076, 6)

    def test_policies_are_judged_as_in_the_summary(self):
        told = {(one["id"], one["formula"]): one for one in self.plan.summary()["years"][0]["policies"]}
        judged = self.plan.year(2025).policies
        self.assertEqual(len(judged), len(told))
        for one in judged:
            self.assertEqual(one.verdict, told[one.id, one.formula]["verdict"])
            self.assertEqual(one.missing, told[one.id, one.formula]["missing"])
            if one.verdict in ("met", "missed"):
                self.assertEqual(one.margin, told[one.id, one.formula]["margin"])
                self.assertEqual(one.verdict == "met", one.margin >= 0)

    def test_commodities_balance(self):
        table = self.plan.commodities()
        made = table["produced"] + table["bought"]
        used = table["consumed"] + table["sold"] + table["disposed"] + table["final_demand"]
        self.assertLess(abs(made - used).max() / made.max(), 1e-9)

    def test_shares_of_confidence_sum_to_one(self):
        shares = self.plan.year(2025).confidence("energy_controlled")
        self.assertEqual(
            list(shares), ["seed", "verified", "known", "estimate", "assumption"]
        )
        self.assertAlmostEqual(sum(shares.values()), 1.0, 12)

    def test_the_text_is_that_of_the_program(self):
        shown = program("run", PLAN, "-o", self.folder / "run", "--lang", "zh")
        self.assertEqual(self.plan.summary_text("zh"), shown)


class Years(Case):
    """A run has the years that it was asked for."""

    def test_years_replace_those_of_the_scenario(self):
        study = chainsim.open(TUTORIAL / "methanol_2030.yaml", years=[2026, 2029])
        self.assertEqual(study.scenario.years, [2026, 2029])
        self.assertEqual([year.year for year in study.run().years], [2026, 2029])

    def test_one_year_is_solved_alone(self):
        study = chainsim.open(TUTORIAL / "methanol_2030.yaml")
        alone = study.run(2030)
        self.assertEqual([year.year for year in alone.years], [2030])
        self.assertEqual(
            alone.year(2030).indicator("gdp"), study.run().year(2030).indicator("gdp")
        )

    def test_statistics_stand_in_the_place_of_what_they_tell(self):
        year = chainsim.open(DESK).run().year(2025)
        bases = year.indicators()["basis"]
        self.assertIn("actual", bases)
        told = year.indicators()["id"][list(bases).index("actual")]
        self.assertEqual(year.basis_of(told), "actual")

    def test_a_year_keeps_its_run_alive(self):
        year = chainsim.open(PLAN).run().year(2025)
        gc.collect()
        self.assertGreater(year.indicator("gdp"), 0)

    def test_a_text_is_read_as_if_it_stood_in_the_file(self):
        text = (TUTORIAL / "methanol_2030.yaml").read_text(encoding="utf-8")
        told = chainsim.open_text(TUTORIAL / "not_there.yaml", text)
        self.assertIsNone(told.path)
        opened = chainsim.open(TUTORIAL / "methanol_2030.yaml")
        self.assertEqual(opened.path, TUTORIAL / "methanol_2030.yaml")
        self.assertEqual(
            told.run().year(2030).indicator("gdp"), opened.run().year(2030).indicator("gdp")
        )


class Scenarios(Case):
    """A scenario tells what it holds."""

    def test_ids_are_those_of_the_tables(self):
        study = chainsim.open(PLAN)
        run = study.run()
        self.assertEqual(study.scenario.id, "plan_2025")
        self.assertEqual(set(run.projects()["id"]), set(study.scenario.projects))
        self.assertLessEqual(set(run.flows()["facility"]), set(study.scenario.facilities))
        self.assertLessEqual(set(run.flows()["commodity"]), set(study.scenario.commodities))

    def test_csv_of_a_table_reads_back(self):
        table = chainsim.open(PLAN).run().facilities()
        rows = list(csv.DictReader(io.StringIO(table.to_csv())))
        self.assertEqual([row["id"] for row in rows], list(table["id"]))
        self.assertEqual([float(row["activity"]) for row in rows], list(table["activity"]))


if __name__ == "__main__":
    unittest.main()
