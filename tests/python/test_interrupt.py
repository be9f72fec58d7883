"""Ctrl-C ends what takes long, and leaves what can be gone on with."""

import os
import signal
import subprocess
import sys
import time
import unittest

import chainsim
from support import DESK, PLAN, Case

SAMPLE = """
import chainsim, sys
print("begun", flush=True)
try:
    chainsim.sample(sys.argv[1], 4_000_000, threads=1, folder=sys.argv[2], keep=[])
except KeyboardInterrupt:
    print("interrupted", flush=True)
"""

OPTIMISE = """
import chainsim, sys
print("begun", flush=True)
try:
    chainsim.optimise(sys.argv[1], alternatives=50, seconds=300)
except KeyboardInterrupt:
    print("interrupted", flush=True)
"""


class Interrupts(Case):
    """In a process of its own, which gets the signal of the keyboard."""

    def interrupt(self, text, *arguments, when):
        process = subprocess.Popen(
            [sys.executable, "-c", text, *map(str, arguments)],
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ,
        )
        self.addCleanup(process.kill)
        self.assertEqual(process.stdout.readline(), "begun\n")
        deadline = time.monotonic() + 60
        while not when():
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        begin = time.monotonic()
        out, _ = process.communicate(timeout=120)
        self.assertEqual((out, process.returncode), ("interrupted\n", 0))
        return time.monotonic() - begin

    def test_a_sample_ends_after_its_block_and_is_resumed(self):
        folder = self.folder / "sample"
        blocks = self.folder / "sample.partial/draws.bin"
        # It has drawn something, and is far from the end.
        self.interrupt(
            SAMPLE, DESK, folder, when=lambda: blocks.exists() and blocks.stat().st_size > 5_000_000
        )
        self.assertFalse(folder.exists())
        with self.assertRaises(chainsim.IoError) as caught:
            chainsim.sample(DESK, 4_000_000, folder=folder, keep=[])
        self.assertIn("interrupted", str(caught.exception))

    def test_an_optimisation_ends_where_it_next_looks(self):
        begin = time.monotonic()
        # Of twelve years and eighty projects, which takes some twenty seconds and more.
        pathway = PLAN.with_name("pathway_2035.yaml")
        self.interrupt(OPTIMISE, pathway, when=lambda: time.monotonic() - begin > 3)


if __name__ == "__main__":
    unittest.main()
