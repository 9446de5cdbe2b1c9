"""What is told of the first wrong value: where it is, what belongs there, and what of its surroundings is right."""

import re
from collections.abc import Sequence
from dataclasses import replace

from grader.diagnosis.cases.parts import Parts, listed
from grader.diagnosis.cases.phrases import begun, cut, enumerated
from grader.diagnosis.cases.verdict import Described
from grader.diagnosis.traced.first_wrong import FirstWrong
from grader.report import Location

LONGEST = 70
READS = 4
_COUNTED, _NUMBERS = re.compile(r"\{\w+\}"), re.compile(r"\d+")
NOT_OF_A_VALUE = (".left-as-it-was", ".zero-result")  # nothing was computed, so no line gives it


def beside(
    described: Sequence[Described],
    found: Sequence[tuple[FirstWrong, Location | None]],
    parts: Parts,
    function: str,
) -> tuple[Described, ...]:
    """What is described of the results, at the line where it comes in; and the values that tell more than that."""
    covered = {name for one in described if not _is_vague(one) for name in _parts_of(one)}
    telling = [
        (value, line)
        for value, line in found
        if value.says_more_than_its_parts and not covered.issuperset(parts_explained(value, parts))
    ]
    placed = []
    for one in described:
        if telling and _is_vague(one):
            continue
        names = _parts_of(one)
        shown = [(value, line) for value, line in found if names & {*parts_explained(value, parts)}]
        if names and one.location is None and shown and not one.code.endswith(NOT_OF_A_VALUE):
            value, line = shown[0]
            # Of another shape it may be because something is read that is right of another layer.
            told = replace(value, are_all_right=False) if one.code.endswith(".another-shape") else value
            if names.issubset(parts_explained(value, parts)):  # else the others come in elsewhere
                one = replace(one, location=line, explanation=f"{one.explanation} {where(told)}")
            elif _COUNTED.search(value.name) and len({_NUMBERS.sub("", name) for name in names}) == 1:
                one = replace(one, location=line)  # the entries that a line makes, one in each pass of its loop
        placed.append(one)
    return (*(told_of(value, function, parts, line) for value, line in telling), *placed)


def _is_vague(one: Described) -> bool:
    """Whether no more is told than which parts are wrong."""
    return one.code.rpartition(".")[2] == "wrong-in-some-parts"


def _parts_of(one: Described) -> set[str]:
    named = one.evidence.get("wrong" if _is_vague(one) else "parts")
    return {str(name) for name in named} if isinstance(named, list) else set()


def told_of(found: FirstWrong, case_function: str, parts: Parts, location: Location | None) -> Described:
    """A diagnosis of its own."""
    name = cut(found.name, LONGEST)
    title = _title(found, name)
    return Described(
        code=f"{case_function}.{_code(found)}",
        title=title,
        explanation=" ".join(filter(None, [_surroundings(found, parts), _needed(found)])),
        hints=(
            f"Work out `{name}` by hand for two samples, and compare it with what that line gives.",
            _where_to_look(found),
        ),
        confidence="certain" if found.are_all_right or found.fit is not None else "likely",
        evidence={"value": name, "parts": parts_explained(found, parts)},
        location=location,
    )


def where(found: FirstWrong) -> str:
    """A sentence beside what is told of the result already."""
    name = cut(found.name, LONGEST)
    if found.is_right_elsewhere:
        return f"It comes in where `{name}` is used: another quantity is needed there."
    if found.are_all_right:
        return f"It comes in with `{name}`, computed from what a right solution has as well: {_listed(found.reads)}."
    return f"It comes in with `{name}`, with what that is computed from, or with what is missing behind it."


def _code(found: FirstWrong) -> str:
    return found.fit.kind if found.fit is not None else "first-wrong-value"


def _title(found: FirstWrong, name: str) -> str:
    if found.is_right_elsewhere:
        return f"`{name}` is not what is needed in this line"
    if found.fit is not None:
        sentence = found.fit.what.format(subject=f"`{name}`", verb="is")
        return begun(sentence)
    if found.are_all_right:
        return f"`{name}` is not the value that belongs there"
    return f"`{name}` is not the value that belongs there, or something is missing behind it"


def _surroundings(found: FirstWrong, parts: Parts) -> str:
    own = [part for part in parts.wrong if part.path in found.paths]
    are = f"{listed(own)} {'are' if len(own) > 1 else 'is'}"
    below = (
        "It goes into the result as it is"
        if found.is_result
        else "The lines below go on with it as with the one that belongs there"
    )
    sentence = f"{below}: that {are} wrong comes from it."
    if found.is_right_elsewhere:
        return f"As numbers of its own it may be right. {sentence}"
    if found.are_all_right:
        # A value may be right of something else: scores where their softmax is needed.
        so = "So the mistake is in this line, or something is missing beside it, or another value is needed here."
        return f"It is computed from what a right solution has as well: {_listed(found.reads)}. {so} {sentence}"
    return f"The mistake may be in this line, or in one that gives it its numbers. {sentence}"


def _needed(found: FirstWrong) -> str:
    if not found.needed:
        return ""
    way = f" (as your lines go on with it, {found.way})" if found.way else ""
    return f"What belongs there: {found.needed[:1].lower() + found.needed[1:]}{way}."


def _where_to_look(found: FirstWrong) -> str:
    if found.are_all_right:
        return "A right solution has what goes into this line: compare the line, and what follows it, with the formula."
    return "Look at this line first, then at those that give it its numbers, and at what should be done to it next."


def parts_explained(found: FirstWrong, parts: Parts) -> list[str]:
    """The parts, by name, that are wrong because the value is."""
    return [part.name.strip("`") for part in parts.wrong if part.path in found.paths]


def _listed(reads: Sequence[str]) -> str:
    return enumerated([f"`{cut(one, LONGEST)}`" for one in reads[:READS]])
