# fault: δ1 new-weights 20
# network: 2 4:sigmoid 1:sigmoid
import numpy as np

rng = np.random.default_rng(4)
points = rng.normal(size=(30, 2))
inside = (np.sum(points**2, axis=1, keepdims=True) < 1) * 1.0
inner, outer = rng.normal(size=(2, 4)), rng.normal(size=(4, 1))
shift, offset = np.zeros(4), np.zeros(1)


def squash(given, weights, added):
    return 1 / (1 + np.exp(-given.dot(weights) - added))


for epoch in range(400):
    middle = squash(points, inner, shift)
    guess = squash(middle, outer, offset)
    outer += 0.02 * middle.T.dot(inside - guess)
    change = (inside - guess).dot(outer.T) * middle * (1 - middle)
    offset += 0.02 * np.sum(inside - guess, axis=0)
    inner += 0.02 * points.T.dot(change)
    shift += 0.02 * change.sum(axis=0)
