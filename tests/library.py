"""Assignments of the library for tests: each is read once by a process, and where its files are without reading it."""

from dataclasses import replace
from functools import cache
from pathlib import Path

from grader import Assignment, load_assignment
from grader.assignments import library_folders


@cache
def assignment(name: str) -> Assignment:
    """One of the library; tests share it, and change nothing of it."""
    return load_assignment(name)


@cache
def part_of(name: str, *checks: str) -> Assignment:
    """One of the library with these of its checks alone: others train for long, and are not what is looked at."""
    whole = assignment(name)
    assert set(checks) <= {check.id for check in whole.checks}
    return replace(whole, checks=tuple(check for check in whole.checks if check.id in checks))


def folder(name: str) -> Path:
    """Where one of the library is."""
    return library_folders()[name]


def example(name: str, file: str) -> Path:
    """A file of its examples."""
    return folder(name) / "examples" / file
