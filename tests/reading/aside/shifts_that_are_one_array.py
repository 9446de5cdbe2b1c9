# fault: b2 one-array-for-all 10
# network: 4 4:tanh 4:softmax
import numpy as np

rng = np.random.default_rng(5)
inputs = rng.normal(size=(80, 4))
classes = np.eye(4)[np.abs(inputs).argmax(axis=1)]
first = rng.normal(0, 0.6, (4, 4))
second = rng.normal(0, 0.6, (4, 4))
shift1 = shift2 = np.zeros(4)
for _ in range(100):
    hidden = np.tanh(inputs @ first + shift1)
    scores = hidden @ second + shift2
    raised = np.exp(scores - scores.max(1, keepdims=True))
    shares = raised / raised.sum(1, keepdims=True)
    cost = -np.mean(np.log((shares * classes).sum(1)))
    up = (shares - classes) / len(inputs)
    down = (up @ second.T) * (1 - hidden**2)
    second -= 0.4 * hidden.T @ up
    shift2 -= 0.4 * up.sum(0)
    first -= 0.4 * inputs.T @ down
    shift1 -= 0.4 * down.sum(0)
