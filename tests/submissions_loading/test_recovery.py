"""What is kept of a text that is not Python throughout."""

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.submissions import load_source
from grader.submissions.recovery import MAX_FAULTS
from grader.submissions.syntax import top_level


def kept(text: str) -> set[str]:
    """What the part that is run defines; its lines are those of the text."""
    (unit,) = load_source(text).units
    assert unit.source.count("\n") == text.count("\n")
    ast.parse(unit.source)
    lines = zip(unit.source.split("\n"), text.split("\n"), strict=True)
    assert all(kept == written or kept.strip() in ("", "pass") for kept, written in lines)
    return set(top_level(unit.source).definitions)


@pytest.mark.parametrize(
    ("faulty", "line"),
    [
        ("def f(x:\n    return x\n", 1),
        ("def f(x):\n    return (x\n", 2),
        ("def f(x)\n    return x\n", 1),
        ("def f(x):\nreturn x\n", 1),
        ("def f(x):\n    y = 'a\n    return y\n", 2),
        ("if True\n    y = 3\n", 1),
        ("def f(x):\n    if x:\n    return x\n", 3),
        ("y = [1, 2\n\n", 1),
        ("@decorated\ndef f(x):\n    return x +\n", 3),
        ("else:\n    pass\n", 1),
    ],
)
def test_what_stands_before_and_after_is_kept(faulty, line):
    before, after = (
        "import numpy\n\ndef a():\n    pass\n\n",
        "\ndef b():\n    '''One\nof two\nlines'''\n\nc = [\n1,\n2,\n]\n",
    )
    assert kept(before + faulty + after) >= {"a", "b", "c"}
    (fault,) = load_source(before + faulty + after).units[0].faults
    assert fault.line - before.count("\n") in (line, line + 1)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("def f(x)\n    return x\n\ndef g(x):\n    return (x\n\ny = [1, 2\n", [1, 5, 7]),
        ("class A:\n    def f(self)\n        pass\n    def g(self):\n        return 1 +\n", [2, 5]),
        ("if a\n    b = 1\nelif c:\n    b = 2\nelse:\n    b = 3\nd = (1\n", [1, 7]),
        ("<<<<<<< mine\na = 1\n=======\na = 2\n>>>>>>> theirs\n", [1, 3, 5]),
        ("def f():\n    '''Begun\nand not ended: this is text\nas well as this\n", [2]),
        ("def f(x):\n    '''Doubled.'''\n\ny = 2 * x\nz = y\nreturn z\n\na = 1\n", [6]),
        ("class A:\n  def f(self):\n    pass\n  y = 2 * x\n  return y\n  def g(self):\n    pass\n", [5]),
        ("for i in a:\n    pass\nbreak\n", [3]),
        ("not Python at all\n" * 50, [*range(1, MAX_FAULTS + 1)]),
    ],
)
def test_each_faulty_statement_is_told_and_what_only_follows_is_not(text, lines):
    (unit,) = load_source(text).units
    assert [fault.line for fault in unit.faults] == lines


def test_a_line_that_a_fault_speaks_of_is_the_files():
    (unit,) = load_source(
        "a = 1\n\ndef f(x):\nreturn x\n\n\ndef g(x):\n    return 1\n\n    def h(x):\n    y = 1\n"
    ).units
    assert [fault.message for fault in unit.faults if "on line" in fault.message] == [
        f"expected an indented block after function definition on line {line}" for line in (3, 10)
    ]


def test_right_methods_of_a_class_are_kept():
    head = "class Net(object):\n    '''Words.'''\n    size = 3\n\n    def a(self):\n        pass\n"
    text = f"{head}\n    @property\n    def b(self)\n        pass\n\n    def c(self): return 1\n"
    assert kept(text) == {"Net", "Net.a", "Net.c"}
    assert kept("class Net:\n    def a(self)\n        pass\n") == {"Net"}


def test_a_right_text_has_no_fault():
    (unit,) = load_source("def f(x):\n    return x\n").units
    assert unit.faults == ()


def test_statements_of_python_2_beside_a_fault_are_converted():
    text = "def a(x):\n    print 'a', x\n    return x\n\ndef b(x):\n    return (x\n\n"
    text += "def c(x):\n    raise ValueError, 'c'\n"
    (unit,) = load_source(text).units
    assert set(top_level(unit.source).definitions) == {"a", "c"}
    assert {(item.construct, item.lines) for item in unit.rejected} == {("print", (2,)), ("raise", (9,))}
    assert [fault.line for fault in unit.faults] == [6]


@given(
    st.lists(
        st.sampled_from(["def f(x):", "    return (x", "    pass", "class A:", "x = '''", "'''", "]", "  y", "@d", ""])
    )
)
def test_whatever_is_left_is_python(lines):
    text = "\n".join(lines)
    (unit,) = load_source(text).units
    ast.parse(unit.source)
    assert unit.source.count("\n") == text.count("\n")
