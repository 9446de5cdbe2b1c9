"""Checks that a student may have: a file with which work is verified where no solution is.

A bundle holds what is public anyway, and what the solution gives on inputs made for the bundle alone: the contract,
calls with what is demanded of their results, visible tests of a notebook. It has no code of a solution or of a check
beyond these, and none of the random inputs that grades are made with; what a check writes out is the same in both.
"""

from grader.bundles.building import Built, build_bundle
from grader.bundles.checking import load_bundle

__all__ = ["Built", "build_bundle", "load_bundle"]
