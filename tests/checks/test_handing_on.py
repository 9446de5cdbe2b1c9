"""Whether a function only hands on what it was given, and what must be kept to tell."""

import weakref

import numpy as np

from grader.checks.allowance import Exchange

GIVEN = np.arange(6.0).reshape(2, 3)


def test_who_passes_arguments_and_answer_on_has_done_nothing():
    exchange = Exchange([GIVEN, 0.1])
    answer = GIVEN + 5
    exchange.note([GIVEN.T], answer)
    assert exchange.hands_on(answer.ravel())
    assert not exchange.hands_on(answer * 2)
    assert not Exchange([GIVEN]).hands_on(GIVEN)


def test_an_answer_that_is_changed_in_place_is_worked_on():
    exchange = Exchange([GIVEN])
    answer = GIVEN + 5
    exchange.note([GIVEN], answer)
    answer *= 2
    assert not exchange.hands_on(answer)


def test_of_work_of_its_own_nothing_is_kept():
    exchange = Exchange([GIVEN])
    before, after = GIVEN + 5, GIVEN + 6
    kept = [weakref.ref(before), weakref.ref(after)]
    exchange.note([GIVEN], before)
    exchange.note([GIVEN * 2], after)
    exchange.note([GIVEN], after)
    assert not exchange.hands_on(after)
    del before, after
    assert [reference() for reference in kept] == [None, None]
