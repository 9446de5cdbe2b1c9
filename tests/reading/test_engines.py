"""Numbers that know their own gradients: a class for single numbers, whose products are those of a network's units."""

import pytest

from grader.reading.explain import explain
from tests.tables import table

ENGINE = """
import math, random
class Number:
    def __init__(self, worth, parents=()):
        self.worth, self.slope, self.parents, self.back = worth, 0.0, parents, lambda: None
    def __add__(self, other):
        total = Number(self.worth + other.worth, (self, other))
        def back():
            self.slope += total.slope
            other.slope += total.slope
        total.back = back
        return total
    def __mul__(self, other):
        product = Number(self.worth * other.worth, (self, other))
        def back():
            self.slope += product.slope * other.worth
            other.slope += product.slope * self.worth
        product.back = back
        return product
    def squashed(self):
        t = math.tanh(self.worth)
        f = Number(t, (self,))
        def back():
            self.slope += (1 - t * t) * f.slope
        f.back = back
        return f
    def go_back(self):
        order, seen = [], set()
        def visit(node):
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)
        visit(self)
        self.slope = 1.0
        for node in reversed(order):
            node.back()
random.seed(1)
class Unit:
    def __init__(self, inputs):
        self.weights = [Number(random.uniform(-1, 1)) for _ in range(inputs)]
        self.bias = Number(random.uniform(-1, 1))
    def __call__(self, values):
        total = self.bias
        for weight, value in zip(self.weights, values):
            total = total + weight * value
        return total.squashed()
hidden, last = [Unit(3) for _ in range(4)], Unit(4)
learned = [number for unit in [*hidden, last] for number in [*unit.weights, unit.bias]]
samples = [[random.uniform(-2, 2) for _ in range(3)] for _ in range(4)]
targets = [0.9, -0.7, -0.9, 0.6]
for step in range(60):
    outputs = [last([unit([Number(x) for x in sample]) for unit in hidden]) for sample in samples]
    cost = Number(0.0)
    for output, target in zip(outputs, targets):
        error = output + Number(-target)
        cost = cost + error * error
    for number in learned:
        number.slope = 0.0
    cost.go_back()
    for number in learned:
        number.worth -= 0.05 * number.slope
"""


@pytest.fixture
def read(tmp_path):
    def read(source: str):
        path = tmp_path / "engine.py"
        path.write_text(source)
        return explain(path)

    return read


def test_the_layers_of_an_engine_are_read_and_judged(read):
    found = read(ENGINE)
    assert [(layer.inputs, layer.units, layer.activation) for layer in found.network.layers] == [
        (3, 4, "tanh"),
        (4, 1, "tanh"),
    ]
    assert (found.status, found.network.batch, found.network.cost) == ("right", 4, "squared error")


def test_a_wrong_slope_in_an_engine_is_found(read):
    found = read(ENGINE.replace("(1 - t * t) * f.slope", "(1 - t) * f.slope"))
    assert [(fault.quantity, fault.code) for fault in found.faults] == [
        ("δ2", "half-of-the-slope"),
        ("δ1", "half-of-the-slope"),
    ]


@table
def test_gradients_that_are_not_cleared_pile_up(read):
    found = read(ENGINE.replace("number.slope = 0.0", "pass"))
    assert [(fault.quantity, fault.code) for fault in found.faults] == [("step", "pile-up")]
