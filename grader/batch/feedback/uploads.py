"""Feedback in the forms that platforms take back.

    moodle-feedback.zip     "Upload multiple feedback files in a zip": Jane Doe_501_assignsubmission_file/feedback.html
    canvas-feedback.zip     "Upload submissions": the files of the download, each under its own name
    nbgrader-feedback/      into the course as `feedback/`, for `nbgrader release_feedback`: jane/ps1/homework.html
    gradescope/             a results.json for each submission

Moodle finds the student by the number, Canvas by the user's and the attachment's id. Canvas shows what comes back under
the name of the file that was handed in: so a notebook comes back as a notebook, a module as a module with the feedback
in comments, an archive as an archive. nbgrader goes by the notebook's name.
"""

import codecs
import io
import json
import tarfile
import tokenize
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath

from grader.batch.feedback.pages import statement_notebook
from grader.batch.feedback.student import NOTEBOOK, PAGE, TEXT, Feedback
from grader.batch.layouts.canvas import has_attachment
from grader.batch.layouts.nbgrader import OWN_FILES
from grader.batch.roster import HandedInFile

_ARCHIVES = (".tar", ".tar.gz", ".tgz")
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)  # the same feedback gives the same file
ReadOriginal = Callable[[HandedInFile], bytes | None]


def moodle_files(feedback: Feedback, place: str) -> Iterator[tuple[str, bytes]]:
    """Into the student's own folder, as the download or the worksheet calls it."""
    for name in (PAGE, NOTEBOOK):
        if name in feedback.files:
            yield f"{place}_assignsubmission_file/{name}", feedback.files[name].encode("utf-8", "replace")


def canvas_files(feedback: Feedback, read: ReadOriginal) -> Iterator[tuple[str, bytes]]:
    """Under the name of one of the files that were handed in: a notebook, if there is one, for it can hold most."""
    if feedback.entry is None or not feedback.files:
        return
    own = [file for file in feedback.entry.files if has_attachment(PurePosixPath(file.stored).name)]
    for file in sorted(own, key=lambda file: (not file.name.lower().endswith(".ipynb"), -file.order, file.name)):
        content = _in_the_form_of(file, feedback, read)
        if content is not None:
            yield PurePosixPath(file.stored).name, content
            return


def nbgrader_files(
    feedback: Feedback, assignment: str, read: ReadOriginal
) -> Iterator[tuple[tuple[str, str, str], bytes]]:
    """A page for each notebook that was handed in, under the student's and the assignment's folder.

    nbgrader knows the submission by its time and its secret, as they came; where one of them is not there it releases
    nobody's feedback.
    """
    if PAGE not in feedback.files:
        return
    page = feedback.files[PAGE].encode("utf-8", "replace")
    handed_in = feedback.entry.files if feedback.entry else ()
    stems = [PurePosixPath(file.name).stem for file in handed_in if file.name.lower().endswith(".ipynb")]
    for stem in dict.fromkeys(stems) or ("feedback",):
        yield (feedback.row.student.key, assignment, f"{stem}.html"), page
    beside = next((file for file in handed_in if file.stored.endswith(file.name)), None)
    for name in OWN_FILES:
        found = read(HandedInFile(f"{beside.stored.removesuffix(beside.name)}{name}", name)) if beside else None
        yield (feedback.row.student.key, assignment, name), found or b""


def pack(files: Mapping[str, bytes]) -> bytes:
    """A ZIP; the same files give the same one."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            add(archive, name, content)
    return stream.getvalue()


def add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, _FIXED_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, content)


def _in_the_form_of(file: HandedInFile, feedback: Feedback, read: ReadOriginal) -> bytes | None:
    """None: a kind of file that no feedback can be put into."""
    name = file.name.lower()
    if name.endswith(".ipynb"):
        if NOTEBOOK in feedback.files:
            return feedback.files[NOTEBOOK].encode("utf-8", "replace")
        if feedback.row.status == "rejected":  # nothing of it could be read, and it is told why all the same
            return statement_notebook(feedback.statement).encode("utf-8", "replace")
        return None
    if name.endswith(".py"):
        original = read(file)
        return None if original is None else _commented(original, _as_comments(feedback))
    packed = {each: text.encode("utf-8", "replace") for each, text in feedback.files.items()}
    if name.endswith(".zip"):
        return pack(packed)
    if name.endswith(_ARCHIVES):
        return _tar(packed, "w:gz" if name.endswith("gz") else "w")
    if name.endswith((".html", ".htm")):
        return packed[PAGE]
    return packed[TEXT] if name.endswith((".txt", ".md")) else None


def _commented(module: bytes, comments: str) -> bytes:
    """With comments in front of it, so that it still runs; behind it where its first lines say how to read it."""
    module = module.removeprefix(codecs.BOM_UTF8)
    try:
        is_utf8 = tokenize.detect_encoding(io.BytesIO(module).readline)[0] == "utf-8"
        module.decode("utf-8")
    except (SyntaxError, UnicodeDecodeError):
        is_utf8 = False
    return comments.encode() + module if is_utf8 else module + b"\n\n" + comments.encode("ascii", "replace")


def _as_comments(feedback: Feedback) -> str:
    """The report's text as comments of Python."""
    parts = [feedback.files[TEXT]]
    if feedback.results:
        results = json.loads(feedback.results)
        for test in results["tests"]:
            parts += ["", test["name"], test.get("output", "")]
    lines = "\n".join(parts).splitlines()
    return "".join(f"# {line}".rstrip() + "\n" for line in lines) + "\n\n"


def _tar(files: Mapping[str, bytes], mode: str) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return stream.getvalue()
