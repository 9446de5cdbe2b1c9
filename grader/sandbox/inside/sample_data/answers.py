"""What a file is answered that asks, and windows that open nowhere."""

from __future__ import annotations

import bdb
import builtins
import io
import re
import sys
from typing import Any, Callable

from ..standins import DisplayValue, StandInModule
from .samples import Samples

MAX_QUESTIONS = 20  # a loop that asks until it is told to end is told so
_WINDOWS = ("tkinter", "turtle")
_NAMES = (
    "Tk Toplevel Frame Canvas Label Button Entry Text Scale Listbox Checkbutton Radiobutton Menu Scrollbar PhotoImage "
    "StringVar IntVar DoubleVar BooleanVar messagebox filedialog ttk mainloop Turtle Screen END LEFT RIGHT TOP BOTTOM "
    "BOTH X Y W E N S CENTER NSEW HORIZONTAL VERTICAL DISABLED NORMAL INSERT"
)
_YES = re.compile(r"\(?\[?\b(y|yes)\b\s*[/|]\s*\(?\b(n|no)\b", re.IGNORECASE)
_CHOICE = re.compile(r"(^|[^\w.])1\s*[).:\]/|,-]", re.MULTILINE)
_TO = r"(?:-|–|\.\.|to|and|until|a|à|e|y|et|bis|und)"
_SPAN = re.compile(r"(?<![\w.])(\d{1,6})\s*" + _TO + r"\s*(\d{1,6})(?![\w.])", re.IGNORECASE)
_NUMBERS = re.compile(r"(?<![\w.])(\d)(?![\w.]|\s*%)")
_WORDS = re.compile(r"[(\[]\s*'?\"?([^\W\d]\w*)'?\"?(?:\s*(?:,|/|\||\bor\b)\s*'?\"?[^\W\d]\w*'?\"?)+\s*[)\]]")
_RATE = re.compile(r"(?<![^\W_])rates?(?![^\W_])|alpha|eta\b|\blr\b|momentum|taxa|tasa|taux", re.IGNORECASE)
_IN_A_ROW = re.compile(
    r"separat\w*\W+(?:by|with)|[ -]separated\b|separad[oa]s|s[ée]par[ée]e?s?\b|getrennt", re.IGNORECASE
)
_SPACES = re.compile(r"spac|espa|spazi|leer|blank", re.IGNORECASE)


def answering(samples: Samples) -> Callable[..., str]:
    """`input`: yes, the first of several choices, one of the numbers or words that a question allows, a rate, or 10."""
    asked: list[str] = []

    def answer(prompt: Any = "") -> str:
        text = str(prompt)
        print(text)
        asked.append(text)
        if len(asked) > MAX_QUESTIONS:
            raise EOFError("EOF when reading a line")
        given = suggested(text)
        samples.note("an answer to `%s`" % " ".join(text.split())[:60], "`%s`" % given)
        return given

    return answer


def suggested(question: str) -> str:
    """What a question is answered: of numbers that are to be separated by something, several."""
    if _IN_A_ROW.search(question):
        return (" " if _SPACES.search(question) else ",").join(map(str, range(1, 9)))
    known = ((_YES, "y"), (_CHOICE, "1"), (_RATE, "0.1"))
    given = next((given for pattern, given in known if pattern.search(question)), None)
    return given or _allowed(question) or "10"


def _allowed(question: str) -> str | None:
    """One of the numbers or words that a question names: `1 for True, 2 for False`, `2-8`, `(and, or, xor)`."""
    span = _SPAN.search(question)
    if span:
        return str(min(max(10, int(span[1])), int(span[2]))) if int(span[1]) < int(span[2]) else None
    numbers = _NUMBERS.findall(question)
    if len(set(numbers)) > 1:
        return str(numbers[0])
    word = _WORDS.search(question)
    return word[1] if word else None


class Piped(io.StringIO):
    """What is piped into a file: a table, for who goes through it; an answer, for who asks for one line."""

    def __init__(self, samples: Samples) -> None:
        super().__init__()
        self._samples, self._answer = samples, answering(samples)
        self._lines: list[str] | None = None

    def _table(self) -> list[str]:
        if self._lines is None:
            self._samples.note("what is piped in", self._samples.unknown)
            separator = self._samples.separator or ","
            self._lines = [separator.join(map(str, row)) + "\n" for row in self._samples.unknown_lines()]
        given, self._lines = self._lines, []
        return given

    def __iter__(self) -> Any:
        return iter(self._table())

    def read(self, size: Any = -1) -> str:
        return "".join(self._table())

    def readlines(self, hint: Any = -1) -> list[str]:  # type: ignore[override]
        return self._table()

    def readline(self, size: Any = -1) -> str:  # type: ignore[override]
        return self._answer() + "\n"


class WindowModule(StandInModule):
    """A module of windows and drawings, of which `import *` gives what files use."""

    __all__ = _NAMES.split()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return DisplayValue("%s.%s" % (self.__name__, name))


def without_windows(samples: Samples) -> None:
    """Let what opens windows do nothing, for there is no screen in a cell, and what asks in one be answered."""
    for name in (*_WINDOWS, "tkFileDialog", "tkSimpleDialog", "tkMessageBox"):
        module = sys.modules[name] = WindowModule(name)
        for inner in ("messagebox", "filedialog", "ttk", "simpledialog", "font", "scrolledtext"):
            part = sys.modules["%s.%s" % (name, inner)] = WindowModule("%s.%s" % (name, inner))
            setattr(module, inner, part)
            vars(part).update(_dialogs(samples) if inner.endswith("dialog") else {})
        vars(module).update(_dialogs(samples) if name.endswith("Dialog") else {})


def _dialogs(samples: Samples) -> dict[str, Any]:
    """What asks for files and numbers in windows of their own."""
    path, answer = samples.argument, answering(samples)

    def chosen(given: Any) -> Callable[..., Any]:
        def choose(*args: Any, **rest: Any) -> Any:
            samples.note("a file that a window asks for", "`%s`" % path)
            return given()

        return choose

    return {
        "askopenfilename": chosen(lambda: path), "askopenfilenames": chosen(lambda: (path,)),
        "askopenfile": chosen(lambda: builtins.open(path)), "asksaveasfilename": lambda *a, **k: "saved.txt",
        "askdirectory": lambda *a, **k: "data",
        "askstring": lambda title="", prompt="", **k: answer(prompt),
        "askfloat": lambda title="", prompt="", **k: float(answer(prompt)),
        "askinteger": lambda title="", prompt="", **k: int(float(answer(prompt))) or 10,
    }  # fmt: skip


def without_debugger() -> None:
    """Let `breakpoint()` and `pdb.set_trace()` go on at once: nobody is there to look."""

    def going_on(*args: Any, **kwargs: Any) -> None:
        return None

    sys.breakpointhook = going_on
    bdb.Bdb.set_trace = going_on  # type: ignore[method-assign]
