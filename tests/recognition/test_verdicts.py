"""What is told about files that fit one assignment, several, another than was asked for, or none."""

from pathlib import Path

import pytest

from grader.recognition import Catalogue
from grader.submissions import load_source
from tests.cli.conftest import ASSIGNMENT, Grade, grade  # noqa: F401
from tests.softplus import write_assignment

LIBRARY = Catalogue.of_library()
NEW_NET = """
class TwoLayerNet(object):
    def __init__(self, input_dim=3072, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.reg = reg

    def loss(self, X, y=None):
        return X
"""
DROPOUT = """
def dropout_forward(x, dropout_param):
    return x, (dropout_param, None)

def dropout_backward(dout, cache):
    return dout
"""
SVM = """
def svm_loss_naive(W, X, y, reg):
    return 0.0, W

def svm_loss_vectorized(W, X, y, reg):
    {body}
"""
OWN_NETWORK = """
import numpy as np

def relu(z):
    return np.maximum(0, z)

def softmax(z):
    return np.exp(z) / np.exp(z).sum()

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

class NeuralNetwork:
    def __init__(self, sizes):
        self.sizes = sizes

    def forward(self, x):
        return x

    def backward(self, x, y):
        return x

    def train(self, data, rate):
        pass

    def predict(self, x):
        return self.forward(x).argmax()
"""


def folder_of(parent: Path, name: str, contract: str, title: str = "A title") -> Path:
    folder = parent / name
    folder.mkdir(parents=True)
    (folder / "assignment.toml").write_text(f'title = "{title}"\nsummary = "S."\nversion = "1.0"\npoints = 10\n')
    (folder / "contract.py").write_text(contract)
    return folder


def catalogue(tmp_path: Path, **contracts: str) -> Catalogue:
    return Catalogue.of({name: folder_of(tmp_path, name, text) for name, text in contracts.items()})


def test_a_network_of_ones_own_fits_nothing() -> None:
    assert LIBRARY.compare(load_source(OWN_NETWORK)).matches == ()


def test_rare_signatures_count_and_the_reason_names_them() -> None:
    text = "from cs231n.im2col import *\n\ndef conv_forward_naive(x, w, b, conv_param):\n    return None, None\n"
    matches = LIBRARY.compare(load_source(text)).matches
    assert any("`conv_forward_naive(x, w, b, conv_param)`" in match.reason for match in matches)


def test_what_fits_two_lists_both_and_the_one_that_is_filled_is_meant(tmp_path: Path) -> None:
    one = 'def softmax_loss_naive(W, X, y):\n    """Loss."""\n'
    more = "".join(f'def other_part_{i}(W, X, y):\n    """Another."""\n' for i in range(9))
    alike = catalogue(tmp_path / "alike", a=one, b=one)
    assert {match.id for match in alike.compare(load_source(one)).matches} == {"a", "b"}
    larger = catalogue(tmp_path / "larger", a=one, b=one + more)
    assert [match.id for match in larger.compare(load_source(one)).matches] == ["a"]
    assert [match.id for match in larger.compare(load_source(one + more)).matches] == ["b"]


def test_what_is_written_counts_more_than_what_is_left_open(tmp_path: Path) -> None:
    two = catalogue(
        tmp_path,
        hinge='def hinge_loss_naive(W, X, y):\n    """Loss."""\n',
        softmax='def softmax_loss_naive(W, X, y):\n    """Loss."""\n',
    )
    work = "def hinge_loss_naive(W, X, y):\n    pass\n\ndef softmax_loss_naive(W, X, y):\n    return W @ X\n"
    assert [match.id for match in two.compare(load_source(work)).matches] == ["softmax"]


def test_a_method_of_a_base_class_is_a_method(tmp_path: Path) -> None:
    contract = 'class Tanh:\n    """T."""\n    def pass_backward(self, output_gradient, rate):\n        """B."""\n'
    work = "class Base:\n    def pass_backward(self, output_gradient, rate): return rate\nclass Tanh(Base): x = 1\n"
    (match,) = catalogue(tmp_path, layers=contract).compare(load_source(work)).matches
    assert "`Tanh.pass_backward(output_gradient, rate)`" in match.reason


def test_another_version_is_told_by_its_parameters(tmp_path: Path) -> None:
    old = (
        'class TwoLayerNet:\n    """A net."""\n    def __init__(self, input_size, hidden_size, output_size, std): ...\n'
    )
    new = old.replace("_size", "_dim").replace("output_dim, std", "num_classes, weight_scale, reg")
    both = catalogue(tmp_path, old=old, new=new)
    verdict = both.compare(load_source(NEW_NET))
    assert [match.id for match in verdict.matches] == ["new"]
    match = verdict.instead_of("old")
    assert match is not None
    assert match.id == "new"
    assert verdict.is_another_version("old")
    assert verdict.instead_of("new") is None


