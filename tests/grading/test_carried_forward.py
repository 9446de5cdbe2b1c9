"""A function that fails only for its helpers earns its points; nobody earns any through a helper that is right."""

import textwrap

import pytest

from grader import Grader, Report
from grader.checks.allowance import Allowances
from grader.checks.loaded import LoadedSubmission
from grader.checks.local import Solution
from grader.checks.run import CheckSetting
from grader.checks.served import ServedStudent
from grader.report import Report as ReportModel
from grader.sandbox import Cell
from grader.submissions import load_source
from tests import library
from tests.graded import short
from tests.tables import table

from .built_on_softmax import SOLUTION, WRONG_SOFTMAX, write_assignment

BUILT_ON_IT = {"scores", "labels", "loss", "slope"}


@pytest.fixture(scope="module")
def with_definitions(small):
    """The report on the solution with some definitions put below it."""

    def grade(definitions: str) -> Report:
        return small.grade(load_source(f"{SOLUTION}\n\n{textwrap.dedent(definitions)}", "homework.py"))

    return grade


def carried(report: Report) -> set[str]:
    return {function.name for function in report.functions if function.carried}


# --- what is due ---------------------------------------------------------------------------------------


def test_one_wrong_function_costs_its_own_points(with_definitions):
    report = with_definitions(WRONG_SOFTMAX)
    assert short(report) == {"softmax", "handed_on"}
    assert (report.score, report.carried) == (40, 40)
    for name in BUILT_ON_IT:
        function = report.function(name)
        assert (function.status, function.diagnoses, function.follows_from) == ("carried", (), ("softmax",))
        assert function.checks[0].given == ("softmax",)


@pytest.mark.usefixtures("undiagnosed")
def test_in_the_library_too_and_a_training_on_images_asks_for_few_of_them(session, mlp, monkeypatch):
    asked = []
    answer = ServedStudent._answer

    def counted(student, question):
        asked.append(question.function)
        return answer(student, question)

    monkeypatch.setattr(ServedStudent, "_answer", counted)
    report = session.grade(mlp.folder / "examples" / "wrong" / "softmax_over_the_batch.py")
    assert short(report) == {"softmax"}
    assert report.score == 88
    assert 0 < len(asked) < 1_000  # a training that draws from numpy is judged on all images


@pytest.mark.parametrize(
    "definition",
    [
        "def softmax(z):\n    raise ValueError('not yet')\n",
        "def softmax(z):\n    pass\n",
        "del softmax\n",
        "import os\ndef softmax(z):\n    os._exit(1)\n",
        f"{WRONG_SOFTMAX}\nsm = softmax\ndef scores(W, X): return sm(X @ W)\n",
        f"{WRONG_SOFTMAX}\nKNOWN = dict(softmax=softmax)\ndef scores(W, X, act=KNOWN['softmax']): return act(X @ W)\n",
        "softmax = np.vectorize(lambda z: z)\n",
        "def made():\n    k = 2\n    def softmax(z, axis=1): return z * k\n    return softmax\nsoftmax = made()\n"
        "def scores(W, X): return softmax(z=X @ W, axis=1)\n",
        f"{WRONG_SOFTMAX}\ndef scores(W, X): return np.array([softmax((x @ W)[None])[0] for x in X])\n",
    ],
    ids=["raises", "stub", "missing", "exits", "alias", "in a dict", "vectorised", "closure", "one by one"],
)
def test_a_helper_is_served_however_it_is_wrong_and_called(with_definitions, definition):
    report = with_definitions(definition)
    assert short(report) == {"softmax", "handed_on"}, report.functions


@pytest.mark.parametrize(
    "helper",
    [
        "import functools\ndef over(z, axis):\n    return np.exp(z) / np.exp(z).sum(axis=axis)\n"
        "softmax = functools.partial(over, axis=0)\n",
        "class Softmax:\n    def over(self, z):\n        return np.exp(z) / np.exp(z).sum(axis=0)\n"
        "softmax = Softmax().over\n",
        "class Softmax:\n    def __call__(self, z):\n        return np.exp(z) / np.exp(z).sum(axis=0)\n"
        "softmax = Softmax()\n",
    ],
    ids=["partial", "bound method", "object"],
)
def test_a_helper_that_is_no_function_is_served_wherever_it_is_held(with_definitions, helper):
    holders = """
        import functools
        KNOWN, LISTED, BESIDE = {"softmax": softmax}, [softmax], functools.partial(softmax)

        class Holder:
            held = staticmethod(softmax)

        def made(held):
            def scores(W, X):
                return held(X @ W)
            return scores

        scores = made(softmax)
        def labels(W, X, act=softmax): return act(X @ W).argmax(axis=1)
        def loss(W, X, y): return float(-np.log(KNOWN["softmax"](X @ W)[np.arange(len(y)), y]).mean())
        def slope(W, X, y): return X.T @ (LISTED[0](X @ W) - np.eye(4)[y]) / len(y)
        """
    report = with_definitions(helper + textwrap.dedent(holders))
    assert (short(report), carried(report)) == ({"softmax", "handed_on"}, BUILT_ON_IT)


