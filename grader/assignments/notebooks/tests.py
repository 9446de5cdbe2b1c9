"""A test cell as a check: its code runs beside the grader, and what students wrote is called in their cell.

Names that a test reads stand for what they do in the notebook: functions of the contract are the student's, variables
are as the student's notebook left them, what the notebook itself gives (imports, data, functions) is the author's own.
A function that is given but calls the student's runs here as well, on the student's.
"""

import ast
import builtins
import contextlib
import copy
import doctest
import io
import re
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

MESSAGE_LENGTH = 300
_NUMPY_SCALAR = re.compile(r"\bnp\.\w+\(([^()]*)\)")  # np.float64(0.5), which older numpy shows as 0.5


@dataclass(frozen=True)
class NotebookTest:
    """One test.

    Attributes:
        source: of the test cell, with the lines of the file.
        filename: `assignment.ipynb, cell 7`, in the assignment's folder.
        before: pieces of code that have to run first: (filename, source) of given functions, of earlier tests.
        functions, variables: names that are the student's.
        given: names that are the author's.
        secret: lines that students do not see.
        on_failure: what the author tells whoever fails, besides what the test says.
        points: what a last expression's value is out of, where it tells points.
        shares_random_state: the test seeds the global generator, and the student's code must draw from where it is.
    """

    source: str
    filename: str
    before: tuple[tuple[str, str], ...]
    functions: tuple[str, ...]
    variables: tuple[str, ...]
    given: tuple[str, ...]
    secret: frozenset[int]
    expected: str | None
    points: float
    on_failure: str
    shares_random_state: bool

    @property
    def hidden(self) -> str:
        """The lines that students do not see, where they are."""
        lines = enumerate(self.source.split("\n"), start=1)
        return "\n".join(line if number in self.secret else "" for number, line in lines)

    def run(self, student: Any, solution: Any) -> float | None:
        """Run it; the points of a test that tells them.

        Raises:
            AssertionError: it does not hold, in words for the student.
        """
        namespace: dict[str, Any] = {"__name__": "__main__", "isinstance": _is_instance}
        namespace |= {name: _own(getattr(solution.module, name)) for name in self.given}
        namespace |= {name: _Called(getattr(student, name)) for name in self.functions}
        namespace |= {name: getattr(student, name)() for name in self.variables}
        sharing = student.sharing_random_state() if self.shares_random_state else contextlib.nullcontext()
        with contextlib.redirect_stdout(io.StringIO()), sharing, self._with_authors_words():
            for filename, source in self.before:
                exec(compile(source, filename, "exec", dont_inherit=True), namespace)
            if self.expected is not None:
                self._compare_output(namespace, self.expected)
                return None
            return self._run_cell(namespace)

    @contextlib.contextmanager
    def _with_authors_words(self) -> Iterator[None]:
        try:
            yield
        except AssertionError as error:
            if not self.on_failure:
                raise
            raise AssertionError(f"{self.on_failure[:MESSAGE_LENGTH]} ({error})").with_traceback(
                error.__traceback__
            ) from None

    def _run_cell(self, namespace: dict[str, Any]) -> float | None:
        tree = ast.parse(self.source, self.filename)
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        with self._assertions_told():
            exec(compile(tree, self.filename, "exec", dont_inherit=True), namespace)
            if isinstance(last, ast.Expr):
                code = compile(ast.Expression(last.value), self.filename, "eval", dont_inherit=True)
                return self._points_of(eval(code, namespace))
        return None

    def _points_of(self, value: Any) -> float | None:
        """The points that a test's last expression tells: a number from 0 to what the test is worth."""
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= self.points:
            return None
        return float(value)

    @contextlib.contextmanager
    def _assertions_told(self) -> Iterator[None]:
        try:
            yield
        except AssertionError as error:
            said = str(error).strip()
            line = _line_of(error, self.filename)
            raise AssertionError(said[:MESSAGE_LENGTH] if said else self._demand(line)).with_traceback(
                error.__traceback__
            ) from None

    def _demand(self, line: int | None) -> str:
        """The demand that does not hold, as far as students may read it."""
        for node in ast.walk(ast.parse(self.source)):
            lines = range(node.lineno, (node.end_lineno or 0) + 1) if isinstance(node, ast.Assert) else ()
            if line in lines and self.secret.isdisjoint(lines):
                return f"`{ast.unparse(node)[:MESSAGE_LENGTH]}` does not hold"
        return "a hidden test does not hold" if self.secret else "the test does not hold"

    def _compare_output(self, namespace: dict[str, Any], expected: str) -> None:
        """Run the test as a doctest whose last statement shows what is expected."""
        runner = doctest.DebugRunner(checker=_Shown(), optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS)
        try:
            runner.run(self._doctest(namespace, expected), clear_globs=False)
        except doctest.DocTestFailure as failure:
            if self.secret:
                raise AssertionError("a hidden test shows another result") from None
            got, want = failure.got.strip()[:MESSAGE_LENGTH], failure.example.want.strip()[:MESSAGE_LENGTH]
            shown = failure.example.source.strip()[:MESSAGE_LENGTH]
            raise AssertionError(f"`{shown}` shows {got or 'nothing'}, expected {want or 'nothing'}") from None
        except doctest.UnexpectedException as unexpected:
            error = unexpected.exc_info[1]
            if isinstance(error, AssertionError):
                said = str(error).strip()[:MESSAGE_LENGTH]
                demand = unexpected.example.source.strip()[:MESSAGE_LENGTH]
                told = said or ("a hidden test does not hold" if self.secret else f"`{demand}` does not hold")
                raise AssertionError(told) from None
            raise error from None

    def _doctest(self, namespace: dict[str, Any], expected: str) -> doctest.DocTest:
        lines = self.source.split("\n")
        body = ast.parse(self.source).body
        examples = [
            doctest.Example("\n".join(lines[node.lineno - 1 : node.end_lineno]) + "\n", "", lineno=node.lineno - 1)
            for node in body
        ]
        if examples:
            examples[-1].want = f"{expected.rstrip()}\n" if expected.strip() else ""
        return doctest.DocTest(examples, namespace, self.filename, self.filename, 0, None)


