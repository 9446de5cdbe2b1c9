"""Numbers in a text that are the sizes of data sets, for which fewer samples stand in.

`x_train.reshape(60000, 784)` stops at 1,500 images, and so does `x[np.random.randint(60000)]`. Only where a file has
stopped at its data are such numbers replaced, all of them together.
"""

import re
from collections.abc import Iterable, Mapping

PIXELS = 784
_NUMBER = re.compile(r"(?<![\w.])([1-9]\d{3,7})(?![\w.])")
_THOUSANDS = range(5_000, 70_001, 500)


def sizes_in(sources: Iterable[str], rows: tuple[int, int]) -> Mapping[int, int]:
    """Each size of the sets of digits that stands in the texts, and what it is where `rows` samples are given.

    Args:
        rows: training and test samples that are given.
    """
    found = {int(number) for source in sources for number in _NUMBER.findall(source.replace("_", ""))}
    train, test = rows
    known = {60_000: train, 10_000: test, 70_000: train + test, 42_000: train, 28_000: test}
    known[50_000] = train - test if 60_000 in found else train
    for size in _THOUSANDS:
        known.setdefault(size, round(size * train / 60_000))
    known |= {size * PIXELS: given * PIXELS for size, given in known.items()}
    if not found & {60_000, 50_000, 42_000, 70_000, 60_000 * PIXELS, 10_000, 10_000 * PIXELS}:
        return {}
    return {size: known[size] for size in sorted(found & known.keys())}
