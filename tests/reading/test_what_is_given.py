"""What a file asks for that is not here, and is given in a form that it counts on: images, arguments, widths, sizes."""

import numpy as np
import pytest

from grader.reading.explain import explain
from grader.reading.runs.asked_columns import Form, columns_in, form_in, has_kinds_first, inputs_in, kinds_in, widths_in
from grader.reading.runs.asked_modules import asked_of_modules, starred
from grader.reading.runs.driver import drivers
from grader.reading.runs.sizes import batches_in, ranges_in, rows_in, table_rows_in
from grader.reading.runs.widths import picture_sides, table_width, unequal
from grader.render.explanation_text import explanation_text
from grader.sandbox.inside.sample_data.answers import suggested
from grader.sandbox.inside.sample_data.photographs import Photographs, kind_of
from grader.sandbox.inside.sample_data.samples import Samples

OF_ONE_NUMBER = """
import numpy as np
class Curve:
    def __init__(self, hidden):
        self.V, self.v = np.random.uniform(-1, 1, (1, hidden)), np.zeros(hidden)
        self.W, self.w = np.random.uniform(-1, 1, (hidden, 1)), np.zeros(1)
    def fit(self, X, y, epochs=900, lr=0.05):
        for _ in range(epochs):
            h = np.tanh(X @ self.V + self.v)
            d = 2 * (h @ self.W + self.w - y) / len(X)
            e = d @ self.W.T * (1 - h**2)
            self.W -= lr * h.T @ d
            self.w -= lr * d.sum(axis=0)
            self.V -= lr * X.T @ e
            self.v -= lr * e.sum(axis=0)
def main():
    x = np.linspace(0, 1, 30).reshape(-1, 1)
    Curve(4).fit(x, np.sin(6 * x))
"""
LAST_ONE_LEFT = """
import numpy as np
rng = np.random.RandomState(0)
X, T = rng.randn(40, 3), np.eye(3)[rng.randint(0, 3, 40)]
layers = [rng.randn(3, 5), rng.randn(5, 4), rng.randn(4, 3)]
for epoch in range(20):
    values = [X]
    for W in layers:
        values.append(1 / (1 + np.exp(-values[-1] @ W)))
    delta = values[-1] - T
    gradients = []
    for k in reversed(range(3)):
        gradients.insert(0, values[k].T @ delta / 40)
        delta = delta @ layers[k].T * values[k] * (1 - values[k])
    for k in range(len(layers) - 1):
        layers[k] = layers[k] - 0.5 * gradients[k]
"""
OF_ONE_COLUMN = """
import numpy as np
points = np.array([[0.2], [1.4], [-0.7], [0.9], [2.1]])
w, b = 0.0, 0.1
for turn in range(40):
    dw = db = 0.0
    for x, y in zip(points, 3 * points - 1):
        dw += 2 * (w * x + b - y) * x
        db += 2 * (w * x + b - y)
    w -= 0.1 * dw / 5
    b -= 0.1 * db / 5
"""
COMMAND_LINE = """
import argparse, os, sys
import cv2
import numpy as np
parser = argparse.ArgumentParser()
parser.add_argument("folder")
parser.add_argument("--hidden", type=int, required=True)
parser.add_argument("--rate", type=float, default=0.5)
options = parser.parse_args()
images, kinds = [], []
for kind in os.listdir(options.folder):
    for name in os.listdir(os.path.join(options.folder, kind)):
        image = cv2.imread(os.path.join(options.folder, kind, name), cv2.IMREAD_GRAYSCALE)
        images.append(cv2.resize(image, (14, 14)).ravel() / 255)
        kinds.append(int(kind))
X, T = np.array(images), np.eye(10)[kinds]
V, W = np.random.randn(196, options.hidden) * 0.1, np.random.randn(options.hidden, 10) * 0.1
for epoch in range(int(sys.argv[1])):
    h = np.tanh(X @ V)
    z = np.exp(h @ W)
    d = (z / z.sum(axis=1, keepdims=True) - T) / len(X)
    e = d @ W.T * (1 - h * h)
    W -= options.rate * h.T @ d
    V -= options.rate * X.T @ e
"""
NAMES_IN_THE_FIFTH = """
import csv
import numpy as np
with open("iris.csv") as table:
    lines = csv.reader(table)
    next(lines)
    rows = [row for row in lines if row[4] != "setosa"]
X = np.array(rows)[:, :4].astype(float)
y = (np.array(rows)[:, 4] == "Virginica")[:, None] * 1.0
rng = np.random.default_rng(0)
W, b, V, c = rng.normal(size=(4, 3)), np.zeros(3), rng.normal(size=(3, 1)), np.zeros(1)
for step in range(300):
    h = 1 / (1 + np.exp(-(X @ W + b)))
    p = 1 / (1 + np.exp(-(h @ V + c)))
    d = (p - y) / len(X)
    e = d @ V.T * h * (1 - h)
    V -= 0.1 * h.T @ d
    c -= 0.1 * d.sum(0)
    W -= 0.1 * X.T @ e
    b -= 0.1 * e.sum(0)
"""
STOPPED_BY_WHAT_IS_GIVEN = """
import numpy as np
table = np.genfromtxt("measured.csv", delimiter=",", skip_header=1)
left = table[100_000:]
mean = sum(left[:, 0].tolist()) / len(left)
W = np.ones((8, 1))
for step in range(9):
    W -= 0.1 * left[:, :8].T @ (left[:, :8] @ W - left[:, 8:]) / len(left)
"""
NUMBER_BY_DOT = """
import numpy as np
x, t = np.array([[0.0], [1.0], [2.0]]), np.array([[1.0], [1.0], [0.0]])
w, b = 0.4, 0.1
for _ in range(40):
    y = 1 / (1 + np.exp(-(np.dot(x, w) + b)))
    w = w + 0.2 * np.sum(x * (t - y))
    b = b + 0.2 * np.sum(t - y)
"""
COLUMNS_BY_THEIR_NAMES = """
import numpy as np
import pandas as pd
from activations import sigmoid
table = pd.read_csv("measured.csv")
X = np.column_stack([table.Weight, table.Height])
y = table["Grade"].map(lambda text: float(text.rstrip(";") > "1.5")).values[:, None]
V, W = np.random.randn(2, 3), np.random.randn(3, 1)
for step in range(30):
    h = sigmoid(X @ V)
    p = sigmoid(h @ W)
    d = (p - y) * p * (1 - p)
    e = (p - y) @ W.T * h * (1 - h)
    W -= 0.1 * h.T @ d
    V -= 0.1 * X.T @ e
"""
LINEAR_WITH_A_SLOPE = """
import numpy as np
rng = np.random.RandomState(0)
X, y = rng.rand(12, 3), 0.75
V, W = rng.randn(3, 4), rng.randn(4, 1)
def sigmoid(z):
    return 1 / (1 + np.exp(-z))
for step in range(30):
    h = sigmoid(X @ V)
    z = h @ W
    d = (z - y) * sigmoid(z) * (1 - sigmoid(z))
    V -= 0.1 * X.T @ (d @ W.T * h * (1 - h))
    W -= 0.1 * h.T @ d
"""
PASTED = (
    LINEAR_WITH_A_SLOPE.replace(" * sigmoid(z) * (1 - sigmoid(z))", "")
    + """
OUTPUT:
Round 0, error: 0.601
"""
)


