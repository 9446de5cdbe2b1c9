"""What a caller of the sandbox does with a cell that behaves."""

from typing import Any

import numpy as np
import pytest

from grader.sandbox import (
    Cell,
    CellTimeout,
    Frame,
    Handle,
    Limits,
    Preloaded,
    ResultRejected,
    Sandbox,
    SubmissionRaised,
)

from .conftest import ROWS

SOURCE = """
import numpy as np

class Network:
    def __init__(self, sizes):
        self.sizes = sizes
        self._weights = [np.zeros(pair) for pair in zip(sizes, sizes[1:])]
    def forward(self, X, scale=1.0):
        return X * scale + len(self._weights)

def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

def forward(X):
    return X + 1, lambda: X

def backward(cache):
    return cache()

def spoil(X, factor=2):
    X *= factor
    return None

def spoiled(X, params, network, factor):
    X *= factor
    params["W"] *= factor
    return X, params, network

def same(a, b):
    return a is b

def identity(*values):
    return values

square = np.vectorize(lambda x: x * x)
answer = 42
"""


@pytest.fixture
def loaded(cell: Cell) -> Cell:
    assert cell.run(SOURCE, "homework.py", seconds=5).failure is None
    return cell


def plain_call(cell: Cell, target: Any, *args: Any) -> Any:
    return cell.call(target, args).value


def test_a_function_is_called_with_arrays(loaded: Cell) -> None:
    reply = loaded.call("softmax", [np.array([[0.0, 0.0], [1.0, 1.0]])])
    np.testing.assert_array_equal(reply.value, np.full((2, 2), 0.5))
    assert 0 <= reply.cpu_seconds <= reply.seconds + 0.01
    assert reply.changed == ()


def test_every_kind_of_value_comes_back(loaded: Cell) -> None:
    sent = (None, True, 3, -0.5, 1 + 2j, "λ", [1, [2]], (), {"W1": np.eye(2), 3: "three"}, np.float32(0.5), np.array(7))
    back = plain_call(loaded, "identity", *sent)
    assert type(back) is tuple
    assert [type(value) for value in back] == [type(value) for value in sent]
    np.testing.assert_equal(back, sent)


def test_what_is_not_plain_stays_inside_as_a_handle(loaded: Cell) -> None:
    X = np.ones((2, 3))
    shifted, cache = plain_call(loaded, "forward", X)
    np.testing.assert_array_equal(shifted, X + 1)
    assert isinstance(cache, Handle)
    assert cache.type_name == "function"
    np.testing.assert_array_equal(plain_call(loaded, "backward", cache), X)
    np.testing.assert_array_equal(plain_call(loaded, cache), X)


def test_a_class_is_used_through_its_methods_and_attributes(loaded: Cell) -> None:
    network = plain_call(loaded, "Network", [784, 30, 10])
    assert isinstance(network, Handle)
    assert network.type_name == "Network"
    reply = loaded.call(network.method("forward"), [np.zeros(2)], {"scale": 3.0})
    np.testing.assert_array_equal(reply.value, [2.0, 2.0])
    assert loaded.attribute(network, "sizes") == [784, 30, 10]
    assert loaded.attribute("answer", "real") == 42
    assert [weights.shape for weights in loaded.attribute(network, "_weights")] == [(784, 30), (30, 10)]
    assert plain_call(loaded, "Network.forward", network, 1.0) == 3.0


def test_keep_leaves_plain_values_inside(loaded: Cell) -> None:
    first, second = loaded.call("identity", [np.ones(3), {"a": 1}], keep=[1]).value
    np.testing.assert_array_equal(first, np.ones(3))
    assert isinstance(second, Handle)
    assert second.type_name == "dict"
    assert plain_call(loaded, "identity", second) == ({"a": 1},)
    whole = loaded.call("identity", [1], keep=[-1]).value
    assert isinstance(whole, Handle)
    assert whole.type_name == "tuple"


