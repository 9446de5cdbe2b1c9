"""`NN2.backprop`."""

from grader.checks import check, expect, fail

from .networks import DEEP, away_from_kinks, network, parameters, samples


def expect_gradients(student, solution, state, sample, keep, **options):
    """Compare the gradients of the layers that `keep` (a slice) selects."""
    nabla_b, nabla_w = network(student, state, **options).backprop(*sample)
    right_b, right_w = network(solution, state, **options).backprop(*sample)
    if not all(isinstance(nabla, list | tuple) and len(nabla) == len(right_b) for nabla in (nabla_b, nabla_w)):
        fail(f"backprop must return two lists of {len(right_b)} arrays, nabla_b and nabla_w")
        return
    for layer in range(len(right_b))[keep]:
        expect(nabla_w[layer], f"nabla_w[{layer}]").close_to(right_w[layer])
        expect(nabla_b[layer], f"nabla_b[{layer}]").close_to(right_b[layer])


@check("NN2.backprop", points=6, title="Output layer, cross-entropy")
def nn2_backprop_cross_entropy(student, solution, rng):
    for sizes in [(6, 4), DEEP]:
        expect_gradients(student, solution, parameters(rng, sizes), samples(rng, 1, sizes)[0], slice(-1, None))


@check("NN2.backprop", points=5, title="Output layer, quadratic cost")
def nn2_backprop_quadratic(student, solution, rng):
    for sizes in [(6, 4), DEEP]:
        state, (sample,) = parameters(rng, sizes), samples(rng, 1, sizes)
        expect_gradients(student, solution, state, sample, slice(-1, None), cost="quadratic")


@check("NN2.backprop", points=6, title="Hidden layers of sigmoids")
def nn2_backprop_hidden(student, solution, rng):
    for cost in ("cross-entropy", "quadratic"):
        state, (sample,) = parameters(rng, DEEP), samples(rng, 1, DEEP)
        expect_gradients(student, solution, state, sample, slice(0, -1), cost=cost)


@check("NN2.backprop", points=4, title="Hidden layers of ReLU")
def nn2_backprop_relu(student, solution, rng):
    state, (sample,) = away_from_kinks(rng, 1, DEEP)
    expect_gradients(student, solution, state, sample, slice(None), activation="relu")


@check("NN2.backprop", points=3, title="The derivative of your own cost, by central differences")
def nn2_backprop_own_cost(student, rng):
    sizes = (5, 4, 3)
    (weights, biases), data = parameters(rng, sizes), samples(rng, 1, sizes)
    at = {f"{kind}[{i}]": v for kind, values in (("w", weights), ("b", biases)) for i, v in enumerate(values)}
    for cost in ("cross-entropy", "quadratic"):
        net = network(student, (weights, biases), cost=cost)
        nabla_b, nabla_w = net.backprop(*data[0])
        if not all(isinstance(nabla, list | tuple) for nabla in (nabla_b, nabla_w)):
            fail("backprop must return two lists of arrays, nabla_b and nabla_w")
            return
        gradient = {
            f"{kind}[{i}]": v for kind, values in (("w", nabla_w), ("b", nabla_b)) for i, v in enumerate(values)
        }

        def costs(points, net=net):
            return [cost_at(net, point, data) for point in points]

        expect(gradient, "nabla").gradient_of(costs, at=at, rng=rng)


def cost_at(net, point, data):
    for name, kind in (("weights", "w"), ("biases", "b")):
        setattr(net, name, [value for key, value in point.items() if key.startswith(kind)])
    return net.total_cost(data)


@check("NN2.backprop", points=1, title="Called twice it gives the same, and it changes nothing")
def nn2_backprop_is_a_function(student, rng):
    state, (sample,) = parameters(rng, DEEP), samples(rng, 1, DEEP)
    net = network(student, state)
    first, again = net.backprop(*sample), net.backprop(*sample)
    expect(again, "the gradient of the second call").close_to(first)
    expect(net.weights, "the weights after two calls").close_to(state[0])
    expect(net.biases, "the biases after two calls").close_to(state[1])