@pytest.fixture
def read(tmp_path):
    def read(source: str):
        path = tmp_path / "script.py"
        path.write_text(source)
        return explain(path)

    return read


def layers_of(explanation):
    assert explanation.network is not None, explanation.reason
    first = explanation.network.layers[0].inputs
    return [first, *[(layer.units, layer.activation) for layer in explanation.network.layers]]


def test_data_are_as_wide_as_the_arrays_of_a_class(read):
    found = read(OF_ONE_NUMBER.partition("def main")[0])
    assert layers_of(found) == [1, (16, "tanh"), (1, "identity")]
    assert found.status == "right"
    assert ("data for them", "60 samples of 1 number, drawn at random") in found.data


def test_a_main_that_nobody_calls_is_called_with_its_own_data(read):
    found = read(OF_ONE_NUMBER)
    assert layers_of(found) == [1, (4, "tanh"), (1, "identity")]
    assert found.data == (("lines that train it", "main()"),)


def test_a_last_layer_that_never_changes_is_a_layer(read):
    found = read(LAST_ONE_LEFT)
    assert layers_of(found) == [3, (5, "sigmoid"), (4, "sigmoid"), (3, "sigmoid")]
    assert [(fault.quantity, fault.code) for fault in found.faults] == [("W3", "never-updated")]


def test_arguments_and_folders_of_images_are_answered(read):
    found = read(COMMAND_LINE)
    assert layers_of(found) == [196, (10, "tanh"), (10, "softmax")]
    assert found.status == "right"
    assert ("the argument `hidden`", "`10`") in found.data


