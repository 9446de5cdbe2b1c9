"""What belongs to a thing and is meant in its place: in which words it is told, and in which line."""

import pytest

from grader import Grader
from grader.submissions import load_source
from tests import library

# Assignment, a right example of it, function, what is right there and what stands in its place, a piece of the title.
WRONG = [
    (
        *("dl-logistic-regression", "plain", "optimize", "b = b - learning_rate * db", "b = b - learning_rate * dw"),
        "`dw` is the gradient of another parameter: `db` is meant",
    ),
    (
        *("mytorch-networks", "one_module", "SGD.step"),
        *("self.l[i].b = self.l[i].b - self.lr * self.v_b[i]", "self.l[i].b = self.l[i].b - self.lr * self.l[i].dLdb"),
        "`self.v_b[i]` is meant, not `self.l[i].dLdb`",
    ),
    (
        *("cs231n-two-layer-net", "functions_and_permutations", "TwoLayerNet.train"),
        *("np.mean(self.predict(X_val) == y_val)", "np.mean(self.predict(X[idx]) == y[idx]) "),
        "`X_val and y_val` are meant, not `X[idx] and y[idx]`",
    ),
    (
        *("dl-dropout", "plain", "forward_propagation_with_dropout", "A2 = A2 * D2\n    A2 = A2", "A2 = A2"),
        "The mask `D2` is made and kept, but never applied",
    ),
    (
        *("cs231n-a1-layers", "one_hot", "softmax_loss", "(np.exp(log_p) - t)", "(np.exp(log_p) - y[:, None])"),
        "`y[:, None]` are the numbers of the classes, where ones and zeros are meant",
    ),
    (
        *("cs231n-a2-fully-connected-net", "fc_net", "FullyConnectedNet.loss"),
        'dout, grads["gamma%d" % i], grads["beta%d" % i] = layernorm_backward',
        'dout, grads["beta%d" % i], grads["gamma%d" % i] = layernorm_backward',
        "have changed places in this line",
    ),
    (
        *("dlcourse-convolution", "layers", "MaxPoolingLayer.backward"),
        "batch_size, out_height, out_width, channels = d_out.shape",
        "batch_size, out_width, out_height, channels = d_out.shape",
        "`out_width` and `out_height` are exchanged between this line and line",
    ),
    (
        *("dl-recurrent-backward", "notebook", "lstm_cell_backward"),
        *("ot * (1 - np.square(np.tanh(c_next))) * c_prev", "ot * (1 - np.square(c_next)) * c_prev"),
        "is 1 − x², which is not the slope that is needed",
    ),
    (
        *("dl-recurrent-backward", "notebook", "lstm_cell_backward"),
        "(dc_next * c_prev + ot * (1 - np.square(np.tanh(c_next))) * c_prev * da_next) * ft",
        "dc_next * c_prev + ot * (1 - np.square(np.tanh(c_next))) * c_prev * da_next * ft",
        "The brackets in `dc_next * c_prev + ot",
    ),
    (
        *("bike-sharing-network", "my_answers", "NeuralNetwork.train", "features.shape[0]", "features.shape[1]"),
        "is the size of another axis than the one that is meant",
    ),
    (
        *("cs231n-a1-two-layer-net", "fc_net", "TwoLayerNet.loss", "np.sum(W2 * W2)", "np.sum(b1 * b1)"),
        "`W2 * W2` is meant, not `b1 * b1`",
    ),
    (  # what is put under several keys at once is put there
        *("cs231n-a2-optim", "in_place", "adam", "config.update(m=m, v=v, t=t)", "config.update(m=v, v=v, t=t)"),
        "`m` is meant, not `v`",
    ),
    (
        *("nielsen-network2", "plain", "Network.SGD", "random.shuffle(training_data)"),
        *("random.shuffle(training_data[:])", "`training_data[:]` is a copy: it is shuffled and thrown away"),
    ),
]


@pytest.fixture(scope="module")
def session():
    """Whose sandbox all of them use."""
    with Grader("dl-dropout") as session:
        yield session


