# fault: run stops 19
# network: 3 4:tanh 1:sigmoid
import numpy as np

rng = np.random.default_rng(5)
boats = rng.normal(size=(30, 3))
sinks = (boats[:, :1] > 0.2) * 1.0
into, out = rng.normal(0, 0.5, (3, 4)), rng.normal(0, 0.5, (4, 1))
costs = []
for _ in range(400):
    hull = np.tanh(boats @ into)
    odds = 1 / (1 + np.exp(-(hull @ out)))
    costs.append(-np.mean(sinks * np.log(odds) + (1 - sinks) * np.log(1 - odds)))
    error = (odds - sinks) / 30
    back = (error @ out.T) * (1 - hull**2)
    out -= 0.3 * hull.T @ error
    into -= 0.3 * boats.T @ back
print("first and last", costs[0], costs[399])
print("of a new one", np.tanh(np.array([[0.1, 0.2]]) @ into) @ out)