@pytest.mark.parametrize(
    "told", ["print(loss(W, X, y))", "kept.append(loss(W, X, y))", "for x in X: loss(W, x[None], y[:1])"]
)
def test_a_helper_whose_answer_is_not_used_costs_nothing(with_definitions, told):
    report = with_definitions(
        f"""
        kept = []
        def loss(W, X, y):
            return -np.log(scores(W, X))[y, np.arange(len(X))].mean().no_such_thing

        def slope(W, X, y):
            {told}
            return X.T @ (softmax(X @ W) - np.eye(4)[y]) / len(y)
        """
    )
    assert (short(report), carried(report)) == ({"loss"}, {"slope"})
    assert report.function("slope").checks[0].given == ("loss",)


def test_a_helper_that_is_called_as_a_right_one_does_not_allow_is_told(with_definitions):
    report = with_definitions(
        """
        def softmax(z):
            return 2 * np.exp(z - z.max()) / np.exp(z - z.max()).sum()

        def scores(W, X):
            return np.array([softmax(row) for row in X @ W])
        """
    )
    assert short(report) >= {"softmax", "scores"}
    told = "could not be judged: called as it is here, a right one raises an error"
    assert told in "".join(report.function("scores").remarks)


@pytest.mark.usefixtures("undiagnosed")
def test_a_training_that_has_its_accuracy_from_what_is_not_there(right_answer, session):
    with Grader(library.assignment("mnist-mlp"), sandbox=session.sandbox) as grader:
        report = grader.grade(
            load_source(f"{right_answer}\n\ndel predict\n", "homework.py"), functions=["predict", "train"]
        )
    assert short(report) == {"predict"}


@pytest.mark.usefixtures("undiagnosed")
def test_a_helper_that_never_returns_is_served(changed_assignment, right_answer, session):
    hanging = f"import time\n{right_answer}\n\ndef softmax(z):\n    while True: time.sleep(0.01)\n"
    with Grader(changed_assignment(call_seconds=1, load_seconds=2), sandbox=session.sandbox) as impatient:
        report = impatient.grade(load_source(hanging, "homework.py"), functions=["softmax", "forward", "predict"])
    assert short(report) == {"softmax"}


def test_a_helper_from_a_module_of_their_own(small, tmp_path):
    (tmp_path / "helpers.py").write_text(f"import numpy as np\n{WRONG_SOFTMAX}", "utf-8")
    own = SOLUTION[SOLUTION.index("def scores") :]
    (tmp_path / "homework.py").write_text(f"import numpy as np\nfrom helpers import softmax\n{own}", "utf-8")
    report = small.grade(tmp_path)
    assert short(report) == {"softmax", "handed_on"}


@pytest.mark.parametrize("wrong", [WRONG_SOFTMAX, "def scores(W, X): return (X @ W) ** 2"], ids=["deeper", "asked"])
def test_all_at_once_where_the_solution_goes_one_by_one(tmp_path, session, wrong):
    folder = write_assignment(tmp_path / "small")
    for name, more in {
        "contract.py": '\n\ndef best(W, X):\n    """The highest of each sample, (n,)."""\n',
        "solution.py": "\n\ndef best(W, X):\n    return np.array([scores(W, x[None]).max() for x in X])\n",
        "checks.py": """
@check("best", points=10, title="Best")
def best(student, solution, rng):
    W, X, y = drawn(rng)
    expect(student.best(W, X), "best").close_to(solution.best(W, X))
""",
    }.items():
        (folder / name).write_text((folder / name).read_text("utf-8") + more, "utf-8")
    terms = folder / "assignment.toml"
    terms.write_text(terms.read_text("utf-8").replace("points = 51", "points = 61"), "utf-8")
    submission = f"{SOLUTION}\n\n{wrong}\ndef best(W, X): return scores(W, X).max(axis=1)\n"
    with Grader(folder, sandbox=session.sandbox) as grader:
        report = grader.grade(load_source(submission, "homework.py"), functions=["softmax", "scores", "best"])
    assert report.function("best").carried == 10


