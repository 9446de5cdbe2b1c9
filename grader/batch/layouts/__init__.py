"""How the platforms pack submissions, and which of them a download comes from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from grader.batch.errors import LayoutError
from grader.batch.layouts import canvas, folder, gradescope, moodle, nbgrader
from grader.batch.roster import Discovery, Entry
from grader.batch.source import Listing, Source, ZipSource
from grader.submissions import SubmissionRejected
from grader.submissions.errors import printable

_FEW = 5  # a folder of whole downloads holds no more ZIPs; a class whose students hand in ZIPs does
_SURE = 0.9

LayoutName = Literal["auto", "canvas", "moodle", "gradescope", "nbgrader", "folder"]


@dataclass(frozen=True)
class Layout:
    """How one platform packs submissions.

    Attributes:
        confidence: 0 to 1, how much of a listing is of this kind; counted in what platforms name, for what students
            name must not decide how the others' work is read.
        discover: the entries of a listing; the assignment's id tells it apart from others in the same course.
    """

    confidence: Callable[[Listing], float]
    discover: Callable[[Listing, Source, str], Discovery]


LAYOUTS: Mapping[str, Layout] = {
    "gradescope": Layout(gradescope.confidence, gradescope.discover),
    "moodle": Layout(moodle.confidence, moodle.discover),
    "canvas": Layout(canvas.confidence, canvas.discover),
    "nbgrader": Layout(nbgrader.confidence, nbgrader.discover),
    "folder": Layout(folder.confidence, folder.discover),
}


def discover(source: Source, layout: LayoutName, assignment_id: str) -> Discovery:
    """Who handed in what.

    Raises:
        LayoutError: nobody handed in anything that this layout knows.
    """
    whole = source.listing
    if not whole.files:
        raise LayoutError("there are no files among the submissions")
    names = list(LAYOUTS) if layout == "auto" else [layout]
    views = [view for view in (whole, whole.inside()) if view]
    # Of equals the first: the most particular layout, without taking off the folder around everything.
    confidence, name, view = max(
        ((LAYOUTS[name].confidence(view), name, view) for name in names for view in views), key=lambda found: found[0]
    )
    if not confidence:
        raise LayoutError(f"no file here looks like one of a {layout} download; `--layout auto` tries them all")
    found = LAYOUTS[name].discover(view, source, assignment_id)
    if layout == "auto" and name == "folder":
        _demand_no_download_inside(found, source)
    if not found.entries:
        raise LayoutError(
            f"nobody's submission was found, although the files look like a {name} download; `--layout folder` takes "
            "each folder, and each file, for a student's"
        )
    return replace(
        found,
        entries=tuple(sorted(found.entries, key=lambda entry: entry.key)),
        unmatched=tuple(sorted({*found.unmatched, *whole.irregular})),
    )


def _demand_no_download_inside(found: Discovery, source: Source) -> None:
    """Raises LayoutError: what would be graded as one student's ZIP is the download of a class."""
    if len(found.entries) > _FEW or not all(_is_one_zip(entry) for entry in found.entries):
        return
    stored = [entry.files[0].stored for entry in found.entries]
    downloads = [(path, platform) for path in stored if (platform := _platform_of(path, source))]
    if downloads and 2 * len(downloads) >= len(stored):  # one student's own among many says nothing about these
        path, platform = downloads[0]
        raise LayoutError(
            f"{printable(path)} is itself a {platform} download, not one student's work: unpack it, and "
            "grade what was in it (`--layout folder` takes it for a student's all the same)"
        )


def _is_one_zip(entry: Entry) -> bool:
    return len(entry.files) == 1 and entry.files[0].name.lower().endswith(".zip")


def _platform_of(stored: str, source: Source) -> str:
    """The platform whose download a ZIP within the download looks like; "" for none."""
    try:
        with ZipSource(Path(stored), source.read(stored)) as inside:
            views = [view for view in (inside.listing, inside.listing.inside()) if view and view.files]
    except (LayoutError, SubmissionRejected):
        return ""
    for name in LAYOUTS:
        if name != "folder" and any(LAYOUTS[name].confidence(view) >= _SURE for view in views):
            return name
    return ""
