# fault: db2 one-number 18
# network: 3 2:sigmoid 2:sigmoid
import numpy as np
rng = np.random.default_rng(1)
data = rng.random((12, 3)); wanted = np.c_[data[:, 0] > .5, data[:, 1] > .5] * 1.0
inner, outer = rng.normal(size=(3, 2)), rng.normal(size=(2, 2))
inner_bias = np.array([.35, .6])
outer_bias = np.array([.35, .6])
f = lambda v: 1 / (1 + np.exp(-v))
for _ in range(500):
    hidden = f(data @ inner + inner_bias)
    shown = f(hidden @ outer + outer_bias)
    miss = wanted - shown
    delta = miss * shown * (1 - shown)
    below = delta @ outer.T * hidden * (1 - hidden)
    outer += .2 * hidden.T @ delta
    inner += .2 * data.T @ below
    outer_bias += .2 * np.sum(delta)
    inner_bias += .2 * np.sum(below, axis=0)
