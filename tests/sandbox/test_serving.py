"""Functions of a submission that are answered from outside: questions, and what is no question."""

import time

import numpy as np
import pytest

from grader.sandbox import (
    Cell,
    CellCrashed,
    CellTimeout,
    Handle,
    Limits,
    Question,
    Sandbox,
    ServedFunction,
    SubmissionRaised,
    Token,
    Unanswered,
)

SOURCE = """
import numpy as np

def helper(x, scale=1):
    return x * scale + 1

def twice(x):
    return helper(helper(x), scale=1)

def kept(x):
    return x, [x]

def given(token):
    return token

def chain(x):
    return given(kept(x)[1])

class Net:
    def __init__(self):
        self.w = np.ones(2)
    def step(self, x):
        self.w = None
    def run(self, x):
        self.step(x=x)
        return self.w

def ask(place):
    inside = [cell.cell_contents for cell in helper.__code__.co_consts[1].__closure__]
    serving = next(one for one in inside if hasattr(one, "asked"))
    serving.number += place > 8
    return serving.asked(place, [1.0], {}, {})
"""


@pytest.fixture
def cell(sandbox: Sandbox):
    with sandbox.cell(Limits(call_seconds=2.0, total_seconds=30.0)) as cell:
        assert cell.run(SOURCE, "homework.py", seconds=5).failure is None
        yield cell


def asked(cell: Cell, **functions: int) -> list[Question]:
    """Serve functions with so many parameters each: what they give is their first argument, times ten."""
    questions = []

    def answer(question: Question):
        questions.append(question)
        return question.arguments[0] * 10, {}

    cell.serve({name: ServedFunction(parameters) for name, parameters in functions.items()}, answer)
    return questions


def test_a_served_function_is_asked_outside_and_is_itself_again_afterwards(cell):
    questions = asked(cell, helper=1)
    assert cell.call("twice", [3.0]).value == 300.0
    assert [(q.function, q.arguments, q.named) for q in questions] == [("helper", (3.0,), {}), ("helper", (30.0,), {})]
    asked(cell)
    assert cell.call("twice", [3.0]).value == 5.0


def test_arrays_travel_both_ways_and_belong_to_whoever_gets_them(cell):
    asked(cell, helper=1)
    x = np.arange(6.0).reshape(2, 3)
    np.testing.assert_array_equal(cell.call("twice", [x]).value, 100 * x)


def test_what_cannot_be_answered_is_raised_in_the_submission(cell):
    def refuse(question: Question):
        raise Unanswered("not now")

    cell.serve({"helper": ServedFunction(1)}, refuse)
    with pytest.raises(SubmissionRaised, match="NotServed: not now"):
        cell.call("twice", [3.0])
    asked(cell, helper=1)
    with pytest.raises(SubmissionRaised, match="a right function does not take"):
        cell.call("helper", [3.0, 2])


def test_objects_that_stay_outside_are_tokens(cell):
    def answer(question: Question):
        if question.function == "kept":
            return (question.arguments[0], Token(7)), {}
        assert question.arguments == (Token(7),)
        return "known", {}

    cell.serve({"kept": ServedFunction(1), "given": ServedFunction(1)}, answer)
    assert cell.call("chain", [2.0]).value == "known"


CACHES = """
import collections
import numpy as np

Kept = collections.namedtuple("Kept", "x out")
drawn = []

class Slots:
    __slots__ = ("x", "out")
    def __init__(self, x, out):
        self.x, self.out = x, out

def up(x, settings):
    drawn.append(np.random.rand())
    x += 1
    settings["seen"] = x
    return -x, HOLD

def down(cache):
    return TAKE

def both(x):
    settings = {"mode": "train"}
    out, cache = up(x, settings)
    return down(cache), out, settings, [np.random.rand() == drawn[-1], given(cache)]

def given(cache):
    return cache
"""


