"""Failures that come from the stack's age alone, told from all others by what Python and numpy say.

The patterns are of messages of Python 3.8 to 3.14 and numpy 1.26 to 2.4. A failure that none of them fits is the
submission's own.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Sequence

from grader.compatibility.wording import ATTRIBUTES, METHODS, MODULES, NAMES, NUMPY_NAMES, Outdated
from grader.report import Diagnosis, Location, StudentError
from grader.submissions import Submission
from grader.submissions.syntax import parse
from grader.submissions.trees import walk

_FLOAT = r"(?:numpy\.)?float\d*"
_LAZY = r"(?:map|filter|zip|range|dict_keys|dict_values|dict_items)"
# exception, what it says, kind
_PATTERNS: Sequence[tuple[str, str, str]] = (
    ("TypeError", rf"'{_FLOAT}' object cannot be interpreted as an (integer|index)", "float-size"),
    ("TypeError", r"expected a sequence of integers or a single integer, got '.*\d\.", "float-size"),
    ("TypeError", rf"can't multiply sequence by non-int of type '{_FLOAT}'", "float-size"),
    ("TypeError", r"slice indices must be integers", "float-index"),
    ("TypeError", rf"\w+( object)? indices must be integers( or slices)?, not '?{_FLOAT}", "float-index"),
    ("IndexError", r"only integers, slices \(`:`\)", "float-index"),
    ("IndexError", r"arrays used as indices must be of integer", "float-index"),
    ("TypeError", r"Cannot cast array data from dtype\('float\d+'\) to dtype\('u?int", "float-index"),
    ("TypeError", r"only int indices permitted|Partition index must be integer", "float-index"),
    ("IndexError", r"`indices` must be an integer array", "float-index"),
    ("TypeError", r"`pad_width` must be of integral type", "float-size"),
    ("ValueError", r"a must be 1-dimensional or an integer", "float-size"),
    ("TypeError", r"only (0-dimensional|size-1|length-1) arrays can be converted", "size-1"),
    ("TypeError", r"%\w format: a (real )?number is required, not numpy\.ndarray", "size-1"),
    ("TypeError", r"type numpy\.ndarray doesn't define __round__", "size-1"),
    ("ValueError", r"setting an array element with a sequence\.$", "size-1"),
    ("ValueError", r"setting an array element with a sequence\. .*inhomogeneous", "ragged"),
    ("", r"Cannot cast ufunc '\w+' output from dtype\('float\d+'\) to dtype\('u?int", "casting"),
    ("TypeError", r"reshape\(\) got an unexpected keyword argument 'newshape'", "newshape"),
    ("ValueError", r"Unable to avoid copy while creating an array", "copy-false"),
    ("TypeError", r"numpy boolean (subtract|negative)", "boolean-minus"),
    ("TypeError", r"arrays to stack must be passed as a", "stacked-generator"),
    ("TypeError", rf"'{_LAZY}' object (is not subscriptable|does not support item|is not reversible)", "list"),
    ("TypeError", rf"object of type '{_LAZY}' has no len", "list"),
    ("TypeError", rf"unsupported operand type\(s\) for .*'{_LAZY}'", "list"),
    ("TypeError", rf"can only concatenate list \(not \"{_LAZY}\"\)", "list"),
    ("TypeError", rf"(float|int)\(\) argument must be .*, not '{_LAZY}'", "list"),
    (
        "AttributeError",
        rf"'{_LAZY}' object has no attribute '(sort|index|append|remove|pop|count|reverse|insert)'",
        "list",
    ),
    ("TypeError", r"unsupported operand type\(s\) for %: 'NoneType' and", "print-modulo"),
    ("TypeError", r"unsupported operand type\(s\) for >>: 'builtin_function_or_method' and", "print-to-file"),
    ("TypeError", r"sort(ed)?\(\)? (takes no positional|expected 1 arg)|'cmp' is an invalid keyword", "cmp"),
)
# exception, what it says with a name in it, kind, the names that are meant
_NAMED: Sequence[tuple[str, str, str, Iterable[str]]] = (
    ("NameError", r"name '(\w+)' is not defined", "name", NAMES),
    ("AttributeError", r"module 'numpy' has no attribute '(\w+)'", "numpy", NUMPY_NAMES),
    ("AttributeError", r"`np\.(\w+)` was removed in the NumPy", "numpy", NUMPY_NAMES),
    ("ImportError", r"cannot import name '(\w+)' from 'numpy'", "numpy", NUMPY_NAMES),
    ("AttributeError", r"'[\w.]+' object has no attribute '(\w+)'", "method", METHODS),
    ("ModuleNotFoundError", r"No module named '(\w+)'", "module", MODULES),
)
_ATTRIBUTES = (
    ("AttributeError", re.compile(r"module '([\w.]+)' has no attribute '(\w+)'")),
    ("ImportError", re.compile(r"cannot import name '(?P<name>\w+)' from '(?P<module>[\w.]+)'")),
)


def outdated(errors: Iterable[StudentError]) -> Iterator[Outdated]:
    """Those of the failures that only the stack's age explains."""
    for error in errors:
        found = _kind(error)
        if found is not None:
            yield Outdated(*found, error.frames[-1].location if error.frames else None)


