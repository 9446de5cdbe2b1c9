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
    taken: dict[str, SourceUnit] = {}
    pending = [unit.source for unit in (*submission.units, *submission.modules.values())] if lacking else []
    while pending:
        for name in _imported(pending.pop()):
            if name in lacking and name not in taken:
                file = f"{name}.py"
                taken[name] = SourceUnit(file, lacking[name], lacking[name], file)
                pending.append(lacking[name])
    if not taken:
        return submission
    remark = (
        f"{_listed(taken)}: not in the submission, so the assignment's own {'is' if len(taken) == 1 else 'are'} used"
    )
    return replace(
        submission,
        modules={**submission.modules, **taken},
        remarks=first_remarks([*submission.remarks, remark]),
    )


def _listed(names: Iterable[str]) -> str:
    *others, last = (f"`{name}`" for name in sorted(names))
    return f"{', '.join(others)} and {last}" if others else last


def _imported(source: str) -> Iterator[str]:
    """The top-level modules that a text imports anywhere, in functions too."""
    if "import" not in source or (tree := parse(source)) is None:
        return
    for node in ast.walk(tree):
        match node:
            case ast.Import():
                yield from (alias.name.partition(".")[0] for alias in node.names)
            case ast.ImportFrom(level=0, module=str(module)):
                yield module.partition(".")[0]
