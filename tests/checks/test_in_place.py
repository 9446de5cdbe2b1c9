"""What a function changes in its arguments is one of its results, where the contract says so."""

import pytest

from grader import Grader
from grader.assignments import read_assignment
from grader.submissions import load_source

CONTRACT = '''
from grader.assignments import Opaque, made, updates


class _Words(list):
    def sampled(self):
        return self.pop(0)


@updates("state")
def step(x, state: dict) -> tuple[float, Opaque]:
    """x and what was there before; `state["last"]` becomes x."""


@updates("W", "b")
def epoch(W, b):
    """Doubles both."""


class Halver:
    """Halves what it is given."""

    @updates("params")
    def update(self, params, factor):
        """Multiplies each by the factor, in place."""


class Reader:
    """Reads words."""

    @made(words=_Words)
    def __init__(self, words): ...

    def first(self) -> int:
        """The first word that is drawn."""


@made(words=_Words)
def two_words(words, count=2) -> list:
    """The first words that are drawn."""
'''
SOLUTION = """
def step(x, state):
    out = x + state.get("last", 0.0)
    state["last"] = x
    return out, None, state


def epoch(W, b):
    W *= 2
    b *= 2
    return W, b


def two_words(words, count=2):
    return list(words[:count])


class Reader:
    def __init__(self, words):
        self.words = words

    def first(self):
        return self.words[0]


class Halver:
    def update(self, params, factor):
        for key in params:
            params[key] = params[key] * factor
        return params
"""
CHECKS = """
import numpy as np

from grader.checks import check, expect


@check("step", points=2, title="Two steps")
def step_twice(student, solution):
    state = {}
    for x in (1.5, 2.5):
        out, _, state = student.step(x, state)
    expect(out, "out").close_to(4.0)
    expect(state.get("last"), 'state["last"]').close_to(2.5)


@check("epoch", points=1, title="Both arrays")
def epoch_doubles(student, solution, rng):
    W, b = rng.normal(size=(3, 2)), rng.normal(size=2)
    expect(student.epoch(W, b), "the arrays").close_to((2 * W, 2 * b))


@check("Halver.update", points=1, title="Each parameter")
def halver_update(student, rng):
    given = {"W": rng.normal(size=(2, 3)), "b": rng.normal(size=3)}
    halver, right = student.Halver(), {key: value / 2 for key, value in given.items()}
    expect(halver.update(given, 0.5), "params").close_to(right)
    expect(halver.update.map([(given, 0.5)])[0], "params").close_to(right)


@check("Reader.first", points=1, title="The first word")
def first_word(student):
    expect(student.Reader([5, 3]).first(), "the word").equals(5)


@check("two_words", points=1, title="Two words")
def two_words_drawn(student):
    expect(student.two_words([5, 3, 8]), "the words").equals([5, 3])
    expect(student.two_words(count=1, words=[7]), "the words").equals([7])
"""
RIGHT = """
def step(x, state):
    before = state.get("last", 0.0)
    state["last"] = x
    return x + before, "mine"


def epoch(W, b):
    for array in (W, b):
        array += array


def two_words(words, count=2):
    return [words.sampled() for _ in range(count)]


class Reader:
    def __init__(self, words):
        self.word = words.sampled()

    def first(self):
        return self.word


class Halver:
    def update(self, params, factor):
        for array in params.values():
            array *= factor
"""


@pytest.fixture(scope="module")
def grade(tmp_path_factory):
    folder = tmp_path_factory.mktemp("in-place")
    texts = {"contract.py": CONTRACT, "solution.py": SOLUTION, "checks.py": CHECKS}
    texts["assignment.toml"] = 'title = "In place"\nsummary = "In place."\nversion = "1.0"\npoints = 6\n'
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    with Grader(read_assignment(folder)) as grader:
        yield lambda text: grader.grade(load_source(text, "homework.py"))


CACHES_WHAT_IT_CHANGES = RIGHT.replace('"mine"', "state")


@pytest.mark.parametrize("text", [RIGHT, SOLUTION, CACHES_WHAT_IT_CHANGES])
def test_what_was_changed_in_place_counts(grade, text):
    report = grade(text)
    assert report.score == 6
    assert not [remark for function in report.functions for remark in function.remarks]


def test_what_was_not_changed_is_seen(grade):
    report = grade(RIGHT.replace('    state["last"] = x\n', "").replace("array += array", "array = array + array"))
    assert {f.name: f.score for f in report.functions} == {
        "step": 0,
        "epoch": 0,
        "Halver.update": 1,
        "Reader.first": 1,
        "two_words": 1,
    }


def test_the_number_of_results_is_the_contract_s(grade):
    report = grade(RIGHT.replace('return x + before, "mine"', "return x + before"))
    told = [check.message for check in report.functions[0].checks]
    assert any("must return 2 values, it returned 1" in message for message in told), told
