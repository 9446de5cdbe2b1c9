"""Whom `--only` asks for: a student's key, name or e-mail address, or a pattern with `*`."""

from fnmatch import fnmatchcase

from grader.batch.roster import Student

EXPECTED = "--only takes a student's key, name or e-mail address"


def is_meant(student: Student, pattern: str) -> bool:
    names = filter(None, (student.key, student.name, student.email))
    return any(name == pattern or fnmatchcase(name, pattern) for name in names)
