"""Products with named axes are those of two arrays, rows by columns."""

from itertools import permutations

import numpy as np
import pytest

from grader.sandbox.inside.event_log.products import sides_of

SIZES = {"n": 3, "i": 4, "o": 5}
NAMES = [
    (one, other, "".join(result))
    for one in ("ni", "in", "i")
    for other in ("io", "oi", "i")
    for result in permutations(sorted({*one, *other} - {"i"}))
    if one != other
]


def _array(axes: str) -> np.ndarray:
    return np.random.default_rng(len(axes)).normal(size=[SIZES[axis] for axis in axes])


def _product(sides: list[tuple[np.ndarray, bool]]) -> np.ndarray:
    one, other = (array.T if is_turned else array for array, is_turned in sides)
    return one @ other


@pytest.mark.parametrize(("one", "other", "result"), NAMES)
def test_einsum_is_the_product_of_its_sides(one, other, result):
    args = f"{one}, {other} -> {result}", _array(one), _array(other)
    found = _product(sides_of("einsum", args, {}))
    assert found.shape == tuple(SIZES[axis] for axis in result)
    assert np.allclose(found, np.einsum(*args))


@pytest.mark.parametrize("axes", [1, (0, 0), ([1], [1]), ([-1], [0])])
def test_tensordot_is_the_product_of_its_sides(axes):
    args = np.random.default_rng(0).normal(size=(2, 4, 4))
    assert np.allclose(_product(sides_of("tensordot", (*args,), {"axes": axes})), np.tensordot(*args, axes=axes))


def test_inner_is_the_product_of_its_sides():
    args = _array("ni"), _array("oi")
    assert np.allclose(_product(sides_of("inner", args, {})), np.inner(*args))


@pytest.mark.parametrize("names", ["ni->i", "ni,ni->ni", "ni,ni->n", "...i,io->...o", "ii,io->io", 3])
def test_what_is_no_product_has_no_sides(names):
    assert sides_of("einsum", (names, np.eye(4), np.eye(4)), {}) == []