def list_indices(submission: Submission) -> Iterator[Outdated]:
    """Indices like `p[[range(n), y]]`: a tuple to numpy before 1.23, one array to later ones, an error to none.

    The list may have a name, `at = [range(n), y]` and then `p[at]`.
    """
    for unit in (*submission.units, *submission.modules.values()):
        tree = parse(unit.source) if "[" in unit.source else None
        nodes = [*walk(tree)] if tree else []
        named = {target.id for node in nodes for target in _named_lists(node)}
        for node in nodes:
            match node:
                case ast.Subscript(slice=ast.Name(id=name)) if name in named:
                    yield Outdated("list-index", "", Location(file=unit.file, cell=unit.cell, line=node.lineno))
                case ast.Subscript(slice=index) if _is_list_of_indices(index):
                    yield Outdated("list-index", "", Location(file=unit.file, cell=unit.cell, line=node.lineno))


def _named_lists(node: ast.AST) -> list[ast.Name]:
    """The names that a statement gives to a list that may be an index."""
    if isinstance(node, ast.Assign) and _is_list_of_indices(node.value):
        return [target for target in node.targets if isinstance(target, ast.Name)]
    return []


def _is_list_of_indices(value: ast.expr) -> bool:
    return isinstance(value, ast.List) and len(value.elts) > 1 and not _are_numbers(value.elts)


def _kind(error: StudentError) -> tuple[str, str] | None:
    for type_name, pattern, kind in _PATTERNS:
        if (not type_name or error.type == type_name) and re.search(pattern, error.message):
            return kind, ""
    for type_name, pattern, kind, names in _NAMED:
        match = re.match(pattern, error.message) if error.type == type_name else None
        if match and match[1] in names:
            return kind, match[1]
    for type_name, compiled in _ATTRIBUTES:
        match = compiled.match(error.message) if error.type == type_name else None
        if match:
            name = f"{match['module']}.{match['name']}" if compiled.groupindex else f"{match[1]}.{match[2]}"
            if name in ATTRIBUTES:
                return "attribute", name
    if error.type == "ValueError" and "truth value of an array" in error.message and error.frames:
        return ("compared-with-none", "") if re.search(r"[!=]=\s*None", error.frames[-1].text) else None
    return None


def _are_numbers(parts: Sequence[ast.expr]) -> bool:
    return all(isinstance(part, ast.Constant | ast.UnaryOp) for part in parts)


def integers_rounded_down(function: str, places: Sequence[Location]) -> Diagnosis:
    """The diagnosis of a function that is right once `/` keeps the fraction; `places` are where it got lost."""
    return Diagnosis(
        code=f"{function}.integers-rounded-down",
        title="A quotient of two integers is rounded down",
        explanation=(
            "In Python 2, `/` of two integers gives an integer: 1 / 50 is 0, 7 / 2 is 3. With the fraction kept, "
            f"`{function}` is right. Make one of the two a float (`1.0 / n`, `x / float(n)`), or begin the file with "
            "`from __future__ import division`. In Python 3, `/` keeps the fraction, and `//` rounds down."
        ),
        hints=(
            f"What is 1 / 2 in Python 2? Which quotients of `{function}` are of that kind?",
            "Print the quotients that do not involve an array of floats, and their types.",
        ),
        evidence={"lines": [str(place) for place in places]},
        location=places[0] if places else None,
    )
