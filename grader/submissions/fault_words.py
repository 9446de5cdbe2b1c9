"""What Python says against a text, with what is seen of the line where it says no more than that it cannot read it."""

import re

_INDENTED = re.compile(r"unindent does not match|unexpected indent")
_LEFT_OPEN = re.compile(r"\.{4,}|_{3,}\s*$|<[A-Z_ ]+>")  # what stands in a text for what is to be written


def in_words(message: str, source: str, line: int) -> str:
    """Python's message, with the indentation of the line and of the one above it, or with what is left open in it."""
    lines = source.split("\n")[:line]
    above = next((one for one in reversed(lines[:-1]) if one.strip() and not one.lstrip().startswith("#")), "")
    if lines and above and _INDENTED.search(message):
        begun = [one[: len(one) - len(one.lstrip())] for one in (lines[-1], above)]
        if ("\t" in begun[0]) != ("\t" in begun[1]):
            tabbed, other = (
                ("it begins", "the line above it") if "\t" in begun[0] else ("the line above it begins", "it")
            )
            return f"{message}: {tabbed} with a tab, {other} with spaces"
        here, there = (len(one) - len(one.lstrip()) for one in (lines[-1], above))
        if "\t" not in begun[0] and here != there:
            return f"{message}: it stands {here} places from the margin, the line above it {there}"
    if lines and message == "invalid syntax" and (found := _LEFT_OPEN.search(lines[-1].partition("#")[0])):
        return f"{message}: `{found[0].strip()}` stands for what is to be written here"
    return message