@pytest.mark.parametrize(
    ("hold", "take"),
    [
        ("Kept(x, -x)", "(cache.x, cache.out)"),
        ("[x, {'out': (-x,)}]", "(cache[0], cache[1]['out'][0])"),
        ("Slots(x, -x)", "(cache.x, cache.out)"),
        ("type('Own', (), {})()", "(cache.__dict__.setdefault('x', np.array([2.0, 3.0])), 10 * cache.x)"),
    ],
    ids=["named", "list", "slots", "object"],
)
def test_what_is_kept_can_have_the_submissions_own_form_with_right_numbers_in_it(sandbox, hold, take):
    def answer(question: Question):
        if question.function == "given":
            return question.arguments[0] == Token(3), {}
        x, settings = question.arguments
        return (10 * (x + 1), Token(3), {**settings, "seen": "right"}), {}

    with sandbox.cell(Limits(call_seconds=2.0, total_seconds=30.0)) as cell:
        source = CACHES.replace("HOLD", hold).replace("TAKE", take)
        assert cell.run(source, "homework.py", seconds=5).failure is None
        cell.serve({"up": ServedFunction(2, own_form=[1], updates=[1]), "given": ServedFunction(1)}, answer)
        kept, out, settings, (is_next_drawn, is_known_outside) = cell.call("both", [np.array([1.0, 2.0])]).value
    np.testing.assert_array_equal(kept, [[2.0, 3.0], [20.0, 30.0]])  # of its own text, and what is right in it
    np.testing.assert_array_equal(out, [20.0, 30.0])
    assert settings == {"mode": "train", "seen": "right"}
    assert is_next_drawn, "what the submission's own draws for this is drawn again"
    assert is_known_outside


def test_where_the_submissions_own_fails_its_caller_gets_the_token(sandbox):
    with sandbox.cell(Limits(call_seconds=2.0, total_seconds=30.0)) as cell:
        source = "def up(x):\n    return 1 / 0\ndef both(x):\n    return given(up(x)[1])\ndef given(cache): pass\n"
        assert cell.run(source, "homework.py", seconds=5).failure is None
        answers = {"up": (2.0, Token(3)), "given": 4.0}
        functions = {"up": ServedFunction(1, own_form=[1]), "given": ServedFunction(1)}
        cell.serve(functions, lambda question: (answers[question.function], {}))
        assert cell.call("both", [1.0]).value == 4.0


def test_a_method_tells_its_object_and_its_state_and_sets_it(cell):
    def answer(question: Question):
        instance, x = question.arguments
        assert isinstance(instance, Handle)
        return None, {"w": question.state["w"] + x}

    net = cell.call("Net").value
    cell.serve({"Net.step": ServedFunction(1, ("w", "absent"))}, answer)
    np.testing.assert_array_equal(cell.call(net.method("run"), [2.0]).value, [3.0, 3.0])


@pytest.mark.parametrize("place", [5, 9], ids=["no such function", "another request's number"])
def test_what_is_no_question_ends_the_cell(cell, place):
    asked(cell, helper=1)
    with pytest.raises(CellCrashed, match="no reply"):
        cell.call("ask", [place])
    assert not cell.alive


def test_a_cell_that_is_served_nothing_has_nothing_to_ask(sandbox: Sandbox):
    forged = (
        "import json, os, struct\n"
        "def ask():\n"
        "    header = json.dumps([[0, ['ask', 0, [], {'d': []}, {'d': []}]], []]).encode()\n"
        "    for fd in range(3, 60):\n"
        "        try: os.write(fd, struct.pack('<4sI', b'CEL1', len(header)) + header)\n"
        "        except OSError: pass\n"
    )
    with sandbox.cell(Limits(call_seconds=2.0)) as cell:
        cell.run(forged, "homework.py", seconds=5)
        with pytest.raises(CellCrashed):
            cell.call("ask")


def test_questions_are_within_the_time_of_the_call(sandbox: Sandbox):
    def slowly(question: Question):
        time.sleep(0.5)
        return 0.0, {}

    with sandbox.cell(Limits(call_seconds=0.5)) as cell:
        cell.run("def helper(): return 0\ndef many():\n    while True: helper()\n", "homework.py", seconds=5)
        cell.serve({"helper": ServedFunction(0)}, slowly)
        with pytest.raises(CellTimeout):
            cell.call("many")


def test_a_question_may_be_larger_than_a_result(sandbox):
    """A training asks about all images at once; what it gives back is small."""
    with sandbox.cell(Limits(call_seconds=5.0, total_seconds=30.0, result_bytes=1 << 20)) as cell:
        assert cell.run(SOURCE, "homework.py", seconds=5).failure is None
        cell.serve({"helper": ServedFunction(2)}, lambda question: (float(np.sum(question.arguments[0])), {}))
        images = np.ones(400_000)
        assert cell.call("twice", [images]).value == 400_000
