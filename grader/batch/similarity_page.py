"""Two submissions side by side, what they share marked and numbered; one self-contained page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup

from grader.batch.pages import environment, template_file
from grader.render import html
from grader.render.cleaning import printable
from grader.similarity.side_by_side import Passage
from grader.similarity.tokens import MAX_CHARACTERS
from grader.submissions.submission import SourceUnit


@dataclass(frozen=True)
class Column:
    """One of the two: who, the report (below the output folder), the share of it that the other has, and its texts."""

    title: str
    report: str
    share: float
    units: Sequence[SourceUnit]
    passages: Sequence[Passage]


@dataclass(frozen=True)
class _Text:
    """A cell or file with its passages marked."""

    heading: str
    content: Markup


def render(title: str, one: Column, other: Column) -> str:
    """The page. It loads nothing and runs nothing."""
    columns = [(side, column, list(_texts(column, side))) for side, column in (("a", one), ("b", other))]
    return (
        environment()
        .get_template("similarity.html.j2")
        .render(
            title=title,
            columns=columns,
            passages=len({passage.number for passage in one.passages}),
            policy=html.content_security_policy(_style()),
            style=Markup(_style()),
        )
    )


@cache
def _style() -> str:
    return html.stylesheet() + template_file("similarity.css")


def _texts(column: Column, side: str) -> Iterator[_Text]:
    left = MAX_CHARACTERS
    first_of: set[int] = set()
    for index, unit in enumerate(column.units):
        text = unit.original[:left]
        left -= len(text)
        own = [passage for passage in column.passages if passage.text == index]
        heading = unit.file if unit.cell is None else f"{unit.file}, cell {unit.cell}"
        content = Markup("").join(_marked(text, own, side, first_of))
        if len(text) < len(unit.original):
            content += Markup("\n<strong>The rest is not compared, and left out.</strong>")
        yield _Text(heading, content)
        if not left:
            return


def _marked(text: str, passages: Sequence[Passage], side: str, first_of: set[int]) -> Iterator[Markup]:
    """The text with every passage marked, its number first: a link to the first of its kind on the other side."""
    place = 0
    for passage in passages:
        yield _plain(text[place : passage.start])
        target = Markup("") if passage.number in first_of else Markup(' id="{}{}"').format(side, passage.number)
        first_of.add(passage.number)
        yield Markup(
            '<mark{}><a href="#{}{}" aria-label="passage {}, see it on the other side">{}</a>{}</mark>'
        ).format(
            target,
            "b" if side == "a" else "a",
            passage.number,
            passage.number,
            passage.number,
            _plain(text[passage.start : passage.end]),
        )
        place = passage.end
    yield _plain(text[place:])


def _plain(text: str) -> Markup:
    """Text of a submission without what steers a display; its line ends stay."""
    return Markup("{}").format(printable(text))
