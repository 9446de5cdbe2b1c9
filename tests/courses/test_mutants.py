"""A right file with one slip in it computes something else and loses points, or is told, or is the same function.

The suite tries a few mutants of each file; `make mutants` tries them all.
"""

import pytest

from .mutants import BASES, judged

EVERY = 101


@pytest.mark.parametrize(("course", "file"), BASES, ids=["/".join(base) for base in BASES])
def test_no_slip_keeps_full_marks(session, course, file):
    fates = [(one.fate, one.mutant.change) for one in judged(session(course), course, file, every=EVERY, first=13)]
    assert fates
    assert [change for fate, change in fates if fate == "FALSE PASS"] == []
    assert "loses points" in {fate for fate, _ in fates}
