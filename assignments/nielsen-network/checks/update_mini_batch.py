"""`NN2.update_mini_batch`."""

from grader.checks import check, expect

from .networks import DEEP, ETA, L1, L2, network, parameters, samples


def expect_update(student, solution, state, batches, l1, l2, n, what=("weights", "biases"), **options):
    found, right = (network(implementation, state, **options) for implementation in (student, solution))
    for net in (found, right):
        for batch in batches:
            net.update_mini_batch(batch, ETA, l1, l2, n)
    for name in what:
        expect(getattr(found, name), name).close_to(getattr(right, name))


@check("NN2.update_mini_batch", points=5, title="Without penalties: minus eta times the mean gradient")
def nn2_update_mini_batch_plain(student, solution, rng):
    for cost in ("cross-entropy", "quadratic"):
        expect_update(student, solution, parameters(rng, DEEP), [samples(rng, 9, DEEP)], 0.0, 0.0, 23, cost=cost)


@check("NN2.update_mini_batch", points=4, title="The L2 penalty takes eta · λ₂/n · w off")
def nn2_update_mini_batch_l2(student, solution, rng):
    expect_update(student, solution, parameters(rng, DEEP), [samples(rng, 9, DEEP)], 0.0, L2, 23, ["weights"])


@check("NN2.update_mini_batch", points=4, title="The L1 penalty takes eta · λ₁/n · sign(w) off, nothing where w is 0")
def nn2_update_mini_batch_l1(student, solution, rng):
    weights, biases = parameters(rng, DEEP)
    for w in weights:
        w[rng.random(w.shape) < 0.2] = 0.0
    expect_update(student, solution, (weights, biases), [samples(rng, 9, DEEP)], L1, 0.0, 23, ["weights"])


@check("NN2.update_mini_batch", points=2, title="Both penalties, a mini-batch of one sample")
def nn2_update_mini_batch_both(student, solution, rng):
    for size in (9, 1):
        expect_update(student, solution, parameters(rng, DEEP), [samples(rng, size, DEEP)], L1, L2, 23, ["weights"])


@check("NN2.update_mini_batch", points=1, title="Biases feel no penalty")
def nn2_update_mini_batch_biases(student, solution, rng):
    expect_update(student, solution, parameters(rng, DEEP), [samples(rng, 9, DEEP)], L1, L2, 23, ["biases"])


@check("NN2.update_mini_batch", points=2, title="Several mini-batches in a row: each begins with sums of its own")
def nn2_update_mini_batch_repeated(student, solution, rng):
    batches = [samples(rng, size, DEEP) for size in (4, 3, 4)]
    expect_update(student, solution, parameters(rng, DEEP), batches, 0.0, 0.0, 23)
