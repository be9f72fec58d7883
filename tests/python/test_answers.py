"""What is asked in Python has the answers of the command line."""

import json
import threading
import time
import unittest

import numpy as np

import chainsim
from support import DESK, PLAN, TUTORIAL, Case, answer, program

COKE = PLAN.with_name("coke_first.yaml")
CHEMICALS = PLAN.with_name("chemicals_first.yaml")


class Checks(Case):
    """`check` judges as the program does."""

    def test_it_is_what_the_program_prints(self):
        report = chainsim.check(PLAN)
        self.assertEqual(report.to_dict(), answer("check", PLAN))
        self.assertEqual(report.text("zh", all=True), program("check", PLAN, "--lang", "zh", "--all"))

    def test_it_tells_of_the_run_that_was_judged(self):
        report = chainsim.check(DESK, 2030, projects=False)
        self.assertEqual(report.year, 2030)
        self.assertEqual([year.year for year in report.run.years], [2030])
        self.assertEqual(report.missed_hard, report.run.missed_hard())


class Comparisons(Case):
    """`compare` explains differences."""

    @classmethod
    def setUpClass(cls):
        cls.comparison = chainsim.compare(COKE, chainsim.open(CHEMICALS), of=["made_coke"])

    def test_it_is_what_the_program_prints(self):
        # Without a number of orders, as many are followed as some seconds allow.
        ours = chainsim.compare(COKE, CHEMICALS, orders=4, seed=7).to_dict()
        theirs = answer("compare", COKE, CHEMICALS, "--draws", 4, "--seed", 7)
        self.assertEqual(ours, theirs)

    def test_causes_sum_to_the_difference(self):
        table = self.comparison.indicators()
        differences = dict(zip(table["id"], table["difference_2"]))
        for name in ("energy_controlled", "made_coke", "value_added"):
            total = self.comparison.why(name)["amount"].sum()
            self.assertAlmostEqual(total / differences[name], 1.0, 9, name)

    def test_the_largest_cause_comes_first(self):
        amounts = np.abs(self.comparison.why("energy_controlled")["amount"])
        self.assertTrue((np.diff(amounts) <= 0).all())

    def test_what_was_not_explained_is_said_to_be_so(self):
        (one,) = self.diagnostics_of(chainsim.InputError, self.comparison.why, "made_methanol")
        self.assertIn('of=["made_methanol"]', one.help)

    def test_values_are_those_of_the_runs(self):
        table = self.comparison.indicators()
        run = chainsim.open(CHEMICALS).run().year(self.comparison.explained_year)
        row = list(table["id"]).index("gdp")
        self.assertEqual(table["value_2"][row], run.indicator("gdp"))


class Samples(Case):
    """`sample` draws what the program draws."""

    def test_a_folder_has_the_bytes_of_the_program(self):
        program("sample", DESK, "-n", 1500, "--seed", 3, "-o", self.folder / "theirs", "--quiet")
        chainsim.sample(DESK, 1500, seed=3, threads=2, folder=self.folder / "ours", keep=[])
        names = sorted(path.name for path in (self.folder / "theirs").iterdir())
        self.assertIn("draws.nc", names)
        for name in names:
            self.assertEqual(
                (self.folder / "ours" / name).read_bytes(),
                (self.folder / "theirs" / name).read_bytes(),
                name,
            )

    def test_draws_do_not_depend_on_the_threads(self):
        one, two = (chainsim.sample(DESK, 2100, threads=threads) for threads in (1, 2))
        np.testing.assert_array_equal(one.values("gdp", 2030), two.values("gdp", 2030))
        self.assertEqual(one.indicators().to_csv(), two.indicators().to_csv())

    def test_draws_give_the_figures_of_the_tables(self):
        sample = chainsim.sample(DESK, 1100)
        values = sample.values("energy_controlled", 2030)
        self.assertEqual(values.dtype, np.float32)
        self.assertEqual(len(values), sample.draws)
        self.assertIs(values.base, sample)
        self.assertFalse(values.flags.writeable)
        table = sample.indicators()
        (row,) = np.flatnonzero((table["id"] == "energy_controlled") & (table["year"] == 2030))
        self.assertAlmostEqual(table["mean"][row] / values.mean(dtype=np.float64), 1.0, 9)
        ordered = np.sort(values)  # the value of share q among n is that of rank ceil(q n)
        self.assertEqual(table["p50"][row], ordered[int(np.ceil(0.5 * len(values))) - 1])
        self.assertEqual(table["p95"][row], ordered[int(np.ceil(0.95 * len(values))) - 1])

    def test_a_chance_is_the_share_of_draws_that_keep_the_bound(self):
        sample = chainsim.sample(DESK, 1024, keep=["fresh_water"])
        table = sample.policies()
        (row,) = np.flatnonzero((table["id"] == "water_cap") & (table["year"] == 2030))
        kept = (sample.values("fresh_water", 2030) <= table["bound"][row]).mean()
        self.assertAlmostEqual(table["chance"][row], kept, 2)
        self.assertLess(table["low"][row], table["chance"][row])

    def test_what_was_not_kept_is_said_to_be_so(self):
        sample = chainsim.sample(DESK, 16, keep=["gdp"])
        (one,) = self.diagnostics_of(chainsim.InputError, sample.values, "tax", 2030)
        self.assertIn("keep", one.help)
        self.diagnostics_of(chainsim.InputError, sample.values, "gdp", 2031)

    def test_nothing_is_left_where_no_folder_was_named(self):
        sample = chainsim.sample(DESK, 16)
        self.assertIsNone(sample.folder)
        self.assertIn("policies", sample.page().tables)

    def test_other_threads_run_meanwhile(self):
        ticks = []
        done = threading.Event()

        def tick():
            while not done.wait(0.01):
                ticks.append(time.monotonic())

        other = threading.Thread(target=tick)
        other.start()
        begin = time.monotonic()
        chainsim.sample(DESK, 8192, threads=1, keep=[])
        end = time.monotonic()
        done.set()
        other.join()
        within = [at for at in ticks if begin < at < end]
        self.assertGreater(len(within), 5)