def test_a_handle_is_the_very_same_object(loaded: Cell) -> None:
    whole = loaded.call("identity", [[1, 2]], keep=[-1]).value
    assert plain_call(loaded, "same", whole, whole) is True


def test_a_handle_that_was_let_go_is_refused(loaded: Cell, sandbox: Sandbox) -> None:
    network = plain_call(loaded, "Network", [2, 1])
    loaded.release([network])
    with pytest.raises(ValueError, match="Network"):
        loaded.call("identity", [network])
    foreign = plain_call(loaded, "Network", [2, 1])
    with sandbox.cell() as other, pytest.raises(ValueError, match="not in this cell"):
        other.call("print", [foreign])


def test_too_many_kept_objects_are_refused_not_forgotten(loaded: Cell) -> None:
    loaded.run("def many(n): return [object() for _ in range(n)]", "more.py", seconds=5)
    kept = plain_call(loaded, "many", 9_990)
    with pytest.raises(ResultRejected, match="10000 objects"):
        loaded.call("many", [20])
    assert plain_call(loaded, "same", kept[0], kept[0]) is True
    loaded.release(kept)
    assert len(plain_call(loaded, "many", 20)) == 20


def test_watched_arguments_that_change_are_told(loaded: Cell) -> None:
    X = np.ones(3)
    assert loaded.call("spoil", [X], {"factor": 5}, watch=True).changed == (0,)
    assert loaded.call("spoil", [], {"X": X, "factor": 5}, watch=True).changed == ("X",)
    assert loaded.call("spoil", [X], {"factor": 1.0}, watch=True).changed == ()
    assert loaded.call("identity", [float("nan"), [float("nan")], np.full(2, np.nan)], watch=True).changed == ()
    np.testing.assert_array_equal(X, np.ones(3))
    network = plain_call(loaded, "Network", [2, 1])
    changed = [loaded.call("spoiled", [X, {"W": X[:n]}, network, 2], watch=True).changed for n in (3, 0)]
    assert changed == [(0, 1), (0,)]


def test_what_became_of_a_kept_array_is_the_submissions_own_business(loaded: Cell) -> None:
    loaded.run("def kept(): return np.ones(3), 0", "kept.py", seconds=5)
    array, _ = loaded.call("kept", keep=[0]).value
    assert loaded.call("spoil", [array], watch=True).changed == ()


def test_many_calls_travel_together(loaded: Cell) -> None:
    replies = loaded.call_many("square", [[float(n)] for n in range(300)], seconds=5)
    assert replies.results == [n * n for n in range(300)]
    mixed = loaded.call_many("softmax", [[np.zeros((1, 2))], ["no array"]], seconds=5).results
    np.testing.assert_array_equal(mixed[0], np.full((1, 2), 0.5))
    assert isinstance(mixed[1], SubmissionRaised)


def test_calls_that_share_an_array_get_copies_of_their_own(loaded: Cell) -> None:
    X = np.ones(3)
    network = plain_call(loaded, "Network", [2, 1])
    spoiled = loaded.call_many("spoiled", [(X, {"W": X}, network, 2)] * 2 + [(X, {"W": -X}, network, 2)]).results
    for (x, params, same), W in zip(spoiled, (2, 2, -2), strict=True):
        np.testing.assert_array_equal(x, np.full(3, 2.0))
        np.testing.assert_array_equal(params["W"], np.full(3, W))
        assert same == network


def test_many_calls_share_one_deadline(loaded: Cell) -> None:
    loaded.run("def slow(n):\n    while n: pass\n    return n", "slow.py", seconds=5)
    results = loaded.call_many("slow", [[0], [1], [0], [1]], seconds=0.2).results
    assert [type(result) for result in results] == [int, CellTimeout, CellTimeout, CellTimeout]


