"""What of a submission's text only an older stack runs, noted for the line that is being run."""

from __future__ import annotations

import sys
import types

MAX_NOTES = 500


class Notes:
    """`files`: the names of the submission's own, whose lines alone are noted."""

    def __init__(self, files: set[str]) -> None:
        self.files = files
        self.notes: dict[tuple[str, str, str, int], None] = {}

    def note(self, kind: str, detail: str = "") -> None:
        """Note it for the line of the submission that is being run."""
        place = self.place()
        if place is not None:
            self.note_at(kind, detail, *place)

    def note_at(self, kind: str, detail: str, filename: str, line: int) -> None:
        if len(self.notes) < MAX_NOTES:
            self.notes[kind, detail, filename, line] = None

    def place(self) -> tuple[str, int] | None:
        frame: types.FrameType | None = sys._getframe(1)
        while frame is not None:
            if frame.f_code.co_filename in self.files:
                return frame.f_code.co_filename, frame.f_lineno
            frame = frame.f_back
        return None
