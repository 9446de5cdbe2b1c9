"""What is verified. Every classifier is trained here; votes are judged with distances that are given."""

import numpy as np

from grader.checks import check, expect
from operations.layer_calls import demand_implemented

SIZES = ((5, 7, 4), (6, 3, 8), (4, 4, 4), (1, 5, 3))  # test samples, training samples, numbers in each
LOOPS = {"two_loops": 24, "one_loop": 20, "no_loops": 26}


def trained(side, X, y):
    classifier = side.KNearestNeighbor()
    classifier.train(X, y)
    return classifier


def expect_distances(student, solution, rng, loops):
    for m, n, d in SIZES:
        X, X_train, y = rng.normal(size=(m, d)), 2 * rng.normal(size=(n, d)) + 1, rng.integers(3, size=n)
        mine, right = (getattr(trained(side, X_train, y), f"compute_distances_{loops}") for side in (student, solution))
        found = mine(X)
        demand_implemented(mine, found)
        expect(found, f"distances of {m} to {n} samples").close_to(right(X))


@check("KNearestNeighbor.compute_distances_two_loops", points=LOOPS["two_loops"], title="Distances of random samples")
def knearestneighbor_compute_distances_two_loops_values(student, solution, rng):
    expect_distances(student, solution, rng, "two_loops")


@check("KNearestNeighbor.compute_distances_one_loop", points=LOOPS["one_loop"], title="Distances of random samples")
def knearestneighbor_compute_distances_one_loop_values(student, solution, rng):
    expect_distances(student, solution, rng, "one_loop")


@check("KNearestNeighbor.compute_distances_no_loops", points=LOOPS["no_loops"], title="Distances of random samples")
def knearestneighbor_compute_distances_no_loops_values(student, solution, rng):
    expect_distances(student, solution, rng, "no_loops")


def expect_votes(student, solution, dists, y, k):
    mine, right = (trained(side, np.ones((len(y), 2)), y).predict_labels for side in (student, solution))
    expect(mine(dists, k), f"labels for k = {k}").equals(right(dists, k))


@check("KNearestNeighbor.predict_labels", points=18, title="The most common label of the k nearest")
def knearestneighbor_predict_labels_votes(student, solution, rng):
    y = rng.permutation([1, 4, 2, 2, 4, 1, 7, 4, 2, 7, 1])
    for k in (1, 3, 5, 9):
        clear = [row for row in rng.random((60, len(y))) if is_clear(y[np.argsort(row)[:k]])]
        expect_votes(student, solution, np.array(clear), y, k)


def is_clear(labels):
    counts = np.sort(np.bincount(labels))
    return len(counts) < 2 or counts[-1] > counts[-2]


@check("KNearestNeighbor.predict_labels", points=12, title="Of equally common labels the smallest")
def knearestneighbor_predict_labels_ties(student, solution, rng):
    y = rng.permutation([1, 4, 2, 2, 4, 1, 7, 4, 2, 7, 1])
    for k in (2, 4):
        expect_votes(student, solution, rng.random((25, len(y))), y, k)
