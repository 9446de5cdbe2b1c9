"""Modules of an assignment that a submission may import without bringing them."""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from grader.submissions.submission import SourceUnit, Submission, first_remarks
from grader.submissions.syntax import parse


def with_provided(submission: Submission, provided: Mapping[str, str]) -> Submission:
    """The submission with those modules that it imports and lacks, and a remark on each.

    Args:
        provided: text by the name of the module, as it is imported; a module that the submission brought wins.
    """
    lacking = {name: text for name, text in provided.items() if name not in submission.modules}
    own = [unit.source for unit in (*submission.units, *submission.modules.values())] if lacking else []
    asked = sorted({name for source in own for name in _imported(source) if name in lacking})
    if not asked:
        return submission
    taken: dict[str, SourceUnit] = {}
    pending = [*asked]
    while pending:
        name = pending.pop()
        file = f"{name.replace('.', '/')}.py"
        taken[name] = SourceUnit(file, lacking[name], lacking[name], file)
        pending += [other for other in _imported(lacking[name]) if other in lacking and other not in taken]
    remark = (
        f"{_listed(asked)}: not in the submission, so the assignment's own {'is' if len(asked) == 1 else 'are'} used"
    )
    return replace(
        submission,
        modules={**submission.modules, **taken},
        remarks=first_remarks([*submission.remarks, remark]),
    )


def _listed(names: Iterable[str]) -> str:
    *others, last = (f"`{name}`" for name in names)
    return f"{', '.join(others)} and {last}" if others else last


def _imported(source: str) -> Iterator[str]:
    """The modules that a text imports anywhere, in functions too, and the packages that they are in."""
    if "import" not in source or (tree := parse(source)) is None:
        return
    for node in ast.walk(tree):
        match node:
            case ast.Import():
                for alias in node.names:
                    yield from _with_packages(alias.name)
            case ast.ImportFrom(level=0, module=str(module)):
                yield from _with_packages(module)
                yield from (f"{module}.{alias.name}" for alias in node.names)


def _with_packages(module: str) -> Iterator[str]:
    while module:
        yield module
        module = module.rpartition(".")[0]
