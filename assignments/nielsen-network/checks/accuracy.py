"""`NN2.accuracy`."""

from grader.checks import check, expect

from .networks import DEEP, network, parameters, samples


@check("NN2.accuracy", points=4, title="The share of right answers")
def nn2_accuracy_share(student, solution, rng):
    expect_accuracy(student, solution, parameters(rng, DEEP), samples(rng, 101, DEEP))


@check("NN2.accuracy", points=2, title="Two outputs; as many outputs as inputs")
def nn2_accuracy_of_other_networks(student, solution, rng):
    for n, sizes in [(83, (3, 5, 2)), (97, (4, 4))]:
        expect_accuracy(student, solution, parameters(rng, sizes), samples(rng, n, sizes))


def expect_accuracy(student, solution, state, data):
    found = network(student, state).accuracy(data)
    expect(found, f"the accuracy on {len(data)} samples").close_to(network(solution, state).accuracy(data))
