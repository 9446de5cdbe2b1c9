"""The submission run as its day's stack ran it, with notes of what today's would not have accepted."""

from __future__ import annotations

import ast
import builtins
import importlib
import operator
import sys
import types
from typing import Any, Callable

import numpy as np

from .names import (
    ATTRIBUTES,
    NUMPY_NAMES,
    PYTHON_2_NAMES,
    OldList,
    key_by,
    later_attributes,
    python_2_builtins,
    random_integers,
    replaced_method,
)
from .notes import Notes
from .surroundings import OldModules, compile_rewritten, serve_names, warn_of_the_submission
from .syntax import OPERATIONS, Rewriter, asks_for_division, bound_names
from .values import SEQUENCES, STACKING, is_boolean, is_integral, number_of, repaired, unchanged, was_tuple, whole_index

INPLACE: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.iadd, "-": operator.isub, "*": operator.imul, "/": operator.itruediv,
}  # fmt: skip
UFUNCS: dict[str, Any] = {"+": np.add, "-": np.subtract, "*": np.multiply, "/": np.true_divide}


class OldStack(Notes):
    """Runs a submission's text as its day's stack did; `divides` tells whether `/` of integers rounds down."""

    stands_for_signs = True  # to what records the operations of a run

    def __init__(self, namespace: Any, divides: bool) -> None:
        super().__init__(namespace.files)
        self.divides = divides
        self.true_division: set[str] = set()  # files that asked for it
        self.builtins = {**vars(builtins), **python_2_builtins(self), **self.operations()}
        for name, value in self.builtins.items():
            if not hasattr(builtins, name):
                setattr(builtins, name, value)  # for text that runs with other globals

    # --- text ------------------------------------------------------------------------------------------

    def rewrite(self, tree: ast.Module, filename: str) -> ast.Module:
        """The tree with the operations that have changed replaced by calls in here."""
        file = filename.partition(":cell ")[0]
        if any(asks_for_division(node) for node in tree.body):
            self.true_division.add(file)
        self._note_names(tree, filename)
        rewriter = Rewriter(self.divides and file not in self.true_division)
        rewritten: ast.Module = ast.fix_missing_locations(rewriter.visit(tree))
        return rewritten

    def _note_names(self, tree: ast.Module, filename: str) -> None:
        bound = set(bound_names(tree))
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and node.id in PYTHON_2_NAMES and node.id not in bound:
                self.note_at("name", node.id, filename, node.lineno)

    # --- operations ------------------------------------------------------------------------------------

    def operations(self) -> dict[str, Callable[..., Any]]:
        found = {"__grader_%s__" % name: getattr(self, name) for name in OPERATIONS}
        return {**found, "__grader_slice__": slice, "__grader_print__": print}

    def divide_old(self, a: Any, b: Any) -> Any:
        """`a / b` in Python 2: of two integers, rounded down."""
        if type(a) is float or type(b) is float or not (is_integral(a) and is_integral(b)):
            return a / b
        return self.floor(a, b, operator.floordiv)

    def floor(self, a: Any, b: Any, operation: Callable[[Any, Any], Any]) -> Any:
        whole = bool(np.all(np.mod(a, b) == 0)) if np.all(b) else True
        self.note("floor-division" if whole else "rounded-down")
        return operation(a, b)

    def divide(self, a: Any, b: Any) -> Any:
        if not (type(a) is float or type(b) is float) and is_integral(a) and is_integral(b):
            self.note("division")
        return a / b

    def subtract(self, a: Any, b: Any) -> Any:
        try:
            return a - b
        except TypeError:
            if not (is_boolean(a) and is_boolean(b)):
                raise
        self.note("boolean-minus")
        return a ^ b

    def negative(self, a: Any) -> Any:
        try:
            return -a
        except TypeError:
            if not is_boolean(a):
                raise
        self.note("boolean-minus")
        return ~a

    def remainder(self, a: Any, b: Any) -> Any:
        """`a % b`; arrays of one element were numbers to a format once."""
        if type(a) is not str:
            return a % b
        try:
            return a % b
        except TypeError:
            values = tuple(number_of(item) for item in b) if type(b) is tuple else number_of(b)
            if unchanged(values, b):
                raise
        self.note("size-1")
        return a % values

    def print_modulo(self, printed: Any, values: Any, **options: Any) -> None:
        """`print (text) % values` was one statement."""
        self.note("print-modulo")
        print(self.remainder(printed, values), **options)

    def inplace(self, sign: str, a: Any, b: Any) -> Any:
        try:
            return INPLACE[sign](a, b)
        except TypeError as error:
            if not (isinstance(a, np.ndarray) and sign in UFUNCS):
                raise
            if sign == "-" and is_boolean(a) and is_boolean(b):
                self.note("boolean-minus")
                a ^= b
                return a
            if "Cannot cast" not in str(error):
                raise
        self.note("casting")
        return UFUNCS[sign](a, b, out=a, casting="unsafe")

    def inplace_old(self, sign: str, a: Any, b: Any) -> Any:
        if sign == "/" and type(b) is not float and is_integral(a) and is_integral(b):
            return self.floor(a, b, operator.ifloordiv)
        return self.inplace(sign, a, b)

    def inplace_item(self, sign: str, owner: Any, index: Any, value: Any) -> None:
        self.set_item(self.inplace(sign, self.item(owner, index), value), owner, index)

    def inplace_item_old(self, sign: str, owner: Any, index: Any, value: Any) -> None:
        self.set_item(self.inplace_old(sign, self.item(owner, index), value), owner, index)

    def item(self, owner: Any, index: Any) -> Any:
        if type(index) is list and was_tuple(owner, index):
            self.note("list-index")
            index = tuple(index)
        try:
            return owner[index]
        except (IndexError, TypeError):
            whole = whole_index(index)
            if unchanged(whole, index):
                raise
        self.note("float-index")
        return owner[whole]

    def set_item(self, value: Any, owner: Any, index: Any) -> None:
        if type(index) is list and was_tuple(owner, index):
            self.note("list-index")
            index = tuple(index)
        try:
            owner[index] = value
            return
        except (IndexError, TypeError, ValueError):
            whole, number = whole_index(index), value
            if isinstance(owner, np.ndarray) and owner.dtype.kind != "O":
                number = number_of(value)
            if unchanged(whole, index) and number is value:
                raise
        if not unchanged(whole, index):
            self.note("float-index")
        if number is not value:
            self.note("size-1")
        owner[whole] = number

    def scalar(self, kind: Any, *arguments: Any, **named: Any) -> Any:
        """`float(a)` and the like."""
        if len(arguments) == 1 and type(arguments[0]) is np.ndarray and arguments[0].ndim:
            number = number_of(arguments[0])
            if number is not arguments[0]:
                self.note("size-1")
                return kind(number)
        return kind(*arguments, **named)

    def call(self, function: Any, *arguments: Any, **named: Any) -> Any:
        """A call of a function that takes sizes or sequences; what it once accepted is put right, and tried again."""
        name = getattr(function, "__name__", "")
        if name in SEQUENCES and arguments and type(arguments[0]) is OldList and not arguments[0].has_length:
            self.note("list")
        if name in STACKING and arguments and type(arguments[0]) is types.GeneratorType:
            self.note("stacked-generator")
            arguments = (list(arguments[0]), *arguments[1:])
        try:
            return function(*arguments, **named)
        except (TypeError, ValueError) as error:
            if self._is_raised_by_the_submission(error):
                raise
            kind, arguments, named = repaired(str(error), name, arguments, named)
            if not kind:
                raise
        result = function(*arguments, **named)
        self.note(kind)
        return result

    def _is_raised_by_the_submission(self, error: BaseException) -> bool:
        step = error.__traceback__
        while step is not None:
            if step.tb_frame.f_code.co_filename in self.files:
                return True
            step = step.tb_next
        return False

    def method(self, owner: Any, name: str, *arguments: Any, **named: Any) -> Any:
        """A call of a method that has gone, or that gave a list."""
        try:
            method = getattr(owner, name)
        except AttributeError:
            replaced = replaced_method(owner, name)
            if replaced is None:
                raise
            result = replaced(owner, *arguments, **named)
            self.note("method", name)
            return result
        if name in ("keys", "values", "items") and isinstance(owner, dict):
            return OldList(method(*arguments, **named), self)
        if name == "sort" and isinstance(owner, list) and (arguments or "cmp" in named):
            named["key"] = key_by(named.pop("cmp", None) or arguments[0], named.get("key"))
            self.note("cmp")
            return method(**named)
        return method(*arguments, **named)

    def is_none(self, a: Any, negated: bool) -> Any:
        """`a == None` was one answer, not one for each element."""
        if isinstance(a, np.ndarray):
            self.note("compared-with-none")
            return negated
        return a != None if negated else a == None  # noqa: E711


def install(namespace: Any, divides: bool) -> OldStack:
    """Run the submission's text as the stack of its day did from now on."""
    stack = OldStack(namespace, divides)
    namespace.dialect.builtins = stack.builtins
    namespace.dialect.rewrite = stack.rewrite
    namespace.values["__builtins__"] = stack.builtins
    builtins.compile = compile_rewritten(stack.files, stack.rewrite)
    warn_of_the_submission(stack)
    serve_names(np, NUMPY_NAMES, stack, "numpy")
    serve_names(np.random, {"random_integers": random_integers}, stack, "attribute")
    for name, attributes in {**ATTRIBUTES, **later_attributes()}.items():
        serve_names(importlib.import_module(name), attributes, stack, "attribute")
    sys.meta_path.append(OldModules(stack))
    return stack
