"""Whether a changed module computes anything else than the original, whatever the checks say.

A mutant that keeps full marks is either the same function in other words, or a false pass. To tell which, both are
called in this process (the code is our own) on many random problems of many sizes.
"""

import contextlib
import copy
import io
import math
import random
import signal
import sys
import types
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

SECONDS = 20
STAND_INS = {"past": {}, "past.builtins": {"xrange": range}, "matplotlib": {}, "matplotlib.pyplot": {}}


def differs(course: str, original: str, changed: str) -> bool:
    """Whether two modules give different results for one of the course's problems, or only one of them raises."""
    before, after = loaded(original), loaded(changed)
    problems = PROBLEMS[course](np.random.default_rng(2), before, after)
    return any(not same(a, b) for a, b in problems)


def loaded(text: str) -> types.ModuleType:
    module = types.ModuleType("submission")
    with stand_ins():
        exec(compile(text, "submission", "exec"), module.__dict__)
    return module


@contextlib.contextmanager
def stand_ins() -> Iterator[None]:
    """Modules that course files import and do not need."""
    ours = {name: types.ModuleType(name) for name in STAND_INS if name not in sys.modules}
    for name, module in ours.items():
        module.__dict__.update(STAND_INS[name])
    sys.modules.update(ours)
    try:
        yield
    finally:
        for name in ours:
            del sys.modules[name]


def result(call: Callable[[], Any]) -> Any:
    """What a call gives; the kind of error where it raises one or takes too long."""

    def stop(*_: object) -> None:
        raise TimeoutError

    previous = signal.signal(signal.SIGALRM, stop)
    signal.alarm(SECONDS)
    try:
        with np.errstate(all="ignore"), contextlib.redirect_stdout(io.StringIO()):
            np.random.seed(5)
            random.seed(5)
            return call()
    except Exception as error:
        return f"raises {type(error).__name__}"
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, previous)


def same(a: Any, b: Any) -> bool:
    """The same numbers up to rounding; dimensions of length one are a matter of form."""
    if isinstance(a, dict) or isinstance(b, dict):
        return isinstance(a, dict) and isinstance(b, dict) and a.keys() == b.keys() and all(same(a[k], b[k]) for k in a)
    if isinstance(a, str) or isinstance(b, str) or a is None or b is None:
        return type(a) is type(b) and bool(a == b)
    if isinstance(a, tuple) and isinstance(b, tuple):
        return len(a) == len(b) and all(map(same, a, b))
    try:
        x, y = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    except (TypeError, ValueError):
        return False
    if [side for side in x.shape if side != 1] != [side for side in y.shape if side != 1]:
        return False
    return bool(np.allclose(x.ravel(), y.ravel(), rtol=1e-6, atol=1e-9, equal_nan=True))


Pairs = Iterator[tuple[Any, Any]]
Call = Callable[[Any], Any]


def both(before: Any, after: Any, call: Call) -> tuple[Any, Any]:
    return result(lambda: call(before)), result(lambda: call(after))


def softmax_problems(rng: np.random.Generator, before: Any, after: Any) -> Pairs:
    for _ in range(60):
        n, d, c = rng.integers(1, 8), rng.integers(1, 8), rng.integers(2, 8)
        given = rng.normal(size=(d, c)), rng.normal(size=(n, d)), rng.integers(c, size=n), rng.choice([0.0, 0.1, 3.0])
        for name in ("softmax_loss_naive", "softmax_loss_vectorized"):
            yield both(before, after, called(name, given))


def called(name: str, given: tuple[Any, ...]) -> Call:
    """A call of a function: its result, and what becomes of its arguments."""

    def call(module: Any) -> Any:
        arguments = copy.deepcopy(given)
        return getattr(module, name)(*arguments), arguments

    return call