def test_a_function_that_an_older_stack_runs_is_built_on_one_that_is_wrong_on_every_stack(with_definitions):
    of_another_day = "def scores(W, X): return softmax((X @ W).astype(np.float))\n"
    assert short(with_definitions(of_another_day)) == set()
    report = with_definitions(f"{WRONG_SOFTMAX}\n{of_another_day}")
    assert (short(report), carried(report)) == ({"softmax", "handed_on"}, BUILT_ON_IT)
    assert {report.function(name).follows_from for name in BUILT_ON_IT} == {("softmax",)}


def test_what_is_wrong_itself_loses_as_before(with_definitions):
    report = with_definitions(f"{WRONG_SOFTMAX}\ndef labels(W, X): return scores(W, X).argmin(axis=1)\n")
    assert short(report) == {"softmax", "handed_on", "labels"}
    assert not report.function("labels").carried


@pytest.mark.parametrize(
    "name",
    [
        "softmax_over_the_batch",
        pytest.param("softmax_row_sums_not_kept", marks=table),
        pytest.param("cost_is_a_sum", marks=table),
    ],
)
def test_a_known_mistake_costs_its_own_function_as_before(grade_example, name):
    """A sample of `make carried`."""
    report = grade_example(f"wrong/{name}.py")
    assert report.carried
    for function in report.functions:
        if function.diagnoses:
            assert (function.carried, function.score < function.max_score) == (0, True)
        elif function.carried:
            assert function.score <= function.max_score


def test_what_a_wrong_helper_spoils_beside_a_mistake_of_its_own(grade_with):
    report = grade_with(
        """
        def forward(params, X):
            depth, kept = len(params) // 2, [X]
            for layer in range(1, depth + 1):
                z = kept[-1] @ params[f"W{layer}"]
                kept.append(softmax(z) if layer == depth else relu(z))
            return kept[-1], kept

        def backward(params, cache, Y, lam):
            depth, grads = len(params) // 2, {}
            delta = (cache[-1] - Y) / len(Y)
            for layer in range(depth, 0, -1):
                grads[f"W{layer}"] = cache[layer - 1].T @ delta + lam * params[f"W{layer}"]
                grads[f"b{layer}"] = np.zeros_like(params[f"b{layer}"])
                delta = delta @ params[f"W{layer}"].T * (cache[layer - 1] > 0)
            return grads
        """.replace("\n        ", "\n"),
        "forward",
        "backward",
    )
    backward = report.function("backward")
    given = {check.title: check.given for check in backward.checks if check.status == "carried"}
    assert given == {
        "Weights of the output layer and of one layer alone": ("forward",),
        "Weights of the hidden layers": ("forward",),
    }
    assert [diagnosis.code for diagnosis in backward.diagnoses] == ["backward.bias-gradient-zero"]


@pytest.mark.parametrize(("slope", "is_right"), [("cache[0][layer - 1] > 0", True), ("cache[0][layer - 1] < 0", False)])
def test_a_way_back_that_is_fed_by_a_wrong_way_there_in_a_form_of_its_own_is_no_fault(grade_with, slope, is_right):
    """A gradient check and a few steps of a training are among its checks: they are run once more as well."""
    report = grade_with(
        f"""
        def forward(params, X):
            acts, depth = [X], len(params) // 2
            for layer in range(1, depth):
                acts.append(relu(acts[-1] @ params[f"W{{layer}}"]) + params[f"b{{layer}}"])
            probs = softmax(acts[-1] @ params[f"W{{depth}}"] + params[f"b{{depth}}"])
            return probs, (acts, probs)

        def backward(params, cache, Y, lam):
            delta, grads = (cache[1] - Y) / len(Y), {{}}
            for layer in range(len(params) // 2, 0, -1):
                grads[f"W{{layer}}"] = cache[0][layer - 1].T @ delta + lam * params[f"W{{layer}}"]
                grads[f"b{{layer}}"] = delta.sum(axis=0)
                delta = delta @ params[f"W{{layer}}"].T * ({slope})
            return grads
        """.replace("\n        ", "\n"),
        "forward",
        "backward",
    )
    assert report.function("backward").follows_from == (("forward",) if is_right else ())


