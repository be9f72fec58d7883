"""chainsim: industrial chains of a district, their energy, carbon, water and money.

    import chainsim

    study = chainsim.open("scenarios/hainan/plan_2025.yaml")
    run = study.run()
    run.year(2025).indicator("energy_controlled")          # tce, the unit of summary.json
    run.year(2025).indicator("energy_controlled", "Mtce")
    run.flows().to_pandas()

Names are those of the C++ library `chainsim::study`. Functions that take a study also take the
path of one. Arrays of numbers are views of the engine's own tables, and read only; they need
NumPy, `to_pandas` needs pandas, and nothing else does. Every exception is in `chainsim.errors`.
"""

from __future__ import annotations

import os
from typing import Optional, Sequence, Union

from ._chainsim import (
    CheckReport,
    Comparison,
    Failure,
    Footprint,
    Judgement,
    Optimisation,
    Page,
    Reconciliation,
    Run,
    Sample,
    Scenario,
    Study,
    Table,
    YearRun,
    __version__,
    _compare,
    check,
    commit,
    footprint,
    open,
    open_text,
    optimise,
    reconcile,
    sample,
    sensitivity,
)
from .errors import (
    ClosingError,
    ContractError,
    Diagnostic,
    Error,
    InputError,
    IoError,
    NoAnswer,
    NoSolution,
    NotComparable,
    SampleError,
    Unavailable,
    UnitError,
    UnknownCommodity,
    Unproductive,
)


def compare(
    *studies: Union[Study, str, os.PathLike[str]],
    year: Optional[int] = None,
    of: Sequence[str] = (),
    orders: int = 0,
    seed: int = 1,
) -> Comparison:
    """Sets scenarios side by side and splits the differences over the changes of their inputs.

    year: the one that is explained (the last in common). of: indicators to explain beside the key
    ones; "all" for all. orders: drawn where there are many changes; 0 for as many as take seconds.

    Raises NotComparable, InputError, NoSolution.
    """
    return _compare(list(studies), year, list(of), orders, seed)


__all__ = [
    "CheckReport",
    "ClosingError",
    "Comparison",
    "ContractError",
    "Diagnostic",
    "Error",
    "Failure",
    "Footprint",
    "InputError",
    "IoError",
    "Judgement",
    "NoAnswer",
    "NoSolution",
    "NotComparable",
    "Optimisation",
    "Page",
    "Reconciliation",
    "Run",
    "Sample",
    "SampleError",
    "Scenario",
    "Study",
    "Table",
    "Unavailable",
    "UnitError",
    "UnknownCommodity",
    "Unproductive",
    "YearRun",
    "__version__",
    "check",
    "commit",
    "compare",
    "footprint",
    "open",
    "open_text",
    "optimise",
    "reconcile",
    "sample",
    "sensitivity",
]
