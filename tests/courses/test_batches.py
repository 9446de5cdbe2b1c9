"""Mini-batches: sets smaller than a batch, and rows that get lost when they are shuffled."""

import pytest

from grader import Grader
from grader.submissions import load_source
from tests import library

from .conftest import example

DRAW = "indices = np.random.choice(num_train, batch_size)\n            X_batch, y_batch = X[indices], y[indices]"


@pytest.fixture(scope="module")
def grade_train(grade_text):
    def grade(draw: str, before: str = "pass"):
        text = example("cs231n-two-layer-net", "right/neural_net.py").read_text("utf-8")
        assert DRAW in text
        text = text.replace("num_train = X.shape[0]\n", f"num_train = X.shape[0]\n        {before}\n")
        return grade_text("cs231n-two-layer-net", text.replace(DRAW, draw), ["TwoLayerNet.train"]).function(
            "TwoLayerNet.train"
        )

    return grade


@pytest.mark.usefixtures("undiagnosed")
def test_more_samples_than_there_are_cannot_be_drawn_without_replacement(grade_train):
    train = grade_train(DRAW.replace("batch_size)", "batch_size, replace=False)"))
    (failed,) = (check for check in train.checks if check.status != "passed")
    assert failed.id == "TwoLayerNet.train.small-set"
    assert "ValueError: Cannot take a larger sample than population" in failed.message


@pytest.mark.parametrize(
    "draw",
    [
        DRAW.replace("batch_size)", "batch_size, replace=num_train < batch_size)"),
        DRAW.replace("choice(num_train, batch_size)", "permutation(num_train)[:batch_size]"),
    ],
)
def test_those_that_take_what_there_is_keep_all_points(grade_train, draw):
    assert grade_train(draw).status == "passed"


def test_rows_that_shuffling_loses(grade_train):
    shuffle = "start = it * batch_size % len(rows)\n            if it and start == 0: random.shuffle(rows)"
    batch = "batch = rows[start :][:batch_size]; X_batch, y_batch = batch[:, :-1], batch[:, -1].astype(int)"
    train = grade_train(f"{shuffle}\n            {batch}", "import random; rows = np.c_[X, y]")
    (failed,) = (check for check in train.checks if check.status != "passed")
    assert "are rows lost when they are shuffled?" in failed.message
    assert [diagnosis.code for diagnosis in train.diagnoses] == ["TwoLayerNet.train.loses-samples"]


def test_a_list_of_pairs_may_be_shuffled_by_exchange_and_an_array_of_them_may_not():
    name, text = "NN2.stochastic_gradient_descent", example("nielsen-network", "nn2.py").read_text("utf-8")
    shuffle = next(line for line in text.splitlines() if "shuffle(" in line)
    exchanged = "".join(
        f"\n{shuffle[: len(shuffle) - len(shuffle.lstrip())]}{line}"
        for line in (
            "for i in range(len(training_data) - 1, 0, -1):",
            "    j = i // 2",
            "    training_data[i], training_data[j] = training_data[j], training_data[i]",
        )
    )
    text = text.replace(shuffle, "PREPARED" + exchanged)
    indent = shuffle[: len(shuffle) - len(shuffle.lstrip())]
    quick = library.part_of("nielsen-network", f"{name}.last-batch", f"{name}.order")
    with Grader(quick) as grader:
        for prepared, is_lost in (("list(training_data)", False), ("np.array(training_data, dtype=object)", True)):
            changed = text.replace("PREPARED", f"{indent}training_data = {prepared}")
            report = grader.grade(load_source(changed, "homework.py"), functions=[name])
            codes = [diagnosis.code for diagnosis in report.function(name).diagnoses]
            assert codes == ([f"{name}.shared-array"] if is_lost else []), codes


@pytest.mark.usefixtures("undiagnosed")
def test_an_epoch_that_resamples_what_it_resampled():
    with Grader(library.part_of("sigmoid-l2", "NeuralNetwork.train.train-uses-every-sample")) as session:
        text = library.example("sigmoid-l2", "columns_inside.py").read_text("utf-8")
        order = "self.random.permutation(len(x))"
        assert order in text
        text = text.replace(order, "order").replace(
            "        costs = []", "        costs, order = [], np.arange(len(x))", 1
        )
        text = text.replace("epochs:", "epochs:\n            order = self.random.choice(order, len(x))", 1)
        train = session.grade(load_source(text, "net.py"), functions=["NeuralNetwork.train"]).functions[0]
    assert any(check.id.endswith("uses-every-sample") for check in train.checks if check.status == "failed")
