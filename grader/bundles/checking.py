"""Verifying work with a bundle: `grade check BUNDLE SUBMISSION`."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import TypeAdapter

from grader.assignments import Assignment, AssignmentError, Check
from grader.assignments.notebooks.tests import NotebookTest
from grader.assignments.settings import Metadata
from grader.bundles.building import FORMAT, WRITTEN_FUNCTION
from grader.bundles.values import decode
from grader.checks.describe import describe
from grader.checks.expect import expect
from grader.checks.implementation import CallFailed, visible
from grader.checks.properties import (
    depends_on_its_argument,
    is_deterministic,
    is_independent_of_batch,
    leaves_arguments_alone,
)

MAX_BYTES = 50 << 20


def load_bundle(path: Path) -> Assignment:
    """What a submission is verified against, as an assignment without a solution, worth no points.

    Raises:
        AssignmentError: it is no bundle.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise AssignmentError(f"{path} is larger than a bundle can be")
        document = json.loads(path.read_text("utf-8"))
        version = document["grader_bundle"]
    except OSError as error:
        raise AssignmentError(f"{path} cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise AssignmentError(f"{path} is no bundle; `grade bundle ASSIGNMENT` makes one") from error
    if version != FORMAT:
        raise AssignmentError(f"{path} is a bundle of format {version!r}; this grader reads format {FORMAT}")
    try:
        return _assignment(path, document)
    except AssignmentError:
        raise
    except Exception as error:
        raise AssignmentError(f"{path} is damaged: {type(error).__name__}: {error}") from error


def _assignment(path: Path, document: dict[str, Any]) -> Assignment:
    given = [compile(text, filename, "exec", dont_inherit=True) for filename, text in document["given"]]
    return Assignment(
        document["assignment"],
        path.parent,
        Metadata.model_validate(document["metadata"] | {"points": 1.0}),
        tuple(map(WRITTEN_FUNCTION.validate_python, document["contract"])),
        tuple(map(_check, document["checks"])),
        provided=document["provided"],
        solution_source="",
        has_solution=False,
        _solution_codes=tuple(given),
    )


def _check(written: dict[str, Any]) -> Check:
    run = _test_run(written["test"]) if "test" in written else _replay(written["steps"])
    run.__name__ = written["id"].rpartition(".")[2].replace("-", "_")
    return Check(written["function"], 0.0, written["title"], _never_at_fault(run), ("student", "solution"))


def _never_at_fault(run: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """What a recorded check trips over is the submission's: there is no solution to try it on."""

    def guarded(student: Any, solution: Any) -> None:
        try:
            run(student, solution)
        except (AssertionError, CallFailed):
            raise
        except Exception as error:
            raise AssertionError(f"what was returned could not be used: {type(error).__name__}: {error}") from error

    guarded.__name__ = run.__name__
    return guarded


def _test_run(written: dict[str, Any]) -> Callable[[Any, Any], None]:
    test = TypeAdapter(NotebookTest).validate_python(written)

    def run(student: Any, solution: Any) -> None:
        test.run(student, solution)

    return run


def _replay(steps: list[dict[str, Any]]) -> Callable[[Any, Any], None]:
    """Make the same calls of the student's functions, and demand what was demanded of the solution's."""

    def run(student: Any, solution: Any) -> None:
        results: list[Any] = []
        for step in steps:
            if "property" in step:
                terms = [decode(term, []) for term in step["terms"]]
                _PROPERTIES[step["property"]](getattr(student, step["of"]), *terms)
            elif "gradient" in step:
                _demand_derivative(student, step)
            else:
                results.append(_called(student, step, results))
                for path in step["demanded"]:
                    _demand(results[-1], decode(step["result"], []), path, step.get("call") or step["get"])

    return run


_PROPERTIES: dict[str, Callable[..., None]] = {
    helper.__name__: helper
    for helper in (is_deterministic, leaves_arguments_alone, is_independent_of_batch, depends_on_its_argument)
}


def _called(student: Any, step: dict[str, Any], results: list[Any]) -> Any:
    holder = decode(step["on"], results) if step.get("on") else student
    if "get" in step:
        return getattr(holder, step["get"])
    if "set" in step:
        setattr(holder, step["set"], decode(step["value"], results))
        return None
    name = step["call"]
    arguments = [decode(argument, results) for argument in step["args"]]
    named = {key: decode(value, results) for key, value in step["named"].items()}
    return getattr(holder, name.rpartition(".")[2])(*arguments, **named)


def _demand(found: Any, expected: Any, path: list[int | str], name: str) -> None:
    label = f"{name}(…)" + "".join(f"[{key!r}]" for key in path)
    for key in path:
        expected = expected[key]
        try:
            found = found[key]
        except (LookupError, TypeError):
            raise AssertionError(f"`{name}` gave {describe(found)}, without {label}") from None
    expect(visible(found), label).close_to(expected)


def _demand_derivative(student: Any, step: dict[str, Any]) -> None:
    """The derivative of the student's own cost, by central differences."""
    found = _called(student, step["by"], [])
    name, gradient = step["by"]["call"], {}
    for key, path in step["gradient"].items():
        part = found
        for index in path:
            try:
                part = part[index]
            except (LookupError, TypeError):
                raise AssertionError(f"`{name}` gave {describe(found)}, without the part for {key}") from None
        gradient[key] = part

    def costs(points: Sequence[Mapping[str, Any]]) -> list[Any]:
        given: list[list[Any]] = []
        for call in step["cost"]:
            lists = [
                [_at(argument, point, [one[i] for one in given]) for argument in call["args"]]
                for i, point in enumerate(points)
            ]
            given.append(getattr(student, call["call"]).map(lists, item=call["item"]))
        return given[-1]

    at = {key: decode(value, []) for key, value in step["at"].items()}
    expect(gradient, f"the derivative by {name}").gradient_of(costs, at=at, rng=np.random.default_rng(0))


def _at(argument: Any, point: Mapping[str, Any], given: Sequence[Any]) -> Any:
    match argument:
        case {"key": key}:
            return point[key]
        case {"step": number}:
            return given[number]
        case {"value": value}:
            return decode(value, [])
        case {"dict": pairs}:
            return {key: _at(item, point, given) for key, item in pairs}
        case {"tuple": items}:
            return tuple(_at(item, point, given) for item in items)
        case {"list": items}:
            return [_at(item, point, given) for item in items]
    raise ValueError(f"no argument: {argument!r}")
