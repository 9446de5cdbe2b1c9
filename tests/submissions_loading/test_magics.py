"""IPython's syntax is taken out of cells; every line stays where it was."""

import ast
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.submissions.magics import plain_python

PLAIN = [
    "x = 1",
    "def f(a):\n    return a",
    "for i in range(3):\n    y = i",
    "# a comment",
    "",
    "s = '''\n%%\n!no\n'''",
]
COMMANDS = [
    "%matplotlib inline",
    "!pip install numpy",
    "!pip install \\\n   numpy",
    "files = !ls -l",
    "%time z = sum(range(3))",
    "%timeit sum(range(3))",
    "plot?",
    "??plot",
    "%cd data",
    "pip install numpy",
    "if True:\n    !ls",
    "r = %who_ls",
]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("%matplotlib inline\nx = 1", "pass\nx = 1"),
        ("!pip install a \\\n  b\nx = 1", "pass\n\nx = 1"),
        ("files = !ls", "files = []"),
        ("a.b = %who_ls", "a.b = None"),
        ("%time y = f(1)", "y = f(1)"),
        ("%%time\ny = 1", "#%%time\ny = 1"),
        ("\n\n%%capture out\n%%time\n!ls\ny = 1", "\n\n#%%capture out\n#%%time\npass\ny = 1"),
        ("%%bash\nls | wc\n", "#%%bash\n#ls | wc\n#"),
        ("if x:\n\t!ls\n", "if x:\n\tpass\n"),
        (">>> a = 1\n>>> b = 2", "a = 1\nb = 2"),
        ("    a = 1\n    b = 2", "a = 1\nb = 2"),
        ("np.array?", "pass"),
        ("s = '''\n!not a command\n'''\n!ls", "s = '''\n!not a command\n'''\npass"),
        ("y = (7\n% 4)\n%matplotlib inline", "y = (7\n% 4)\npass"),
    ],
)
def test_commands_are_replaced_on_their_own_line(cell: str, expected: str) -> None:
    assert plain_python(cell).source == expected


def test_pylab_brings_numpy_into_the_namespace() -> None:
    namespace: dict[str, object] = {}
    exec(plain_python("%pylab inline").source.replace("from matplotlib import pyplot as plt", "pass"), namespace)
    assert {"np", "zeros", "exp"} <= namespace.keys()


@pytest.mark.parametrize("cell", ["x = 1 +", "def f(:\n    pass", 'print "hello"', "class", "a b", "x = 'é", "\0"])
def test_what_is_no_python_stays_as_it_is(cell: str) -> None:
    plain = plain_python(cell)
    assert plain.source == cell
    assert plain.not_run == ()


def test_a_cell_that_parses_is_untouched_even_if_it_looks_like_commands() -> None:
    cell = 's = """\n%matplotlib inline\n!ls\nget\n"""\ny = 5 \\\n% 3'
    assert plain_python(cell).source == cell


def test_what_was_not_run_is_named_by_line_and_harmless_magics_are_not() -> None:
    plain = plain_python("%matplotlib inline\n!pip install x\n\n%timeit f()\nhelp?")
    assert [(command.line, command.text) for command in plain.not_run] == [(2, "!pip install x"), (4, "%timeit f()")]


def test_calls_in_exported_scripts_are_taken_out() -> None:
    source = (
        "get_ipython().run_line_magic('matplotlib', 'inline')\n"
        "x = get_ipython().getoutput('ls'); é = 1\n"
        "if x:\n"
        "    get_ipython().system(\n"
        "        'pip install a')\n"
        "y = 2\n"
    )
    plain = plain_python(source)
    assert plain.source == "pass\nx = []; é = 1\nif x:\n    pass\n\ny = 2\n"
    assert [command.line for command in plain.not_run] == [2, 4]


def test_a_statement_after_a_call_of_several_lines_keeps_its_line() -> None:
    plain = plain_python("get_ipython().system(\n'a'\n); y = 1\nz = 2")
    namespace: dict[str, object] = {}
    exec(plain.source, namespace)
    assert (namespace["y"], namespace["z"]) == (1, 2)
    assert plain.source.split("\n")[3] == "z = 2"


def test_a_written_file_keeps_the_lines_of_its_cell() -> None:
    plain = plain_python("\n%%writefile 'layers.py'\nimport numpy\n!kept")
    assert plain.written is not None
    assert (plain.written.path, plain.written.text) == ("layers.py", "\n#%%writefile 'layers.py'\nimport numpy\n!kept")
    assert ast.parse(plain.source).body == []


@pytest.mark.parametrize("cell", ["%%writefile notes.txt\nhello", "%%writefile -a layers.py\nx = 1", "%%html\n<b>"])
def test_other_cells_of_other_languages_are_remarked(cell: str) -> None:
    plain = plain_python(cell)
    assert plain.written is None
    assert [command.line for command in plain.not_run] == [1]


@given(st.lists(st.sampled_from(PLAIN + COMMANDS), min_size=1, max_size=8))
def test_plain_statements_keep_their_lines_among_commands(pieces: list[str]) -> None:
    cell = "\n".join(pieces)
    plain = plain_python(cell)
    before, after = cell.split("\n"), plain.source.split("\n")
    assert len(after) == len(before)
    ast.parse(plain.source)
    number = 0
    for piece in pieces:
        length = piece.count("\n") + 1
        if piece in PLAIN:
            assert after[number : number + length] == before[number : number + length]
        number += length


@given(st.text(alphabet="%!?\n \t\\'\"=abx()#:>,;/.", max_size=60))
def test_any_text_keeps_its_number_of_lines(cell: str) -> None:
    assert plain_python(cell).source.count("\n") == cell.count("\n")


@given(st.lists(st.sampled_from([p for p in PLAIN if "!no" not in p] + COMMANDS[:9]), min_size=1, max_size=6))
def test_ipython_finds_commands_on_the_same_lines(pieces: list[str]) -> None:
    from IPython.core.inputtransformer2 import TransformerManager

    cell = "\n".join(piece for piece in pieces if "\\\n" not in piece).strip("\n")
    transformed = TransformerManager().transform_cell(cell).split("\n")
    ours = plain_python(cell).source.split("\n")
    for number, line in enumerate(ours):
        if "get_ipython" not in transformed[number]:
            assert line == transformed[number]
        else:
            assert line != cell.split("\n")[number]


HOSTILE = {
    "deep expression": "x = " + "-" * 100_000 + "1",
    "deep attribute": "x" + ".a" * 60_000,
    "a line of a megabyte": "%x\n" + "a" * 1_000_000 + " ?",
    "many commands": "%ls\n" * 20_000,
    "many calls": "get_ipython().x()\n" * 2_000,
    "many cell magics": "%%time\n" * 10_000,
    "brackets": "(" * 50_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_cells_cost_little(name: str) -> None:
    program = "import sys; from grader.submissions.magics import plain_python; plain_python(sys.stdin.read())"
    subprocess.run([sys.executable, "-c", program], input=HOSTILE[name].encode(), check=True, timeout=10)


def test_ordinary_magics_do_not_import_ipython() -> None:
    program = (
        "import sys; from grader.submissions.magics import plain_python;"
        "plain_python('%matplotlib inline\\n!pip install x\\nfiles = !ls\\n%time f()\\nhelp?');"
        "plain_python('def f(:');"
        "sys.exit('IPython' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
