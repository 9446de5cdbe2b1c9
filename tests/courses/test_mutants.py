"""A right file with one slip in it computes something else and loses points, or is told, or is the same function.

The suite tries a few mutants of each file; `make mutants` tries them all.
"""

import pytest

from .conftest import example
from .mutants import AS_GOOD, BASES, Slip, judged
from .mutation import mutants

EVERY = 203


@pytest.mark.parametrize(("course", "file"), BASES, ids=["/".join(base) for base in BASES])
def test_no_slip_keeps_full_marks(session, course, file):
    fates = [(one.fate, one.mutant.change) for one in judged(session(course), course, file, every=EVERY, first=13)]
    assert fates
    assert [change for fate, change in fates if fate == "FALSE PASS"] == []
    assert "loses points" in {fate for fate, _ in fates}


def test_what_is_as_good_is_a_mutant_that_there_is():
    """Whether it would still pass, `make mutants` tells."""
    files = {(slip.course, slip.file) for slip in AS_GOOD}
    there = {
        Slip(course, file, mutant.line, mutant.change)
        for course, file in files
        for mutant in mutants(example(course, file).read_text("utf-8"))
    }
    assert files <= set(BASES)
    assert AS_GOOD - there == set()