def test_a_table_of_one_column_is_read_row_by_row(read):
    assert layers_of(read(OF_ONE_COLUMN)) == [1, (1, "identity")]


def test_arrays_of_a_module_are_asked_for_by_names_that_are_not_called():
    assert asked_of_modules(["from board import X, labels, drawn\ndrawn(X)"]) == ["board.X", "board.labels"]
    assert asked_of_modules(["import board as b\nfit(b.x_train, b.y_train, b.targets())"]) == [
        "board.x_train",
        "board.y_train",
    ]
    assert asked_of_modules(["from board import images, load_labels\nload_labels(images)"]) == []
    everything = "from board import *\nX = scaled(X)\ndef told(x): return [k for k in x] + later\nlater = told(labels)"
    assert starred([everything, "print(unknown)"]) == ["scaled", "X", "labels"]
    assert asked_of_modules([everything]) == ["board.X", "board.labels"]


def test_a_number_that_dot_multiplies_is_a_weight(read):
    assert layers_of(read(NUMBER_BY_DOT)) == [1, (1, "sigmoid")]


def test_the_kind_of_an_image_is_told_by_its_folder_or_its_name():
    paths = ("train/7/12.png", "images/3_12.png", "images/14.jpg", "images/cat.png", "run2/cat.png")
    assert [kind_of(path) for path in paths] == [7, 3, 4, None, None]


def test_an_image_of_a_folder_is_one_of_its_kind():
    labels = np.arange(20) % 10
    images = np.broadcast_to(labels[:, None, None], (20, 28, 28)).astype(np.uint8)
    photographs = Photographs(Samples(images, labels, images, labels, "digits"))
    assert photographs.imread("digits/6/a.png", 0).tolist() == np.full((28, 28), 6).tolist()
    assert photographs.imread("digits/6/b.png").shape == (28, 28, 3)
    assert np.asarray(photographs.open("8_1.png").convert("L").resize((4, 6))).shape == (6, 4)


def test_what_an_error_and_a_text_say_of_widths_and_sizes():
    dot = "shapes (400,8) and (13,5) not aligned: 8 (dim 1) != 13 (dim 0)"
    assert unequal(dot) == (8, 13)
    assert table_width(dot) == 13
    assert table_width("matmul: ... (size 27 is different from 9)") == 26  # with the column of the kinds
    assert table_width("shapes (4,) (7,)") is None
    assert table_width("cannot reshape array of size 8 into shape (1,3)") == 3
    assert columns_in(["x, y = data[:, :2], data[:, 2:]"]) == 3
    assert inputs_in(["x, y = data[:, 0:2], data[:, 2:]"]) == 2
    assert inputs_in(["x, y = data[:, :3], data[:, 4]"]) == 0
    assert form_in(["for line in f: row = line.strip().split(); x = row[0], row[1]; y = row[2]"]) == Form(" ", 3)
    assert form_in(["row = line.split(','); x, y = row[1:], row[0]"]) == Form(",", 0)
    assert form_in(["for row in csv.reader(f):\n for j in range(30): X[j] = row[j + 2]"]) == Form(",", 32)
    assert widths_in(["y, x = data[:, :10], data[:, 10:]; net = Net(64, 100, 10); z = y[()]"]) == [74, 65]
    assert ranges_in(["for i in range(6150): x.append(a[i])"], "index 9 is out of bounds for axis 0 with size 390") == {
        6150: 390
    }
    assert has_kinds_first(["y = data[:, 0]; x = data[:, 1:]"])
    assert not has_kinds_first(["x = data[:, 0]; y = data[:, 3]"])
    assert table_rows_in(["x = np.zeros((569, 30)); test = data[800:]"], "size 500 and 400") == [500, 569, 1_000]
    assert rows_in(["x_test[:1000].reshape(1000, 784)"], (1_500, 400)) == (1_500, 1_000)
    assert batches_in(["batch_size = 128"]) == {128: 12}
    assert batches_in(["batch_size = 128; hidden = 128"]) == {}


