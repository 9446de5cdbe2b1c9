from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from grader.render.formula import to_mathml, to_unicode
from grader.render.formula_syntax import FormulaError, parse
from grader.render.words import (
    code_block,
    code_span,
    escape_markdown,
    paragraphs,
    spans,
    to_html,
    to_markdown,
    to_plain,
)

MARKUP = st.text(st.sampled_from(list("ab1 \n`$\\{}_^*[]()<>&|#!-+.~\"'λ∑")), max_size=60)
FORMULA = st.lists(
    st.sampled_from([*"ab1 {}_^+-=()|", r"\frac", r"\left", r"\sum", r"\sqrt", r"\hat", r"\text", r"\lambda ", "\\"]),
    max_size=30,
).map("".join)


def shown_by_commonmark(markdown: str) -> list[str]:
    """The texts and kinds that a CommonMark reader sees."""
    parser = MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough")
    return [token.type for block in parser.parse(markdown) for token in (block.children or [block])]


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        (r"\frac{\partial J}{\partial b_j} = \frac{1}{n}\sum_{i=1}^n \delta_{ij}", "∂J/∂bⱼ = 1/n ∑ᵢ₌₁ⁿ δᵢⱼ"),
        (r"dW_1 = \frac{1}{n} X^T \delta + \lambda W_1", "dW₁ = 1/n Xᵀδ + λW₁"),
        (r"\frac{\lambda}{2}\sum_l \|W_l\|^2", "λ/2 ∑ₗ ‖Wₗ‖²"),
        (r"\frac{a + b}{2n}", "(a + b)/(2n)"),
        (r"\hat{y} - y", "ŷ − y"),
        ("σ'(z) = a·(1 - a)", "σ′(z) = a·(1 − a)"),
        (r"-\log p_y", "−log p_y"),
        (r"e^{-z}", "e^(−z)"),
        (r"\sqrt{n}", "√n"),
        (r"\text{rows of } X", "rows of X"),
        (r"W - \eta\, dW", "W − η dW"),
        ("f(x, y) \\in {1}", "f(x, y) ∈ 1"),
        (r"\frac1n \sum_i x_i + \frac\lambda2", "1/n ∑ᵢ xᵢ + λ/2"),
        (r"\frac12 a", "1/2 a"),
        (r"\left(\tfrac{a}{b}\right)^2", "(a/b)²"),
        (r"\Bigl\lVert W \Bigr\rVert", "‖W‖"),
        (r"k \lfloor t / T \rfloor", "k⌊t/T⌋"),
    ],
)
def test_formulas_in_unicode(formula, shown):
    assert to_unicode(formula) == shown


@pytest.mark.parametrize("formula", ["a_b_c", "{", "}", r"\frac{1}", r"\left", "x^", "{" * 60 + "}" * 60, "x" * 501])
def test_what_is_no_formula_is_shown_as_it_is(formula):
    with pytest.raises(FormulaError):
        parse(formula)
    assert to_unicode(formula) == formula
    assert to_mathml(formula).startswith('<span class="formula">')


@pytest.mark.parametrize(
    ("formula", "spaces"), [(r"\log p", 1), ("2 dW", 1), (r"2\lambda W", 0), (r"dW \odot mask", 0)]
)
def test_names_do_not_run_together_on_a_page(formula, spaces):
    assert to_mathml(formula).count("<mspace") == spaces


@given(FORMULA | st.text(max_size=40))
def test_any_text_gives_well_formed_mathml(formula):
    printable = "".join(c for c in formula if c.isprintable())
    root = ElementTree.fromstring(to_mathml(printable))

    assert root.tag in ("math", "span")
    assert {element.tag for element in root.iter()} <= {
        "math", "span", "mrow", "mi", "mn", "mo", "mtext", "mfrac", "msub", "msup", "msubsup", "munder", "mover",
        "munderover", "msqrt", "mspace",
    }  # fmt: skip


@given(FORMULA)
def test_any_formula_has_a_form_on_one_line_of_unicode(formula):
    assert "\n" not in to_unicode(formula.replace("\n", " "))


def test_marks_are_found_and_money_is_not():
    kinds = [(span.kind, span.text) for span in spans("Use `axis=0` for $x^2$; it costs $5 and $6.")]

    assert kinds == [
        ("text", "Use "),
        ("code", "axis=0"),
        ("text", " for "),
        ("math", "x^2"),
        ("text", "; it costs $5 and $6."),
    ]


def test_html_has_code_and_mathml_and_escapes_the_rest():
    html = to_html("`a<b` & $x_1$ <script>")

    assert html == "<code>a&lt;b</code> &amp; <math><msub><mi>x</mi><mn>1</mn></msub></math> &lt;script&gt;"


@given(MARKUP)
def test_html_of_any_text_is_well_formed(text):
    root = ElementTree.fromstring(f"<p>{to_html(text)}</p>")

    assert not {element.tag for element in root.iter()} & {"script", "img", "a"}


def test_plain_text_keeps_the_words():
    assert to_plain("`db` is $\\lambda W$") == "db is λW"


def test_paragraphs_are_split_at_blank_lines():
    assert paragraphs("one\ntwo\n\n \nthree\n") == ["one two", "three"]


@given(MARKUP)
def test_escaped_markdown_is_text_and_nothing_else(text):
    line = " ".join(text.split())
    found = shown_by_commonmark(f"{escape_markdown(line)}\n")

    assert set(found) <= {"text", "text_special", "entity", "paragraph_open", "paragraph_close"}


@given(MARKUP)
def test_marked_text_in_markdown_is_text_and_code(text):
    found = shown_by_commonmark(f"- {to_markdown(text)}\n")

    assert "html_inline" not in found
    assert "link_open" not in found
    assert "em_open" not in found


def test_dollars_and_addresses_stay_text_in_the_dialects_that_know_them():
    assert escape_markdown("$x$ http://a.b www.a.b @me") == r"\$x\$ http&#58;//a.b www&#46;a.b &#64;me"


@given(st.text(st.sampled_from("`a <>|\\"), min_size=1, max_size=30))
def test_a_code_span_holds_any_text(text):
    tokens = MarkdownIt("commonmark").parseInline(f"x {code_span(text)} y")[0].children
    codes = [token.content for token in tokens if token.type == "code_inline"]

    assert [code.strip() for code in codes] == [" ".join(text.split())]


@given(st.text(st.sampled_from("`~a \n"), max_size=40))
def test_a_code_block_holds_any_text(text):
    tokens = MarkdownIt("commonmark").parse(code_block(text))

    assert [token.type for token in tokens] == ["fence"]
    assert tokens[0].content == f"{text}\n"
