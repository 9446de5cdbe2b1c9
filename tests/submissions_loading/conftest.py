import json
from collections.abc import Callable
from pathlib import Path

import pytest


def notebook_json(*code: str, minor: int = 4, **top: object) -> str:
    """A notebook of version 4 with these code cells."""
    cells = [
        {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": source}
        | ({"id": f"id-{number}"} if minor >= 5 else {})
        for number, source in enumerate(code)
    ]
    return json.dumps({"nbformat": 4, "nbformat_minor": minor, "metadata": {}, "cells": cells} | top)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    """Write a file (or one in a folder) under the test's own folder."""

    def _write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return _write


@pytest.fixture
def samples() -> Path:
    return Path(__file__).parent.parent / "submissions"
