r"""The language of simple formulas, and the structure of one.

It is the part of LaTeX that a feedback sentence needs: names and numbers, Greek letters (`\lambda`),
scripts (`W_1`, `x^2`, `X^T`, `\sum_{i=1}^n`), `\frac{a}{b}`, `\sqrt{a}`, `\hat{y}` or `\hat y`, `\bar{x}`,
`\text{words}` and common operators; Unicode letters and operators stand for themselves. One difference from LaTeX:
letters that touch are one name, so that `dW_1` is the variable dW1; write `X^T W` with a space.
"""

import re
from dataclasses import dataclass
from html.entities import html5
from typing import Literal

MAX_LENGTH = 500
_MAX_DEPTH = 20

# Signs go by HTML's names where LaTeX has the same; what it calls otherwise, or means something else by, stands here.
_SIGNS = {
    "varepsilon": "ε", "varphi": "φ", "infty": "∞", "partial": "∂", "top": "⊤", "Pr": "Pr", "sup": "sup", "cdot": "·",
    "neq": "≠", "to": "→", "ldots": "…", "dots": "…", "cdots": "⋯", "mid": "|", "lVert": "‖", "rVert": "‖", "|": "‖",
    "{": "{", "}": "}",
}  # fmt: skip
_LIKE_LETTERS = frozenset("∂∇∞⊤")
_ACCENTS = {"hat": "\u0302", "bar": "\u0304", "tilde": "\u0303", "dot": "\u0307"}
_SPACES = {**dict.fromkeys((",", ";", ":", "!", " "), ""), "quad": "\u2003", "qquad": "\u2003\u2003"}
_SIZES = frozenset(
    ["left", "right", *(f"{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r"))]
)

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[^\W\d_]+'*|\d+(?:\.\d+)?|\s+|.", re.DOTALL)


class FormulaError(ValueError):
    """The text is not a formula of this little language."""


@dataclass(frozen=True)
class Symbol:
    kind: Literal["name", "number", "operator", "words"]
    text: str
    stretches: bool = False


@dataclass(frozen=True)
class Row:
    items: tuple["Node", ...]


@dataclass(frozen=True)
class Scripts:
    base: "Node"
    below: "Node | None"
    above: "Node | None"


@dataclass(frozen=True)
class Fraction:
    numerator: "Node"
    denominator: "Node"


@dataclass(frozen=True)
class Root:
    body: "Node"


@dataclass(frozen=True)
class Accent:
    base: "Node"
    mark: str


Node = Symbol | Row | Scripts | Fraction | Root | Accent


def parse(text: str) -> Node:
    """The structure of a formula; FormulaError where it has none (unbalanced braces, two subscripts, too long)."""
    if len(text) > MAX_LENGTH:
        raise FormulaError(f"a formula has at most {MAX_LENGTH} characters, this one has {len(text)}")
    parser = _Parser(_TOKEN.findall(text))
    row = parser.row(depth=0)
    if parser.peek() is not None:
        raise FormulaError(f"unexpected {parser.peek()!r}")
    return row


class _Parser:
    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._position = 0

    def peek(self) -> str | None:
        while self._position < len(self._tokens) and self._tokens[self._position].isspace():
            self._position += 1
        return self._tokens[self._position] if self._position < len(self._tokens) else None

    def _take(self) -> str:
        token = self.peek()
        if token is None:
            raise FormulaError("the formula ends too early")
        self._position += 1
        return token

    def row(self, depth: int) -> Node:
        items: list[Node] = []
        while self.peek() not in (None, "}"):
            items.append(self._scripted(depth))
        return items[0] if len(items) == 1 else Row(tuple(items))

    def _scripted(self, depth: int) -> Node:
        base: Node = Symbol("words", "") if self.peek() in ("_", "^") else self._atom(depth)
        scripts: dict[str, Node] = {}
        while (mark := self.peek()) in ("_", "^"):
            if mark in scripts:
                raise FormulaError(f"two {mark} after one symbol")
            self._take()
            scripts[mark] = self._atom(depth)
        return Scripts(base, scripts.get("_"), scripts.get("^")) if scripts else base

    def _atom(self, depth: int) -> Node:
        if depth > _MAX_DEPTH:
            raise FormulaError("nested too deeply")
        token = self._take()
        if token == "{":
            return self._group_body(depth)
        if token in ("}", "_", "^"):
            raise FormulaError(f"unexpected {token!r}")
        if token.startswith("\\"):
            return self._command(token[1:], depth)
        return _symbol(token)

    def _argument(self, depth: int) -> Node:
        """What is in braces, or else the next command or single character, as in `\\frac12`."""
        token = self.peek()
        if token is None or token == "{" or token.startswith("\\"):
            return self._atom(depth + 1)
        if len(token) > 1:
            self._tokens[self._position : self._position + 1] = [token[0], token[1:]]
        return self._atom(depth + 1)

    def _group_body(self, depth: int) -> Node:
        body = self.row(depth + 1)
        if self._take() != "}":
            raise FormulaError("expected }")
        return body

    def _words(self) -> Node:
        if self._take() != "{":
            raise FormulaError("expected {")
        start = self._position
        while self._take() != "}":
            pass
        return Symbol("words", "".join(self._tokens[start : self._position - 1]))

    def _command(self, name: str, depth: int) -> Node:
        if name in _SIZES:
            fence = self._take()
            text = _sign(fence[1:]) or fence[1:] if fence.startswith("\\") else fence
            return Symbol("operator", "" if text == "." else text, stretches=True)
        if name in ("frac", "tfrac", "dfrac"):
            return Fraction(self._argument(depth), self._argument(depth))
        if name == "sqrt":
            return Root(self._argument(depth))
        if name in _ACCENTS:
            return Accent(self._argument(depth), _ACCENTS[name])
        if name in ("text", "mathrm", "operatorname"):
            return self._words()
        if name in _SPACES:
            return Symbol("words", _SPACES[name])
        text = _sign(name) or name
        return Symbol("name" if text.isalpha() or text in _LIKE_LETTERS else "operator", text)


def _sign(name: str) -> str | None:
    return _SIGNS.get(name) or html5.get(f"{name};")


def _symbol(token: str) -> Symbol:
    if token[0].isdigit():
        return Symbol("number", token)
    if token[0].isalpha() or token in _LIKE_LETTERS:
        return Symbol("name", token.replace("'", "′"))
    return Symbol("operator", {"-": "−", "*": "·"}.get(token, token))
