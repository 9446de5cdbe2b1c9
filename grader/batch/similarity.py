"""Which submissions share much of their structure: for the class summary, with pages that show two side by side."""

import re
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markupsafe import Markup

from grader.assignments import Assignment
from grader.assignments.starter import starter_module
from grader.batch.files import write_atomically
from grader.batch.gradebook import Row
from grader.batch.pages import environment, template_file
from grader.batch.source import Source
from grader.batch.summary import EqualStructure, SimilaritySummary, SimilarPair
from grader.batch.work import Work, load_work
from grader.render import html
from grader.render.cleaning import printable
from grader.similarity import Document, Pair, compare, side_by_side
from grader.similarity.fingerprints import Hashes
from grader.similarity.side_by_side import Passage
from grader.similarity.tokens import MAX_CHARACTERS
from grader.submissions import SubmissionRejected
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


_FOLDER = "similarity"
_MAX_PAGES = 100
_FENCED = re.compile(r"^```[^\n]*\n(.*?)^```", re.DOTALL | re.MULTILINE)


def write_similarity(
    output: Path, assignment: Assignment, handed_in: Iterable[tuple[Row, Work]], source: Source, *, anonymous: bool
) -> SimilaritySummary:
    """Compare what was handed in, and write the pages. What cannot be read is not compared."""
    parties = _parties(handed_in, source, assignment.function_names, anonymous=anonymous)
    documents = (document for party in parties.values() if (document := party.document()))
    comparison = compare(documents, _handout(assignment))
    pairs = []
    for number, pair in enumerate(comparison.pairs, start=1):
        page = f"{_FOLDER}/{number:03}.html" if number <= _MAX_PAGES else ""
        if page:
            (output / _FOLDER).mkdir(exist_ok=True)
            text = _page(assignment.metadata.title, pair, parties, comparison.discounted)
            write_atomically(output / page, text.encode("utf-8", "replace"))
        shares = {"share_of_one": pair.share_of_one, "share_of_other": pair.share_of_other}
        pairs.append(SimilarPair(one=pair.one, other=pair.other, page=page, **shares))
    return SimilaritySummary(
        compared=comparison.compared,
        too_short=comparison.too_short,
        median=comparison.median,
        percentile_99=comparison.percentile_99,
        equal=tuple(EqualStructure(students=group.authors, identical=group.identical) for group in comparison.equal),
        pairs=tuple(pairs),
        more_pairs=comparison.more_pairs,
    )


def remove_pages(output: Path) -> None:
    """Take away the pages of an earlier comparison."""
    shutil.rmtree(output / _FOLDER, ignore_errors=True)


@dataclass(frozen=True)
class _Party:
    """Those who handed in the same files together, mostly one student; read anew each time, since a class is large."""

    students: tuple[str, ...]
    title: str
    report: str
    work: Work
    source: Source
    contract_names: Sequence[str]

    def units(self) -> list[SourceUnit]:
        """The texts, modules first; none where the submission cannot be read."""
        try:
            submission = load_work(self.work, self.source, self.contract_names)
        except SubmissionRejected:
            return []
        return [unit for _, unit in sorted(submission.modules.items())] + list(submission.units)

    def document(self) -> Document | None:
        units = self.units()
        return Document(self.students, tuple(unit.original for unit in units)) if units else None


def _parties(
    handed_in: Iterable[tuple[Row, Work]], source: Source, contract_names: Sequence[str], *, anonymous: bool
) -> dict[tuple[str, ...], _Party]:
    """By the keys of their students. Equal files in two places are two parties, one file of two students is one."""
    rows: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    works = {}
    for row, work in handed_in:
        if work.files:
            files = tuple(file.stored for file in work.files)
            rows[files].append(row)
            works[files] = work
    parties = {}
    for files, together in rows.items():
        students = tuple(row.student.key for row in together)
        title = ", ".join(row.student.key if anonymous else row.student.label for row in together)
        parties[students] = _Party(students, title, together[0].report, works[files], source, contract_names)
    return parties


def _handout(assignment: Assignment) -> Iterator[str]:
    """What everyone was given: the starter, the modules to import, and the code in the text."""
    yield starter_module(assignment)
    yield from assignment.provided.values()
    readme = assignment.folder / "README.md"
    if readme.is_file():
        yield from _FENCED.findall(readme.read_text("utf-8"))


def _page(title: str, pair: Pair, parties: dict[tuple[str, ...], _Party], discounted: Hashes) -> str:
    one, other = parties[pair.one], parties[pair.other]
    left, right = one.units(), other.units()
    shared = side_by_side([u.original for u in left], [u.original for u in right], discounted)
    return render(
        title,
        Column(one.title, one.report, pair.share_of_one, left, shared.one),
        Column(other.title, other.report, pair.share_of_other, right, shared.other),
    )
