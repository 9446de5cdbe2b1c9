"""The contract of an assignment: what each function of a submission is like, and how it is written down."""

import ast
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, TypeVar

from grader.assignments.result_names import ResultNames

F = TypeVar("F", bound=Callable[..., object])


class Opaque:
    """Annotation for an output that is the student's business (a cache): it stays in the cell."""


@dataclass(frozen=True)
class ScriptTerms:
    """On which terms top-level code stands in for a function of the contract.

    The function's parameters are variables that the grader sets before the script runs; its result is a dict of
    variables that the script has set.

    Attributes:
        reads: the variables that make up the result.
        loop: the parameter that the training loop counts to. The first `for` or `while` at top level that uses it is
            the training; what follows it is not run.
        start: the parameter that, when it is given, is set just before that loop, over what the script has put there.
    """

    reads: tuple[str, ...]
    loop: str
    start: str


def script(*, reads: Sequence[str], loop: str, start: str) -> Callable[[F], F]:
    """Declare, in a `contract.py`, that a script may stand in for the decorated function; see `ScriptTerms`."""
    return lambda function: function


def vectorized(*, over: Sequence[str]) -> Callable[[F], F]:
    """Declare, in a `contract.py`, that the decorated function does without Python loops over these parameters.

    A loop over the rows, columns or entries of one of them, or of what is computed from it, earns a remark.
    """
    return lambda function: function


def updates(*parameters: str) -> Callable[[F], F]:
    """Declare, in a `contract.py`, that the decorated function changes these arguments in place.

    What is in them afterwards is given to checks behind its other results; the solution returns them there.
    """
    return lambda function: function


def may_lack(*names: str) -> Callable[[F], F]:
    """Declare, in a `contract.py`, last parameters that a submission's function need not have.

    They are given to functions that take them, as a course had them in other years.
    """
    return lambda function: function


def may_change(*parameters: str) -> Callable[[F], F]:
    """Declare, in a `contract.py`, that the decorated function may change these arguments in place: nothing is told."""
    return lambda function: function


def made(**classes: type) -> Callable[[F], F]:
    """Declare, in a `contract.py`, that these arguments are objects, made of the values that checks give.

    Each is named with a class of the contract whose name begins with an underscore, as in `@made(dataset=_Words)`. A
    solution is given the value itself, so such a class is best one of these values: a list with a method.
    """
    return lambda function: function


@dataclass(frozen=True)
class ContractFunction:
    """One function (or class, or method, or variable of a notebook) that a submission implements.

    Attributes:
        name: `softmax`, or `Network.forward` for a method.
        signature: the parameters as written, without annotations: `(params, X)`.
        documentation: its docstring, dedented.
        source: the signature line(s) and docstring as in `contract.py`; the starter shows them.
        kept: positions in the returned tuple that are `Opaque`; -1 when the whole result is.
        outputs: how many values the returned tuple has; None when the result is not declared as a tuple.
        updates: parameters that it changes in place, which checks get behind these.
        may_change: parameters that it may change in place.
        returns: a result is declared, so that None is none.
        is_plain: neither takes nor returns anything `Opaque`, so any implementation's can stand in for another's.
        script: how top-level code can stand in for it; None when it has to be a function.
        vectorized: parameters that it is not to loop over.
        may_lack: the last parameters, which a submission's function need not have.
        made: parameters that are objects, with the name of a class of the contract and its text.
        line: of `contract.py` that it begins on.
        results: what the values that it returns are called.
    """

    name: str
    kind: Literal["function", "class", "method", "variable"]
    signature: str
    documentation: str
    source: str
    kept: tuple[int, ...] = ()
    outputs: int | None = None
    returns: bool = False
    is_plain: bool = True
    script: ScriptTerms | None = None
    vectorized: tuple[str, ...] = ()
    updates: tuple[str, ...] = ()
    may_lack: tuple[str, ...] = ()
    may_change: tuple[str, ...] = ()
    made: tuple[tuple[str, str, str], ...] = ()
    line: int = 0
    results: ResultNames = field(default_factory=ResultNames)

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """Names of the parameters, in order."""
        written = self.arguments
        return tuple(argument.arg for argument in (*written.posonlyargs, *written.args, *written.kwonlyargs))

    @cached_property
    def arguments(self) -> ast.arguments:
        """The signature, parsed."""
        arguments: ast.arguments = ast.parse(f"def f{self.signature}: ...").body[0].args  # type: ignore[attr-defined]
        return arguments

    @property
    def summary(self) -> str:
        return self.documentation.partition("\n")[0].strip()