def test_another_width_is_tried_once_an_error_names_it():
    driver = next(d for d in drivers([OF_ONE_NUMBER]) if d.widths is not None)
    other = driver.refitted("(size 1 is different from 784)")
    assert other is not None
    assert (other.widths.inputs, other.widths.outputs) == (1, 10)
    assert driver.refitted("(size 60 is different from 784)") is None  # X is the other way round


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("With noise?\nInput 1 for True, 2 for False: ", "1"),
        ("função (and, or, xor) ou fim: ", "and"),
        ("units between 2 and 50: ", "10"),
        ("units (2-8): ", "8"),
        ("Learning rate (0.1 - 0.9): ", "0.1"),
        ("How many units (e.g. 30)? ", "10"),
        ("Numbers separated by spaces: ", "1 2 3 4 5 6 7 8"),
        ("Is it separable (y/n)? ", "y"),
    ],
)
def test_a_question_is_answered_with_what_it_allows(question, answer):
    assert suggested(question) == answer


ONE_STEP = """
import numpy as np
np.random.seed(1)
X, y = np.random.rand(6, 3), np.random.rand(6, 1)
V, c = np.random.randn(3, 4), np.zeros((1, 4))
W, b = np.random.randn(4, 1), np.zeros((1, 1))
z = X @ V + c
h = np.tanh(z)
d = (h @ W + b - y) / 6
e = d @ W.T * (1 - np.tanh(h) ** 2)
W NEW= 0.1 * h.T @ d
V -= 0.1 * X.T @ e
b -= 0.1 * d.sum(0)
c -= 0.1 * e.sum(0)
print(W)
"""


def test_the_lines_of_a_single_step_are_repeated_where_they_stand(tmp_path):
    path = tmp_path / "network.py"
    path.write_text(ONE_STEP.replace("W NEW=", "W -="))
    (fault,) = explain(path).faults
    assert (fault.quantity, fault.code, fault.location and fault.location.line) == ("δ1", "slope-at-activation", 10)


def test_the_lines_of_a_single_step_are_repeated_in_their_function(tmp_path):
    head, first, rest = ONE_STEP.replace("W NEW=", "W -=").partition("z = X @ V")
    lines = f"{head.split('numpy as np')[1]}# forward\n{first}{rest}".split("\n")
    inside = "".join(f"\t{line}\n" for line in lines if line)
    path = tmp_path / "network.py"
    path.write_text(f"\nimport numpy as np\ndef once():\n{inside}once()\n")
    (fault,) = explain(path).faults
    assert (fault.quantity, fault.code, fault.location and fault.location.line) == ("δ1", "slope-at-activation", 12)


def test_what_calls_the_functions_of_a_single_step_is_repeated(tmp_path):
    path = tmp_path / "network.py"
    path.write_text("""
import numpy as np
def forward(x, p):
    h = np.tanh(x @ p["V"])
    return h, h @ p["W"]
def gradients(x, t, p, h, o):
    d = o - t
    return {"W": h.T @ d, "V": x.T @ (d @ p["W"].T * (1 - h))}
def stepped(p, g):
    return {k: p[k] - 0.1 * g[k] for k in p}
def main():
    r = np.random.RandomState(1)
    X, y, p = r.rand(6, 3), r.rand(6, 1), {"V": r.randn(3, 4), "W": r.randn(4, 1)}
    h, o = forward(X, p)
    g = gradients(X, y, p, h, o)
    p = stepped(p, g)
    print(p)
main()
""")
    explanation = explain(path)
    assert [(one.code, one.location and one.location.line) for one in explanation.faults] == [("half-of-the-slope", 8)]
    assert ("lines that train it", "its own lines 14–16, 5 times") in explanation.data


def test_what_lines_leave_unchanged_as_they_are_repeated_is_no_fault_of_a_single_step(tmp_path):
    path = tmp_path / "network.py"
    path.write_text(ONE_STEP.replace("W NEW=", "U = W -"))
    assert [fault.code for fault in explain(path).faults] == ["slope-at-activation"]


def test_a_single_step_that_gives_all_weights_new_names_is_repeated_with_these(tmp_path):
    path = tmp_path / "network.py"
    text = ONE_STEP.replace("W NEW=", "W -=")
    for name in "WVbc":
        text = text.replace(f"\n{name} -= ", f"\n{name}_new = {name} - ")
    path.write_text(text)
    (fault,) = explain(path).faults
    assert (fault.quantity, fault.code, fault.location and fault.location.line) == ("δ1", "slope-at-activation", 10)


