"""Something of a submission that today's stack rejects."""

from dataclasses import dataclass

from grader.report import Location

_CERTAIN = ("syntax", "name", "numpy", "method", "module", "attribute", "print-modulo", "print-to-file")


@dataclass(frozen=True)
class Outdated:
    """Something that today's stack rejects: its kind, the name that it is about, the place."""

    kind: str
    detail: str = ""
    location: Location | None = None

    @property
    def is_certain(self) -> bool:
        """Whether the message of a failure tells; of an index that is no integer, say, it does not tell why."""
        return self.kind in _CERTAIN
