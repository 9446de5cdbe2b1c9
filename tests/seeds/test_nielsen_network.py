"""The network of a book chapter, completed: nothing is wrong with it, and its spikes have a cause."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest

from grader import Assignment, Grader, Report
from grader.checks.spikes import cost_spikes, flipped_share
from grader.submissions import load_source
from grader.validation.examples import problems_of, read_examples
from tests import library
from tests.graded import short
from tests.tables import sampled, table

Judge = Callable[..., Report]

TRAINING = "NN2.stochastic_gradient_descent"
EXAMPLES = {  # `grade validate`: all
    example.file: example
    for example in sampled(read_examples(library.folder("nielsen-network")), lambda example: bool(example.failed))
}
RIGHT = [name for name, example in EXAMPLES.items() if not example.failed]
WRONG = [name for name, example in EXAMPLES.items() if example.failed]


@pytest.fixture(scope="module")
def assignment() -> Assignment:
    return library.assignment("nielsen-network")


@pytest.fixture(scope="module")
def session(assignment) -> Iterator[Grader]:
    with Grader(assignment) as session:
        yield session


@pytest.fixture(scope="module")
def judge(session) -> Judge:
    """The report of some checks on a text: the run with an L1 penalty alone trains for hundreds of epochs."""

    def judge(text: str, *checks: str) -> Report:
        part = library.part_of("nielsen-network", *checks)
        judged = {check.function for check in part.checks}
        with Grader(part, sandbox=session.sandbox) as some:
            return some.grade(load_source(text, "homework.py"), functions=sorted(judged))

    return judge


@pytest.fixture(scope="module")
def grade_example(session, graded_examples):
    return lambda name: graded_examples.report(session, name)


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_network_gets_full_marks_and_no_diagnosis(grade_example, name):
    report = grade_example(name)
    assert short(report) == set()
    assert report.score == report.max_score == 100
    assert list(report.diagnoses()) == []


@table  # `grade validate`, too
@pytest.mark.parametrize("name", WRONG)
def test_each_mistake_has_its_name(grade_example, name):
    assert problems_of(grade_example(name), EXAMPLES[name]) == []


def test_a_wrong_gradient_and_a_wrong_cost_have_their_names(assignment, judge):
    name = "one_delta_for_both_costs.py"
    gradients = ("NN2.backprop.cross-entropy", "NN2.backprop.quadratic", "NN2.backprop.hidden")
    text = (assignment.folder / "examples" / name).read_text("utf-8")
    costs = ("NN2.total_cost.cross-entropy", "NN2.total_cost.quadratic", "NN2.total_cost.penalties")
    report = judge(text, *gradients, *costs, "NN2.total_cost.saturated")
    assert short(report) == {"NN2.backprop", "NN2.total_cost"}
    assert {diagnosis.code for diagnosis in report.diagnoses()} == set(EXAMPLES[name].diagnoses)


def test_the_report_has_all_four_curves(grade_example):
    for run in grade_example("nn2.py").training:
        assert run.function == TRAINING
        for record in (*run.history, *run.reference_history):
            measured = (record.train_cost, record.test_cost, record.train_accuracy, record.test_accuracy)
            assert all(value is not None and np.isfinite(value) for value in measured)
        assert len(run.history) == len(run.reference_history) >= 5


def test_the_report_tells_where_the_spikes_come_from(grade_example):
    *_, l1_run = grade_example("nn2.py").training
    told = " ".join(l1_run.remarks)
    spikes = cost_spikes([record.train_cost for record in l1_run.history])
    assert ("above twice its median" in told) == bool(spikes.epochs)
    assert "change sign" in told
    assert ("Spikes come from the learning rate" in told) == bool(spikes.epochs)  # of drawn digits there are none
    assert "costs points" in told


@pytest.mark.parametrize(
    "name", [pytest.param("penalty_over_the_mini_batch.py", marks=table), "one_delta_for_both_costs.py"]
)
def test_nothing_is_said_of_what_moves_weights_that_move_otherwise(assignment, judge, name):
    """Its step of the penalty is another one, or its gradients are."""
    report = judge((assignment.folder / "examples" / name).read_text("utf-8"), f"{TRAINING}.l1-run")
    *_, l1_run = report.training
    told = " ".join(l1_run.remarks)
    assert "Nothing of this costs points" in told
    assert "towards zero" not in told
    assert "Spikes come from" not in told


@table  # of the solution alone, for hundreds of epochs
def test_spikes_come_with_the_learning_rate_and_not_with_the_sign_changes(assignment, session):
    """What the handout and the report say about spikes, measured."""
    if session.dataset.is_stand_in:
        pytest.skip("the figures are of MNIST, which is not on this machine")

    def run(eta, l1, epochs, module=assignment.solution):
        net = module.NN2([196, 30, 10], 1)
        curves = net.stochastic_gradient_descent(data, data[:1], epochs, 5, eta, l1)
        before = net.weights[0].copy()
        net.stochastic_gradient_descent(data, data[:1], 1, 5, eta, l1)
        return len(cost_spikes(curves["train_cost"]).epochs), flipped_share(before, net.weights[0])

    images = session.dataset.X_train[:100].reshape(-1, 28, 28)[:, ::2, ::2].reshape(100, 196, 1)
    data = list(zip(images, np.eye(10)[session.dataset.y_train[:100], :, np.newaxis], strict=True))

    def stopping_at_zero(w, lmbda, n):
        return np.sign(w) * np.minimum(lmbda / n, np.abs(w) / 2.0)

    spikes, flips = run(2.0, 0.1, 60)
    assert spikes > 0
    assert flips > 0.05
    spikes, flips = run(2.0, 0.0, 60)
    assert (spikes, flips < 0.01) == (0, True)
    spikes, flips = run(1.0, 0.1, 120)
    assert (spikes, flips > 0.05) == (0, True)
    spikes, _ = run(2.0, 0.1, 60, assignment.new_solution({"l1_gradient": stopping_at_zero}))
    assert spikes > 0


def test_invented_curves_earn_nothing(assignment, judge):
    source = (assignment.folder / "examples" / "nn2.py").read_text("utf-8")
    forged = source + (
        "\n\nclass NN2(NN2):\n"
        "    def update_mini_batch(self, *arguments):\n        weights = [0 * w for w in self.weights]\n\n"
        "    def accuracy(self, data):\n        return 1.0\n\n"
        "    def total_cost(self, data, lmbda_L1=0.0, lmbda_L2=0.0):\n        return 0.01\n"
    )
    report = judge(forged, f"{TRAINING}.true-curves", "NN2.accuracy.share", "NN2.update_mini_batch.plain")
    checks = {check.id: check.status for function in report.functions for check in function.checks}
    assert checks[f"{TRAINING}.true-curves"] == "failed"
    assert checks["NN2.accuracy.share"] == "failed"
    assert report.function("NN2.update_mini_batch").diagnoses[0].code == "update_mini_batch.nothing-changes"


def test_labels_of_the_test_images_are_never_sent(assignment, session, judge):
    """All labels that a submission is given are the training half's, or those with every class renamed alike."""
    source = (assignment.folder / "examples" / "nn2.py").read_text("utf-8")
    spy = source + (
        "\n\nclass NN2(NN2):\n"
        "    def stochastic_gradient_descent(self, training_data, test_data, *args, **named):\n"
        "        if len(training_data[0][0]) == 784:\n"
        "            print('given', *(y.argmax() for _, y in (*training_data, *test_data)))\n"
        "        return super().stochastic_gradient_descent(training_data, test_data, *args, **named)\n"
    )
    report = judge(spy, f"{TRAINING}.accuracy")
    runs = [line.split()[1:] for line in report.output.stdout.splitlines() if line.startswith("given")]
    assert runs  # once, and once more where a training is asked to learn other labels
    for labels in runs:
        given, own = np.array(labels, int), session.dataset.y_train[: len(labels)]
        assert len(given) == len(own)
        assert len(set((given - own) % 10)) == 1


@pytest.mark.usefixtures("undiagnosed")
def test_an_instance_is_asked_with_the_weights_that_were_set(assignment, session):
    """A network that computes from copies made when it was built does not follow the contract."""
    source = (assignment.folder / "examples" / "nn2.py").read_text("utf-8")
    stubborn = source + (
        "\n\nclass NN2(NN2):\n"
        "    def __init__(self, *args, **named):\n"
        "        super().__init__(*args, **named)\n"
        "        self.first = list(self.weights)\n\n"
        "    def feedforward(self, a):\n"
        "        for w, b in zip(self.first, self.biases):\n"
        "            a = sigmoid(w @ a + b)\n"
        "        return a\n"
    )
    report = session.grade(load_source(stubborn, "stubborn.py"), functions=["NN2.feedforward"])
    assert report.function("NN2.feedforward").status != "passed"
