"""Reading a contract: what it declares, and what is said about a faulty one."""

import ast
import textwrap

import pytest

from grader.assignments import AssignmentError
from grader.assignments.contract import ScriptTerms
from grader.assignments.contract_file import read_contract


@pytest.fixture
def contract(tmp_path):
    def read(source):
        path = tmp_path / "contract.py"
        path.write_bytes(source if isinstance(source, bytes) else textwrap.dedent(source).encode())
        return read_contract(path)

    return read


def one(contract, definition, docstring='"""What it does."""'):
    (function,) = contract(f"{definition}\n    {docstring}\n")
    return function


def test_functions_in_their_order(contract):
    functions = contract(
        '''
        """A contract."""
        import numpy as np

        def softmax(z: np.ndarray) -> np.ndarray:
            """Turn each row into probabilities.

            Args:
                z: logits.
            """

        def relu(z):
            """max(0, z)."""
        '''
    )
    assert [(f.name, f.kind, f.signature, f.summary) for f in functions] == [
        ("softmax", "function", "(z)", "Turn each row into probabilities."),
        ("relu", "function", "(z)", "max(0, z)."),
    ]
    assert functions[0].documentation == "Turn each row into probabilities.\n\nArgs:\n    z: logits."


@pytest.mark.parametrize(
    ("written", "signature", "parameters"),
    [
        ("(x: int, y: dict[str, int] = {}) -> int", "(x, y={})", ("x", "y")),
        ("(sizes=(1, 2), *args: int, seed: int = 0, **options)", "(sizes=(1, 2), *args, seed=0, **options)", None),
        ("(x, /, y, *, z)", "(x, /, y, *, z)", ("x", "y", "z")),
        ("()", "()", ()),
    ],
)
def test_signatures_lose_their_annotations_alone(contract, written, signature, parameters):
    function = one(contract, f"def f{written}:")
    assert function.signature == signature
    assert parameters is None or function.parameters == parameters
    assert function.source.startswith(f"def f{signature}:")


@pytest.mark.parametrize(
    ("returns", "outputs", "kept"),
    [
        ("Array", None, ()),
        ("dict[str, Array]", None, ()),
        ("tuple[Array, ...]", None, ()),
        ("tuple[Array, dict[str, Array], float]", 3, ()),
        ("tuple[Array, Opaque]", 2, (1,)),
        ("Tuple[Opaque, Array, contracts.Opaque]", 3, (0, 2)),
        ("Opaque", None, (-1,)),
        ("None", None, ()),
    ],
)
def test_outputs_and_what_stays_in_the_cell(contract, returns, outputs, kept):
    function = one(contract, f"def f(x) -> {returns}:")
    assert (function.outputs, function.kept) == (outputs, kept)
    assert function.is_plain is not bool(kept)


@pytest.mark.parametrize("arguments", ["cache: Opaque", "*, cache: Opaque", "cache: Opaque, /", "*caches: Opaque"])
def test_a_function_that_takes_what_is_opaque_is_not_plain(contract, arguments):
    assert not one(contract, f"def f({arguments}) -> float:").is_plain


def test_arguments_that_are_changed_in_place(contract):
    function = one(contract, '@updates("param")\ndef f(x, param) -> tuple[Array, Opaque]:')
    assert (function.updates, function.outputs, function.kept) == (("param",), 2, (1,))
    assert one(contract, '@may_change("x", "param")\ndef f(x, param) -> float:').may_change == ("x", "param")


@pytest.mark.parametrize("written", ["@updates", "@updates()", "@updates(param)", '@updates("p")'])
def test_what_is_changed_in_place_is_a_parameter(contract, written):
    with pytest.raises(AssignmentError, match="updates"):
        one(contract, f"{written}\ndef f(x, param) -> float:")


def test_classes_and_their_methods(contract):
    functions = contract(
        '''
        class Network:
            """A network."""

            layers: int

            def __init__(self, sizes: list[int], seed: int = 0):
                """Made of sizes."""

            def forward(self, X: Array) -> tuple[Array, Opaque]:
                """Probabilities."""

            def shape(this, /):
                """Its shape."""

        class Bare:
            """Nothing but a name."""
        '''
    )
    assert [(f.name, f.kind, f.signature) for f in functions] == [
        ("Network", "class", "(sizes, seed=0)"),
        ("Network.forward", "method", "(X)"),
        ("Network.shape", "method", "()"),
        ("Bare", "class", "()"),
    ]
    assert functions[1].kept == (1,)
    assert functions[1].source.startswith("def forward(self, X):")


