"""A function that does something else when it is served has no points from it: it must be what it was when graded."""

import pytest

from grader.submissions import load_source

from .built_on_softmax import SOLUTION, WRONG_SOFTMAX

TOOLS = """
import builtins, gc, inspect, os, sys, threading, time
CODE, LENGTH, NAMES = softmax.__code__, len(softmax.__code__.co_code), softmax.__code__.co_names
SEEN, EXPS = [], []
def softmax_again(z):
    SEEN.append(1)
    return np.exp(z) / np.exp(z).sum(axis=0)
softmax.__code__ = (lambda z: (SEEN.append(1), np.exp(z) / np.exp(z).sum(axis=0))[1]).__code__
CODE = softmax.__code__
"""

# Each tells whether `softmax` is the submission's own, by anything but the numbers that it gives.
KNOWS = {
    "number of parameters": "softmax.__code__.co_argcount == 0",
    "code": "softmax.__code__ is not CODE",
    "names in the code": "'exp' not in softmax.__code__.co_names",
    "name": "softmax.__name__ != 'softmax'",
    "whether it has run": "ran(lambda: softmax(z), SEEN) == 0",
    "what it calls of numpy": "exps(lambda: softmax(z)) == 0",
    "what runs meanwhile": "'<lambda>' not in profiled(lambda: softmax(z)) or 'asked' in profiled(lambda: softmax(z))",
    "how it fails": "failure(lambda: softmax('text')) not in ('TypeError', 'UFuncTypeError', '_UFuncNoLoopError')",
    "how the answer lies in memory": "not softmax(z).flags.owndata",
    "what waits": "any(type(o).__name__ == 'Serving' and o._undo for o in gc.get_objects())",
    "how long it takes": "seconds(lambda: softmax(z)) > 3 * seconds(lambda: softmax_again(z))",
    "writing meanwhile": "wrote(lambda: softmax(z))",
    "on a thread": "thread(lambda: softmax.__code__ is not CODE)",
    "in a generator": "next(one is not CODE for one in (softmax.__code__,))",
    "what was run before": "not SEEN",
    "in a frame": "traced(lambda: softmax(z))",
}
MEANS = """
def ran(call, seen):
    before = len(seen)
    call()
    return len(seen) - before

def exps(call):
    count, real = [], np.exp
    np.exp = lambda *a, **k: count.append(1) or real(*a, **k)
    try:
        call()
    finally:
        np.exp = real
    return len(count)

def profiled(call):
    names = []
    sys.setprofile(lambda frame, event, arg: names.append(frame.f_code.co_name))
    try:
        call()
    finally:
        sys.setprofile(None)
    return names

def traced(call):
    files = []
    sys.settrace(lambda frame, event, arg: files.append(frame.f_code.co_filename))
    try:
        call()
    finally:
        sys.settrace(None)
    return any("serving" in name for name in files)

def failure(call):
    try:
        call()
    except Exception as error:
        return type(error).__name__

def seconds(call):
    begun = time.perf_counter()
    for _ in range(3):
        call()
    return time.perf_counter() - begun

def wrote(call):
    count, real = [], os.write
    os.write = lambda *a: count.append(1) or real(*a)
    try:
        call()
    finally:
        os.write = real
    return bool(count)

def thread(call):
    found = []
    one = threading.Thread(target=lambda: found.append(call()))
    one.start()
    one.join()
    return found[0]
"""
SHAPES = {
    "scores": "p if {} else p[::-1]",
    "labels": "(p if {} else -p).argmax(axis=1)",
    "loss": "float(-np.log((p if {} else p ** 2)[np.arange(len(y)), y]).mean())",
    "slope": "X.T @ ((p if {} else p + 1) - np.eye(4)[y]) / len(y)",
}


def two_faced(knowing: str, function: str) -> str:
    parameters = "W, X" if function in ("scores", "labels") else "W, X, y"
    shown = SHAPES[function].format("known")
    return (
        f"def {function}({parameters}):\n    z = X @ W\n    known = {knowing}\n    p = softmax(z)\n    return {shown}\n"
    )


GROUPS = [[*KNOWS][start : start + 4] for start in range(0, len(KNOWS), 4)]


@pytest.mark.parametrize("ways", GROUPS, ids=lambda ways: ", ".join(ways))
def test_who_knows_that_it_is_served_has_nothing_of_it(small, ways):
    faces = "\n".join(two_faced(KNOWS[way], function) for way, function in zip(ways, SHAPES, strict=True))
    report = small.grade(load_source(f"{SOLUTION}\n{WRONG_SOFTMAX}\n{TOOLS}\n{MEANS}\n{faces}", "homework.py"))
    gained = {way: report.function(name).carried for way, name in zip(ways, SHAPES, strict=True)}
    assert not any(gained.values()), gained


def test_a_function_that_looks_at_what_its_helper_gives_is_right_if_it_is_with_right_ones(small):
    """With a right helper this text is right, whoever gives it."""
    looks = "def scores(W, X):\n    p = softmax(X @ W)\n    return p if np.allclose(p.sum(axis=1), 1) else p[::-1]\n"
    report = small.grade(load_source(f"{SOLUTION}\n{WRONG_SOFTMAX}\n{looks}", "homework.py"))
    assert report.function("scores").carried == 10
