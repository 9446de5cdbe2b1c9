"""What is verified, rule by rule: a step from a state that is given, steps from none, and what is kept."""

from grader.checks import check, expect
from operations.layer_calls import demand_implemented

SHAPE = (4, 3)


def step(function, w, dw, config):
    """The next parameter and the settings; the None of the course's own starter is no answer."""
    next_w, config = function(w, dw, config)
    demand_implemented(function, next_w)
    return next_w, config if isinstance(config, dict) else {}


def expect_step(mine, right, rng, configs):
    for config in configs:
        w, dw = rng.normal(size=(2, *SHAPE))
        expect(step(mine, w, dw, config)[0], "next_w").close_to(right(w, dw, config)[0])


def expect_kept(mine, right, rng, configs, *state):
    """The state alone: it may be right where the step that is made of it is not."""
    for config in configs:
        w, dw = rng.normal(size=(2, *SHAPE))
        kept, right_kept = step(mine, w, dw, config)[1], right(w, dw, config)[1]
        for key in state:
            expect(kept.get(key), f'config["{key}"]').close_to(right_kept[key])


def expect_steps(mine, right, rng, count=3):
    gradients, start = rng.normal(size=(count, *SHAPE)), rng.normal(size=SHAPE)
    ends = []
    for function in (mine, right):
        w, config = start, None
        for dw in gradients:
            w, config = step(function, w, dw, config)
        ends.append(w)
    expect(ends[0], f"next_w after {count} steps").close_to(ends[1])


def velocities(rng):
    """Settings with a state, from others than the defaults; so below."""
    return [{"velocity": rng.random(SHAPE)}, {"velocity": rng.random(SHAPE), "learning_rate": 0.3, "momentum": 0.7}]


def mean_squares(rng):
    caches = rng.random((2, *SHAPE)) + 0.1
    return [{"cache": caches[0]}, {"cache": caches[1], "learning_rate": 0.3, "decay_rate": 0.7, "epsilon": 0.2}]


def moments(rng):
    """Adam's at several steps."""
    state = [{"m": rng.normal(size=SHAPE), "v": rng.random(SHAPE) + 0.1, "t": t} for t in (5, 1)]
    return [state[0], state[1] | {"learning_rate": 0.3, "beta1": 0.7, "beta2": 0.8, "epsilon": 0.2}]


@check("sgd_momentum", points=12, title="A step from a velocity")
def sgd_momentum_step(student, solution, rng):
    expect_step(student.sgd_momentum, solution.sgd_momentum, rng, velocities(rng))


@check("sgd_momentum", points=7, title="The velocity that is kept")
def sgd_momentum_velocity(student, solution, rng):
    expect_kept(student.sgd_momentum, solution.sgd_momentum, rng, velocities(rng), "velocity")


@check("sgd_momentum", points=6, title="Three steps, without a `config` to begin with")
def sgd_momentum_steps(student, solution, rng):
    expect_steps(student.sgd_momentum, solution.sgd_momentum, rng)


@check("rmsprop", points=15, title="A step from a mean square")
def rmsprop_step_from(student, solution, rng):
    expect_step(student.rmsprop, solution.rmsprop, rng, mean_squares(rng))


@check("rmsprop", points=8, title="The mean square that is kept")
def rmsprop_cache(student, solution, rng):
    expect_kept(student.rmsprop, solution.rmsprop, rng, mean_squares(rng), "cache")


@check("rmsprop", points=7, title="Three steps, without a `config` to begin with; a gradient that is 0")
def rmsprop_steps(student, solution, rng):
    expect_steps(student.rmsprop, solution.rmsprop, rng)
    w, dw = rng.normal(size=(2, 5))
    dw[2] = 0.0
    expect(step(student.rmsprop, w, dw, None)[0], "next_w where dw is 0").close_to(solution.rmsprop(w, dw, None)[0])


@check("adam", points=22, title="A step from given moments")
def adam_step_from(student, solution, rng):
    expect_step(student.adam, solution.adam, rng, moments(rng))


@check("adam", points=12, title="The moments and the number of the step that are kept")
def adam_state(student, solution, rng):
    expect_kept(student.adam, solution.adam, rng, moments(rng), "m", "v", "t")


@check("adam", points=11, title="Three steps, without a `config` to begin with")
def adam_steps(student, solution, rng):
    expect_steps(student.adam, solution.adam, rng)
