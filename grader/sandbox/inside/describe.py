"""What an interpreter is made of: which files a cell under it must be able to read.

Imported by the trusted side for its own interpreter, run as a script by any other:

    PYTHON -I describe.py NAME...     prints a JSON object
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import json
import os
import platform
import site
import sys
import sysconfig
from typing import Any, Sequence


def describe(packages: Sequence[str]) -> dict[str, Any]:
    """The interpreter that runs this, and where it would import the named top-level packages from.

    executable     the interpreter itself, never a virtual environment's link to it
    version        "3.11.7"
    numpy_version  "2.4.6", empty where there is none
    libraries      folders with the standard library and shared libraries
    installations  folders into which packages are installed
    packages       name -> the files and folders that make up the package; a name that is not found is absent
    """
    base = getattr(sys, "_base_executable", None) or sys.executable
    libraries = [os.path.dirname(os.__file__)]
    for prefix in (sys.base_prefix, sys.base_exec_prefix):
        libraries += [os.path.join(prefix, folder) for folder in ("lib", "lib64")]
    installations = [sysconfig.get_path(scheme) for scheme in ("purelib", "platlib")]
    installations += getattr(site, "getsitepackages", list)()
    installations += [os.path.join(libraries[0], name) for name in ("site-packages", "dist-packages")]
    installations += [path for path in sys.path if os.path.basename(path) in ("site-packages", "dist-packages")]
    return {
        "executable": os.path.realpath(base),
        "version": platform.python_version(),
        "numpy_version": _numpy_version(),
        "libraries": _existing(libraries),
        "installations": _existing(installations),
        "packages": {name: files for name, files in ((name, _files(name)) for name in packages) if files},
    }


def _numpy_version() -> str:
    try:
        return importlib.metadata.version("numpy")
    except importlib.metadata.PackageNotFoundError:
        return ""


def _existing(paths: list[str]) -> list[str]:
    return sorted({os.path.realpath(path) for path in paths if path and os.path.isdir(path)})


def _files(name: str) -> list[str]:
    """The package's folder or module, and what lies beside it under the same name: `numpy`, `numpy.libs`."""
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.origin or spec.origin in ("built-in", "frozen"):
        return []
    place = spec.origin if not spec.submodule_search_locations else os.path.dirname(spec.origin)
    folder = os.path.dirname(os.path.realpath(place))
    stem = os.path.basename(place).split(".")[0]
    entries = sorted(entry for entry in os.listdir(folder) if entry == stem or entry.startswith(stem + "."))
    return [os.path.join(folder, entry) for entry in entries]


if __name__ == "__main__":
    print(json.dumps(describe(sys.argv[1:])))
