"""Parts of pages that are made from the program itself, between two comments that name their maker:

    <!-- settings -->
    …
    <!-- /settings -->

What stands between them in the repository can be read there; the site is built with what is true when it is built.
`make reference` (`python docs/hooks/refresh.py`) writes it into the pages.
"""

import re
from collections.abc import Callable


def replaced(markdown: str, pattern: str, make: Callable[[re.Match[str]], str]) -> str:
    """The page with every part whose name fits `pattern` made anew."""
    part = re.compile(rf"^<!-- (?P<name>{pattern}) -->\n.*?^<!-- /(?P=name) -->$", re.MULTILINE | re.DOTALL)

    def anew(found: re.Match[str]) -> str:
        return f"<!-- {found['name']} -->\n\n{make(found).strip()}\n\n<!-- /{found['name']} -->"

    return part.sub(anew, markdown)
