"""How much a submission may use."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """The limits of one cell.

    call_seconds   wall time of one call, unless the call names its own; see `inside.time_limit` for a busy machine
    total_seconds  wall and processor time of all that the cell does
    memory_bytes   address space beyond what the interpreter and numpy take
    output_bytes   how much of each of standard output and standard error is kept
    result_bytes   arrays of one reply
    """

    call_seconds: float = 10.0
    total_seconds: float = 120.0
    memory_bytes: int = 1 << 30
    output_bytes: int = 65_536
    result_bytes: int = 64 << 20

    def __post_init__(self) -> None:
        for name in ("call_seconds", "total_seconds", "memory_bytes", "result_bytes"):
            if not getattr(self, name) > 0:
                raise ValueError(f"{name} must be positive, not {getattr(self, name)!r}")
        if self.output_bytes < 0:
            raise ValueError(f"output_bytes must not be negative, is {self.output_bytes!r}")
