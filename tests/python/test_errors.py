"""Every exception of the engine is one class, and carries its places."""

import re
import unittest

import chainsim
from support import DESK, PLAN, ROOT, TUTORIAL, Case

SCENARIO = """format: chainsim.scenario/1
scenario: wrong
extends: methanol_2030.yaml
yeers: [2030]
changes:
  facilities:
    methanol: {capacity: 10 MWh}
    ovens: {capacity: -3 t/a}
"""


class Classes(Case):
    """The hierarchy is that of the engine."""

    def test_every_class_of_the_engine_is_one_of_python(self):
        names = set()
        for header in (ROOT / "engine/chainsim").glob("*/*.hpp"):  # those in detail/ stay inside
            names.update(re.findall(r"class (\w+) : public Error\b", header.read_text()))
        self.assertIn("NoSolution", names)
        for name in sorted(names):
            kind = getattr(chainsim, name)
            self.assertTrue(issubclass(kind, chainsim.Error), name)
            self.assertIs(kind, getattr(chainsim.errors, name))

    def test_they_are_what_python_would_raise(self):
        self.assertTrue(issubclass(chainsim.InputError, ValueError))
        self.assertTrue(issubclass(chainsim.IoError, OSError))
        self.assertTrue(issubclass(chainsim.UnitError, ValueError))


class Places(Case):
    """What is wrong with the input comes all at once, each with its place."""

    def test_every_problem_has_file_line_column_message_and_help(self):
        found = self.diagnostics_of(
            chainsim.InputError, chainsim.open_text, TUTORIAL / "wrong.yaml", SCENARIO
        )
        places = {(one.line, one.column): one for one in found}
        self.assertIn((4, 1), places)
        self.assertIn("yeers", places[4, 1].message)
        self.assertIn("years", places[4, 1].help)
        self.assertTrue(all(one.file.endswith("wrong.yaml") for one in found), found)
        self.assertIn("wrong.yaml:4:1", str(places[4, 1]))

    def test_the_message_is_all_of_them(self):
        with self.assertRaises(chainsim.InputError) as caught:
            chainsim.open_text(TUTORIAL / "wrong.yaml", SCENARIO)
        for one in caught.exception.diagnostics:
            self.assertIn(one.message, str(caught.exception))

    def test_an_unknown_id_comes_with_the_nearest_one(self):
        year = chainsim.open(PLAN).run().year(2025)
        (one,) = self.diagnostics_of(chainsim.InputError, year.indicator, "energy_controled")
        self.assertEqual(one.message, "unknown indicator 'energy_controled'")
        self.assertEqual(one.help, "did you mean 'energy_controlled'?")
        self.assertEqual((one.file, one.line, one.column), ("", 0, 0))
        table = year.indicators()
        (one,) = self.diagnostics_of(chainsim.InputError, table.column, "valu")
        self.assertEqual(one.help, "did you mean 'value'?")

    def test_a_year_that_is_not_there_is_told_with_those_that_are(self):
        study = chainsim.open(TUTORIAL / "methanol_2030.yaml")
        for call in (study.run, study.run().year):
            (one,) = self.diagnostics_of(chainsim.InputError, call, 2026)
            self.assertIn("2025, 2030", one.help)


class Kinds(Case):
    """What goes wrong is told by its class."""

    def test_a_file_that_is_not_there(self):
        with self.assertRaises(OSError) as caught:
            chainsim.open(self.folder / "not_there.yaml")
        self.assertIsInstance(caught.exception, chainsim.IoError)
        self.assertIn("not_there.yaml", str(caught.exception))

    def test_a_year_without_solution(self):
        study = chainsim.open(ROOT / "tests/cli/no_coke.yaml")
        run = study.run()
        self.assertEqual(run.outcome, run.failure.outcome)
        self.assertNotEqual(run.outcome, "solved")
        self.assertEqual(run.summary()["years"][0]["solver"]["message"], run.failure.message)
        for call in (lambda: run.years, run.flows, run.tables, lambda: run.year(run.failure.year)):
            with self.assertRaises(chainsim.NoSolution) as caught:
                call()
            self.assertEqual(str(caught.exception), run.failure.message)
        with self.assertRaises(chainsim.NoSolution):
            chainsim.check(study)
        with self.assertRaises(chainsim.NoSolution):
            chainsim.sample(study, 8)
        with self.assertRaises(chainsim.IoError):  # and nothing is written where a file stands
            (self.folder / "file").write_text("")
            chainsim.open(DESK).run().write(self.folder / "file")

    def test_units_that_do_not_fit(self):
        year = chainsim.open(PLAN).run().year(2025)
        with self.assertRaises(chainsim.UnitError):
            year.indicator("gdp", "t")
        with self.assertRaises(chainsim.UnitError):
            year.indicator("gdp", "no unit")

    def test_scenarios_that_cannot_be_compared(self):
        with self.assertRaises(chainsim.NotComparable):
            chainsim.compare(PLAN, DESK, of=["no_such_indicator"])

    def test_arguments_out_of_range_are_named(self):
        refused = (
            (chainsim.sample, (DESK, 0), {}, "`n`"),
            (chainsim.sample, (DESK, 8), {"threads": -1}, "`threads`"),
            (chainsim.sample, (DESK, 8), {"method": "dice"}, "dice"),
            (chainsim.sample, (DESK, 8), {"keep": ["no_such"]}, "no_such"),
            (chainsim.sample, (DESK, 8), {"resume": True}, "folder"),
            (chainsim.sensitivity, (DESK,), {"top": 0}, "`top`"),
            (chainsim.sensitivity, (DESK, "no_such"), {}, "no_such"),
            (chainsim.optimise, (DESK,), {"gap": float("nan")}, "`gap`"),
            (chainsim.optimise, (DESK,), {"pareto": ["npv"]}, "pareto"),
            (chainsim.optimise, (DESK,), {"operation": "idle"}, "idle"),
            (chainsim.optimise, (DESK, "no_such"), {}, "no_such"),
            (chainsim.open, (DESK,), {"years": [3000]}, "`years`"),
            (chainsim.compare, (DESK,), {}, "two scenarios"),
        )
        for call, arguments, named, words in refused:
            with self.subTest(call=call.__name__, words=words):
                found = self.diagnostics_of(chainsim.InputError, call, *arguments, **named)
                self.assertIn(words, found[0].message)

    def test_wrong_types_are_type_errors(self):
        with self.assertRaises(TypeError):
            chainsim.open(3)
        with self.assertRaises(TypeError):
            chainsim.open(PLAN).run("2025")


if __name__ == "__main__":
    unittest.main()
