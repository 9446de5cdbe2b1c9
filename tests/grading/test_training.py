"""`train`: a right one keeps its points whatever its steps are like; samples that get lost cost some."""

import pytest

from grader import Grader
from grader.submissions import load_source
from tests import library
from tests.tables import table

TRAIN = """
def train(X, Y, layer_sizes, epochs, batch_size, lr, lam, seed):
    import random
    rng = np.random.RandomState(seed)
    random.seed(seed)
    params = {{}}
    for l in range(1, len(layer_sizes)):
        params[f"W{{l}}"] = rng.randn(layer_sizes[l - 1], layer_sizes[l]) * np.sqrt(2 / layer_sizes[l - 1])
        params[f"b{{l}}"] = np.zeros(layer_sizes[l])
    m = {{key: np.zeros_like(value) for key, value in params.items()}}
    v = {{key: np.zeros_like(value) for key, value in params.items()}}
    data, d, t, history = np.hstack([X, Y]), X.shape[1], 0, []
    for _ in range(epochs):
        {shuffle}
        for start in range(0, len(X), batch_size):
            batch, t = {batch}, t + 1
            probs, cache = forward(params, batch[:, :d])
            grads = backward(params, cache, batch[:, d:], lam)
            for key in params:
                g = grads[key]
                {step}
        probs, _ = forward(params, X)
        cost = cross_entropy(probs, Y) + l2_penalty(params, lam)
        history.append({{"cost": cost, "accuracy": np.mean(probs.argmax(1) == Y.argmax(1))}})
    return params, history
"""
STEP = "params[key] = params[key] - lr * g"
STEPS = {
    "momentum": "m[key] = 0.9 * m[key] - lr * g; params[key] = params[key] + m[key]",
    "adam": "m[key] = 0.9 * m[key] + 0.1 * g; v[key] = 0.999 * v[key] + 0.001 * g**2; "
    "params[key] = params[key] - lr * m[key] / (1 - 0.9**t) / (np.sqrt(v[key] / (1 - 0.999**t)) + 1e-8)",
    "rmsprop": "v[key] = 0.9 * v[key] + 0.1 * g**2; params[key] = params[key] - lr * g / (np.sqrt(v[key]) + 1e-8)",
    # Of every gradient a random half is left out, as dropout does for the units of a layer.
    "dropout": "params[key] = params[key] - lr * g * (rng.rand(*g.shape) < 0.5) * 2",
}


@pytest.fixture(scope="module")
def grade_train(grade_with):
    def grade(shuffle="rng.shuffle(data)", batch="data[start : start + batch_size]", step=STEP):
        return grade_with(TRAIN.format(shuffle=shuffle, batch=batch, step=step), "train").function("train")

    return grade


@pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=table) if kind in ("momentum", "rmsprop") else kind for kind in STEPS]
)
def test_other_steps_than_plain_ones_cost_nothing(grade_train, kind):
    train = grade_train(step=STEPS[kind])
    assert train.status == "passed"
    assert train.diagnoses == ()


@pytest.mark.usefixtures("undiagnosed")
@pytest.mark.parametrize(
    "step",
    [
        "params[key] = params[key] + 0.1 * lr * g",
        pytest.param("params[key] = params[key] - lr * g / 60", marks=table),
    ],
)
def test_steps_that_are_wrong_get_no_second_chance(grade_train, step):
    train = grade_train(step=step)
    assert train.status == "partial"
    assert next(check.status for check in train.checks if check.id == "train.accuracy") == "failed"


@pytest.mark.usefixtures("undiagnosed")
def test_a_training_that_comes_to_nothing_is_not_told_to_lose_samples(grade_train):
    corrected_where_kept = (
        "m[key] = (0.9 * m[key] + 0.1 * g) / (1 - 0.9**t); v[key] = (0.999 * v[key] + 0.001 * g**2) / (1 - 0.999**t); "
        "params[key] = params[key] - lr * m[key] / (np.sqrt(v[key]) + 1e-8)"
    )
    statuses = {check.id: check.status for check in grade_train(step=corrected_where_kept).checks}
    assert statuses["train.history"] == "failed"
    assert statuses["train.uses-every-sample"] == "passed"


def test_a_step_that_replaces_the_weights_is_not_told_to_go_uphill(session):
    text = library.example("mnist-mlp", "right/object_cache.py").read_text("utf-8")
    broken = text.replace("params[k] -= lr * grads[k]", "params[k] = lr * grads[k]")
    with Grader("mnist-mlp", sandbox=session.sandbox) as grader:
        train = grader.grade(load_source(broken, "homework.py"), functions=["train"]).function("train")
    assert [one.title for one in train.diagnoses] == ["The step replaces the weights instead of changing them"]


