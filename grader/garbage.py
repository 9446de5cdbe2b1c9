"""How often Python looks for rings of objects: seldom, since imports and reports are full of objects that stay."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# Objects made before it looks, which is a fifth of what imports cost at Python's own 700.
_COLLECTED_AFTER = (20_000, 20, 20)


def collect_seldom() -> None:
    gc.set_threshold(*_COLLECTED_AFTER)


def leave_out_what_is_there() -> None:
    """Nothing that was made until now is looked through again."""
    gc.collect()
    gc.freeze()


@contextmanager
def while_all_stays() -> Iterator[None]:
    """Meanwhile nothing is looked through, and afterwards nothing that was made meanwhile: modules, an assignment."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