def test_what_is_not_looped_over(contract):
    assert one(contract, '@vectorized(over=["X", "y"])\ndef loss(W, X, y):').vectorized == ("X", "y")
    assert one(contract, "def loss(W, X, y):").vectorized == ()
    for faulty in (
        "@vectorized",
        "@vectorized()",
        "@vectorized(over=3)",
        "@vectorized(over=[])",
        '@vectorized(over="X")',
    ):
        with pytest.raises(AssignmentError, match=r"loss: write @vectorized\(over="):
            one(contract, f"{faulty}\ndef loss(W, X, y):")
    with pytest.raises(AssignmentError, match="loss has no parameter x, which @vectorized names"):
        one(contract, '@vectorized(over=["x", "y"])\ndef loss(W, X, y):')


def test_parameters_that_a_submission_may_lack(contract):
    assert one(contract, '@may_lack("reg", "log")\ndef loss(W, X, reg=0.0, log=False):').may_lack == ("reg", "log")
    assert one(contract, '@may_lack("log")\ndef loss(W, X, reg=0.0, log=False):').may_lack == ("log",)
    assert one(contract, '@may_lack("X")\ndef loss(W, X):').may_lack == ("X",)  # without a default as well
    for faulty in ("@may_lack", "@may_lack()", "@may_lack(3)", '@may_lack("reg")', '@may_lack("X", "log")'):
        with pytest.raises(AssignmentError, match=r"loss: @may_lack\(…\) names its last parameters"):
            one(contract, f"{faulty}\ndef loss(W, X, reg=0.0, log=False):")


def test_a_script_may_stand_in(contract):
    terms = '@script(reads=["param", "costs"], loop="epochs", start="param")'
    function = one(contract, f"{terms}\ndef training(epochs, param=None):")
    assert function.script == ScriptTerms(("param", "costs"), "epochs", "param")
    with pytest.raises(AssignmentError, match=r"write @script\(reads="):
        one(contract, "@script(reads=3)\ndef training(epochs, param=None):")
    with pytest.raises(AssignmentError, match="training has no parameter steps, which @script names"):
        one(contract, '@script(reads=[], loop="steps", start="param")\ndef training(param):')


@pytest.mark.parametrize(
    "docstring",
    [
        'r"""The softmax, $\\frac{e^{z_i}}{\\sum_j e^{z_j}}$."""',
        "'''Say \"\"\"hello\"\"\".'''",
        "'Ends with a \"quotation\"'",
        'r"""One backslash \\\\."""',
        '"""First line.\n\n        Indented:\n            more \\t so.\n    """',
        '"""Ünïcode λ."""',
    ],
)
def test_the_starter_shows_the_docstring_as_it_was(contract, docstring):
    function = one(contract, "def f(x):", docstring)
    (definition,) = ast.parse(function.source).body
    shown = ast.get_docstring(definition)
    assert shown.strip() == function.documentation.strip()


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("x = 1\n", r"contract.py declares no function; write `def name\(arguments\):` with a docstring"),
        ("", "declares no function"),
        ("def f(x):\n    pass\n", "f has no docstring; say shapes, units and result in one"),
        ('class A:\n    """A."""\n    def f(self): ...\n', "A.f has no docstring"),
        ("class A:\n    x = 1\n", "class A has no docstring; say what it is and what it holds"),
        ("def f(x):\n", "contract.py: line 1 is not Python"),
        ("\n\ndef f(x:\n", "contract.py: line 3 is not Python"),
        ('def f():\n    """a"""\ndef f():\n    """b"""\n', "contract.py declares f twice"),
        (b"\xff\xfe\x00", "contract.py.* is not Python"),
        (b"x = 1\x00\n", "contract.py.* is not Python"),
    ],
)
def test_faulty_contracts(contract, source, message):
    with pytest.raises(AssignmentError, match=message):
        contract(source)


def test_an_absent_contract_is_named(tmp_path):
    with pytest.raises(AssignmentError, match=r"there is no contract\.py; it declares what students implement"):
        read_contract(tmp_path / "contract.py")


def test_a_byte_order_mark_and_other_encodings_are_read(contract):
    assert one(contract, "\ufeffdef f(x):").name == "f"
    (function,) = contract('# -*- coding: latin-1 -*-\ndef f(x):\n    """Größe."""\n'.encode("latin-1"))
    assert function.summary == "Größe."
