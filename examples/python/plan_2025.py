# The plan of 2025 in Python: run, look, compare, draw. The marks "# %%" are the cells of a notebook.
#   bash examples/run.sh
#   PYTHONPATH=build/release/python python3 examples/python/plan_2025.py
# or, after `pip install .`, without PYTHONPATH; of the Debian package with the folder of its scenarios,
# /usr/share/chainsim/scenarios, behind. It needs python3-numpy and python3-pandas.

# %% Open a scenario: every problem of every file is told at once, with its place
import sys
from pathlib import Path

import numpy as np
import pandas as pd

import chainsim

pd.set_option("display.width", 120, "display.max_columns", 12, "display.precision", 3)
here = Path(__file__).resolve().parents[2] / "scenarios"
scenarios = Path(sys.argv[1]) if len(sys.argv) > 1 else here

try:
    chainsim.open_text(scenarios / "tutorial/typo.yaml", "format: chainsim.scenario/1\nscenari: typo\n")
except chainsim.InputError as error:
    for one in error.diagnostics:
        print(f"line {one.line}, column {one.column}: {one.message}. {one.help}")

study = chainsim.open(scenarios / "hainan/plan_2025.yaml")
print(study.scenario.name["zh"], "/", study.scenario.name["en"], study.scenario.years)

# %% Run it: indicators come in the unit of summary.json, or in the one that is asked for
run = study.run()
year = run.year(2025)
print(f"controlled energy: {year.indicator('energy_controlled'):.0f} {year.unit_of('energy_controlled')}")
print(f"controlled energy: {year.indicator('energy_controlled', '万吨标煤'):.1f} 万吨标煤")

# %% Which policies are missed, and by how much
for policy in year.policies:
    if policy.verdict == "missed":
        print(f"{policy.name['en']}: {policy.value:.4g}, bound {policy.bound:.4g} {policy.unit}")

# %% Tables are NumPy arrays, views of the engine's own numbers, or pandas frames over them
flows = run.flows()
amounts = flows["amount"]
print(flows, amounts.dtype, "a copy" if amounts.flags.owndata else "a view")

frame = flows.to_pandas()
energy = frame[(frame.direction == "in") & frame.tce.notna()]
largest = energy.groupby("facility").tce.sum().sort_values(ascending=False).head(5)
print(largest)

# %% What holds plants back
facilities = run.facilities().to_pandas()
print(facilities.groupby("binding").size())

# %% Two ways for the district, and what makes the difference
comparison = chainsim.compare(
    scenarios / "hainan/coke_first.yaml", scenarios / "hainan/chemicals_first.yaml"
)
why = comparison.why("energy_controlled").to_pandas()
print(why.head(5)[["change", "amount"]])
print(f"all changes together: {why.amount.sum():.0f} tce")

# %% How sure is that? Draw every uncertain figure of the tutorial's district
sample = chainsim.sample(scenarios / "tutorial/desk_2030.yaml", 2048, seed=1)
print(sample.policies().to_pandas()[["year", "id", "chance", "low", "high"]])
drawn = sample.values("energy_controlled", 2030)
low, middle, high = np.nanquantile(drawn, [0.05, 0.5, 0.95])
print(f"controlled energy in 2030: {middle:.0f} tce, 90 % between {low:.0f} and {high:.0f}")

# %% Which figures matter
print(chainsim.sensitivity(scenarios / "tutorial/desk_2030.yaml", top=3).text())

# %% Which projects, and when
best = chainsim.optimise(scenarios / "tutorial/desk_2030.yaml", "value_added", step=0.0)
print(best, best.portfolio().to_pandas()[["id", "made", "year"]])
