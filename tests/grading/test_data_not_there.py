"""Files that stop at data that are not there: what is below counts, with others in their place, and that is said."""

import numpy as np
import pytest

from grader import Grader
from grader.datasets import load_mnist
from grader.reading.runs.samples import SAMPLE_ROWS, samples
from grader.sandbox import Sandbox
from tests import library


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox() as cells:
        yield cells


def graded(sandbox, assignment, text, folder):
    file = folder / "network.py"
    file.write_text(text, "utf-8")
    with Grader(assignment, sandbox=sandbox) as session:
        return session.grade(file)


def remark(report) -> str:
    return next((text for text in report.remarks if "not here" in text), "")


def test_a_script_that_loads_more_than_it_is_provided_with_is_run(sandbox, tmp_path):
    text = library.example("leaky-relu-column-major", "random_weights.py").read_text("utf-8")
    loading = 'pd.read_csv("test.csv").to_numpy()'
    text = text.replace("layer_sizes = [", f"digits = {loading}.T / 255\nlayer_sizes = [")
    report = graded(sandbox, library.part_of("leaky-relu-column-major", "training.step"), text, tmp_path)
    assert report.score == report.max_score
    assert "`test.csv`" in remark(report)
    assert "costs nothing" in remark(report)


LOADED = """import numpy as np

with open("train-images-idx3-ubyte", "rb") as file:
    images = np.frombuffer(file.read(), np.uint8, offset=16)
LARGEST = images.max() / 255


def relu(z):
    return np.maximum(z, 0) {change}
"""


@pytest.mark.parametrize(("change", "is_right"), [("/ LARGEST", True), ("+ LARGEST", False), ("", True)])
def test_a_name_that_comes_of_data_is_there(sandbox, tmp_path, change, is_right):
    text = LOADED.replace("{change}", change)
    report = graded(sandbox, library.part_of("mnist-mlp", "relu.values"), text, tmp_path)
    assert (report.score == report.max_score) is is_right
    assert bool(remark(report)) is bool(change)  # what needs no data is not run with any
    told = [one.title for function in report.functions for one in function.diagnoses]
    assert is_right or "LARGEST" in told[0]  # it is tried with changes like any other


def test_labels_of_the_test_set_are_not_given():
    rows = SAMPLE_ROWS[0]
    _, options = samples(is_graded=True)
    images = load_mnist(sum(SAMPLE_ROWS), 1).X_train[rows:]
    assert np.array_equal(options["test_images"].reshape(len(images), -1), np.round(images * 255))
