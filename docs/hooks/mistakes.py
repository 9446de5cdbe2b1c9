"""A page for every known mistake, from the assignments: `mistakes/<assignment>/<code>/`, and a list of them all."""

from collections.abc import Iterator, Sequence
from html import escape

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from grader.assignments import Assignment, Mistake, library_folders, load_assignment, replacement_source
from grader.render.words import code_block, paragraphs, to_html, to_plain


def on_files(files: Files, config: MkDocsConfig) -> Files:
    assignments = [load_assignment(name) for name in library_folders()]
    files.append(File.generated(config, "mistakes/index.md", content="\n".join(_index(assignments))))
    for assignment in assignments:
        for mistake in assignment.mistakes:
            page = "\n".join(_page(assignment, mistake))
            files.append(File.generated(config, f"mistakes/{assignment.id}/{mistake.code}.md", content=page))
    return files


def _index(assignments: Sequence[Assignment]) -> Iterator[str]:
    yield "# Known mistakes\n"
    yield (
        "What the grader can call by its name. A submission that fails a check is compared with the solution in "
        "which one of these (or two of them) was planted; where the numbers coincide, that is the diagnosis.\n"
    )
    for assignment in assignments:
        if assignment.mistakes:
            yield f"## {assignment.metadata.title}\n"
            yield "<table>\n<thead><tr><th>code</th><th>mistake</th></tr></thead>\n<tbody>"
            for mistake in assignment.mistakes:
                link = f"{assignment.id}/{mistake.code}/"
                yield (
                    f'<tr><td><a href="{escape(link)}"><code>{escape(mistake.code)}</code></a></td>'
                    f"<td>{to_html(mistake.title)}</td></tr>"
                )
            yield "</tbody>\n</table>\n"


def _page(assignment: Assignment, mistake: Mistake) -> Iterator[str]:
    """The page in HTML inside Markdown, because formulas are MathML."""
    yield f"---\ntitle: {_quoted(to_plain(mistake.title))}\n---\n"
    yield f"<h1>{to_html(mistake.title)}</h1>\n"
    yield (
        f"<p><code>{escape(mistake.code)}</code>, in {escape(assignment.metadata.title)} "
        f"(<code>{escape(assignment.id)}</code>).</p>\n"
    )
    for paragraph in paragraphs(mistake.explain):
        yield f"<p>{to_html(paragraph)}</p>\n"
    if mistake.lesson is not None:
        for paragraph in (*paragraphs(mistake.lesson.symptom), *paragraphs(mistake.lesson.why)):
            yield f"<p>{to_html(paragraph)}</p>\n"
    if mistake.hints:
        yield "## Hints\n"
        yield "<ol>\n" + "\n".join(f"<li>{to_html(hint)}</li>" for hint in mistake.hints) + "\n</ol>\n"
    yield "## What it looks like\n"
    yield f"<p>Planted in the step <code>{escape(mistake.step)}</code> of the solution, it is</p>\n"
    yield code_block(replacement_source(mistake.replacement), "python") + "\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
