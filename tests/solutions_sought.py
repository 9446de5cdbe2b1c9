"""Whether students hold a line of a solution: `python -m tests.solutions_sought`.

What they can have is made as they get it: the grader's distribution, installed and compiled, a bundle and the
starters of every assignment of the library, and those of the notebooks that the tests take over. In all of it, also
in what `strings` would show of a compiled file, and whatever the spaces between words, each telling line of what is
secret is sought: of the solutions, the library's operations and formulas, the right examples, modules that answer
another assignment, hidden tests, and rubrics. A line that an assignment itself shows (contract, handout, modules that
come with it) is none, nor is one of a module that comes with another: courses hand out a sigmoid and ask for it later.
"""

import compileall
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from grader.assignments import Assignment, AssignmentError, library_folders, load_assignment
from grader.assignments.notebooks import Derived
from grader.assignments.scaffold import take_over
from grader.assignments.starter import starter_files
from grader.bundles import build_bundle
from tests.notebooks.sources import NBGRADER, OTTER

ROOT = Path(__file__).parents[1]
TELLING, LONG = 16, 40  # characters without spaces; a long line is sought inside others, too
# Lines of any numpy program, and two formulas that the grader itself computes with.
INCIDENTAL = {
    "".join(line.split())
    for line in (
        "Array = NDArray[np.float64]",
        "Parameters = dict[str, Array]",
        "names: Mapping[str, str] | None = None,",
        "array = as_array(value)",
        "array = np.asarray(value)",
        "self.value = value",
        "np.random.seed(seed)",
        "rng = np.random.default_rng(1)",
        "rng = np.random.default_rng(seed)",
        "for name, value in parameters.items()",
        "e = np.exp(z - z.max(axis=1, keepdims=True))",
        "return 1 / (1 + np.exp(-x))",
    )
}
_PRINTABLE = re.compile(rb"[\x20-\x7e\t]{4,}")
_NO_ANSWER = re.compile(
    r"#|@|import |from .* import |def |class |\"\"\"|return [\w., ()]*$|assert isinstance|raise |if __name__|for \w+ in"
)


def main() -> int:
    with tempfile.TemporaryDirectory() as scratch:
        assignments = [*map(load_assignment, library_folders()), *_taken_over(Path(scratch))]
        held = {**_installed(Path(scratch)), **_handed_out(assignments)}
        secret = {line: where for one in assignments for line, where in _secret(one)} | dict(_knowledge())
        public = _squeezed("\n".join(text for one in assignments for text in one.handed_out.values()))
        known = {line for line in secret if _squeezed(line) in public or _squeezed(line) in INCIDENTAL}
        secret = {line: where for line, where in secret.items() if line not in known}
        found = list(sought(secret, held))
    print(f"{len(secret):,} telling lines of {len(assignments)} assignments and of the operations, sought in")
    print(f"{len(held):,} files, {sum(map(len, held.values())):,} bytes: {len(found)} found")
    for line, where, file in found:
        print(f"  {file} has, of {where}: {line}")
    return int(bool(found))


def sought(secret: Mapping[str, str], held: Mapping[str, bytes]) -> Iterator[tuple[str, str, str]]:
    """Each secret line that a file has, where it is secret, and the file."""
    squeezed = {_squeezed(line): line for line in secret}
    long = [line for line in squeezed if len(line) >= LONG]
    for file, content in held.items():
        runs = [run.decode("ascii") for run in _PRINTABLE.findall(content)]
        lines = {_squeezed(line.replace('\\"', '"')) for run in runs for line in run.split("\\n")}  # JSON's
        whole = "\n".join(lines)
        for line in squeezed.keys() & lines | {line for line in long if line in whole}:
            yield squeezed[line], secret[squeezed[line]], file


def _squeezed(line: str) -> str:
    return "".join(line.split())


def _taken_over(scratch: Path) -> Iterator[Assignment]:
    for name, text in {**NBGRADER, **OTTER}.items():
        (scratch / f"{name}.ipynb").write_text(text, "utf-8")
        take_over(scratch / f"{name}.ipynb", scratch / name)
        yield load_assignment(scratch / name)


def _installed(scratch: Path) -> dict[str, bytes]:
    """What `pip install .` puts on a student's disk, compiled as it is when first used."""
    target = scratch / "site"
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(scratch)]
    subprocess.run(build, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wheel = next(scratch.glob("*.whl"))
    subprocess.run([sys.executable, "-m", "zipfile", "-e", str(wheel), str(target)], check=True)
    compileall.compile_dir(target, quiet=2)
    return {str(path.relative_to(target)): path.read_bytes() for path in target.rglob("*") if path.is_file()}


def _handed_out(assignments: list[Assignment]) -> dict[str, bytes]:
    """Bundles, where there are some, and starters."""
    held: dict[str, bytes] = {}
    for one in assignments:
        held |= {f"{one.id}/{name}": text.encode() for name, text in starter_files(one).items()}
        try:
            held[f"{one.id}.bundle.json"] = build_bundle(one).text.encode()
        except AssignmentError as error:
            print(f"no bundle of {one.id}: {error}", file=sys.stderr)
    return held


def _secret(one: Assignment) -> Iterator[tuple[str, str]]:
    """The telling lines that the assignment shows nowhere."""
    texts = {f"the solution of {one.id}": one.solution_source}
    texts |= {f"{one.id}/provided/{n}.py": one.provided[n] for n in one.provided.keys() - one.handed_out.keys()}
    for path in (one.folder / "examples").glob("right/*.py"):
        texts[f"{one.id}/examples/right/{path.name}"] = path.read_text("utf-8")
    handout = one.folder / "README.md"
    shown = [handout.read_text("utf-8") if handout.is_file() else "", *one.handed_out.values()]
    shown += [function.source + function.documentation for function in one.contract]
    if one.notebook is not None:
        derived = Derived(one.notebook)
        texts[f"the notebook's solution of {one.id}"] = derived.solution_text
        texts |= {f"a hidden test of {one.id}": "\n".join(test.hidden for _, test in derived.tests)}
        texts |= {f"the rubric of {question.name}": question.rubric for question in one.written}
        shown += [cell.student or "" for cell in one.notebook.cells]
        shown += [cell.source for cell in one.notebook.cells if cell.kind == "given"]
    public = _squeezed("\n".join(shown))
    for where, text in texts.items():
        yield from ((line, where) for line in _telling(text) if _squeezed(line) not in public)


def _knowledge() -> Iterator[tuple[str, str]]:
    for folder in ("operations", "reference"):
        for path in (ROOT / folder).rglob("*.py"):
            yield from ((line, str(path.relative_to(ROOT))) for line in _telling(path.read_text("utf-8")))


def _telling(text: str) -> Iterator[str]:
    for line in map(str.strip, text.splitlines()):
        if len(_squeezed(line)) >= TELLING and not _NO_ANSWER.match(line) and re.search(r"[=(@*/]", line):
            yield line


if __name__ == "__main__":
    sys.exit(main())
