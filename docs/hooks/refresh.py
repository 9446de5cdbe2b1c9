"""Writes the generated parts of the pages into them: `python docs/hooks/refresh.py`.

With `--check` nothing is written, and pages that are out of date are named.
"""

import sys
from pathlib import Path

import commands
import report_fields
import samples
import settings

from grader.datasets import find_mnist


def refreshed(text: str) -> str:
    """A page with its generated parts as they are now."""
    for maker in (commands, report_fields, settings):
        text = maker.refreshed(text)
    # Reports that trained on drawn digits would say so on every page.
    return samples.refreshed(text) if find_mnist() else text


def main() -> None:
    stale = []
    for path in sorted(Path(__file__).parents[1].glob("*.md")):
        text = path.read_text("utf-8")
        if (anew := refreshed(text)) != text:
            stale.append(path.name)
            if "--check" not in sys.argv[1:]:
                path.write_text(anew, "utf-8")
    if "--check" in sys.argv[1:] and stale:
        sys.exit(f"out of date: {', '.join(stale)}; `make reference` writes them anew")


if __name__ == "__main__":
    main()
