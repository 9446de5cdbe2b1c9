"""What is told of numbers that are to be drawn at random."""

import numpy as np
import pytest

from grader import Grader
from grader.diagnosis.cases.parts import Part
from grader.diagnosis.numbers.drawn import as_told
from grader.submissions import load_source
from tests import library

BEGINNING = """
import numpy as np

def initialize_parameters_deep(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters["W" + str(l)] = WEIGHTS
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters
"""
RIGHT = "np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01"


@pytest.fixture(scope="module")
def course():
    with Grader(library.assignment("dl-deep-network")) as session:
        yield session


@pytest.mark.parametrize(
    ("weights", "told"),
    [
        (RIGHT, []),
        ("np.random.standard_normal(size=(layer_dims[l], layer_dims[l - 1])) / 100", []),
        ("np.random.randn(layer_dims[l], layer_dims[l - 1]) / np.sqrt(layer_dims[l - 1])", []),  # accepted as well
        ("np.full((layer_dims[l], layer_dims[l - 1]), 0.01)", ["drawn-alike"]),
        ("np.random.default_rng().normal(size=(layer_dims[l - 1], layer_dims[l])) * 0.01", ["drawn-turned"]),
        ("0.01 * np.abs(np.random.normal(size=(layer_dims[l], layer_dims[l - 1])))", ["drawn-one-sided"]),
        ("np.random.randn(layer_dims[l] + 70, layer_dims[l - 1]) * 0.01", ["drawn-sized"]),
        ("np.random.normal(0, 5, size=(layer_dims[l], layer_dims[l - 1]))", ["drawn-too-wide"]),
    ],
)
def test_what_is_drawn_is_judged_by_shape_sign_and_spread(course, weights, told):
    source = load_source(BEGINNING.replace("WEIGHTS", weights), "homework.py")
    (function,) = course.grade(source, functions=["initialize_parameters_deep"]).functions
    codes = [one.code.rpartition(".")[2] for one in function.diagnoses]
    assert codes == told or (told and not codes[0].startswith("drawn")), codes  # or a change of the text is told


def told(course, weights):
    source = load_source(BEGINNING.replace("WEIGHTS", weights), "homework.py")
    (function,) = course.grade(source, functions=["initialize_parameters_deep"]).functions
    return function


def test_the_parts_are_named(course):
    source = load_source(BEGINNING.replace("WEIGHTS", "np.zeros((layer_dims[l], layer_dims[l - 1]))"), "homework.py")
    (function,) = course.grade(source, functions=["initialize_parameters_deep"]).functions
    (told,) = function.diagnoses
    assert told.title == "`W1`, `W2` and `W3` begin with equal numbers, and should be drawn at random"


@pytest.mark.parametrize(("equal", "is_said"), [(["W1", "W2"], True), (["W1"], False)])
def test_that_units_stay_equal_is_said_where_all_weights_begin_so(equal, is_said):
    """With random weights behind them, units that begin alike get gradients of their own."""
    draw = np.random.default_rng(0).normal
    shapes = {"W1": (4, 3), "W2": (2, 4)}
    part = {name: Part(f"`{name}`", (name,), "") for name in shapes}
    pairs = {
        part[name]: [(np.full(shape, 0.01) if name in equal else draw(size=shape), draw(size=shape))]
        for name, shape in shapes.items()
    }
    told = as_told("initialize", "alike", [part[name] for name in equal], pairs)
    assert ("stay equal" in told.explanation) == is_said


def test_that_other_random_numbers_pass_by_chance_is_no_repair(course):
    weights = "np.tile(np.random.randn(1, layer_dims[l - 1]) * 0.01, (layer_dims[l], 1))"
    assert not any("passes" in one.explanation for one in told(course, weights).diagnoses)


@pytest.mark.parametrize(
    ("first", "second", "title"),
    [
        (42, 6, "`weights1` and `weights2` do not fit one another"),  # any number of units is right, if it is one
        (42, 42, None),
    ],
)
def test_sizes_that_nobody_gives_need_only_fit_one_another(first, second, title):
    source = f"""
import numpy as np
class NeuralNetwork:
    def __init__(self, x, y):
        self.input, self.y = x, y
        self.weights1 = np.random.rand(x.shape[1], {first})
        self.weights2 = np.random.rand({second}, 1)
"""
    with Grader(library.assignment("loy-two-layer-network")) as session:
        (function,) = session.grade(load_source(source, "homework.py"), functions=["NeuralNetwork"]).functions
    assert [one.title for one in function.diagnoses] == [title] * (title is not None)
