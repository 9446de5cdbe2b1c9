"""Text for terminals whose encoding lacks some of its characters: `λ` becomes `lambda`, `≤` becomes `<=`."""

import codecs
import unicodedata

_SPELLED_OUT = {
    **dict(zip("✓✗◐○‼⧗→·•—–‑−×⊙≤≥≠≈∝∈∞…‖′█░─λ", (
        "+", "x", "~", "o", "!", "t", "->", "-", "*", "-", "-", "-", "-", "x", "*", "<=", ">=", "!=", "~", "~",
        "in", "inf", "...", "||", "'", "#", ".", "-", "lambda",
    ), strict=True)),
    **dict(zip("▁▂▃▄▅▆▇", "_.-=+*%", strict=True)),
    **dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹ⁿⁱᵀᵏˡᵐ", (f"^{c}" for c in "0123456789niTklm"), strict=True)),
    "∑": "sum", "∏": "prod", "∂": "d", "∇": "grad", "√": "sqrt", "⁻": "^-", "⁺": "^+",
}  # fmt: skip


def _spell_out(error: UnicodeError) -> tuple[str, int]:
    """An error handler for codecs: what an encoding lacks, in ASCII."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    spelled = (_ascii(character) for character in error.object[error.start : error.end])
    return "".join(spelled), error.end


def _ascii(character: str) -> str:
    if character in _SPELLED_OUT:
        return _SPELLED_OUT[character]
    name = unicodedata.name(character, "")
    if name.startswith(("GREEK SMALL LETTER ", "GREEK CAPITAL LETTER ")):
        word = name.rsplit(" ", 1)[1].lower()
        return word.capitalize() if "CAPITAL" in name else word
    plain = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode("ascii")
    return plain or character.encode("ascii", "backslashreplace").decode("ascii")


def spelled_out(text: str, encoding: str) -> str:
    """The text with every character that `encoding` lacks written in ASCII."""
    return text.encode(encoding, _HANDLER).decode(encoding)


_HANDLER = "grader.spelled-out"
codecs.register_error(_HANDLER, _spell_out)
