"""What is told of the first wrong value: where it is, what belongs there, and what of its surroundings is right."""

from collections.abc import Sequence

from grader.diagnosis.first_wrong import FirstWrong
from grader.diagnosis.parts import Parts, listed
from grader.diagnosis.verdict import Described
from grader.report import Location

LONGEST = 70
READS = 4


def told_of(found: FirstWrong, case_function: str, parts: Parts, location: Location | None) -> Described:
    """A diagnosis of its own."""
    name = _cut(found.name)
    title = f"{_title(found, name)}"
    return Described(
        code=f"{case_function}.{_code(found)}",
        title=title,
        explanation=" ".join(filter(None, [_surroundings(found, name, parts, case_function), _needed(found)])),
        hints=(
            f"Work out `{name}` by hand for two samples, and compare it with what that line gives.",
            _where_to_look(found),
        ),
        confidence="certain" if found.are_all_right or found.fit is not None else "likely",
        evidence={"value": name, "parts": _named(found, parts)},
        location=location,
    )


def where(found: FirstWrong) -> str:
    """A sentence beside what is told of the result already."""
    name = _cut(found.name)
    if found.is_right_elsewhere:
        return f"It comes in where `{name}` is used: another quantity is needed there."
    if found.are_all_right:
        return (
            f"It comes in with `{name}`: {_listed(found.reads)}, which it is computed from, {_are(found.reads)} right."
        )
    return f"It comes in with `{name}`, or with what that is computed from."


def explains(found: FirstWrong, parts: Parts, names: Sequence[object]) -> bool:
    """Whether these parts, by name, are among those that the value explains."""
    return bool(names) and {*names} <= {*_named(found, parts)}


def _code(found: FirstWrong) -> str:
    return found.fit.kind if found.fit is not None else "first-wrong-value"


def _title(found: FirstWrong, name: str) -> str:
    if found.is_right_elsewhere:
        return f"`{name}` is not what is needed in this line"
    if found.fit is not None:
        sentence = found.fit.what.format(subject=f"`{name}`", verb="is")
        return sentence[:1].upper() + sentence[1:]
    if found.are_all_right:
        return f"`{name}` is the first wrong value"
    return f"`{name}` is wrong, or what it is computed from"


def _surroundings(found: FirstWrong, name: str, parts: Parts, function: str) -> str:
    below = "The lines below it do with these numbers what they should"
    if found.is_result:
        below = "It goes into the result as it is"
    righted = f"everything that is wrong in what `{function}` gives comes from it"
    if not found.is_all:
        own = [part for part in parts.wrong if part.path in found.paths]
        righted = f"that {listed(own)} {'are' if len(own) > 1 else 'is'} wrong comes from it alone"
    sentence = f"{below}: {righted}."
    if found.is_right_elsewhere:
        return f"As numbers of its own it may be right. {sentence}"
    if found.are_all_right:
        reads = found.reads[:READS]
        return f"What it is computed from is right: {_listed(reads)}. {sentence}"
    return sentence


def _needed(found: FirstWrong) -> str:
    if not found.needed:
        return ""
    way = f" (as your lines go on with it, {found.way})" if found.way else ""
    return f"What belongs there: {found.needed[:1].lower() + found.needed[1:]}{way}."


def _where_to_look(found: FirstWrong) -> str:
    if found.are_all_right:
        return "What goes into this line is right, and what comes out is not: compare the line with the formula."
    return "Look at this line first, then at those that give it its numbers; what is below is right."


def _named(found: FirstWrong, parts: Parts) -> list[str]:
    return [part.name.strip("`") for part in parts.wrong if part.path in found.paths]


def _listed(reads: Sequence[str]) -> str:
    names = [f"`{_cut(one)}`" for one in reads[:READS]]
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _are(reads: Sequence[str]) -> str:
    return "are" if len(reads) > 1 else "is"


def _cut(text: str) -> str:
    text = " ".join(text.split()).replace("`", "'")
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
