"""Tables as spreadsheets read and write them."""

import csv
import io
from collections.abc import Iterable

# Excel takes a CSV without it for Latin-1, and garbles names; what platforms read goes without.
BYTE_ORDER_MARK = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def csv_text(lines: Iterable[Iterable[object]]) -> str:
    stream = io.StringIO()
    csv.writer(stream).writerows(lines)
    return stream.getvalue()


def as_number(value: float | None, digits: int = 4) -> str:
    """A number without superfluous zeros; nothing for None."""
    return "" if value is None else f"{round(value, digits) + 0.0:.{digits}f}".rstrip("0").rstrip(".")


def as_text(text: str) -> str:
    """Text for a spreadsheet: what a spreadsheet would take for a formula is marked as text."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def from_text(cell: str) -> str:
    """What `as_text` was given."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_FORMULA) else cell