@pytest.mark.parametrize(("assignment", "file", "function", "right", "wrong", "words"), WRONG)
def test_what_belongs_to_it_is_told_in_its_line(session, assignment, file, function, right, wrong, words):
    text = library.example(assignment, f"right/{file}.py").read_text()
    assert text.count(right) == 1
    line = text[: text.index(right)].count("\n") + 1
    text = text.replace(right, wrong)
    with Grader(assignment, sandbox=session.sandbox) as grader:
        report = grader.grade(load_source(text, "homework.py"), functions=[function])
    (diagnosis, *_) = report.function(function).diagnoses
    assert words in diagnosis.title
    assert diagnosis.location.line == line


def test_of_two_faults_one_may_leave_a_part_out(session):
    text = library.example("cs231n-a1-linear-classifier", "right/linear_classifier.py").read_text()
    text = text.replace("loss_history.append(loss)", "loss_history.append(loss / len(idx))")
    text = text.replace("self.W -= ", "self.W += ")
    with Grader("cs231n-a1-linear-classifier", sandbox=session.sandbox) as grader:
        report = grader.grade(load_source(text, "homework.py"), functions=["Softmax.train"])
    one, other = report.function("Softmax.train").diagnoses
    assert "The division by `len(idx)` is too much" in one.title
    assert "`self.W -= learning_rate * grad`" in other.explanation
    assert all("every check of `Softmax.train` passes, once line" in told.explanation for told in (one, other))


# The same with several changes at once, of which the text alone tells one: the line is that of the last.
TOLD_BY_THE_TEXT = [
    (
        *("cs231n-a2-dropout", "layers", "dropout_backward"),
        [
            ("dropout_param, mask = cache", "dropout_param, _ = cache"),
            ("dout * mask", "dout * (np.random.rand(*dout.shape) < dropout_param['p']) / dropout_param['p']"),
        ],
        "`np.random.rand(*dout.shape)` draws random numbers, and `dropout_backward` needs none",
    ),
    (
        *("dl-dropout", "plain", "forward_propagation_with_dropout"),
        [
            ("D1 = np.random.rand(A1", "D1 = np.random.randn(A1"),
            ("cache = (Z1, D1, A1,", "cache = (A1, D1, Z1,"),
            ("D1 = (D1 < keep_prob)", "D1 = (D1 > keep_prob)"),
        ],
        "draws from the normal distribution, and is compared with the probability `keep_prob`",
    ),
    (
        *("dl-dropout", "plain", "backward_propagation_with_dropout"),
        [
            ("    cache = (Z1, D1, A1, W1, b1, Z2, D2, A2,", "    cache = (Z1, A1, W1, b1, Z2, A2, D1, D2,"),
            ("    (Z1, D1, A1, W1, b1, Z2, D2, A2,", "    (Z1, A1, W1, b1, Z2, A2, D1, D2,"),
        ],
        "`cache` is taken apart in another order than the task has it",
    ),
    (
        *("cs231n-a2-normalization", "along_the_graph", "batchnorm_forward"),
        [('bn_param["running_var"] = running_var', 'bn_param["running_variance"] = running_var')],
        "`running_variance` is not a key of the task: what is put there belongs under `running_var`",
    ),
    (  # a key that would end the sentence's code, and is endless
        *("cs231n-a2-normalization", "along_the_graph", "batchnorm_forward"),
        [('bn_param["running_var"] = running_var', f'bn_param["` **x** {"y" * 200}"] = running_var')],
        f"`' **x** {'y' * 51}…` is not a key of the task: what is put there belongs under `running_var`",
    ),
]


@pytest.mark.parametrize(("assignment", "file", "function", "changes", "words"), TOLD_BY_THE_TEXT)
@pytest.mark.usefixtures("nothing_tried")
def test_what_the_text_tells_is_told_in_its_line(session, assignment, file, function, changes, words):
    text = library.example(assignment, f"right/{file}.py").read_text()
    for right, wrong in changes:
        assert text.count(right) == 1
        line = text[: text.index(right)].count("\n") + 1
        text = text.replace(right, wrong)
    with Grader(assignment, sandbox=session.sandbox) as grader:
        report = grader.grade(load_source(text, "homework.py"), functions=[function])
    (diagnosis, *_) = report.function(function).diagnoses
    assert words in diagnosis.title
    assert diagnosis.location.line == line
