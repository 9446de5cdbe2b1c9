"""Writing files so that a power cut or a kill leaves the old content or the new one."""

import os
from pathlib import Path


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file in whole: beside its place first, then renamed into it."""
    beside = path.with_name(f"{path.name}.part")
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