@pytest.mark.parametrize(
    "shuffle",
    [
        "random.shuffle(data)",
        pytest.param(
            "for i in range(len(data)): j = rng.randint(len(data)); data[i], data[j] = data[j], data[i]", marks=table
        ),
        pytest.param("data = data[rng.choice(len(data), len(data))]", marks=table),
    ],
)
def test_a_shuffle_that_loses_samples(grade_train, shuffle):
    train = grade_train(shuffle=shuffle)
    assert train.score < train.max_score
    assert [diagnosis.code for diagnosis in train.diagnoses] == ["train.samples-lost-while-shuffling"]


def test_a_sample_that_is_never_used(grade_train):
    train = grade_train(shuffle="rng.shuffle(data[:-1])", batch="data[:-1][start : start + batch_size]")
    (failed,) = (check for check in train.checks if check.status == "failed")
    assert failed.id == "train.uses-every-sample"
    assert "sample 11 has 0." in failed.message
    assert [diagnosis.code for diagnosis in train.diagnoses] == ["train.loses-samples"]


@pytest.mark.usefixtures("undiagnosed")
def test_a_batch_that_cannot_be_larger_than_the_set(grade_train):
    train = grade_train(batch="data[rng.choice(len(data), batch_size, replace=False)]")
    (failed,) = (check for check in train.checks if check.status != "passed")
    assert "ValueError: Cannot take a larger sample than population" in failed.message


def test_draws_with_replacement_cost_nothing(grade_train):
    assert grade_train(batch="data[rng.choice(len(data), batch_size)]").status == "passed"


ADAM_OF_A_CLASS = """        m, v, t, costs = {}, {}, 0, []
        for name, value in self.parameters.items():
            m[name], v[name] = np.zeros_like(value), np.zeros_like(value)
        for _ in range(epochs):
            order = np.random.permutation(len(x))
            for start in range(0, LENGTH, batch_size):
                chosen, t = order[start : start + batch_size], t + 1
                gradients = self.calculate_gradients(x[chosen], y[chosen], lambd)
                for name, g in gradients.items():
                    m[name] = 0.9 * m[name] + 0.1 * g
                    v[name] = 0.999 * v[name] + 0.001 * g**2
                    step = m[name] / (1 - 0.9**t) / (np.sqrt(v[name] / (1 - 0.999**t)) + 1e-8)
                    self.parameters[name] = self.parameters[name] - 0.1 * learning_rate * step
            costs.append(self.cost(x, y, lambd))
        return costs

"""


OF_TRAIN = "NeuralNetwork.train.train"
BATCHES, *OTHERS = [f"{OF_TRAIN}-{check}" for check in ("batches", "uses-every-sample", "moves-everything")]


@pytest.mark.usefixtures("undiagnosed")
@pytest.mark.parametrize(
    ("length", "checks", "failed"),
    [
        ("len(x)", [BATCHES, *OTHERS], None),
        pytest.param("len(x)", [f"{OF_TRAIN}-accuracy"], None, marks=table),  # of a function it is asked above
        ("len(x) - batch_size + 1", [BATCHES, *OTHERS], (BATCHES, "failed")),
    ],
)
def test_steps_of_another_kind_in_a_class(length, checks, failed):
    text = library.example("sigmoid-l2", "lambda_over_the_training_set.py").read_text("utf-8")
    head, signature, rest = text.partition("lambd):\n        costs = []\n")
    assert signature
    text = head + "lambd):\n" + ADAM_OF_A_CLASS.replace("LENGTH", length) + rest[rest.index("    def predict") :]
    with Grader(library.part_of("sigmoid-l2", *checks)) as of_a_class:
        report = of_a_class.grade(load_source(text, "net.py"), functions=["NeuralNetwork.train"])
    checks = report.function("NeuralNetwork.train").checks
    assert [(check.id, check.status) for check in checks if check.status != "passed"] == ([failed] if failed else [])


FRESH = (
    "nabla_b = [np.zeros(b.shape) for b in self.biases]\n        nabla_w = [np.zeros(w.shape) for w in self.weights]"
)
KEPT = """if not hasattr(self, "sums"):
            self.sums = [[0 * b for b in self.biases], [0 * w for w in self.weights]]
        nabla_b, nabla_w = self.sums"""


def test_sums_that_pile_up_over_mini_batches():
    with Grader(library.assignment("nielsen-network")) as session:
        text = (session.assignment.folder / "examples" / "nn2.py").read_text("utf-8")
        head, method, body = text.partition("def update_mini_batch(")
        assert FRESH in body
        body = body.replace(FRESH, KEPT, 1).replace("[nb + dnb for", "[nb.__iadd__(dnb) for", 1)
        body = body.replace("[nw + dnw for", "[nw.__iadd__(dnw) for", 1)
        report = session.grade(load_source(head + method + body, "nn2.py"), functions=["NN2.update_mini_batch"])
    update = report.function("NN2.update_mini_batch")
    assert update.score < update.max_score
    assert [diagnosis.code for diagnosis in update.diagnoses] == ["update_mini_batch.sums-pile-up"]