def test_preloaded_rows_are_private_copies(loaded: Cell) -> None:
    loaded.run("def doubled(X):\n    X *= 2\n    return X", "doubled.py", seconds=5)
    np.testing.assert_array_equal(plain_call(loaded, "doubled", Preloaded("rows", slice(1, 3))), 2 * ROWS[1:3])
    for _ in range(6):  # handed out more often than there are mappings of it
        np.testing.assert_array_equal(plain_call(loaded, "doubled", ROWS), 2 * ROWS)
    np.testing.assert_array_equal(plain_call(loaded, "identity", ROWS)[0], ROWS)


def test_the_namespace_is_described(loaded: Cell) -> None:
    names = loaded.names()
    assert {name: names[name].kind for name in ("np", "Network", "softmax", "square", "answer")} == {
        "np": "module", "Network": "class", "softmax": "function", "square": "function", "answer": "value",
    }  # fmt: skip
    softmax, network = names["softmax"], names["Network"]
    assert (softmax.signature, softmax.filename, softmax.line) == ("(z)", "homework.py", 11)
    assert (network.filename, network.line) == ("homework.py", 4)
    assert names["answer"].type_name == "int"
    assert names["square"].filename is None


def test_units_share_one_namespace_that_behaves_like_a_module(cell: Cell) -> None:
    cell.run(
        "import pickle, dataclasses, inspect, sys\n@dataclasses.dataclass\nclass P:\n    x: int = 1\n",
        "nb:cell 1",
        seconds=5,
    )
    cell.run("def f():\n    return 7\nif __name__ == '__main__':\n    1 / 0\n", "nb:cell 2", seconds=5)
    cell.run(
        "copy = pickle.loads(pickle.dumps(P(3)))\nsource = inspect.getsource(f)\nname = __name__",
        "nb:cell 3",
        seconds=5,
    )
    assert cell.attribute("copy", "x") == 3
    assert plain_call(cell, "source.strip") == "def f():\n    return 7"
    assert plain_call(cell, "name.strip") == "submission"
    assert cell.names()["P"].filename == "nb:cell 1"


def test_siblings_are_imported_from_memory(cell: Cell) -> None:
    cell.define_modules(
        {
            "layers": (
                "import helpers.maths\nK = helpers.maths.TWO",
                "layers.py",
            ),
            "helpers.maths": ("from .numbers import TWO\n", "helpers/maths.py"),
            "helpers.numbers": ("TWO = 2\n", "helpers/numbers.py"),
            "broken": ("x = 1\n1 / 0\ny = x + 2", "broken.py"),
        }
    )
    assert cell.run("import layers\nk = layers.K\n", "main.py", seconds=5).failure is None
    assert cell.attribute("k", "real") == 2
    assert cell.run("from broken import y\n", "main.py", seconds=5).failure is None
    assert cell.attribute("y", "real") == 3
    assert "broken.py, line 2: ZeroDivisionError: division by zero" in cell.output.stderr


def test_errors_carry_the_submissions_own_lines(loaded: Cell) -> None:
    with pytest.raises(SubmissionRaised) as raised:
        loaded.call("softmax", ["text"])
    assert raised.value.type_name == "AttributeError"
    assert raised.value.frames == (Frame("homework.py", 12, "softmax"),)
    failure = loaded.run("x = 1\ndef broken(:\n", "homework.py:cell 2", seconds=5).failure
    assert isinstance(failure, SubmissionRaised)
    assert failure.type_name == "SyntaxError"
    assert failure.frames == (Frame("homework.py:cell 2", 2, "<module>"),)
    with pytest.raises(SubmissionRaised, match="NameError: name 'relu' is not defined"):
        loaded.call("relu")


def test_an_error_does_not_end_the_cell(loaded: Cell) -> None:
    for source in (
        "raise SystemExit(3)",
        "raise KeyboardInterrupt",
        "exit()",
        "class E(BaseException): pass\nraise E('m')",
    ):
        failure = loaded.run(source, "bad.py", seconds=5).failure
        assert isinstance(failure, SubmissionRaised)
        assert failure.frames[0].filename == "bad.py"
    assert loaded.alive
    assert plain_call(loaded, "identity", 1) == (1,)


