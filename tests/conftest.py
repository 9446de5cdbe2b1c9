"""Settings for every test."""

import os

from hypothesis import settings

# Examples are bounded in number, not in time: a loaded machine is no failure. CI draws the same ones every time.
settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")
