"""What the tests of the Python module share. Run all of them from the root of the project:

    PYTHONPATH=build/release/python python3 -m unittest discover --start-directory tests/python
"""

import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("CHAINSIM_BUILD_DIR", ROOT / "build/release"))
PROGRAM = Path(os.environ.get("CHAINSIM_PROGRAM", BUILD / "chainsim"))

PLAN = ROOT / "scenarios/hainan/plan_2025.yaml"
DESK = ROOT / "scenarios/tutorial/desk_2030.yaml"
TUTORIAL = ROOT / "scenarios/tutorial"


def program(*arguments, expect=(0, 1)):
    """What `chainsim` prints; 1 is an answer too: a hard policy is missed."""
    done = subprocess.run(
        [PROGRAM, *map(str, arguments)], capture_output=True, text=True, check=False
    )
    assert done.returncode in expect, done.stderr
    return done.stdout


def answer(*arguments):
    """The JSON document that `chainsim` prints."""
    return json.loads(program(*arguments, "--json"))


class Case(unittest.TestCase):
    """A test with a folder of its own, and figures that are compared in full."""

    maxDiff = 2000

    def setUp(self):
        self._folder = tempfile.TemporaryDirectory()
        self.addCleanup(self._folder.cleanup)
        self.folder = Path(self._folder.name)

    def diagnostics_of(self, kind, call, *arguments, **named):
        """The diagnostics of an exception of exactly that class."""
        with self.assertRaises(kind) as caught:
            call(*arguments, **named)
        self.assertIs(type(caught.exception), kind)
        return getattr(caught.exception, "diagnostics", None)