@pytest.mark.parametrize(
    "text",
    [
        "(" * 90_000,
        "class A:\n" + "".join(f"    def m{i}(self): pass\n" for i in range(9_000)),
        "def f(" + ", ".join(f"a{i}" for i in range(9_000)) + "): pass\n",
        "a = " * 20_000 + "1",
        "(" * 90 + "a" + ",)" * 90 + " = 1\n",
        "from x import *\nimport os.path as p, sys\nfrom . import y\n",
        "\0",
        "def softmax_loss_naive(*W, **X): pass\nsoftmax_loss_naive: int = 3\n",
    ],
    ids=["depth", "methods", "parameters", "targets", "tuples", "imports", "nul", "stars"],
)
def test_hostile_texts_are_looked_into_within_bounds(text: str) -> None:
    assert LIBRARY.compare(load_source(text)).matches == ()


def test_run_recognises_and_says_why(grade: Grade) -> None:  # noqa: F811
    path = Path(__file__).parents[2] / "assignments/dl-regularization/examples"
    path = next(file for file in sorted(path.rglob("*.py")))
    result = grade("run", path, "--format", "json")
    assert '"id": "dl-regularization"' in result.stdout
    assert "is taken for dl-regularization" in result.stderr
    assert "`compute_cost_with_regularization(A3, Y, parameters, lambd)`" in result.stderr


def test_run_says_what_to_type_when_nothing_fits(grade: Grade, tmp_path: Path) -> None:  # noqa: F811
    path = tmp_path / "my network.py"
    path.write_text(OWN_NETWORK)
    result = grade("run", path)
    assert result.exit_code == 2
    assert f"`grade explain '{path}'`" in result.stderr
    missing = grade("run", tmp_path / "nowhere.py")
    assert missing.exit_code == 2
    assert "there is no file" in missing.stderr


def test_a_neighbour_of_the_assignment_is_told_in_a_remark(grade: Grade, tmp_path: Path) -> None:  # noqa: F811
    write_assignment(tmp_path / "softplus", ASSIGNMENT)
    folder_of(tmp_path, "hw2", 'def gated_unit_forward(x, w, gate):\n    """A unit."""\n', title="Gates")
    work = tmp_path / "work.py"
    work.write_text("def gated_unit_forward(x, w, gate):\n    return x\n\n\ndef slope(a, b):\n    return 3\n")
    result = grade("run", tmp_path / "softplus", work)
    told = " ".join(result.stdout.split())
    assert "this looks like work for another assignment, Gates (hw2): it has `gated_unit_forward(x, w, gate)`" in told
    assert "It was graded as Softplus" in told


@pytest.mark.parametrize(("body", "besides"), [("return 0.0, W", ["cs231n-a2-dropout"]), ("pass", [])])
def test_what_else_a_file_has_all_of_is_told(body, besides):
    """A course's file has the functions of several assignments; what is still to be written is none of it."""
    text = DROPOUT + SVM.format(body="return 1.0, W") if besides else DROPOUT.replace("return dout", "pass")
    verdict = LIBRARY.compare(load_source(text + SVM.format(body=body), "layers.py"))
    assert [match.id for match in verdict.matches] == ["cs231n-a1-svm"]
    assert [match.id for match in verdict.besides] == besides


STARTED = """
def affine_forward(x, w, b):
    return x.reshape(len(x), -1) @ w + b, (x, w, b)

def affine_backward(dout, cache):
    x, w, b = cache
    return dout @ w.T, x.T @ dout, dout.sum(0)

def relu_forward(x):
    return x * (x > 0), x

def relu_backward(dout, cache):
    return dout * (cache > 0)

def svm_loss(x, y):
    return 1.0, x

def softmax_loss(x, y):
    return 1.0, x
"""
LEFT_OPEN = "\n".join(
    f"def {name}({parameters}):\n    out = None\n    pass\n    return out, (1, 2)\n"
    for name, parameters in (
        ("conv_forward_naive", "x, w, b, conv_param"),
        ("conv_backward_naive", "dout, cache"),
        ("max_pool_forward_naive", "x, pool_param"),
        ("max_pool_backward_naive", "dout, cache"),
    )
)


def test_what_a_file_leaves_open_came_with_it_where_another_assignment_is_finished() -> None:
    matches = LIBRARY.compare(load_source(STARTED + LEFT_OPEN, "layers.py")).matches
    assert [match.id for match in matches] == ["cs231n-a1-layers"]
    begun = LEFT_OPEN.replace("    pass\n", "    out = x\n", 1)
    matches = LIBRARY.compare(load_source(STARTED + begun, "layers.py")).matches
    assert [match.id for match in matches] == ["cs231n-layers"]