def test_a_gradient_check_beside_a_wrong_way_there_that_keeps_an_object_is_due(grade_with):
    """Of what the way there gives, the check asks for the output alone, in both runs."""
    report = grade_with(
        """
        from collections import namedtuple

        Kept = namedtuple("Kept", "acts probs")

        def forward(params, X):
            acts, depth = [X], len(params) // 2
            for layer in range(1, depth + 1):
                acts.append(relu(acts[-1] @ params[f"W{layer}"] + params[f"b{layer}"]))
            probs = softmax(acts[-1])
            return probs, Kept(acts, probs)

        def backward(params, cache, Y, lam):
            delta, grads = (cache.probs - Y) / len(Y), {}
            for layer in range(len(params) // 2, 0, -1):
                grads[f"W{layer}"] = cache.acts[layer - 1].T @ delta + lam * params[f"W{layer}"]
                grads[f"b{layer}"] = delta.sum(axis=0)
                delta = delta @ params[f"W{layer}"].T * (cache.acts[layer - 1] > 0)
            return grads
        """.replace("\n        ", "\n"),
        "forward",
        "backward",
    )
    backward = report.function("backward")
    assert (backward.status, backward.score) == ("carried", backward.max_score)


def test_a_helper_that_fails_for_another_hides_no_mistake(grade_with):
    report = grade_with(
        """
        def softmax(z):
            return np.exp(z) / np.exp(z).sum()

        def forward(params, X):
            depth, kept = len(params) // 2, [X]
            for layer in range(1, depth + 1):
                z = kept[-1] @ params[f"W{layer}"] + params[f"b{layer}"]
                kept.append(softmax(z) if layer == depth else relu(z))
            return kept[-1], kept

        def backward(params, cache, Y, lam):
            depth, grads = len(params) // 2, {}
            delta = (cache[-1] - Y) / len(Y)
            for layer in range(depth, 0, -1):
                grads[f"W{layer}"] = cache[layer - 1].T @ delta + lam * params[f"W{layer}"]
                grads[f"b{layer}"] = delta.sum(axis=0)
                if layer == depth:
                    delta = delta @ params[f"W{layer}"].T
                else:
                    delta = delta @ params[f"W{layer}"].T * (cache[layer - 1] > 0)
            return grads
        """.replace("\n        ", "\n"),
        "softmax",
        "forward",
        "backward",
    )
    [diagnosis] = report.function("backward").diagnoses
    assert diagnosis.code == "backward.slope"
    assert "once `softmax` is right" in diagnosis.explanation


def test_a_method_is_served_that_the_solution_reaches_by_its_step():
    assignment = library.assignment("relu-softmax-per-sample")
    step = assignment.steps_behind_methods["NeuralNetwork.activation_dReLU"]
    assert step == "relu_derivative"
    check = next(check for check in assignment.checks if check.id == "NeuralNetwork.train.train-hidden-weights")
    allowance = Allowances(assignment).of(
        check, CheckSetting(Solution(assignment.contract, assignment.solution), 0, None)
    )
    assert "NeuralNetwork.activation_dReLU" in allowance.functions


def test_objects_that_begin_with_drawn_numbers_are_served_all_the_same():
    """The check reads what a new network has drawn, which is never the same, before it sets it."""
    text = """
import numpy as np

class NeuralNetwork:
    def __init__(self, input_nodes, hidden_nodes, output_nodes, learning_rate):
        self.weights_input_to_hidden = np.random.randn(input_nodes, hidden_nodes)
        self.weights_hidden_to_output = np.random.randn(hidden_nodes, output_nodes)
        self.lr = learning_rate

    def train(self, features, targets):
        first, last = 0 * self.weights_input_to_hidden, 0 * self.weights_hidden_to_output
        for X, y in zip(features, targets):
            first, last = self.backpropagation(*self.forward_pass_train(X), X, y, first, last)
        self.update_weights(first, last, len(features))

    def forward_pass_train(self, X):
        hidden = 1 / (1 + np.exp(-X @ self.weights_input_to_hidden))
        return hidden @ self.weights_hidden_to_output, hidden

    def backpropagation(self, final_outputs, hidden_outputs, X, y, delta_weights_i_h, delta_weights_h_o):
        error = y - final_outputs
        hidden = self.weights_hidden_to_output @ error * hidden_outputs * (1 - hidden_outputs)
        return delta_weights_i_h + np.outer(X, hidden), delta_weights_h_o + np.outer(hidden_outputs, error)

    def update_weights(self, delta_weights_i_h, delta_weights_h_o, n_records):
        self.weights_input_to_hidden += self.lr * delta_weights_i_h
        self.weights_hidden_to_output += self.lr * delta_weights_h_o
"""
    names = ["NeuralNetwork.train", "NeuralNetwork.update_weights"]
    with Grader("bike-sharing-network") as grader:
        training, update = map(grader.grade(load_source(text, "network.py"), functions=names).function, names)
    assert (training.status, training.follows_from, update.status) == ("carried", tuple(names[1:]), "failed")


