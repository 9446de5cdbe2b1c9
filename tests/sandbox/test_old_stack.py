"""A cell that imitates an old stack: what changes for the submission's text, and what does not."""

import numpy as np
import pytest

from grader.compatibility.stack import old_stack_modules
from grader.sandbox import CellCrashed, SubmissionRaised
from grader.sandbox.sandbox import check_cell

# Modern code that the rewriting has to leave as it means.
MODERN = """
import numpy as np
from collections import OrderedDict

class Counter:
    total = [0, 0]
    total[1] -= 3

    def __init__(self):
        self.__hidden = 1.0
        self.n = 2

    def step(self, by=2):
        self.__hidden /= by
        self.n -= by
        return self.__hidden, self.n

def kind(point):
    match point:
        case -1: return "minus one"
        case 1 - 2j: return "complex"
        case [first, *_, -2]: return first
    return None

def run(x):
    global shared
    shared = 10
    shared -= 3
    y = x.copy()
    y[1:, ::-1] -= x[:-1] / 2
    y[0, 0], rest = 7, [*range(3)]
    grid = {"a": {"b": [1, 2, 3]}}
    grid["a"]["b"][-1] /= 2
    first, *others = rest[::2]
    keys = OrderedDict(a=1, b=2).keys()
    halves = [i / 2 for i in range(4) if (j := i % 3) != 1]
    del rest[0]
    it = map(abs, [-1, -2])
    return [
        y, grid["a"]["b"], first, others, list(keys), halves, rest, next(it), shared, kind(-1), kind([4, 5, -2]),
        Counter().step(), Counter.total, "%s-%d" % ("a", 3), 7 % 4, -x[0, 1], (keys & {"a"}) == {"a"}, 1 / 2,
        float("2.5"), int(x[0, 0]), sorted([3, 1], reverse=True), np.zeros((2, 2)).reshape(4).tolist(),
        x[..., None].shape,
        None == None, [1, 2] != None, f"{x[0, 0]:.1f}", kind(1 - 2j), dict(zip("ab", range(2))),
    ]
"""
OLD = """
import numpy as np, string

def sizes(n):
    return np.zeros((n / 2, 2)).shape, range(n)[n / 2], np.arange(6)[n / 2:], [0] * (n / 2)

def quotients(a, b):
    a = a / b
    c = 7
    c /= 2
    return a, c, 1 / 3.0
"""


@pytest.fixture
def old_cell(sandbox, request):
    with sandbox.cell() as cell:
        cell.adapt(old_stack_modules(), {"divides": getattr(request, "param", False)})
        yield cell


def test_modern_code_means_the_same(cell, old_cell):
    x = np.arange(6.0).reshape(2, 3)
    results = []
    for each in (cell, old_cell):
        assert each.run(MODERN, "modern.py", seconds=5).failure is None
        results.append(each.call("run", [x]).value)
    assert repr(results[0]) == repr(results[1])


@pytest.mark.parametrize("old_cell", [True], indirect=True)
def test_integers_are_divided_as_in_python_2(old_cell):
    assert old_cell.run(OLD, "old.py", seconds=5).failure is None
    shape, item, rest, zeros = old_cell.call("sizes", [5]).value
    assert (shape, item, rest.tolist(), zeros) == ((2, 2), 2, [2, 3, 4, 5], [0, 0])
    assert old_cell.call("quotients", [7, 2]).value == (3, 3, 1 / 3)
    assert old_cell.call("quotients", [np.array([7, -7]), 2]).value[0].tolist() == [3, -4]
    assert old_cell.call("quotients", [7.0, 2]).value[0] == 3.5
    assert old_cell.run("from __future__ import division\nhalf = 1 / 2\n", "new.py", seconds=5).failure is None
    noted = {(note.kind, note.line) for note in old_cell.notes() if note.filename == "old.py"}
    assert noted == {("rounded-down", 5), ("rounded-down", 8), ("rounded-down", 10)}


def test_what_is_wrong_stays_an_error(old_cell):
    source = "import numpy as np\ndef f(x): return x[10]\ndef g(x): return np.nonsense\ndef h(x): return float(x)\n"
    assert old_cell.run(source, "wrong.py", seconds=5).failure is None
    for name, kind in (("f", "IndexError"), ("g", "AttributeError"), ("h", "TypeError")):
        with pytest.raises(SubmissionRaised, match=kind) as raised:
            old_cell.call(name, [np.zeros(3)])
        assert raised.value.frames[-1].filename == "wrong.py"
    assert old_cell.notes() == []


def test_the_lock_is_the_same_and_another_python_compiles_what_adapts_it(sandbox, monkeypatch):
    monkeypatch.setattr("grader.sandbox.cell.MAGIC_NUMBER", b"of another Python")
    monkeypatch.setattr("grader.sandbox.cell.marshal.dumps", lambda code: b"nothing that it could read")
    with sandbox.cell() as cell:
        cell.adapt({name: f"# anew\n{source}" for name, source in old_stack_modules().items()}, {"divides": True})
        check_cell(cell)


def test_libraries_see_nothing_of_it(old_cell):
    old_cell.run("import json, random\nx = json.dumps([1 / 2])\nrandom.shuffle(list(range(3)))\n", "a.py", seconds=5)
    assert (
        old_cell.run("import colorsys\nassert colorsys.rgb_to_hsv(1, 1, 0)[0] > 0.1\n", "b.py", seconds=5).failure
        is None
    )


@pytest.mark.parametrize(
    "notes", ["{('x',): 1}", "{('a', 'b', 'c', 'd'): 1}", "{('a', 'b', 'c', n): 1 for n in range(501)}"]
)
def test_notes_are_read_with_suspicion(old_cell, notes):
    find = "import gc\nstack = next(o for o in gc.get_objects() if type(o).__name__ == 'OldStack')\n"
    source = f"{find}stack.notes = {notes}\n"
    assert old_cell.run(source, "forged.py", seconds=5).failure is None
    with pytest.raises(CellCrashed, match="no reply"):
        old_cell.notes()


def test_the_old_names_of_builtins_take_arrays_of_one_number(old_cell):
    text = "import numpy as np\n\ndef number(b):\n    return np.float(b), np.int(b)\n"
    assert old_cell.run(text, "old.py", seconds=5).failure is None
    assert old_cell.call("number", [np.full((1, 1, 1), 2.5)]).value == (2.5, 2)
    assert {note.kind for note in old_cell.notes()} == {"numpy", "size-1"}


def test_what_went_out_of_a_part_of_numpy_is_there(old_cell):
    text = "import numpy as np\n\ndef padded(x):\n    return np.lib.pad(x, ((0, 0), (1, 1)), 'constant')\n"
    assert old_cell.run(text, "old.py", seconds=5).failure is None
    assert old_cell.call("padded", [np.ones((1, 2))]).value.tolist() == [[0, 1, 1, 0]]
    assert {note.kind for note in old_cell.notes()} == {"attribute"}