def test_a_signature_that_one_assignment_alone_asks_for_is_enough() -> None:
    text = "def sigmoid(z):\n    return z\n\ndef propagate(w, b, X, Y):\n    return {{'dw': w}}, {cost}\n"
    matches = LIBRARY.compare(load_source(text.format(cost="b"))).matches
    assert [match.id for match in matches] == ["dl-logistic-regression"]
    unlike = text.replace("w, b, X, Y", "theta, x, y").format(cost="0.0")
    assert LIBRARY.compare(load_source(unlike)).matches == ()


@pytest.mark.parametrize(
    ("head", "id"),
    [
        ("layernorm_backward(dout, cache)", "cs231n-a2-normalization"),
        ("dropout_forward(x, dropout_param)", "cs231n-a2-dropout"),
        ("spatial_batchnorm_backward(dout, cache)", "cs231n-a2-spatial-normalization"),
        ("zero_pad(X, pad)", "dl-convolution"),
    ],
)
def test_one_function_out_of_a_courses_file_is_enough_if_nothing_else_is_there(head: str, id: str) -> None:
    text = f"import numpy as np\n\ndef {head}:\n    return np.tanh({head.partition('(')[2].split(',')[0].strip(')')})\n"
    assert [match.id for match in LIBRARY.compare(load_source(text)).matches] == [id]
    own = "".join(f"\ndef step_{i}(model, batch):\n    return model.step(batch)\n" for i in range(3))
    assert LIBRARY.compare(load_source(text + own)).matches == ()


SLOPES = """
class Sigmoid:
    def forward(self, Z):
        self.A = 1 / (1 + np.exp(-Z))
        return self.A

    def backward(self{arrives}):
        return self.A * (1 - self.A)

class Linear:
    def __init__(self, in_features, out_features, debug=False):
        self.W = np.zeros((out_features, in_features))

    def forward(self, A):
        return A @ self.W.T

    def backward(self, dLdZ):
        return dLdZ @ self.W

class Tanh(Sigmoid):
    pass

class ReLU(Sigmoid):
    pass

class MSELoss:
    def forward(self, A, Y):
        return A

    def backward(self):
        return 0

class CrossEntropyLoss(MSELoss):
    pass
"""


@pytest.mark.parametrize(
    ("arrives", "id", "other"),
    [("", "mytorch-2022-layers", "mytorch-layers"), (", dLdA", "mytorch-layers", "mytorch-2022-layers")],
)
def test_another_years_version_is_known_by_what_its_functions_are_given(arrives, id, other):
    """However much of the version that was asked for is there by name."""
    verdict = LIBRARY.compare(load_source(SLOPES.format(arrives=arrives)))
    assert [match.id for match in verdict.matches] == [id]
    found = verdict.instead_of(other)
    assert found is not None
    assert found.id == id
    assert verdict.is_another_version(other)
    assert verdict.instead_of(id) is None


ACTIVATIONS = """
class Identity:
    def forward(self, Z):
        return Z

class Sigmoid:
    def forward(self, Z):
        self.A = 1 / (1 + np.exp(-Z))
        return self.A

    def backward(self, {arrives}):
        return {arrives} * self.A * (1 - self.A)

class Tanh(Sigmoid):
    pass

class ReLU(Sigmoid):
    pass

class GELU(Sigmoid):
    pass
"""


@pytest.mark.parametrize("arrives", ["dLdA", "dLdZ"])
def test_one_file_of_a_course_is_recognised_by_itself(arrives):
    """Little of all that is asked for, but like nothing else; a smaller contract in it is told beside it."""
    (match,) = LIBRARY.compare(load_source(ACTIVATIONS.format(arrives=arrives))).matches
    assert match.id == "mytorch-layers"


def test_a_class_of_another_name_is_recognised_by_its_methods():
    parameters = {"compute_distances_two_loops": "X", "compute_distances_no_loops": "X", "predict_labels": "dists, k=1"}
    text = "class KNN:\n" + "".join(f"    def {name}(self, {p}):\n        return 1\n" for name, p in parameters.items())
    (match,) = LIBRARY.compare(load_source(text)).matches
    assert match.id == "cs231n-a1-knn"


def test_classes_like_those_of_several_courses_are_taken_for_none():
    text = ACTIVATIONS.replace("GELU", "Softplus").replace("(self, Z)", "(self, x)").format(arrives="grad")
    assert LIBRARY.compare(load_source(text)).matches == ()