ANIMATED = """
import numpy as np
from matplotlib import pyplot as plt
from matplotlib.animation import FuncAnimation
rng = np.random.RandomState(1)
X, y = rng.rand(6, 3), rng.rand(6, 1)
V, W = rng.randn(3, 4), rng.randn(4, 1)
def frame(k, line):
    global V, W
    h = np.tanh(X @ V)
    d = (h @ W - y) / 6
    e = d @ W.T * (1 - h)
    W = W - 0.1 * h.T @ d
    V = V - 0.1 * X.T @ e
    line.set_data(k, h)
line, = plt.plot([], [])
FuncAnimation(plt.gcf(), frame, frames=20, fargs=(line,)).save("training.gif")
"""


def test_a_training_in_the_frames_of_an_animation_is_seen(tmp_path):
    path = tmp_path / "network.py"
    path.write_text(ANIMATED)
    (fault,) = explain(path).faults
    assert (fault.quantity, fault.location and fault.location.line) == ("δ1", 12)


def test_a_table_has_the_kinds_in_the_column_that_is_compared_with_names(tmp_path):
    column, names = kinds_in([NAMES_IN_THE_FIFTH])
    assert (column, set(names)) == (4, {"setosa", "Virginica"})
    (tmp_path / "flowers.py").write_text(NAMES_IN_THE_FIFTH, "utf-8")
    found = explain(tmp_path / "flowers.py", cost="cross-entropy")
    assert found.status == "right"
    assert found.network.batch == 100
    assert not [note for note in found.notes if "not scaled" in note]


def test_a_file_that_what_is_given_stops_is_not_blamed(tmp_path):
    (tmp_path / "few.py").write_text(STOPPED_BY_WHAT_IS_GIVEN, "utf-8")
    found = explain(tmp_path / "few.py")
    assert found.status == "unread"
    assert "in the place of your data" in found.reason
    assert (found.reason_code, "Mend that first" in explanation_text(found)) == ("data-stood-in", False)


@pytest.mark.parametrize(
    ("text", "code", "advice"),
    [
        ("import pickle\nweights = pickle.load(open('weights_of_mine', 'rb'))\n", "data-missing", "in a folder"),
        (
            "import numpy as np\nfrom cuttlefish import draw\nx = np.zeros(3) + draw(3)\n",
            "module-missing",
            "can be given",
        ),
    ],
)
def test_what_is_advised_is_what_the_reason_asks_for(text, code, advice, tmp_path):
    (tmp_path / "stops.py").write_text(text, "utf-8")
    found = explain(tmp_path / "stops.py")
    assert (found.status, found.reason_code) == ("unread", code)
    assert advice in " ".join(explanation_text(found).split())


def test_a_table_has_the_columns_that_are_asked_for_and_a_function_its_formula(read):
    found = read(COLUMNS_BY_THEIR_NAMES)
    assert layers_of(found) == [2, (3, "sigmoid"), (1, "sigmoid")]
    assert [(fault.quantity, fault.code) for fault in found.faults] == [("δ1", "raw-error-sent-back")]
    assert ("activations.sigmoid()", "the function of this name, by its formula") in found.data


def test_one_number_is_the_target_of_all_samples_and_an_output_is_what_is_compared(read):
    found = read(LINEAR_WITH_A_SLOPE)
    assert layers_of(found) == [3, (4, "sigmoid"), (1, "identity")]
    assert [fault.quantity for fault in found.faults][:1] == ["δ2"]


def test_text_that_is_no_python_stops_a_script_before_anything(read):
    found = read(PASTED)
    assert [(fault.code, fault.location.line) for fault in found.faults] == [("stops", 15)]
    assert "is no Python in line 15: none of it runs" in explanation_text(found)


def test_images_have_as_many_pixels_as_are_asked_for():
    assert picture_sides("could not broadcast input array from shape (784,) into shape (35,)") == (7, 5)
    assert picture_sides("shapes (1,784) and (100,4) not aligned: 784 (dim 1) != 100 (dim 0)") == (10, 10)
    assert picture_sides("shapes (1,8) and (100,4) not aligned: 8 (dim 1) != 100 (dim 0)") is None


def test_a_step_that_goes_through_many_samples_one_by_one_is_read_whole(tmp_path):
    path = tmp_path / "network.py"
    path.write_text("""
import numpy as np
X = np.random.RandomState(0).randn(90, 2)
y, w = X.sum(axis=1), np.random.RandomState(1).randn(2)
for epoch in range(500):
    total = np.zeros(w.shape)
    for x, t in zip(X, y):
        total += (t - np.dot(x, w)) * x
    w += 0.1 * total / len(X)
""")
    explanation = explain(path)
    assert (explanation.status, explanation.network and explanation.network.batch) == ("right", 90)
