"""`NeuralNetwork.calculate_gradients`."""

from grader.checks import check, expect, is_deterministic, leaves_arguments_alone

from .networks import DEEP, LAMBD, TRAINING_SIZE, batch, network, pair, random_parameters


def expect_gradients(student, solution, rng, m, names=None, *, lambd=0.0, sizes=DEEP, training_size=TRAINING_SIZE):
    found, right = pair(student, solution, rng, sizes, training_size)
    x, y = batch(rng, m, sizes)
    expected = right.calculate_gradients(x, y, lambd)
    expect(found.calculate_gradients(x, y, lambd), "gradients").close_to(
        {name: expected[name] for name in names or expected}
    )


@check("NeuralNetwork.calculate_gradients", points=7, title="Weights of the output layer and of one layer alone")
def gradient_output_weights(student, solution, rng):
    for sizes in [(6, 4), DEEP]:
        expect_gradients(student, solution, rng, 9, [f"w{len(sizes) - 1}"], sizes=sizes)


@check("NeuralNetwork.calculate_gradients", points=7, title="Weights of the hidden layers")
def gradient_hidden_weights(student, solution, rng):
    expect_gradients(student, solution, rng, 9, ["w2", "w1"])


@check("NeuralNetwork.calculate_gradients", points=6, title="Biases of every layer")
def gradient_biases(student, solution, rng):
    expect_gradients(student, solution, rng, 9, ["b3", "b2", "b1"])


@check("NeuralNetwork.calculate_gradients", points=9, title="The penalty's part is λ/n·w in batches of any size")
def gradient_penalty(student, solution, rng):
    for m, n in [(9, TRAINING_SIZE), (17, TRAINING_SIZE), (9, 31)]:
        expect_gradients(student, solution, rng, m, lambd=LAMBD, training_size=n)


@check("NeuralNetwork.calculate_gradients", points=2, title="A single sample, a batch without some classes")
def gradient_other_batches(student, solution, rng):
    for m, sizes in [(1, DEEP), (3, (5, 8, 6))]:
        expect_gradients(student, solution, rng, m, lambd=LAMBD, sizes=sizes)


@check("NeuralNetwork.calculate_gradients", points=2, title="The derivative of your own cost, by central differences")
def gradient_own_cost(student, rng):
    sizes = (4, 5, 3)
    parameters, data = random_parameters(rng, sizes), batch(rng, 7, sizes)
    net = network(student, parameters, sizes)
    gradients = net.calculate_gradients(*data, LAMBD)

    def costs(points):
        found = []
        for point in points:
            net.parameters = point
            found.append(net.cost(*data, LAMBD))
        return found

    expect(gradients, "gradients").gradient_of(costs, at=parameters, rng=rng)


@check("NeuralNetwork.calculate_gradients", points=2, title="Called twice it gives the same, and changes no argument")
def gradient_is_a_function(student, rng):
    net = network(student, random_parameters(rng, DEEP))
    data = batch(rng, 9, DEEP)
    is_deterministic(net.calculate_gradients, *data, LAMBD)
    leaves_arguments_alone(net.calculate_gradients, *data, LAMBD)
