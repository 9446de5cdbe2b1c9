"""Python 2 becomes Python 3 line by line, and nothing else does."""

import ast
import textwrap
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.compatibility.wording import SYNTAX
from grader.submissions import load_source
from grader.submissions.python2 import CONSTRUCTS, Conversion

OLD = {  # construct -> a statement with it
    "raw_unicode": "x = ur'abc'",
    "print": 'print "loss: %f" % loss, x',
    "except": "try: f()\nexcept (ValueError,\n        KeyError), error: pass",
    "raise": 'raise ValueError, "no"',
    "exec": 'exec "x = 1" in {}',
    "ne": "a <> b",
    "repr": "c = `a`",
    "numliterals": "mode, n = 0777, 10L",
    "tuple_params": 'def g(a, (b, c)):\n    """Text\n    of two lines."""\n    return b',
    "paren": "d = [x for x in 1, 2]",
    "throw": "it.throw(ValueError, 'no')",
}
MODERN = [
    "x = [1, 2]",
    's = """print x\n<> `a`\n"""',
    "if a:\n    b = f(c,\n          d)",
    "# print x",
    "",
    "print(x)",
    "y = 1 / 2",
]


@given(st.lists(st.sampled_from([*OLD.values(), *MODERN]), max_size=8), st.integers(0, 2))
def test_every_line_stays_where_it_was(statements, depth):
    statements = [*statements, OLD["print"]]
    text = "".join("    " * n + "if 1:\n" for n in range(depth))
    text += textwrap.indent("\n".join(statements), "    " * depth) + "\n"
    converted = Conversion()(text)
    assert converted is not None
    ast.parse(converted.source)
    old, new = text.split("\n"), converted.source.split("\n")
    assert len(new) == len(old)
    modern = {line for statement in MODERN for line in statement.split("\n")}
    assert all(b == a for a, b in zip(old, new, strict=True) if a.strip() in modern)


@pytest.mark.parametrize("construct", OLD)
def test_what_is_converted_is_named_with_its_line(construct):
    converted = Conversion()(f"x = 1\n\n{OLD[construct]}\nprint 1\n")
    assert converted is not None
    lines = {rejected.construct: rejected.lines for rejected in converted.rejected}
    line = 5 if construct == "except" else 3
    assert line in lines[construct]


def test_every_construct_has_words():
    assert set(CONSTRUCTS) == set(SYNTAX)


@pytest.mark.parametrize("text", [*MODERN, "x = (", "print 'a", "def f(:\n    print x", "print x\n  y = 1", "`" * 50])
def test_other_texts_are_left_alone(text):
    assert Conversion()(text) is None


def test_tabs_count_eight_and_strings_keep_theirs():
    converted = Conversion()('if 1:\n\tx = """\n\ty"""\n        print x\n')
    assert converted is not None
    assert converted.source == 'if 1:\n        x = """\n\ty"""\n        print(x)\n'


def test_hostile_texts_are_done_with_soon():
    texts = [
        "print " + "(" * 900 + "1" + ")" * 900,
        ("print 1;" * 240 + "\n") * 30,
        "".join(" " * i + "try:\n" for i in range(90)) + " " * 90 + "print 1\n",
        ("lambda (" * 240 + "\n") * 50,
        ("`" * 1900 + "\n") * 40,
        "print '''" * 200,
        "print 1\n" * 40_000,
    ]
    convert = Conversion()
    started = time.process_time()
    for text in texts:
        convert(text)
    assert time.process_time() - started < 10


def test_a_submission_may_have_so_much_of_it():
    convert = Conversion()
    convert.left = 20
    assert convert("print 1\n" * 2) is not None
    assert convert("print 1\n") is None


def test_a_unit_tells_how_it_was_written():
    submission = load_source("def f(x):\n    print x\n")
    unit = submission.units[0]
    assert submission.is_python_2
    assert unit.source == "def f(x):\n    print(x)\n"
    assert unit.as_written.source == unit.original
    assert submission.line_text(unit.filename, 2) == "    print x"
    assert not submission.as_written.is_python_2


def test_a_format_on_a_new_line_is_no_magic():
    submission = load_source('print "loss %d" \\\n    % 3\nprint "a"\n')
    assert submission.units[0].source == 'print("loss %d" \\\n    % 3)\nprint("a")\n'
    assert submission.remarks == ()
