"""The students of a download with what a roster says about them: real names, addresses, and what Canvas calls them."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from typing import TypeVar

from grader.batch.roster import Discovery, Student
from grader.batch.roster_file import Person, RosterFile
from grader.submissions.errors import first_of

_NAMED = 20

_Person = TypeVar("_Person")


def with_roster(discovery: Discovery, roster: RosterFile) -> tuple[Discovery, list[str]]:
    """The discovery, and what to know: who is on the roster and handed in nothing, who is not on it."""
    people = [person for person in roster.people if person.part == "student"]
    students = {entry.student.key: entry.student for entry in discovery.entries}
    found = matched(
        students.values(),
        people,
        lambda person: (person.key, person.email, person.login, person.canvas.id if person.canvas else ""),
        lambda person: person.name,
    )
    entries = tuple(
        replace(entry, student=_enriched(entry.student, found.get(entry.student.key))) for entry in discovery.entries
    )
    handed_in = {person.row for person in found.values()}
    absent = [person.label for person in people if person.row not in handed_in]
    strangers = [student.label for key, student in students.items() if key not in found]
    notes = [f"the roster: {note}" for note in roster.notes]
    for what, labels in (("on the roster, and handed in nothing", absent), ("not on the roster", strangers)):
        notes += [f"{what}: {first_of(labels, _NAMED)}"] if labels else []
    return replace(discovery, entries=entries), notes


def matched(
    students: Collection[Student],
    people: Collection[_Person],
    ids_of: Callable[[_Person], Iterable[str]],
    name_of: Callable[[_Person], str],
) -> dict[str, _Person]:
    """Who the students of a download are, by their keys: those who have the key or the address among their ids.

    Students choose how a platform calls them. So a name decides only for whom nothing surer is in the download, and for
    nobody whose name stands there twice, or is that of two people.
    """
    surely: dict[str, _Person] = {}
    for person in people:
        for text in filter(None, ids_of(person)):
            surely.setdefault(text.lower(), person)
    found = {}
    for student in students:
        known = surely.get(student.key.lower()) or surely.get(student.email.lower())
        if known is not None:
            found[student.key] = known
    taken = set(map(id, found.values()))
    named = {name_of(person).lower(): person for person in people}
    called = Counter(student.name.lower() for student in students)
    called.update(name_of(person).lower() for person in people)
    for student in students:
        name = student.name.lower()
        if name in named and name and student.key not in found and called[name] == 2 and id(named[name]) not in taken:
            found[student.key] = named[name]
    return found


def _enriched(student: Student, person: Person | None) -> Student:
    if person is None:
        return student
    address = person.email or student.email or (person.login if "@" in person.login else "")
    return Student(student.key, person.name or student.name, address, person.canvas)