def test_the_submissions_own_traceback_shows_its_source(cell: Cell) -> None:
    cell.run(
        "import traceback\ntry:\n    1 / 0  # here\nexcept ZeroDivisionError:\n    traceback.print_exc()",
        "t.py",
        seconds=5,
    )
    assert "1 / 0  # here" in cell.output.stderr


def test_a_cell_is_reproducible_from_its_seed(sandbox: Sandbox) -> None:
    source = (
        "import random, numpy as np\n"
        "drawn = [random.random(), np.random.rand(), np.random.default_rng().random(), hash('text') % 1000]\n"
        "def get(): return drawn"
    )

    def draw(seed: int) -> Any:
        with sandbox.cell(seed=seed) as cell:
            cell.run(source, "r.py", seconds=5)
            return cell.call("get").value

    assert draw(1) == draw(1)
    assert draw(1)[:3] != draw(2)[:3]


def test_a_result_beyond_the_limit_is_rejected_and_the_cell_lives(sandbox: Sandbox) -> None:
    with sandbox.cell(Limits(result_bytes=1_000)) as cell:
        cell.run(
            "import numpy as np\ndef f(n): return np.zeros(n)\ndef deep():\n    x = []\n    x.append(x)\n    return x",
            "f.py",
            seconds=5,
        )
        with pytest.raises(ResultRejected, match="1000 bytes"):
            cell.call("f", [126])
        with pytest.raises(ResultRejected, match="levels"):
            cell.call("deep")
        assert cell.call("f", [125]).value.shape == (125,)  # type: ignore[union-attr]


def test_a_large_array_goes_both_ways(loaded: Cell) -> None:
    X = np.random.default_rng(0).normal(size=(1_000, 1_000))
    np.testing.assert_array_equal(plain_call(loaded, "identity", X)[0], X)


@pytest.mark.parametrize("bad", [{1, 2}, b"bytes", object(), np.array([None])])
def test_an_argument_that_cannot_travel_is_the_callers_mistake(loaded: Cell, bad: Any) -> None:
    with pytest.raises(TypeError, match="cannot be passed"):
        loaded.call("identity", [bad])
    assert plain_call(loaded, "identity", 1) == (1,)


EDITED = """
import numpy as np

def scaled(x):
    return 2 * x

def result(x):
    return scaled(x) + np.random.rand()
"""


ALTERNATIVES = """
def scaled(x):
    if __grader_switch__ == 1:
        return 3 * x
    if __grader_switch__ == 2:
        raise KeyError
    if __grader_switch__ == 3:
        while True:
            pass
    return (None if __grader_switch__ == 4 else 4 * x)
"""


def test_edits_are_tried_and_taken_back(sandbox):
    with sandbox.cell(Limits(), seed=1) as tried, sandbox.cell(Limits(), seed=1) as other:
        for cell in (tried, other):
            cell.run(EDITED, "homework.py", seconds=1.0)
        found = tried.try_edits("scaled", ALTERNATIVES, 5, "scaled", [5], seconds=0.1)
        assert found == [[15], None, None, [None], [20]], "an exception and an endless loop are no results"
        with pytest.raises(SubmissionRaised):
            tried.try_edits("scaled", "def scaled(x:", 1, "scaled", [5], seconds=0.1)
        assert tried.call("scaled", [5]).value == 10
        assert tried.call("result", [5]).value == other.call("result", [5]).value
        assert "__grader_switch__" not in tried.names()


