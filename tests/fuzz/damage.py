"""Files that once were, or might be, trouble to a reader, and damaged versions of them."""

from pathlib import Path

from hypothesis import strategies as st

_CORPUS = Path(__file__).parent / "corpus"
# Numbers at the edges of what a field can hold.
_EDGES = [value.to_bytes(4, "little") for value in (0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)]


def corpus(kind: str) -> list[Path]:
    """The files of one kind: frames, notebooks or archives."""
    return sorted((_CORPUS / kind).iterdir())


@st.composite
def damaged(draw: st.DrawFn, kind: str) -> tuple[str, bytes]:
    """The name of a file of the corpus and its bytes, with some of them overwritten, removed, doubled or inserted."""
    path = draw(st.sampled_from(corpus(kind)))
    data = path.read_bytes()
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = draw(st.integers(start, min(start + 64, len(data))))
        piece = draw(st.sampled_from(_EDGES) | st.binary(max_size=8) | st.just(data[start:end] * 2))
        data = (
            data[:start] + piece + data[end:]
            if draw(st.booleans())
            else data[:start] + piece + data[start + len(piece) :]
        )
    return path.name, data[: draw(st.integers(0, len(data)))] if draw(st.booleans()) else data