class _Called:
    """A function or class of the student's, as a test calls it: what it raises can be caught by its own type."""

    def __init__(self, function: Any) -> None:
        self._function = function

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        try:
            return self._function(*arguments, **named)
        except Exception as failure:
            raise _by_its_type(failure) from failure

    def __getattr__(self, name: str) -> Any:
        return getattr(self._function, name)


def _by_its_type(failure: Exception) -> Exception:
    """The failed call as an exception that is also of the type which the student's code raised."""
    raised = getattr(builtins, getattr(failure, "raised", ""), None)
    if not isinstance(raised, type) or not issubclass(raised, Exception) or issubclass(raised, AssertionError):
        return failure
    try:
        both: Any = type(raised.__name__, (type(failure), raised), {})
    except TypeError:  # of a form that nothing else can be
        return failure
    made: Exception = both.__new__(both)
    made.__dict__.update(vars(failure))
    made.args = failure.args
    return made


class _Shown(doctest.OutputChecker):
    """Compares what is shown; a number is the same whether numpy's type stands around it or not."""

    def check_output(self, want: str, got: str, optionflags: int) -> bool:
        bare = [_NUMPY_SCALAR.sub(r"\1", text) for text in (want, got)]
        return super().check_output(want, got, optionflags) or super().check_output(bare[0], bare[1], optionflags)


def check_function(test: NotebookTest, name: str, place: str) -> Callable[..., float | None]:
    """The test as the function of a check; `place` is where its author finds it."""

    def run(student: Any, solution: Any) -> float | None:
        return test.run(student, solution)

    run.__name__ = name
    run.place = place  # type: ignore[attr-defined]
    return run


def seeds(source: str) -> bool:
    """Whether a test sets the state of a global generator."""
    return any(
        isinstance(node, ast.Attribute) and node.attr in ("seed", "set_state") for node in ast.walk(ast.parse(source))
    )


def _is_instance(value: Any, kinds: Any) -> bool:
    """`isinstance`, for classes that the student has written, too: their objects go by the name of their class."""
    for kind in kinds if isinstance(kinds, tuple) else (kinds,):
        if isinstance(kind, type | types.UnionType):
            if isinstance(value, kind):
                return True
        elif getattr(value, "_class_name", None) == getattr(kind, "name", kind):
            return True
    return False


def _own(value: Any) -> Any:
    """What a test may change at will; modules, functions and classes are what they are."""
    return copy.deepcopy(value) if isinstance(value, list | dict | set | np.ndarray) else value


def _line_of(error: BaseException, filename: str) -> int | None:
    line, step = None, error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename == filename:
            line = step.tb_lineno
        step = step.tb_next
    return line