def test_what_alternatives_bring_is_told_up_to_an_error(sandbox):
    seen = "__grader_seen__"
    usual = f"def scaled(x):\n    {seen}(0, x * 1.5)\n    return 2 * x\n"
    text = f"""
def scaled(x):
    {seen}(0, x * 1.5)
    {seen}(1, x * (2.5 if __grader_switch__ == 1 else 1.5))
    if __grader_switch__ == 2:
        {seen}(2, x + 0.25)
        raise KeyError
    while __grader_switch__ == 3:
        pass
    {seen}(3, [x, x])
    return 2 * x
"""
    with sandbox.cell(Limits(), seed=1) as cell:
        cell.run(EDITED, "homework.py", seconds=1.0)
        found = cell.new_values({"scaled": usual}, "scaled", text, 4, "scaled", [5.0], seconds=0.1, sizes={1})
        assert [None if one is None else [float(value) for value in one] for one in found] == [[12.5], [5.25], None, []]
        arrays = cell.new_values({"scaled": usual}, "scaled", text, 1, "scaled", [np.ones(3)], seconds=0.1, sizes={1})
        assert arrays == [[]], "of other sizes nothing comes out"
        assert cell.call("scaled", [5]).value == 10


def test_edits_that_draw_leave_the_generators_as_they_were(sandbox):
    drawn = "def drawn():\n    return [random.random(), random.gauss(0, 1), np.random.{}(), {}]\n"
    text = "import random, numpy as np\n" + drawn.format("randn", 0)
    alternatives = drawn.format("{}", "__grader_switch__")
    with sandbox.cell(Limits(), seed=1) as tried, sandbox.cell(Limits(), seed=1) as other:
        for cell in (tried, other):
            cell.run(text, "homework.py", seconds=1.0)
        # Of two normal numbers that are drawn together the second one waits for the next call.
        for draw in ("rand", "randn", "randn"):
            first, second = tried.try_edits("drawn", alternatives.format(draw), 2, "drawn", [], seconds=1.0)
            assert first[0][:3] == second[0][:3]
            assert tried.call("drawn", []).value == other.call("drawn", []).value


def test_edits_are_held_until_others_are(sandbox):
    with sandbox.cell(Limits(), seed=1) as cell:
        cell.run(EDITED, "homework.py", seconds=1.0)
        cell.hold_edits({"scaled": "def scaled(x):\n    print('edited')\n    return 3 * x"})
        assert cell.call("scaled", [5]).value == 15
        cell.hold_edits({})
        assert cell.call("scaled", [5]).value == 10
        assert cell.output.stdout == "", "what edited text prints is no output of the submission"


def test_what_is_watched_is_told_with_the_last_value_and_its_time(sandbox):
    text = """
def scaled(x):
    __grader_seen__(0, x)
    for i in range(3):
        y = __grader_seen__(1, i * x)
    __grader_seen__(2, [y])
    return __grader_seen__(3, y / 0)
"""
    with sandbox.cell(Limits(), seed=1) as cell:
        cell.run(EDITED, "homework.py", seconds=1.0)
        seen = cell.watch({"scaled": text}, "scaled", [np.ones(2, int)], seconds=1.0)
        assert sorted(seen) == [0, 1, 2, 3]
        assert seen[1].first.tolist() == [0, 0]
        assert seen[1].last.tolist() == [2, 2]
        assert seen[0].time < seen[1].time < seen[2].time
        assert seen[2].last == "list 1"
        assert cell.call("scaled", [5]).value == 10


def test_large_values_are_told_by_their_shape(sandbox):
    with sandbox.cell(Limits(), seed=1) as cell:
        cell.run(EDITED, "homework.py", seconds=1.0)
        text = "def scaled(x):\n    return __grader_seen__(0, x)"
        seen = cell.watch({"scaled": text}, "scaled", [np.zeros((300, 200))], seconds=1.0)
        assert seen[0].last == "array float64 300 200"


def test_a_call_is_measured_in_function_calls(sandbox):
    with sandbox.cell(Limits(), seed=1) as cell:
        cell.run("def f(n):\n    for i in range(n): abs(i)", "homework.py", seconds=1.0)
        (few, _), (more, seconds) = (cell.measure("f", [n], seconds=1.0) for n in (10, 60))
        assert more - few == 50
        assert 0 < seconds < 0.5