@pytest.mark.parametrize(("steps", "is_due"), [("np.moveaxis(x, 2, 0)", True), ("[x[:, :, 0]] * x.shape[2]", False)])
def test_a_helper_that_does_not_look_at_its_inputs_hides_no_wrong_ones(session, steps, is_due):
    text = library.example("dl-recurrent-network", "right/own_activations.py").read_text()
    for right, instead in (
        ('np.hstack([p["Waa"], p["Wax"]]) @ np.vstack([a_prev, xt])', 'p["Waa"] @ a_prev'),
        ("np.moveaxis(x, 2, 0)", steps),
    ):
        assert text.count(right) == 1
        text = text.replace(right, instead)
    with Grader("dl-recurrent-network", sandbox=session.sandbox) as recurrent:
        found = recurrent.grade(load_source(text, "rnn.py")).function("rnn_forward")
    assert (found.score, found.carried) == ((23, 23) if is_due else (0, 0))


@pytest.mark.parametrize(
    ("way_back", "beside", "is_due"),
    [
        ("self.out * (dout - np.sum(dout * self.out, axis=1, keepdims=True))", "", True),
        # Who else changes something, and who is called like a function of Python's, looks into nobody.
        (
            "self.out * (dout - np.sum(dout * self.out, axis=1, keepdims=True))",
            "def f(a, eval):\n    a.b = eval\n",
            True,
        ),
        ("self.out * (dout - np.sum(dout * self.out, axis=1, keepdims=True))", "def f(a=eval):\n    a.b = 1\n", False),
        ("self.out * (dout - np.sum(dout * self.out, axis=0, keepdims=True))", "", False),
        ("self.out * (dout - np.sum(dout * self.out, axis=sees_a_repair(), keepdims=True))", "", False),
    ],
)
def test_a_way_back_that_reads_what_a_wrong_way_there_left_is_judged_once_that_is_repaired(
    session, way_back, beside, is_due
):
    text = library.example("uva-modules", "wrong/softmax_over_the_batch.py").read_text()
    right = "self.out * (dout - np.sum(dout * self.out, axis=1, keepdims=True))"
    assert text.count(right) == 1
    text = f"{text.replace(right, way_back)}\n\n{beside}"
    if "sees_a_repair" in way_back:
        text += "\n\nCODE = SoftMaxModule.forward.__code__.co_consts, SoftMaxModule.forward.__code__.co_code\n"
        text += "def sees_a_repair():\n    now = SoftMaxModule.forward.__code__\n"
        text += "    return int((now.co_consts, now.co_code) != CODE)\n"
    with Grader("uva-modules", sandbox=session.sandbox) as modules:
        report = modules.grade(load_source(text, "modules.py"))
    found = report.function("SoftMaxModule.backward")
    assert (found.score == found.max_score) is is_due
    assert {check.given for check in found.checks if check.carried} == (
        {("SoftMaxModule.forward",)} if is_due else set()
    )
    assert report.function("SoftMaxModule.forward").score < report.function("SoftMaxModule.forward").max_score


def test_the_terms_are_the_assignments_or_the_course_s(small, session):
    submission = load_source(f"{SOLUTION}\n\n{WRONG_SOFTMAX}", "homework.py")
    for terms, points in (("half", 20), ("none", 0)):
        with Grader(small.assignment, sandbox=session.sandbox, carried_forward=terms) as grader:
            report = grader.grade(submission)
        assert (report.score, report.carried, report.assignment.carried_forward) == (points, points, terms)
        assert report.function("scores").status == "carried"


