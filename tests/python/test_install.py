"""`pip install .` works from the source tree, and fetches nothing."""

import importlib.util
import os
import subprocess
import sys
import unittest
import zipfile

import chainsim
from support import BUILD, PLAN, ROOT, Case

COMMAND = (
    "import chainsim; print(chainsim.open('scenarios/hainan/plan_2025.yaml')"
    ".run().year(2025).indicator('energy_controlled'))"
)


def has(module):
    return importlib.util.find_spec(module) is not None


@unittest.skipUnless(has("pip") and has("ensurepip"), "python3-pip or python3-venv is missing")
class Installs(Case):
    """Into an environment of its own, with no index to ask, from the build of these tests."""

    def call(self, *command, **environment):
        kept = {key: text for key, text in os.environ.items() if key != "PYTHONPATH"}
        done = subprocess.run(
            list(map(str, command)),
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            env={**kept, "CHAINSIM_BUILD_DIR": str(BUILD), "PIP_NO_INDEX": "1", **environment},
        )
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def environment(self):
        self.call(sys.executable, "-m", "venv", "--system-site-packages", self.folder / "venv")
        return self.folder / "venv/bin/python"

    def test_a_plain_pip_install_gives_the_command_of_the_readme(self):
        python = self.environment()
        self.call(python, "-m", "pip", "install", ".")
        expected = chainsim.open(PLAN).run().year(2025).indicator("energy_controlled")
        self.assertEqual(self.call(python, "-c", COMMAND), f"{expected!r}\n")
        where = self.call(python, "-c", "import chainsim; print(chainsim.__file__)")
        self.assertTrue(where.startswith(str(self.folder)), where)
        self.assertIn(f"Version: {chainsim.__version__}", self.call(python, "-m", "pip", "show", "chainsim"))
        self.call(python, "-m", "pip", "uninstall", "-y", "chainsim")

    def test_a_wheel_has_the_package_and_nothing_else(self):
        command = ("-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "-w", self.folder, ".")
        self.call(sys.executable, *command)
        (wheel,) = self.folder.glob("chainsim-*.whl")
        names = zipfile.ZipFile(wheel).namelist()
        package = {path.name for path in (ROOT / "engine/apps/python/chainsim").iterdir() if path.is_file()}
        module = {name for name in names if name.endswith(".so")}
        self.assertEqual(len(module), 1)
        expected = {f"chainsim/{name}" for name in package} | module
        self.assertEqual({name for name in names if name.startswith("chainsim/")}, expected)
        self.assertEqual(len(names), len(expected) + 4)  # METADATA, WHEEL, LICENSE, RECORD

    def test_the_same_build_gives_the_same_wheel(self):
        wheels = []
        for name in ("one", "two"):
            folder = self.folder / name
            command = ("-m", "pip", "wheel", "--no-deps", "-w", folder, ".")
            self.call(sys.executable, *command)
            (wheel,) = folder.glob("*.whl")
            wheels.append(wheel.read_bytes())
        self.assertEqual(wheels[0], wheels[1])

    def test_it_imports_without_numpy(self):
        # -I and -S: nothing of this machine but the package itself.
        package = os.path.dirname(os.path.dirname(chainsim.__file__))
        text = f"import sys; sys.path.insert(0, {package!r}); {COMMAND}; assert 'numpy' not in sys.modules"
        self.call(sys.executable, "-I", "-S", "-c", text)


if __name__ == "__main__":
    unittest.main()
