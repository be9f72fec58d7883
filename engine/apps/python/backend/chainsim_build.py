"""How pip builds the Python package of chainsim: by CMake, without fetching anything.

    pip install .          from the root of the project

The module is taken from a build of the project, which is brought up to date first:

    $CHAINSIM_BUILD_DIR                  if it is set
    build/release                        if it was configured, for this Python
    build/python-<abi of this Python>    otherwise: configured here, without tests and page

so that who has built chainsim (`bash examples/run.sh`) waits for nothing but the module itself.

Source  PEP 517 (build backends), PEP 427 (wheels), PEP 660 is not offered: an extension that is
        built elsewhere has no sources that could be edited in place.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
NAME = "chainsim"
TARGET = "chainsim_python"
# The oldest time that a zip file knows: the same module gives the same wheel.
ZIP_TIME = (1980, 1, 1, 0, 0, 0)


class BuildError(Exception):
    """Why there is no wheel, in a line or two."""


def get_requires_for_build_wheel(config_settings=None):
    return []


def get_requires_for_build_sdist(config_settings=None):
    return []


def prepare_metadata_for_build_wheel(metadata_directory, config_settings=None):
    folder = Path(metadata_directory) / f"{NAME}-{version()}.dist-info"
    folder.mkdir(parents=True)
    for name, text in metadata().items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder.name


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    files = {f"{NAME}/{path.name}": path.read_bytes() for path in built_package()}
    info = f"{NAME}-{version()}.dist-info"
    files.update({f"{info}/{name}": text.encode() for name, text in metadata().items()})
    name = f"{NAME}-{version()}-{tag()}.whl"
    record = io.StringIO()
    rows = csv.writer(record, lineterminator="\n")
    for path, content in sorted(files.items()):
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        rows.writerow([path, f"sha256={digest}", len(content)])
    rows.writerow([f"{info}/RECORD", "", ""])
    files[f"{info}/RECORD"] = record.getvalue().encode()
    with zipfile.ZipFile(Path(wheel_directory) / name, "w", zipfile.ZIP_DEFLATED) as wheel:
        for path, content in sorted(files.items()):
            entry = zipfile.ZipInfo(path, ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o755 if path.endswith(".so") else 0o644) << 16
            wheel.writestr(entry, content)
    return name


def build_sdist(sdist_directory, config_settings=None):
    base = f"{NAME}-{version()}"
    name = f"{base}.tar.gz"
    with tarfile.open(Path(sdist_directory) / name, "w:gz", format=tarfile.PAX_FORMAT) as archive:
        for path in tracked_files():
            archive.add(ROOT / path, f"{base}/{path}", recursive=False)
        text = metadata()["METADATA"].encode()
        entry = tarfile.TarInfo(f"{base}/PKG-INFO")
        entry.size = len(text)
        archive.addfile(entry, io.BytesIO(text))
    return name


def version():
    """That of project(VERSION) in CMakeLists.txt, the one place where it stands."""
    text = (ROOT / "CMakeLists.txt").read_text(encoding="utf-8")
    found = re.search(r"project\(chainsim\s+VERSION\s+([0-9.]+)", text)
    if found is None:
        raise BuildError("CMakeLists.txt states no version")
    return found.group(1)


def abi():
    return sysconfig.get_config_var("SOABI") or "python"


def tag():
    """The module runs with this Python alone, and with the libraries of this machine."""
    python = f"cp{sys.version_info.major}{sys.version_info.minor}"
    platform = re.sub(r"[-. ]", "_", sysconfig.get_platform())
    return f"{python}-{python}-{platform}"


def metadata():
    readme = (ROOT / "engine/apps/python/README.md").read_text(encoding="utf-8")
    head = [
        "Metadata-Version: 2.1",
        f"Name: {NAME}",
        f"Version: {version()}",
        "Summary: Industrial chain simulation: balances, energy dual control, scenarios",
        "License: Apache-2.0",
        "Requires-Python: >=3.9",
        "Provides-Extra: tables",
        'Requires-Dist: numpy; extra == "tables"',
        'Requires-Dist: pandas; extra == "tables"',
        "Description-Content-Type: text/markdown",
    ]
    wheel = [
        "Wheel-Version: 1.0",
        "Generator: chainsim_build",
        "Root-Is-Purelib: false",
        f"Tag: {tag()}",
    ]
    return {
        "METADATA": "\n".join(head) + "\n\n" + readme,
        "WHEEL": "\n".join(wheel) + "\n",
        "LICENSE": (ROOT / "LICENSE").read_text(encoding="utf-8"),
    }


def built_package():
    """The files of the package, up to date."""
    folder = build_folder()
    if not (folder / "CMakeCache.txt").exists():
        configure(folder)
    call("cmake", "--build", str(folder), "--target", TARGET)
    package = folder / "python" / NAME
    module = package / f"_{NAME}{sysconfig.get_config_var('EXT_SUFFIX')}"
    if not module.exists():
        raise BuildError(
            f"{folder} has no module for this Python ({sys.executable}, {abi()}): name another "
            "folder in CHAINSIM_BUILD_DIR, or unset it"
        )
    source = ROOT / "engine/apps/python" / NAME
    names = sorted(path.name for path in source.iterdir() if path.is_file())
    return [module, *(package / name for name in names)]


def build_folder():
    named = os.environ.get("CHAINSIM_BUILD_DIR")
    if named:
        return (ROOT / named).resolve()
    usual = ROOT / "build/release"
    if is_for_this_python(usual):
        return usual
    return ROOT / f"build/python-{abi()}"


def is_for_this_python(folder):
    """Whether a build makes the module, and for a Python of this ABI."""
    cache = folder / "CMakeCache.txt"
    if not cache.exists():
        return False
    values = dict(re.findall(r"^(\w+):\w+=(.*)$", cache.read_text(encoding="utf-8"), re.MULTILINE))
    python = values.get("CHAINSIM_PYTHON", "")
    if values.get("CHAINSIM_WITH_PYTHON") != "ON" or not Path(python).exists():
        return False
    ask = "import sysconfig; print(sysconfig.get_config_var('SOABI'))"
    answer = subprocess.run([python, "-c", ask], capture_output=True, text=True, check=False)
    return answer.stdout.strip() == abi()


def configure(folder):
    call(
        "cmake", "-S", str(ROOT), "-B", str(folder), "-G", "Ninja",
        "-DCMAKE_BUILD_TYPE=Release", "-DCMAKE_CXX_FLAGS_RELEASE=-O2 -DNDEBUG",
        "-DCMAKE_UNITY_BUILD=ON", "-DCHAINSIM_BUILD_TESTS=OFF", "-DCHAINSIM_WITH_WORKBENCH=OFF",
        "-DCHAINSIM_WITH_MPI=OFF", f"-DPython_EXECUTABLE={sys.executable}",
        f"-DCMAKE_CXX_COMPILER_LAUNCHER={shutil.which('ccache') or ''}",
    )


def call(*command):
    # CMake of this machine, not of the folder that pip put first in PYTHONPATH.
    environment = {key: text for key, text in os.environ.items() if key != "PYTHONPATH"}
    environment.setdefault("CCACHE_BASEDIR", str(ROOT))
    environment.setdefault("CCACHE_NOHASHDIR", "1")
    try:
        done = subprocess.run(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, check=False,
        )
    except FileNotFoundError:
        raise BuildError(f"{command[0]} was not found: run examples/setup.sh") from None
    if done.returncode != 0:
        lines = done.stdout.splitlines()[-40:]
        raise BuildError("\n".join([" ".join(command), *lines]))


def tracked_files():
    """Whatever git knows of the project."""
    names = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )
    if names.returncode != 0:
        raise BuildError("a source archive is made of what git knows: this is no repository")
    return [name for name in sorted(set(names.stdout.split("\0"))) if name and (ROOT / name).exists()]