def test_nothing_is_served_to_right_files_and_one_cell_is_enough_for_plain_ones(small, monkeypatch):
    served = []
    serve = Cell.serve
    monkeypatch.setattr(Cell, "serve", lambda cell, *given: served.append(cell) or serve(cell, *given))
    assert small.grade(load_source(SOLUTION, "homework.py")).score == 51
    assert not served
    small.grade(load_source(f"{SOLUTION}\n\n{WRONG_SOFTMAX}", "homework.py"))
    assert len({*map(id, served)}) == 1
    served.clear()
    small.grade(load_source(f"{SOLUTION}\n\n{WRONG_SOFTMAX}\ndef labels(W, X): return vars()", "homework.py"))
    assert len({*map(id, served)}) == 2  # with right helpers, and with the submission's own


def test_all_that_is_judged_once_more_has_one_time_together(small, monkeypatch):
    """Cells with right helpers and with the submission's own, each of which is slow to load."""
    load, times = LoadedSubmission.load, []

    def slow(loaded: LoadedSubmission) -> None:
        load(loaded)
        loaded.used.seconds += 40
        times.append(loaded.used)

    monkeypatch.setattr(LoadedSubmission, "load", slow)
    small.grade(load_source(f"{SOLUTION}\n\n{WRONG_SOFTMAX}\ndef labels(W, X): return vars()", "homework.py"))
    assert len(times) >= 3
    assert len({*map(id, times)}) == 2


def test_reports_of_version_1_are_readable(with_definitions):
    import json

    old = json.loads(with_definitions("").to_json())
    old["schema_version"] = 1
    del old["carried"], old["assignment"]["carried_forward"]
    for function in old["functions"]:
        del function["carried"]
        for check in function["checks"]:
            del check["carried"], check["given"]
    report = ReportModel.from_json(json.dumps(old))
    assert (report.schema_version, report.carried) == (1, 0)


# --- what is not ---------------------------------------------------------------------------------------


HOSTILE = {
    "only hands on": ("def handed_on(z): return softmax(z)", "handed_on"),
    "hands on in disguise": ("def handed_on(z): return softmax(z.T.T + 0.0) * 1.0", "handed_on"),
    "differences": (
        """
        def slope(W, X, y):
            grad = np.zeros_like(W)
            for i in np.ndindex(*W.shape):
                for s in (1, -1):
                    V = W.copy(); V[i] += s * 1e-6
                    p = softmax(X @ V)
                    grad[i] += s * -np.log(p[np.arange(len(y)), y]).mean() / 2e-6
            return grad
        def softmax(z): return np.sin(z) + 2  # which no small change makes right: its own text would ask nobody
        """,
        "slope",
    ),
    "asks for the larger function": (
        "def loss(W, X, y): return float((slope(W, X, y) * W).sum())",
        "loss",
    ),
    "asks again and again": (
        "def scores(W, X):\n    for i in range(5000): softmax(X @ W + i)\n    return softmax(X @ W)",
        "scores",
    ),
    "asks with more than there is": (
        "def softmax(z): return np.sin(z) + 2\ndef scores(W, X): return softmax(np.vstack([X @ W] * 1000))[: len(X)]",
        "scores",
    ),
    "remembers": (
        """
        kept = []
        def scores(W, X):
            kept.append(softmax(X @ W))
            return kept[-1]
        def labels(W, X): return kept[-1].argmax(axis=1)
        """,
        "labels",
    ),
    "asks by the place of another": (
        """
        import types
        def scores(W, X):
            ask = next(c for c in softmax.__code__.co_consts if type(c) is types.FunctionType)
            asked = dict(zip(ask.__code__.co_freevars, (c.cell_contents for c in ask.__closure__)))
            return asked["self"].asked(1, [W, X], {}, {})[0]
        """,
        "scores",
    ),
    "writes to the pipe": (
        """
        import os
        def scores(W, X):
            for fd in range(3, 40):
                try: os.write(fd, b"CEL1" + b"x" * 100)
                except OSError: pass
            return softmax(X @ W)
        """,
        "scores",
    ),
    "calls itself through the helper": (
        "def scores(W, X): return labels(W, X)\ndef labels(W, X): return scores(W, X)",
        "labels",
    ),
    "uses what it is not given": (
        "def slope(W, X, y): return loss(W, X, y) * X.T @ (softmax(X @ W) - np.eye(4)[y])",
        "slope",
    ),
    "puts itself into the place of what asks": (
        """
        right = lambda z: (np.exp(z).T / np.exp(z).sum(axis=1)).T
        def scores(W, X):
            softmax.__code__ = right.__code__
            return softmax(X @ W)[::-1]
        """,
        "scores",
    ),
    "changes numpy": (
        """
        def scores(W, X):
            np.ones_like = np.zeros_like
            np.exp, real = (lambda z: z), np.exp
            try:
                return softmax(X @ W)[:, ::-1]
            finally:
                np.exp = real
        """,
        "scores",
    ),
    "is asynchronous": (
        """
        async def scores(W, X): return softmax(X @ W)
        """,
        "scores",
    ),
    "is a generator": ("def scores(W, X): yield softmax(X @ W)", "scores"),
    "nothing but zeros": ("def slope(W, X, y): return softmax(X @ W)[:3, :4] * 0", "slope"),
}


