"""The mistakes that real files show most, each in a right file: called by its name, with the line that has it."""

import pytest

from tests.graded import lost
from tests.tables import sampled

from .conftest import diagnosed, example

# File, text in it, text in its place, the diagnosis, and what the line that it shows contains (None: no line shows what
# is missing, and where a function begins is no place of a mistake).
LOOPS = ("cs231n-layers", "right/naive_loops.py")
MASKS = ("cs231n-layers", "right/masks_and_overflow.py")
NET = ("cs231n-two-layer-net", "right/neural_net.py")
OWN = ("cs231n-two-layer-net", "right/functions_and_permutations.py")

CROP = "dx = dx_pad[:, :, pad:pad + x.shape[2], pad:pad + x.shape[3]]"
LOSS = "loss += reg * (np.sum(W1 * W1) + np.sum(W2 * W2))"
SLIPS = [
    (MASKS, CROP, "dx = dx_pad[:, :, pad:-pad, pad:-pad]", "conv_backward.empty-without-padding", "pad:-pad"),
    (MASKS, CROP, "dx = dx_pad[:, :, 1:-1, 1:-1]", "conv_backward.crop-hard-coded", "1:-1"),
    (
        MASKS,
        "dx[n, c, i * s:i * s + ph, j * s:j * s + pw] += (",
        "dx[n, c, i * s:i * s + ph, j * s:j * s + pw] = (",
        "max_pool_backward_naive.overlap-overwritten",
        "] = (window",
    ),
    (
        MASKS,
        "x_pad[:, :, i * stride:i * stride + HH, j * stride:j * stride + WW]\n            for f in range(F)",
        "x_pad[:, :, i:i + HH, j:j + WW]\n            for f in range(F)",
        "conv_forward.start-ignores-the-stride",
        "i:i + HH",
    ),
    (LOOPS, "out[n, m] = total + b[m]", "out[n, m] = total + 2 * b[m]", "affine_forward.bias-added-twice", "2 * b"),
    (LOOPS, "    return dx\n\n\ndef softmax", "\n\ndef softmax", "relu_backward.returns-nothing", "dx[cache <= 0] = 0"),
    (NET, LOSS, "loss += reg * np.sum(W1 * W1)", "loss.penalty-of-first-layer-alone-in-the-loss", "loss += reg"),
    (NET, "2 * reg *", "reg *", "loss.penalty-gradient-without-factor-2", "reg * W2"),
    (NET, f"        {LOSS}\n", "", "loss.penalty-missing-in-the-loss", "loss = np.sum(-np.log"),
    (NET, LOSS, LOSS.replace("reg *", "reg / N *"), "loss.penalty-loss-divided-by-n", "reg / N"),
    (
        NET,
        "scores = hidden.dot(W2) + b2",
        "scores = np.maximum(0, hidden.dot(W2) + b2)",
        "loss.relu-on-the-scores",
        "scores = np.maximum",
    ),
    (NET, "np.maximum(0, X.dot(W1) + b1)", "X.dot(W1) + b1", "forward.no-hidden-activation", None),
    (NET, "        dhidden[hidden <= 0] = 0\n", "", "backward.activation-derivative-missing", None),
    (NET, "hidden.dot(W2) + b2", "hidden.dot(W2) + 2 * b2", "loss.output-bias-added-twice", "2 * b2"),
    (NET, "for key in self.params:", "for key in ('W1', 'W2'):", "train.biases-never-updated", None),
    (
        NET,
        "                learning_rate *=",
        "            learning_rate *=",
        "train.learning-rate-decays-every-step",
        "learning_rate *=",
    ),
    (
        OWN,
        "self._forward(X)[2].argmax",
        "(self._forward(X)[2] - self.params['b2']).argmax",
        "predict.output-bias-missing",
        "- self.params['b2']",
    ),
    (
        OWN,
        "T = np.zeros((n, c))",
        "T = np.zeros((n, y.max() + 1))",
        "softmax_loss.one-hot-of-the-classes-that-occur",
        "y.max",
    ),
    (
        OWN,
        "T = np.zeros((n, c))\n        T[np.arange(n), y] = 1",
        "T = (np.tile(y[:, None], (1, 3)) == np.arange(3)) * 1.0",
        "softmax_loss.one-hot-of-three-classes",
        "np.tile",
    ),
]


SAMPLE = sampled(SLIPS, lambda slip: (slip[0], slip[4] is None))


@pytest.mark.parametrize(("base", "right", "wrong", "code", "line"), SAMPLE, ids=[slip[3] for slip in SAMPLE])
def test_a_mistake_has_its_name_and_its_line(grade_text, base, right, wrong, code, line):
    course, file = base
    text = example(course, file).read_text("utf-8")
    assert right in text
    text = text.replace(right, wrong)
    report = grade_text(course, text)
    assert lost(report)
    assert diagnosed(report) == {code}
    (diagnosis,) = report.diagnoses()
    if line is None:
        assert diagnosis.location is None
    else:
        assert line in text.splitlines()[diagnosis.location.line - 1]
