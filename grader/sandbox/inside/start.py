"""What the interpreter of the cells runs: `PYTHON -s -S -B start.py CONTROL_FD CONFIGURATION_FD`.

Loads this folder as a package under a name that no submission uses, and hands over to the zygote.
"""

import importlib.util
import os
import sys

PACKAGE = "_grader_cell"


def load_package() -> None:
    folder = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [path for path in sys.path if os.path.abspath(path) != folder]
    spec = importlib.util.spec_from_file_location(
        PACKAGE, os.path.join(folder, "__init__.py"), submodule_search_locations=[folder]
    )
    assert spec is not None
    assert spec.loader is not None
    package = importlib.util.module_from_spec(spec)
    sys.modules[PACKAGE] = package
    spec.loader.exec_module(package)


if __name__ == "__main__":
    load_package()
    zygote = importlib.import_module(PACKAGE + ".zygote")
    zygote.main(int(sys.argv[1]), int(sys.argv[2]))
