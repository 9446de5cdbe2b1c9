"""Layers that are classes: the class of the solution comes from a table, and what goes wrong in one is named."""

import ast
from pathlib import Path

import pytest

from grader.assignments import AssignmentError, read_assignment
from grader.grading import grade
from tests import library

CONTRACT = '''
class Linear:
    """A layer."""
    def __init__(self, n_in, n_out): ...
    def forward(self, x) -> float:
        """The output."""
    def backward(self, dout) -> float:
        """The gradient in x."""
'''
TABLE = """
from operations import dense, layer_steps
from operations.layers import Style, affine_layer
COURSE = Style(parameter="params['{}']", gradient="grads['{}']", next_batch="add")
USES = (
    dense.use(),
    layer_steps.use(accumulates=True),
    affine_layer("Linear", COURSE, names={"W": "weight", "b": "bias"}, transposed=True, points=(20, 40), made="sizes"),
)
"""
LAYER = """
import numpy as np

class Linear:
    def __init__(self, n_in, n_out):
        self.params = {"weight": np.zeros((n_out, n_in)), "bias": np.zeros(n_out)}
        self.grads = {"weight": np.zeros((n_out, n_in)), "bias": np.zeros(n_out)}

    def forward(self, x):
        self.x = x
        return x @ self.params["weight"].T + self.params["bias"]

    def backward(self, dout):
        self.grads["weight"] += dout.T @ self.x
        self.grads["bias"] += dout.sum(axis=0)
        return dout @ self.params["weight"]
"""


@pytest.fixture
def layers(tmp_path: Path) -> Path:
    folder = tmp_path / "layers"
    folder.mkdir()
    (folder / "assignment.toml").write_text('title = "L"\nsummary = "S."\nversion = "1.0"\npoints = 60\n')
    (folder / "contract.py").write_text(CONTRACT)
    (folder / "composition.py").write_text(TABLE)
    return folder


def test_the_class_has_the_names_of_the_course(layers: Path) -> None:
    written = read_assignment(layers).solution_source
    (found,) = (node for node in ast.parse(written).body if isinstance(node, ast.ClassDef))
    assert [member.name for member in found.body] == ["__init__", "forward", "backward"]
    assert "self.params['weight']).T" in written


def test_a_gradient_that_is_overwritten_is_named_where_it_should_add_up(layers: Path, tmp_path: Path) -> None:
    work = tmp_path / "layers.py"
    work.write_text(LAYER)
    assert grade(layers, work).score == 60
    work.write_text(LAYER.replace("+=", "="))
    assert [found.code for found in grade(layers, work).diagnoses()] == ["backward.gradient-overwritten"]


def test_a_course_that_calls_its_parameters_otherwise_is_told_so(layers: Path, tmp_path: Path) -> None:
    work = tmp_path / "layers.py"
    work.write_text(LAYER.replace("params", "parameters"))
    assert "params" in grade(layers, work).functions[0].checks[0].message


def test_a_pass_that_the_contract_lacks_is_its_authors_fault(layers: Path) -> None:
    (layers / "contract.py").write_text(CONTRACT.replace("def backward", "def go_back"))
    with pytest.raises(AssignmentError, match=r"no Linear\.backward"):
        read_assignment(layers)


def test_what_a_part_of_an_instance_holds_is_known_to_the_diagnosis() -> None:
    """A parameter is an object in a layer: what is written into it counts when calls are made again."""
    folder = library.folder("dlcourse-layers") / "examples"
    (found,) = grade("dlcourse-layers", folder / "wrong/bias_gradient_left_out.py").diagnoses()
    assert found.code == "FullyConnectedLayer.backward.bias-gradient-zero"
