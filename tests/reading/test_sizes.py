"""Sizes of data sets that are written into a file."""

import grader
from grader.reading.runs.sizes import sizes_in

from .scripts import ASIDE

ROWS = 1_500, 400


def test_sizes_of_the_sets_and_what_is_given_for_them():
    assert sizes_in(["x.reshape(60000, 784)", "np.zeros((10000, 10))"], ROWS) == {10_000: 400, 60_000: 1_500}
    assert sizes_in(["x.reshape(60_000 * 1, -1)"], ROWS) == {60_000: 1_500}
    assert sizes_in(["np.empty(47040000)"], ROWS) == {47_040_000: 1_500 * 784}


def test_a_validation_set_is_what_is_left():
    assert sizes_in(["x[:50000], x[50000:60000]"], ROWS) == {50_000: 1_100, 60_000: 1_500}
    assert sizes_in(["for i in range(0, 50000, 10): pass"], ROWS) == {50_000: 1_500}


def test_other_numbers_are_let_be():
    assert sizes_in(["rate = 0.60000", "x60000 = 1", "epochs = 5000", "seed = 12345"], ROWS) == {}


def test_a_file_that_counts_on_60000_images_is_read():
    explanation = grader.explain(ASIDE / "sizes_written_in__new_weights.py")
    assert [layer.units for layer in explanation.network.layers] == [64, 32, 10]
    assert (explanation.faults[0].code, explanation.faults[0].location.line) == ("new-weights", 44)
    assert ("sizes in the file", "400 for 10,000; 1,500 for 60,000") in explanation.data
