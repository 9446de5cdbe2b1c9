"""Writing files so that a power cut or a kill leaves the old content or the new one."""

import os
from pathlib import Path


def write_atomically(path: Path, data: bytes, *, force: bool = True, mode: int = 0o666) -> None:
    """Write a file in whole: beside its place first, then renamed into it.

    Without `force` the disk may get it later, so that a power cut may lose it; a kill does not. `mode` is for a new
    file, less what the process leaves out of everything that it makes.
    """
    beside = path.with_name(f"{path.name}.part")
    beside.unlink(missing_ok=True)
    with open(beside, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
        file.write(data)
        if force:
            file.flush()
            os.fsync(file.fileno())
    beside.replace(path)
