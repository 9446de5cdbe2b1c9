"""The attacks that are source code: each begins with a line `# %% name | what must be seen`.

What must be seen is a regular expression, searched for in what the submission printed and in the messages of its
report. `[x86_64]` after the name restricts an attack to one architecture.
"""

import platform
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ATTACKS = Path(__file__).parent / "attacks"
_HEADER = re.compile(r"^# %% (?P<name>[^|\[]+?) (\[(?P<machine>\w+)\] )?\| (?P<seen>.+)$", re.MULTILINE)
# The tools live in every attack's namespace; the program that they belong to is never an attack itself.
HOMEWORK = ATTACKS / "homework.py"


@dataclass(frozen=True)
class Attack:
    """One hostile submission, without the wrong implementation that it comes with."""

    name: str
    category: str
    source: str
    seen: str

    @property
    def id(self) -> str:
        return f"{self.category}: {self.name}"


def source_attacks() -> tuple[Attack, ...]:
    """Every attack under `attacks/` that this machine's processor can run."""
    files = sorted(path for path in ATTACKS.glob("*.py") if path != HOMEWORK)
    return tuple(attack for path in files for attack in _attacks_of(path))


def _attacks_of(path: Path) -> Iterator[Attack]:
    text = path.read_text("utf-8")
    headers = [*_HEADER.finditer(text)]
    if len(headers) != text.count("# %%"):
        raise ValueError(f"{path} has a malformed header; expected `# %% name | regular expression`")
    ends = [header.start() for header in headers[1:]] + [len(text)]
    for header, end in zip(headers, ends, strict=True):
        if header["machine"] in (None, platform.machine()):
            yield Attack(header["name"], path.stem, text[header.end() : end].strip() + "\n", header["seen"])
