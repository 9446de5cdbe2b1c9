# fault: db2 bias-for-each-sample 17
# network: 3 5:tanh 2:identity
import numpy as np

rng = np.random.default_rng(12)
points = rng.normal(size=(20, 3))
wanted = np.stack([np.sin(points[:, 0]), points[:, 1] * points[:, 2]], axis=1)
inner, outer = rng.normal(size=(3, 5)) * 0.6, rng.normal(size=(5, 2)) * 0.6
inner_bias, outer_bias = np.zeros(5), rng.normal(size=(20, 2)) * 0.1
for _ in range(200):
    hidden = np.tanh(points @ inner + inner_bias)
    given = hidden @ outer + outer_bias
    error = (given - wanted) / 20
    back = error @ outer.T * (1 - hidden**2)
    outer -= 0.2 * hidden.T @ error
    inner -= 0.2 * points.T @ back
    outer_bias -= 0.2 * error
    inner_bias -= 0.2 * back.sum(0)
