"""Numbers of tables are views of the engine's own."""

import gc
import json
import math
import unittest

import numpy as np

import chainsim
from support import PLAN, Case

try:
    import pandas as pd
except ImportError:
    pd = None


class Tables(Case):
    """A table is a mapping from names to arrays."""

    @classmethod
    def setUpClass(cls):
        cls.table = chainsim.open(PLAN).run().flows()

    def test_it_tells_its_names_and_its_size(self):
        self.assertEqual(self.table.name, "flows")
        self.assertEqual(self.table.keys()[:3], ["year", "facility", "process"])
        self.assertEqual(list(self.table), self.table.keys())
        self.assertIn("amount", self.table)
        self.assertNotIn("amounts", self.table)
        for name in self.table:
            self.assertEqual(self.table[name].shape, (len(self.table),))

    def test_numbers_are_views_of_the_table(self):
        one = self.table["amount"]
        other = self.table.column("amount")
        self.assertEqual(one.dtype, np.float64)
        self.assertFalse(one.flags.owndata)
        self.assertIs(one.base, self.table)
        self.assertTrue(np.shares_memory(one, other))
        self.assertEqual(self.table["year"].dtype, np.int64)
        self.assertTrue(np.shares_memory(self.table["year"], self.table.to_dict()["year"]))

    def test_a_view_cannot_be_written(self):
        with self.assertRaises(ValueError):
            self.table["amount"][0] = 0.0

    def test_a_view_keeps_the_numbers_alive(self):
        run = chainsim.open(PLAN).run()
        amounts = run.flows()["amount"]
        expected = amounts.copy()
        del run
        gc.collect()
        junk = [np.zeros(len(expected)) for _ in range(50)]  # what would take a freed place
        np.testing.assert_array_equal(amounts, expected)
        del junk

    def test_text_is_an_array_of_str(self):
        names = self.table["facility"]
        self.assertEqual(names.dtype, object)
        self.assertIsInstance(names[0], str)
        self.assertIs(names[0], names[1])  # rows of one plant: one string

    def test_what_is_not_known_is_nan(self):
        missing = np.isnan(self.table["tce"])
        self.assertTrue(missing.any())
        rows = json.loads(self.table.to_json())
        self.assertEqual([row["tce"] is None for row in rows], list(missing))

    def test_it_is_a_mapping(self):
        self.assertEqual(list(dict(self.table)), self.table.keys())

    def test_units_stand_beside_where_a_column_has_one(self):
        table = chainsim.open(PLAN).run().commodities()
        self.assertNotIn("produced", table.units)  # each row has its own
        self.assertIn("unit", table)


@unittest.skipIf(pd is None, "pandas is not installed")
class Frames(Case):
    """A frame stands over the same numbers."""

    def test_numbers_are_shared(self):
        table = chainsim.open(PLAN).run().facilities()
        frame = table.to_pandas()
        self.assertEqual(list(frame.columns), table.keys())
        self.assertTrue(np.shares_memory(frame["activity"].to_numpy(), table["activity"]))

    def test_a_frame_outlives_its_table(self):
        frame = chainsim.open(PLAN).run().commodities().to_pandas()
        gc.collect()
        made = frame["produced"] + frame["bought"]
        used = frame["consumed"] + frame["sold"] + frame["disposed"] + frame["final_demand"]
        self.assertLess((made - used).abs().max() / made.max(), 1e-9)

    def test_it_groups_and_sums_as_a_frame_does(self):
        run = chainsim.open(PLAN).run()
        flows = run.flows().to_pandas()
        out = flows[(flows.direction == "out") & (flows.commodity == "coke")].amount.sum()
        made = run.commodities().to_pandas().set_index("id").produced["coke"]
        self.assertTrue(math.isclose(out, made, rel_tol=1e-12))

    def test_units_of_columns_are_attributes(self):
        why = chainsim.compare(
            PLAN.with_name("coke_first.yaml"), PLAN.with_name("chemicals_first.yaml")
        ).why("energy_controlled")
        self.assertEqual(why.to_pandas().attrs["units"], {"amount": "tce", "error": "tce"})


if __name__ == "__main__":
    unittest.main()
