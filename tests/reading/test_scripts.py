"""Scripts in people's own interfaces: right ones stay unmolested, faults are found, named and placed."""

import pytest

from .scripts import CORPUS, expected_of, outcome_of

# `make explain` looks at all of them; here are as many as a suite has time for.
SCRIPTS = sorted(CORPUS.glob("*.py"))[::4]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_the_first_wrong_quantity_and_nothing_about_a_right_one(sandbox, path):
    outcome = outcome_of(path, sandbox)
    assert outcome.structure, outcome.explanation.network or outcome.explanation.reason
    assert outcome.quantity, outcome.explanation.faults
    if not expected_of(path).is_right:
        assert outcome.named, outcome.explanation.faults
        assert outcome.line, outcome.explanation.faults
