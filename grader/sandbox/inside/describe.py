"""What an interpreter is made of: which files a cell under it must be able to read.

Imported by the trusted side for its own interpreter, run as a script by any other:

    PYTHON -I describe.py NAME...     prints a JSON object
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import site
import sys
import sysconfig
from typing import TYPE_CHECKING, Any, Iterable, Sequence

if TYPE_CHECKING:
    from importlib import metadata


def describe(packages: Sequence[str]) -> dict[str, Any]:
    """The interpreter that runs this, and where it would import top-level packages from.

    executable     the interpreter itself, never a virtual environment's link to it
    version        "3.11.7"
    numpy_version  "2.4.6", empty where there is none
    libraries      folders with the standard library and shared libraries
    installations  folders into which packages are installed
    packages       name -> the files and folders that make up the package, for numpy, the named packages and those
                   that they require; a name that is not installed is absent
    """
    base = getattr(sys, "_base_executable", None) or sys.executable
    libraries = [os.path.dirname(os.__file__)]
    for prefix in (sys.base_prefix, sys.base_exec_prefix):
        libraries += [os.path.join(prefix, folder) for folder in ("lib", "lib64")]
    installations = [sysconfig.get_path(scheme) for scheme in ("purelib", "platlib")]
    installations += getattr(site, "getsitepackages", list)()
    installations += [os.path.join(libraries[0], name) for name in ("site-packages", "dist-packages")]
    installations += [path for path in sys.path if os.path.basename(path) in ("site-packages", "dist-packages")]
    found = {"numpy": _files("numpy")}
    if packages:
        found.update(_with_requirements(packages))
    return {
        "executable": os.path.realpath(base),
        "version": sys.version.split()[0],
        "numpy_version": _numpy_version(),
        "libraries": _existing(libraries),
        "installations": _existing(installations),
        "packages": {name: files for name, files in found.items() if files},
    }


def _numpy_version() -> str:
    if "numpy" in sys.modules:  # no need to look through its files, then
        return str(sys.modules["numpy"].__version__)
    from importlib import metadata  # with a parser of e-mail: only where it is needed

    try:
        return metadata.version("numpy")
    except metadata.PackageNotFoundError:
        return ""


def _existing(paths: Iterable[str | None]) -> list[str]:
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


def _with_requirements(packages: Sequence[str]) -> dict[str, list[str]]:
    """The files of the packages and of all that their distributions require, whatever the conditions."""
    from importlib import metadata

    contents = {_normal(dist.metadata["Name"]): (dist, _top_level(dist)) for dist in metadata.distributions()}
    waiting = [name for name, (_, parts) in contents.items() if parts & set(packages)]
    found = {name: _files(name) for name in packages}
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in seen or name not in contents:
            continue
        seen.add(name)
        dist, parts = contents[name]
        shared = {os.path.realpath(str(dist.locate_file(part))) for part in parts if part.endswith(".libs")}
        for part in filter(str.isidentifier, parts):
            files = _files(part)
            found[part] = sorted({*files, *shared}) if files else []
        required = [text for text in dist.requires or [] if "extra ==" not in text]
        waiting += [_normal(re.split(r"[^\w.-]", text)[0]) for text in required]
    return found


def _top_level(dist: metadata.Distribution) -> set[str]:
    """Names of the modules, packages and folders of shared libraries that a distribution installs."""
    return {re.sub(r"(\.cpython-[^.]*|\.abi3)?\.(py|so)$", "", path.parts[0]) for path in dist.files or []}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    print(json.dumps(describe(sys.argv[1:])))
