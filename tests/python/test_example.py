"""The script that walks through the module runs as its first lines say."""

import os
import subprocess
import sys
import unittest

from support import ROOT, Case

try:
    import pandas
except ImportError:
    pandas = None


class Examples(Case):
    """A notebook is only right while it runs."""

    @unittest.skipIf(pandas is None, "pandas is not installed")
    def test_every_cell_runs(self):
        done = subprocess.run(
            [sys.executable, ROOT / "examples/python/plan_2025.py"],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            env=os.environ,
        )
        self.assertEqual(done.returncode, 0, done.stderr)
        for words in ("a view", "did you mean 'scenario'?", "万吨标煤", "all changes together:", "90 % between"):
            self.assertIn(words, done.stdout)
        self.assertEqual(list(self.folder.iterdir()), [])  # it leaves nothing behind


if __name__ == "__main__":
    unittest.main()
