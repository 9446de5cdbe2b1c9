import os
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

IdxBytes = Callable[[NDArray[np.uint8]], bytes]


@pytest.fixture(scope="session")
def idx_bytes() -> IdxBytes:
    """Encodes an array of bytes as the IDX format describes it, independently of the reader."""

    def encode(array: NDArray[np.uint8]) -> bytes:
        header = struct.pack(">HBB", 0, 8, array.ndim) + struct.pack(f">{array.ndim}I", *array.shape)
        return header + array.tobytes()

    return encode


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all examples of a property."""
    return tmp_path_factory.mktemp("idx")


@pytest.fixture
def no_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without MNIST; returns the folder that is its user's home for caches."""
    monkeypatch.delenv("GRADER_DATA_DIR", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture(scope="session")
def real_t10k() -> Path:
    """The folder with the published test half of MNIST."""
    named = os.environ.get("GRADER_DATA_DIR")
    if not named or not (Path(named) / "t10k-images-idx3-ubyte.gz").is_file():
        pytest.skip("GRADER_DATA_DIR names no folder with t10k-images-idx3-ubyte.gz")
    return Path(named)
