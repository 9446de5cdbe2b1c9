"""Simple formulas written out: as MathML for pages, as Unicode for terminals. `formula_syntax` tells their language."""

import unicodedata
from collections.abc import Iterator
from html import escape

from grader.render.formula_syntax import Accent, FormulaError, Fraction, Node, Root, Row, Scripts, Symbol, parse

_ACCENT_MARKS = {"\u0302": "^", "\u0304": "¯", "\u0303": "~", "\u0307": "˙"}
_BIG = frozenset("∑∏")
_FENCES = frozenset("()[]|‖{}")
_SPACED = frozenset("=+−×⊙⊗÷±≤≥≠≈≡∝∈→⇒<>←")

_SUBSCRIPTS = str.maketrans("0123456789+−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
_SUPERSCRIPTS = str.maketrans("0123456789+−=()niTklm⊤", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱᵀᵏˡᵐᵀ")


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


def _mathml(node: Node) -> str:
    match node:
        case Symbol(kind, text) as node:
            tag = {"name": "mi", "number": "mn", "operator": "mo", "words": "mtext"}[kind]
            fixed = (
                ' stretchy="false"' if text in _FENCES and not node.stretches else ""
            )  # `f(x)` is no taller than its letters
            return f"<{tag}{fixed}>{escape(text)}</{tag}>"
        case Row(items):
            return f"<mrow>{''.join(_mathml_row(items))}</mrow>"
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


def _mathml_row(items: tuple[Node, ...]) -> Iterator[str]:
    """The items side by side: browsers put nothing between two names, so that `log p` would be read as one."""
    for position, item in enumerate(items):
        if position and _runs_together(items[position - 1], item) and not _has_space(items[position - 1], item):
            yield '<mspace width="0.2em"/>'
        yield _mathml(item)


def _has_space(left: Node, right: Node) -> bool:
    """Whether a browser leaves room of itself: around large operators, and where one of the two is a relation."""
    return any(isinstance(symbol := _outermost(node), Symbol) and symbol.kind == "operator" for node in (left, right))


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
