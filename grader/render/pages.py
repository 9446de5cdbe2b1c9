"""Templates of HTML pages: what is put in is escaped, and what is missing is an error."""

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined


def templates(package: str, **options: Any) -> Environment:
    """The folder `templates` of a package; a line that holds a statement alone leaves none on the page."""
    lines = {"trim_blocks": True, "lstrip_blocks": True, **options}
    return Environment(loader=PackageLoader(package), autoescape=True, undefined=StrictUndefined, **lines)
