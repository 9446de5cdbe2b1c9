"""Files that are hostile, or odd beyond reason, around a network that is right: it is read, and nothing gets out."""

import pytest

import grader

NETWORK = """
import numpy as np
rng = np.random.default_rng(0)
X = rng.normal(size=(50, 4)); y = (X[:, :2].sum(1) > 0).astype(float)[:, None]
W = rng.normal(0, .5, (4, 6)); V = rng.normal(0, .5, (6, 1))
for step in range(60):
    h = np.tanh(X @ W); p = 1 / (1 + np.exp(-(h @ V)))
    cost = -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
    d = (p - y) / 50; e = d @ V.T * (1 - h ** 2)
    V -= .5 * h.T @ d; W -= .5 * X.T @ e
"""
LONG = "w" * 3_000


@pytest.mark.parametrize(
    "before",
    [
        f"x = {'(' * 1_500}1{')' * 1_500}",  # recursion in who reads the source
        f"x = {'-' * 20_000}1",
        f"x = {' + '.join(['1.0'] * 6_000)}",
        f"x = [[]]\ny = x{'[0]' * 5_000}",
        f"f = {'lambda: ' * 900}1",
        "x = 10 ** 400\ny = x * 2 + x ** 2",  # huge values
        "open('OWNED', 'w').write('x')\nimport os\nos.system('touch OWNED')",
        "import os\nfor k in range(20):\n    try: os.fork()\n    except BaseException: pass",
        "import numpy as np\nx = []\nfor k in range(100_000): x = [x]\ntry: np.dot(x, x)\nexcept BaseException: pass",
        "class A:\n    def __del__(self): raise SystemExit\nfor k in range(100): A()",
    ],
    ids=["brackets", "signs", "operations", "subscripts", "lambdas", "numbers", "files", "forks", "lists", "exits"],
)
def test_what_stands_before_a_network_does_not_hide_it(tmp_path, monkeypatch, before):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "hostile.py").write_text(before + "\n" + NETWORK)
    explanation = grader.explain(tmp_path / "hostile.py")
    assert explanation.status == "right"
    assert [file.name for file in tmp_path.iterdir()] == ["hostile.py"]


def test_names_are_bounded(tmp_path):
    (tmp_path / "names.py").write_text(NETWORK.replace("W", LONG))
    explanation = grader.explain(tmp_path / "names.py")
    assert explanation.network is not None
    assert LONG not in explanation.model_dump_json()


def test_what_an_exception_says_is_bounded(tmp_path):
    """Before a training, and behind steps that were read."""
    raising = "raise ValueError('\\x1b[31m' + 'boom ' * 9_000)"
    for name, text in (("before.py", f"{raising}\n{NETWORK}"), ("behind.py", f"{NETWORK}\n{raising}")):
        (tmp_path / name).write_text(text.replace("range(60)", "range(4)"))
        explanation = grader.explain(tmp_path / name)
        told = [explanation.reason, *explanation.notes, *(fault.title for fault in explanation.faults)]
        (said,) = [one for one in told if "boom" in one]
        assert len(said) < 500


def test_an_endless_loop_behind_the_training_is_not_waited_for(tmp_path):
    (tmp_path / "endless.py").write_text(NETWORK + "while True: pass\n")
    explanation = grader.explain(tmp_path / "endless.py")
    assert (explanation.status, explanation.seconds < 15) == ("right", True)
