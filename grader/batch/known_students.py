"""The students of a download with what a roster says about them: real names, addresses, and what Canvas calls them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from grader.batch.roster import Discovery, Student
from grader.batch.roster_file import Person, RosterFile

_NAMED = 20


def with_roster(discovery: Discovery, roster: RosterFile) -> tuple[Discovery, list[str]]:
    """The discovery, and what an instructor should know: who is on the roster and handed in nothing, who is not on it.

    A student is found by the key, the address or the login, and by the name only if it is on one row and in the
    download once: students choose what a platform calls them.
    """
    people = [person for person in roster.people if person.part == "student"]
    surely: dict[str, Person] = {}
    for person in people:
        for text in (person.key, person.email, person.login, person.canvas.id if person.canvas else ""):
            if text:
                surely.setdefault(text.lower(), person)
    names = Counter(person.name.lower() for person in people)
    by_name = {person.name.lower(): person for person in people if names[person.name.lower()] == 1}
    students = {entry.student.key: entry.student for entry in discovery.entries}
    called = Counter(student.name.lower() for student in students.values())
    found: dict[str, Person] = {}
    for key, student in students.items():
        known = surely.get(key.lower()) or surely.get(student.email.lower())
        if known is not None:
            found[key] = known
    taken = {person.row for person in found.values()}
    for key, student in students.items():
        name = student.name.lower()
        if key not in found and called[name] == 1 and name in by_name and by_name[name].row not in taken:
            found[key] = by_name[name]
    entries = tuple(
        replace(entry, student=_enriched(entry.student, found.get(entry.student.key))) for entry in discovery.entries
    )
    handed_in = {person.row for person in found.values()}
    absent = [person.label for person in people if person.row not in handed_in]
    strangers = [student.label for key, student in students.items() if key not in found]
    notes = [f"the roster: {note}" for note in roster.notes]
    notes += _listed("on the roster, and handed in nothing", absent)
    notes += _listed("not on the roster", strangers)
    return replace(discovery, entries=entries), notes


def _enriched(student: Student, person: Person | None) -> Student:
    if person is None:
        return student
    address = person.email or student.email or (person.login if "@" in person.login else "")
    return Student(student.key, person.name or student.name, address, person.canvas)


def _listed(what: str, labels: Iterable[str]) -> list[str]:
    labels = list(labels)
    if not labels:
        return []
    more = f" and {len(labels) - _NAMED} more" if len(labels) > _NAMED else ""
    return [f"{what}: {', '.join(labels[:_NAMED])}{more}"]