class Sensitivities(Case):
    """`sensitivity` is a page, and its parts are tables."""

    def test_it_is_what_the_program_prints(self):
        page = chainsim.sensitivity(DESK, "energy_intensity", top=5)
        told = answer("sensitivity", DESK, "--of", "energy_intensity", "--top", 5)
        self.assertEqual(page.to_dict(), told)
        self.assertEqual(page.schema, told["schema"])

    def test_parts_are_tables_of_numbers(self):
        page = chainsim.sensitivity(DESK, top=5)
        figures = page.tables["figures"]
        told = page.to_dict()["figures"]
        self.assertEqual(len(figures), len(told))
        self.assertEqual(list(figures["id"]), [row["id"] for row in told])
        self.assertEqual(list(figures["share"]), [row["share"]["value"] for row in told])

    def test_a_cell_is_explained(self):
        page = chainsim.sensitivity(DESK, top=5)
        name = f"figures.{page.tables['figures']['id'][0]}.share"
        self.assertTrue(page.explain(name).startswith(name))


class Optimisations(Case):
    """`optimise` chooses what the program chooses."""

    def test_it_is_what_the_program_prints(self):
        folder = self.folder / "best"
        told = answer("optimise", DESK, "--objective", "value_added", "-o", folder)
        best = chainsim.optimise(chainsim.open(DESK), "value_added", folder=folder)
        self.assertEqual(best.folder, folder)
        self.assertEqual(best.to_dict(), told)
        self.assertEqual(json.loads((folder / "optimise.json").read_text()), told)
        portfolio = best.portfolio()
        made = [
            {"id": name, "year": int(year)}
            for name, year, is_made in zip(portfolio["id"], portfolio["year"], portfolio["made"])
            if is_made
        ]
        self.assertEqual(made, [{"id": one["id"], "year": one["year"]} for one in told["projects"]])

    def test_nothing_is_written_where_no_folder_is_named(self):
        best = chainsim.optimise(DESK, "npv", step=0.0)
        self.assertTrue(best.is_found)
        self.assertIsNone(best.folder)
        self.assertIsNone(best.failure)
        self.assertEqual(best.values[0], best.to_dict()["objective"])

    def test_what_cannot_be_kept_is_told(self):
        best = chainsim.optimise(DESK, at_most=["energy_total_equivalent=1 tce"], step=0.0)
        self.assertFalse(best.is_found)
        self.assertIn("no plan", best.failure)

    def test_a_text_cannot_be_optimised(self):
        text = (TUTORIAL / "desk_2030.yaml").read_text(encoding="utf-8")
        study = chainsim.open_text(TUTORIAL / "told.yaml", text)
        self.diagnostics_of(chainsim.InputError, chainsim.optimise, study)


class Footprints(Case):
    """`footprint` and `reconcile` answer as the program does."""

    def test_a_footprint_is_what_the_program_prints(self):
        ours = chainsim.footprint(PLAN, "pvc", allocation="mass", burden="co2")
        told = answer("footprint", PLAN, "--of", "pvc", "--allocation", "mass", "--burden", "co2")
        self.assertEqual(ours.to_dict(), told)
        self.assertEqual(ours.total, told["total"])
        self.assertIn("burdens", ours.page().tables)

    def test_an_unknown_commodity_is_told(self):
        with self.assertRaises(chainsim.UnknownCommodity) as caught:
            chainsim.footprint(PLAN, "pvcc")
        self.assertIn("pvcc", str(caught.exception))
        self.diagnostics_of(chainsim.InputError, chainsim.footprint, PLAN, "pvc", burden="joy")

    def test_measurements_are_reconciled_as_by_the_program(self):
        files = TUTORIAL / "measurements.csv", TUTORIAL / "base_2025.yaml"
        ours = chainsim.reconcile(*files)
        self.assertEqual(ours.to_dict(), answer("reconcile", *files))
        ours.write(self.folder / "reconciled")
        text = (self.folder / "reconciled/reconciled.csv").read_text(encoding="utf-8")
        self.assertEqual(ours.quantities().to_csv(), text)
        covariance = ours.covariance()
        matrix = np.array([covariance[name] for name in covariance["id"]])
        self.assertEqual(matrix.shape, (len(covariance), len(covariance)))
        np.testing.assert_allclose(matrix, matrix.T)

    def test_measurements_of_plants_need_a_scenario(self):
        self.diagnostics_of(
            chainsim.InputError, chainsim.reconcile, TUTORIAL / "measurements.csv"
        )


if __name__ == "__main__":
    unittest.main()
