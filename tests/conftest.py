"""Settings for every test."""

import os

# As the `grade` command does: one thread for linear algebra, since small matrices gain nothing from more.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from hypothesis import settings

# Examples are bounded in number, not in time: a loaded machine is no failure. CI draws the same ones every time.
settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")