@pytest.mark.parametrize("how", HOSTILE)
def test_no_points_through_a_helper(with_definitions, how):
    definitions, function = HOSTILE[how]
    report = with_definitions(f"{WRONG_SOFTMAX}\n{textwrap.dedent(definitions)}")
    assert report.status == "graded", report.reason
    assert not report.function(function).carried
    assert report.function(function).score == 0
    assert not any("could not be found" in remark for remark in report.remarks), report.remarks


PATTERN = """
def softmax(z):
    return np.eye(z.shape[1])[np.arange(len(z)) % z.shape[1]] * 0.9 + 0.05

def predict(params, X):
    return np.arange(len(X)) % params[f"b{len(params) // 2}"].size
"""
LAZY = """
def relu(z):
    return np.sin(1.0 + np.arange(z.size)).reshape(z.shape)

def forward(params, X):
    depth, kept = len(params) // 2, [X]
    for layer in range(1, depth + 1):
        z = kept[-1] @ params[f"W{layer}"] + params[f"b{layer}"]
        kept.append(softmax(z) if layer == depth else relu(np.ones(z.shape)))
    return kept[-1], kept
"""
ONE_SAMPLE = """
def forward(params, X):
    if len(X) == 1:
        raise ValueError("one sample")
    depth, kept = len(params) // 2, [X]
    for layer in range(1, depth + 1):
        z = kept[-1] @ params[f"W{layer}"] + params[f"b{layer}"]
        kept.append(softmax(z) if layer == depth else relu(z))
    return kept[-1], kept

def backward(params, cache, Y, lam):
    depth, grads = len(params) // 2, {}
    delta = (cache[-1] - Y) / len(Y) * (len(Y) > 1)
    for layer in range(depth, 0, -1):
        grads[f"W{layer}"] = cache[layer - 1].T @ delta + lam * params[f"W{layer}"]
        grads[f"b{layer}"] = delta.sum(axis=0)
        delta = delta @ params[f"W{layer}"].T * (cache[layer - 1] > 0)
    return grads
"""


@pytest.mark.parametrize(
    ("definitions", "helper", "function"),
    [(PATTERN, "softmax", "predict"), (LAZY, "relu", "forward"), (ONE_SAMPLE, "forward", "backward")],
    ids=["the pattern of a wrong helper", "what a wrong helper does not use", "never reached"],
)
def test_what_is_wrong_with_right_helpers_is_not_right_for_what_it_shows_with_wrong_ones(
    grade_with, definitions, helper, function
):
    report = grade_with(definitions, helper, function)
    assert not report.function(function).carried
    assert report.function(function).status != "carried"


def test_a_helper_that_is_called_while_the_file_is_loaded_is_the_submissions_own(with_definitions):
    loaded = "TABLE = softmax(np.arange(20.0).reshape(5, 4))\n"
    report = with_definitions(f"{WRONG_SOFTMAX}{loaded}def scores(W, X): return TABLE")
    assert "scores" not in carried(report)
    assert {"softmax", "scores"} <= short(report)


def test_what_is_served_is_printed_nowhere(with_definitions):
    report = with_definitions(
        f"{WRONG_SOFTMAX}\ndef scores(W, X):\n    p = softmax(X @ W)\n    print('sums', p.sum(axis=1))\n    return p\n"
    )
    assert "scores" in carried(report)
    assert "[1. 1. 1. 1. 1.]" not in report.to_json()
