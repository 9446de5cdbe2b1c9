"""A tree of files to a submission: which of them hold the work, which are only imported."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence, Set
from dataclasses import replace

from grader.submissions.errors import SubmissionRejected, first_of, printable
from grader.submissions.imports import Siblings, absolute_imports, with_parents
from grader.submissions.limits import MAX_CODE_BYTES, megabytes
from grader.submissions.python2 import Conversion
from grader.submissions.source_file import SourceFile, read_source_file
from grader.submissions.submission import Kind, SourceUnit, Submission, first_remarks
from grader.submissions.syntax import edit
from grader.submissions.tree import FileTree, remark_on_left_out, unwrapped, why_nothing
from grader.submissions.unwritten import stub_statements

_COPY = re.compile(r"copy|kopie|copie|backup|\bold\b|\(\d+\)", re.IGNORECASE)
_NOT_THE_WORK = re.compile(r"(^|/)(test_[^/]*|[^/]*_test|conftest|setup)\.py$")


def submission_from_tree(tree: FileTree, contract_names: Collection[str], sha256: str) -> Submission:
    """The submission in a folder or an archive.

    The work is the file, or the fewest files, that have or import the most functions of the contract that are written:
    a starter that was left as it is, is never the work beside a file in which it was filled in.

    Raises:
        SubmissionRejected: there is no Python in it, or too much.
    """
    root = unwrapped(tree)
    sources, remarks = _readable(root, tree)
    modules = [source for source in sources if not source.is_notebook]
    siblings = Siblings(modules, root.name.partition(".")[0])
    entries = _entries(sources, siblings, frozenset(contract_names))
    remarks += _choice(entries, sources, siblings)
    units: list[SourceUnit] = []
    written: dict[str, SourceUnit] = {}
    for entry in entries:
        remarks += entry.remarks
        package = siblings.package_of(entry.file)
        others = [other for other in entries if other is not entry]
        written_there = {name for other in others for name in other.implemented}
        begun_there = {name for other in others for name in other.begun}
        plain = [_without_stubs(unit, written_there, begun_there) for unit in entry.units]
        units += [absolute_imports(unit, package) for unit in plain]
        written.update(entry.written)
    return Submission(
        name=tree.name,
        sha256=sha256,
        kind=_kind(entries, sources),
        units=tuple(units),
        modules=with_parents({**siblings.modules(entries), **written}),
        remarks=first_remarks([*remarks, *filter(None, [remark_on_left_out(root)])]),
        document=next((entry.document for entry in entries if entry.document), None),
        data={file.path: file.data for file in tree.data},
    )


def _readable(root: FileTree, tree: FileTree) -> tuple[list[SourceFile], list[str]]:
    """Every file that can be read, and a remark on every other; a package's empty `__init__.py` is in order."""
    sources: list[SourceFile] = []
    remarks: list[str] = []
    refusals: list[str] = []
    convert = Conversion()
    for file in root.files:
        path = printable(file.path, 200)
        try:
            sources.append(read_source_file(path, file.data, file.modified, convert))
        except SubmissionRejected as refusal:
            if file.data.strip():
                refusals.append(refusal.reason)
            else:
                sources.append(SourceFile(path, (SourceUnit(path, "", "", path),)))
    if not any(source.code_size for source in sources):
        if refusals:
            raise SubmissionRejected(f"{tree.name} holds no readable Python: {refusals[0]}")
        found = "its Python files are empty" if sources else why_nothing(root)
        raise SubmissionRejected(f"{tree.name} holds no Python: {found}. Expected a notebook (.ipynb) or .py files.")
    code = sum(source.code_size for source in sources if not source.is_notebook)
    if code > MAX_CODE_BYTES:
        raise SubmissionRejected(
            f"{tree.name} holds {megabytes(code)} of Python; at most {megabytes(MAX_CODE_BYTES)} is accepted. "
            "Leave out libraries that you did not write."
        )
    remarks += [f"left out: {reason}" for reason in refusals]
    return sources, remarks


