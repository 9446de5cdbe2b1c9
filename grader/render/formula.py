r"""Simple formulas, as MathML for pages and as Unicode for terminals.

The language is the part of LaTeX that a feedback sentence needs: names and numbers, Greek letters (`\lambda`),
scripts (`W_1`, `x^2`, `X^T`, `\sum_{i=1}^n`), `\frac{a}{b}`, `\sqrt{a}`, `\hat{y}`, `\bar{x}`, `\text{words}` and
common operators; Unicode letters and operators stand for themselves. One difference from LaTeX: letters that touch
are one name, so that `dW_1` is the variable dW1; write `X^T W` with a space.
"""

import re
import unicodedata
from dataclasses import dataclass
from html import escape
from typing import Literal

MAX_LENGTH = 500
_MAX_DEPTH = 20

_LETTERS = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π",
    "rho": "ρ", "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega":
    "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ",
    "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "varepsilon": "ε", "varphi": "φ", "ell": "ℓ", "infty": "∞",
    "nabla": "∇", "partial": "∂",
}  # fmt: skip
_OPERATORS = {
    "sum": "∑",
    "prod": "∏",
    "cdot": "·",
    "times": "×",
    "odot": "⊙",
    "otimes": "⊗",
    "div": "÷",
    "pm": "±",
    "le": "≤",
    "leq": "≤",
    "ge": "≥",
    "geq": "≥",
    "ne": "≠",
    "neq": "≠",
    "approx": "≈",
    "equiv": "≡",
    "propto": "∝",
    "in": "∈",
    "to": "→",
    "rightarrow": "→",
    "leftarrow": "←",
    "Rightarrow": "⇒",
    "ldots": "…",
    "dots": "…",
    "cdots": "⋯",
    "mid": "|",
    "lVert": "‖",
    "rVert": "‖",
    "Vert": "‖",
    "|": "‖",
    "{": "{",
    "}": "}",
}
_ACCENTS = {"hat": "\u0302", "bar": "\u0304", "tilde": "\u0303", "dot": "\u0307"}
_ACCENT_MARKS = {"\u0302": "^", "\u0304": "¯", "\u0303": "~", "\u0307": "˙"}
_SPACES = {**dict.fromkeys((",", ";", ":", "!", " "), ""), "quad": "\u2003", "qquad": "\u2003\u2003"}
_BIG = frozenset("∑∏")
_FENCES = frozenset("()[]|‖{}")
_SIZES = frozenset(["left", "right", *(f"{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in "lr")])
_SPACED = frozenset("=+−×⊙⊗÷±≤≥≠≈≡∝∈→⇒<>←")

_SUBSCRIPTS = str.maketrans("0123456789+−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
_SUPERSCRIPTS = str.maketrans("0123456789+−=()niTklm⊤", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱᵀᵏˡᵐᵀ")

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


def to_mathml(text: str) -> str:
    """The formula as a MathML element; text that is no formula comes back escaped, in a `span`."""
    try:
        return f"<math>{_mathml(parse(text))}</math>"
    except FormulaError:
        return f'<span class="formula">{escape(text)}</span>'


def to_unicode(text: str) -> str:
    """The formula on one line of Unicode (`X^T \\frac{a}{n}` gives `Xᵀa/n`); text that is no formula, as it is."""
    try:
        return _unicode(parse(text))
    except FormulaError:
        return text


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

    def _group(self, depth: int) -> Node:
        if self._take() != "{":
            raise FormulaError("expected {")
        return self._group_body(depth)

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
            text = _OPERATORS.get(fence[1:], fence[1:]) if fence.startswith("\\") else fence
            return Symbol("operator", "" if text == "." else text, stretches=True)
        if name in ("frac", "tfrac", "dfrac"):
            return Fraction(self._argument(depth), self._argument(depth))
        if name == "sqrt":
            return Root(self._group(depth))
        if name in _ACCENTS:
            return Accent(self._group(depth), _ACCENTS[name])
        if name in ("text", "mathrm", "operatorname"):
            return self._words()
        if name == "top":
            return Symbol("name", "⊤")
        if name in _LETTERS:
            return Symbol("name", _LETTERS[name])
        if name in _OPERATORS:
            return Symbol("operator", _OPERATORS[name])
        if name in _SPACES:
            return Symbol("words", _SPACES[name])
        return Symbol("name", name) if name.isalpha() else Symbol("operator", name)


def _symbol(token: str) -> Symbol:
    if token[0].isdigit():
        return Symbol("number", token)
    if token[0].isalpha() or token in "∂∇∞":
        return Symbol("name", token.replace("'", "′"))
    return Symbol("operator", {"-": "−", "*": "·"}.get(token, token))


def _mathml(node: Node) -> str:
    match node:
        case Symbol(kind, text) as node:
            tag = {"name": "mi", "number": "mn", "operator": "mo", "words": "mtext"}[kind]
            fixed = (
                ' stretchy="false"' if text in _FENCES and not node.stretches else ""
            )  # `f(x)` is no taller than its letters
            return f"<{tag}{fixed}>{escape(text)}</{tag}>"
        case Row(items):
            return f"<mrow>{''.join(map(_mathml, items))}</mrow>"
        case Scripts(base, below, above):
            name = "under" if base in _BIG_SYMBOLS else "sub"
            tag = f"m{name if below else ''}{('over' if base in _BIG_SYMBOLS else 'sup') if above else ''}"
            parts = [base, *(part for part in (below, above) if part is not None)]
            return f"<{tag}>{''.join(map(_mathml, parts))}</{tag}>"
        case Fraction(numerator, denominator):
            return f"<mfrac>{_mathml(numerator)}{_mathml(denominator)}</mfrac>"
        case Root(body):
            return f"<msqrt>{_mathml(body)}</msqrt>"
        case Accent(base, mark):
            return f'<mover accent="true">{_mathml(base)}<mo>{_ACCENT_MARKS[mark]}</mo></mover>'


_BIG_SYMBOLS = frozenset(Symbol("operator", text) for text in _BIG)


def _unicode(node: Node) -> str:
    match node:
        case Symbol(_, text):
            return text
        case Row(items):
            return _unicode_row(items)
        case Scripts(base, below, above):
            return (
                _unicode(base)
                + (_script(below, "_", _SUBSCRIPTS) if below else "")
                + (_script(above, "^", _SUPERSCRIPTS) if above else "")
            )
        case Fraction(numerator, denominator):
            divisor = _unicode(denominator)
            return f"{_bracketed(numerator)}/{divisor if divisor.startswith('∂') else _bracketed(denominator, 1)}"
        case Root(body):
            return f"√{_bracketed(body, 1)}"
        case Accent(base, mark):
            return unicodedata.normalize("NFC", _unicode(base) + mark)


def _script(node: Node, mark: str, table: dict[int, int]) -> str:
    text = _unicode(node).replace(" ", "")
    if all(ord(character) in table for character in text):
        return text.translate(table)
    return f"{mark}{text}" if text.isalnum() else f"{mark}({text})"


def _bracketed(node: Node, longest: int | None = None) -> str:
    """The node in brackets if it would not hold together without: a sum, or more than `longest` characters."""
    text = _unicode(node)
    loose = isinstance(node, Row | Fraction) and (" " in text or (longest is not None and len(text) > longest))
    return f"({text})" if loose else text


def _unicode_row(items: tuple[Node, ...]) -> str:
    """The items side by side: relations between spaces, and a space where two names would run into one."""
    out = ""
    for position, item in enumerate(items):
        text = _unicode(item)
        if isinstance(item, Symbol) and item.text in _SPACED and position > 0:
            unary = item.text in "−+±" and out.endswith((" ", "(", "["))
            out += text if unary else f" {text} "
        elif isinstance(item, Symbol) and item.text == ",":
            out += ", "
        elif out and not out.endswith(" ") and _runs_together(items[position - 1], item):
            out += f" {text}"
        else:
            out += text
    return out.rstrip()


def _runs_together(left: Node, right: Node) -> bool:
    """Whether two neighbours need a space: `log p` and `2 dW` do, `2λ` and `λ(` do not."""
    first, second = _outermost(left), _outermost(right)
    if first in _BIG_SYMBOLS and first != left:
        return True
    if isinstance(left, Fraction):
        return second is None or second.kind != "operator" or second in _BIG_SYMBOLS
    if first is None or second is None or "operator" in (first.kind, second.kind):
        return second is None and first is not None and first.kind != "operator"
    return len(first.text) > 1 or len(second.text) > 1


def _outermost(node: Node) -> Symbol | None:
    if isinstance(node, Scripts | Accent):
        return _outermost(node.base)
    return node if isinstance(node, Symbol) else None
