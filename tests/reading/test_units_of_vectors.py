"""Units that are objects, each with a vector of weights: their products, one by one, are those of layers."""

import pytest

from grader.reading.explain import explain
from tests.tables import table

UNITS = """
import numpy as np
from sklearn.metrics import log_loss
r = np.random.default_rng(3)
class Unit:
    def __init__(self, size):
        self.w, self.bias, self.a, self.d = r.normal(size=size), float(r.normal()), 0.0, 0.0
    def give(self, values):
        self.a = 1 / (1 + np.exp(-(np.dot(self.w, values) + self.bias)))
        return self.a
hidden, last = [Unit(3) for _ in range(4)], [Unit(4) for _ in range(2)]
samples = [(x, [1, 0] if x[0] * x[1] > 0 else [0, 1]) for x in r.normal(size=(30, 3))]
for turn in range(4):
    squares = loss = 0
    for x, target in samples:
        below = [unit.give(x) for unit in hidden]
        above = [unit.give(below) for unit in last]
        squares += sum((t - o) ** 2 for t, o in zip(target, above))
        loss += log_loss(target, above)
        for unit, t in zip(last, target):
            unit.d = (t - unit.a) * unit.a * (1 - unit.a)
        for k, unit in enumerate(hidden):
            sent = sum(other.w[k] * other.d for other in last)
            unit.d = sent * unit.a * (1 - unit.a)
        for units, values in ((hidden, x), (last, below)):
            for unit in units:
                for k in range(len(values)):
                    unit.w[k] += 0.5 * unit.d * values[k]
                unit.bias += 0.5 * unit.d
    print(turn, squares, loss)
"""
OLD = "sent * unit.a * (1 - unit.a)"
CASES = {
    "as it is": (OLD, "right", []),
    "no slope": ("sent", "fault", ["no-slope"]),
    "no inputs": ("* values[k]", "fault", ["inputs-missing", "inputs-missing"]),
}


@pytest.fixture
def read(tmp_path):
    def read(source: str):
        path = tmp_path / "units.py"
        path.write_text(source)
        return explain(path)

    return read


@table
@pytest.mark.parametrize("name", CASES)
def test_what_units_with_vectors_learn_is_read_and_judged(read, name):
    part, status, codes = CASES[name]
    text = UNITS.replace(OLD, part) if "sent" in part else UNITS.replace(part, "")
    found = read(text)
    assert [(layer.inputs, layer.units, layer.activation) for layer in found.network.layers] == [
        (3, 4, "sigmoid"),
        (4, 2, "sigmoid"),
    ]
    assert (found.status, found.network.cost) == (status, "squared error")
    assert [fault.code for fault in found.faults] == codes
