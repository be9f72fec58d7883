"""Writes a random productive input-output table, for measuring `chainsim io`.

    python3 tests/benchmark/make_table.py dense 5000 /tmp/table     # Z.csv, Y.csv, F.csv
    python3 tests/benchmark/make_table.py array 5000 /tmp/table     # Z.mtx (array), Y.csv, F.csv
    python3 tests/benchmark/make_table.py sparse 20000 /tmp/table   # A.mtx (coordinate), d.csv, S.csv

Sectors are called 1, 2, ...; each column of coefficients adds up to about 0.65, and each process of
the sparse table has ten suppliers at random, so that all of them make one loop.
"""

import os
import random
import sys


def write(path, lines):
    with open(path, "w", encoding="utf-8") as out:
        for line in lines:
            out.write(line + "\n")


def main():
    kind, size, folder = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    draw = random.Random(1)
    os.makedirs(folder, exist_ok=True)
    names = [str(k + 1) for k in range(size)]
    at = lambda name: os.path.join(folder, name)
    if kind == "sparse":
        entries = {}
        for column in names:
            for _ in range(10):
                entries[(draw.choice(names), column)] = draw.uniform(0.02, 0.11)
        write(at("A.mtx"), ["%%MatrixMarket matrix coordinate real general", f"{size} {size} {len(entries)}"]
              + [f"{i} {j} {value:.8f}" for (i, j), value in entries.items()])
        write(at("d.csv"), ["sector,one,all"] + [f"{k},{int(k == '1')},1" for k in names])
        write(at("S.csv"), ["stressor," + ",".join(names)]
              + [f"{name}," + ",".join(f"{draw.random():.6f}" for _ in names) for name in ("co2", "jobs")])
        return
    # Flows from 0 to 2 * 650 / size, so that columns add up to 650; final demand fills up to 1000.
    scale = 2 * 650 / size
    sums = [0.0] * size

    def rows():
        for i in range(size):
            numbers = [draw.random() * scale for _ in range(size)]
            sums[i] = sum(numbers)
            yield [f"{number:.8f}" for number in numbers]

    if kind == "dense":
        def lines():
            yield "sector," + ",".join(names)
            for name, row in zip(names, rows()):
                yield name + "," + ",".join(row)
        write(at("Z.csv"), lines())
    else:
        def lines():
            yield "%%MatrixMarket matrix array real general"
            yield f"{size} {size}"
            # Column by column; a row of the draw serves as a column here.
            for row in rows():
                yield from row
        write(at("Z.mtx"), lines())
    write(at("Y.csv"), ["sector,household,other"] + [f"{k},250,100" for k in names])
    write(at("F.csv"), ["stressor," + ",".join(names)]
          + [f"{name}," + ",".join(f"{draw.random() * 100:.6f}" for _ in names) for name in ("co2", "jobs", "value_added")])


main()
