"""Text to learn from: what stands for a `.txt` file of which a script makes an alphabet or a list of words."""

import re
from collections.abc import Iterable, Mapping

import numpy as np

from grader.reading.recorded.recording import Array
from grader.sandbox.inside.sample_data.files import ANY_TEXT

_OF_TEXT = re.compile(
    r"vocab|(char|word|ch|ix|idx|token)s?_?(to|2|from)_?(i|ix|idx|index|int|char|word|ch|token)\b|corpus", re.IGNORECASE
)
_NAMES = re.compile(r"""["']([^"'\n]*[\w-]\.txt)["']""")
SENTENCES = 60
_WHO = ("the cat", "a dog", "the old man", "my sister", "a child", "the bird")
_DOES = ("sees", "likes", "finds", "follows", "hears", "wants")
_WHAT = ("a house", "the tree", "some water", "the road", "a red ball", "the sea")


def texts_in(sources: Iterable[str]) -> Mapping[str, Array]:
    """Text files that the sources name, or that they open, with the bytes of a text; none if no words are learned."""
    text = "\n".join(sources)
    if not _OF_TEXT.search(text):
        return {}
    names = {re.split(r"[/\\]", name)[-1] for name in _NAMES.findall(text)}
    return dict.fromkeys(sorted(names) or [ANY_TEXT], _sentences())


def _sentences() -> Array:
    draws = np.random.default_rng(0)
    told = [" ".join(parts[draws.integers(len(parts))] for parts in (_WHO, _DOES, _WHAT)) for _ in range(SENTENCES)]
    return np.frombuffer((". ".join(told) + ".\n").encode(), np.uint8)
