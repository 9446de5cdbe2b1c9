"""The operation that raised where no call can be watched once more: as the traceback and the text tell.

What a check hands on of what the submission itself kept, a cache or an object, cannot be made again. The line that
raised is known all the same, and often there is but one operation in it that the message can be about.
"""

import ast
import re
from collections.abc import Iterator, Sequence

from grader.diagnosis.cases.case import Case
from grader.diagnosis.cases.where import Source
from grader.diagnosis.repair.nodes import name_called
from grader.diagnosis.repair.written import Written
from grader.diagnosis.written.failed_operation import Failure
from grader.report import StackFrame, StudentError

_A_NAME = re.compile(r"name '(\w+)' is not defined|variable '(\w+)'")
_ATTRIBUTE = re.compile(r"has no attribute '(\w+)'")
_NOT_WALKED = re.compile(r"object is not iterable")
_A_PRODUCT = re.compile(r"core dimension|not aligned")
_LINED_UP = re.compile(r"operands could not be broadcast")
_PRODUCTS = ("dot", "matmul")


def stopped(case: Case, texts: Sequence[Written], source: Source) -> Failure | None:
    """What ended a check in the function's own text; None if several operations of the line may have."""
    own = next(iter(texts), None)
    errors = [trace.run.result.error for trace in case.traces]
    for error in errors:
        if own is None or error is None or not error.frames:
            continue
        if error.frames[-1].function != case.function.rpartition(".")[2]:
            continue
        failure = stopped_in(own, error, source)
        if failure is not None and failure.operation is not None:
            return failure
    return None


def stopped_in(written: Written, error: StudentError, source: Source) -> Failure | None:
    """What of a function's text an error is about; None if it is not its text that raised."""
    statement = _statement(written, error.frames[-1], source)
    if statement is None:
        return None
    return Failure(written.function, statement, _operation(statement, error), (), error.type, error.message)


def _statement(written: Written, frame: StackFrame, source: Source) -> ast.stmt | None:
    """The statement, without others in it, that a line of the traceback is in."""
    for place in written.places:
        one = place.statement
        if hasattr(one, "body"):
            continue
        lines = range(written.line(one), written.line(one) + (one.end_lineno or one.lineno) - one.lineno + 1)
        if any(source.submission.locate(written.unit.filename, line) == frame.location for line in lines):
            return one
    return None


def _operation(statement: ast.stmt, error: StudentError) -> ast.expr | None:
    """The only operation of a statement that a message can be about."""
    found = [*_candidates(statement, error)]
    texts = {ast.unparse(one) for one in found}
    return found[0] if len(texts) == 1 else None


def _candidates(statement: ast.stmt, error: StudentError) -> Iterator[ast.expr]:
    name, attribute = _A_NAME.search(error.message), _ATTRIBUTE.search(error.message)
    for node in ast.walk(statement):
        match node:
            case ast.Name(id=used, ctx=ast.Load()) if error.type in ("NameError", "UnboundLocalError"):
                if name is not None and used in name.groups():
                    yield node
            case ast.Attribute(attr=used, ctx=ast.Load()) if error.type == "AttributeError":
                if attribute is not None and used == attribute[1]:
                    yield node
            case ast.comprehension(iter=walked) if _NOT_WALKED.search(error.message):
                yield walked
            case ast.BinOp(op=ast.MatMult()) if _A_PRODUCT.search(error.message):
                yield node
            case ast.Call(func=function) if _A_PRODUCT.search(error.message) and name_called(function) in _PRODUCTS:
                yield node
            case ast.BinOp(op=op, left=left, right=right) if _LINED_UP.search(error.message):
                if not isinstance(op, ast.MatMult) and not {type(left), type(right)} & {ast.Constant}:
                    yield node
