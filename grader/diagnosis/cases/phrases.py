"""Lists, pieces of code and verbs, as sentences have them."""

from collections.abc import Sequence, Sized


def enumerated(words: Sequence[str], at_most: int | None = None) -> str:
    """`a, b and c`; of a longer list so many, and how many more there are."""
    shown = words[:at_most]
    if len(words) > len(shown):
        return f"{', '.join(shown)} and {len(words) - len(shown)} more"
    return " and ".join(filter(None, [", ".join(shown[:-1]), *shown[-1:]]))


def cut(code: str, longest: int) -> str:
    """A piece of code in one line, without what would end it in the sentence, and no longer than so many characters."""
    text = " ".join(code.split()).replace("`", "'")
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def is_or_are(things: Sized) -> str:
    """The verb that goes with so many things."""
    return "are" if len(things) > 1 else "is"


def begun(sentence: str) -> str:
    """A sentence with a capital at its beginning."""
    return sentence[:1].upper() + sentence[1:]
