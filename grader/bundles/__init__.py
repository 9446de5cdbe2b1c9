"""Checks that a student may have: a file with which work is verified where no solution is.

A bundle holds what is public anyway, and what the solution gives on inputs made for the bundle alone: the contract,
calls with their results, visible tests of a notebook. It has no code of a solution or a check, no points, and none of
the inputs that grades are made with.
"""

from grader.bundles.building import Built, build_bundle
from grader.bundles.checking import load_bundle

__all__ = ["Built", "build_bundle", "load_bundle"]