def _entries(sources: Sequence[SourceFile], siblings: Siblings, contract: Set[str]) -> list[SourceFile]:
    """The files to run: modules in dependency order, then notebooks."""
    wanted = contract | {name.partition(".")[0] for name in contract}
    chosen = _fewest(sources, siblings, wanted, lambda source: source.begun)
    # What is only set up may be right (weights that begin at zero): it is taken where nothing else is written.
    provided = _provided(sources, siblings, lambda source: source.implemented)
    left = wanted - {name for source in chosen for name in provided[source.file]}
    chosen += _fewest(sources, siblings, left, lambda source: source.implemented)
    chosen = chosen or _fewest(sources, siblings, wanted, lambda source: source.definitions) or _likely_work(sources)
    files = {source.file for source in chosen}
    ordered = [source for source in siblings.in_dependency_order(chosen) if source.file in files]
    return sorted(ordered, key=lambda source: source.is_notebook)


_Names = Callable[[SourceFile], Set[str]]


def _fewest(sources: Sequence[SourceFile], siblings: Siblings, wanted: Set[str], names: _Names) -> list[SourceFile]:
    """The file, or else the fewest files, that have all of the wanted names that there are; none if there are none."""
    provided = _provided(sources, siblings, names)
    reachable = wanted & {name for found in provided.values() for name in found}
    whole = [source for source in sources if reachable and reachable <= provided[source.file]]
    if whole:
        return [min(whole, key=lambda source: _rank(source, names(source) & wanted, wanted))]
    chosen = []
    missing = wanted & {name for source in sources for name in names(source)}
    while missing:
        chosen.append(min(sources, key=lambda source: _rank(source, names(source) & missing, wanted)))
        missing -= names(chosen[-1])
    return chosen


def _provided(sources: Sequence[SourceFile], siblings: Siblings, names: _Names) -> dict[str, Set[str]]:
    """The names that each file's namespace has after running it, by definition or by import from a sibling."""
    provided: dict[str, Set[str]] = {}
    for source in siblings.in_dependency_order(sources):
        found = set(names(source))
        for module, imported in siblings.imported(source):
            found |= imported.bound(dict.fromkeys(provided.get(module.file, ()))).keys()
        provided[source.file] = found
    return provided


def _rank(source: SourceFile, own: Set[str], wanted: Set[str]) -> tuple[object, ...]:
    """Smallest for the file to prefer: more of what is wanted, less left as set up, a notebook, newer, no copy."""
    is_copy = _COPY.search(source.file) is not None
    defined = len(source.definitions & wanted)
    blank = source.blank_parts(own)
    return -len(own), blank, -defined, not source.is_notebook, -source.modified, is_copy, source.file


def _without_stubs(unit: SourceUnit, written: Set[str], begun: Set[str]) -> SourceUnit:
    """The unit without its functions that are stubs, or set up alone, where another file has them written, or begun."""
    stubs = stub_statements(unit.source, written, begun) if written else []
    return replace(unit, source=edit(unit.source, [(stub, lambda text: "pass") for stub in stubs])) if stubs else unit


def _likely_work(sources: Sequence[SourceFile]) -> list[SourceFile]:
    """What to run when nothing of the contract is defined anywhere: the fullest notebook, else every module."""
    notebooks = [source for source in sources if source.is_notebook]
    if notebooks:
        return [min(notebooks, key=lambda source: (-source.code_size, -source.modified, source.file))]
    full = [source for source in sources if source.code_size]
    return [source for source in full if not _NOT_THE_WORK.search(source.file)] or full


def _choice(entries: Sequence[SourceFile], sources: Iterable[SourceFile], siblings: Siblings) -> list[str]:
    """A remark on which file was taken, where another could have been meant."""
    imported = {module.file for module in siblings.in_dependency_order(entries)}
    others = [source.file for source in sources if source.file not in imported and source.code_size]
    if len(entries) > 1:
        return [f"run together, in this order: {', '.join(entry.file for entry in entries)}"]
    if not others:
        return []
    return [f"taken as the work: {entries[0].file} (not {first_of(others)})"]


def _kind(entries: Sequence[SourceFile], sources: Sequence[SourceFile]) -> Kind:
    if any(entry.is_notebook for entry in entries):
        return "notebook"
    return "module" if len(sources) == 1 else "package"


def submission_from_file(source: SourceFile, sha256: str) -> Submission:
    """The submission that is one notebook or one module."""
    units = tuple(absolute_imports(unit, "") for unit in source.units)
    return Submission(
        name=source.file,
        sha256=sha256,
        kind="notebook" if source.is_notebook else "module",
        units=units,
        modules=with_parents(source.written),
        remarks=first_remarks(source.remarks),
        document=source.document,
    )