def layer_problems(rng: np.random.Generator, before: Any, after: Any) -> Pairs:
    for _ in range(40):
        n = rng.integers(1, 5)
        inner = tuple(rng.integers(1, 4, size=rng.integers(1, 4)))
        m = rng.integers(1, 5)
        x, w, b = rng.normal(size=(n, *inner)), rng.normal(size=(math.prod(inner), m)), rng.normal(size=m)
        yield both(before, after, forth_and_back("affine", (x, w, b), rng.normal(size=(n, m))))
        yield both(before, after, forth_and_back("relu", (x,), rng.normal(size=x.shape)))
        yield both(before, after, called("softmax_loss", (2 * rng.normal(size=(n, 5)), rng.integers(5, size=n))))
    for _ in range(40):
        n, c, f = rng.integers(1, 4, size=3)
        hh, ww, rows, columns = rng.integers(1, 4, size=4)
        stride, pad = int(rng.integers(1, 4)), int(rng.integers(0, 3))
        height, width = hh + stride * (rows - 1), ww + stride * (columns - 1)
        if min(height, width) > 2 * pad:
            arguments = (
                rng.normal(size=(n, c, height - 2 * pad, width - 2 * pad)),
                rng.normal(size=(f, c, hh, ww)),
                rng.normal(size=f),
                {"stride": stride, "pad": pad},
            )
            yield both(before, after, forth_and_back("conv", arguments, rng.normal(size=(n, f, rows, columns))))
        x = rng.normal(size=(n, c, height, width)) - rng.choice([0.0, 9.0])
        window = {"pool_height": int(hh), "pool_width": int(ww), "stride": stride}
        yield both(before, after, forth_and_back("max_pool", (x, window), rng.normal(size=(n, c, rows, columns))))


def forth_and_back(layer: str, given: tuple[Any, ...], dout: Any) -> Call:
    ending = "_naive" if layer in ("conv", "max_pool") else ""

    def call(module: Any) -> Any:
        arguments, upstream = copy.deepcopy(given), dout.copy()
        out, cache = getattr(module, f"{layer}_forward{ending}")(*arguments)
        return out.copy(), getattr(module, f"{layer}_backward{ending}")(upstream, cache), arguments, upstream

    return call


def network_problems(rng: np.random.Generator, before: Any, after: Any) -> Pairs:
    yield both(before, after, initial_values)
    for _ in range(40):
        n, d, h, c = rng.integers(1, 8), rng.integers(1, 8), rng.integers(1, 8), rng.integers(2, 8)
        X, y, reg = rng.normal(size=(n, d)), rng.integers(c, size=n), float(rng.choice([0.0, 0.1, 3.0]))
        yield both(before, after, used(parameters(rng, d, h, c), X, y, reg))
    X, y, params = rng.normal(size=(12, 4)), rng.integers(3, size=12), parameters(rng, 4, 6, 3)
    for batch_size, steps in [(12, 5), (4, 13), (5, 11), (12, 1), (1, 20)]:
        for verbose in (False, True):
            options = {"num_iters": steps, "batch_size": batch_size, "verbose": verbose}
            yield both(before, after, trained(params, X, y, options))


def parameters(rng: np.random.Generator, d: int, h: int, c: int) -> dict[str, Any]:
    shapes = {"W1": (d, h), "b1": h, "W2": (h, c), "b2": c}
    return {key: rng.normal(size=shape) for key, shape in shapes.items()}


def initial_values(module: Any) -> Any:
    """Shapes, and whether spread and mean are those of a normal distribution."""
    params = module.TwoLayerNet(40, 30, 20, 0.5).params
    spreads = {key: 0.4 < np.std(value) < 0.6 and abs(np.mean(value)) < 0.1 for key, value in params.items()}
    return {key: (np.shape(value), spreads[key]) for key, value in params.items()}


def network(module: Any, params: dict[str, Any]) -> Any:
    net = module.TwoLayerNet(len(params["W1"]), *params["W2"].shape)
    net.params = copy.deepcopy(params)
    return net


def used(params: dict[str, Any], X: Any, y: Any, reg: float) -> Call:
    def call(module: Any) -> Any:
        net = network(module, params)
        given = X.copy(), y.copy()
        return net.loss(given[0]), net.loss(*given), net.loss(*given, reg), net.predict(given[0]), given, net.params

    return call


def trained(params: dict[str, Any], X: Any, y: Any, options: dict[str, Any]) -> Call:
    def call(module: Any) -> Any:
        net = network(module, params)
        rates = {"learning_rate": 0.3, "learning_rate_decay": 0.7, "reg": 0.2}
        return net.train(X.copy(), y.copy(), X[:5].copy(), y[:5].copy(), **rates, **options), net.params

    return call


PROBLEMS: dict[str, Callable[[np.random.Generator, Any, Any], Pairs]] = {
    "cs231n-softmax": softmax_problems,
    "cs231n-layers": layer_problems,
    "cs231n-two-layer-net": network_problems,
}
