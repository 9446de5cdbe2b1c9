# fault: step update-behind-loop 34
# network: none
import numpy as np

rng = np.random.default_rng(5)
centres = np.array([[2.0, 0], [-1, 1.5], [-1, -1.5]])
kinds = np.arange(90) % 3
points = centres[kinds] + 0.6 * rng.standard_normal((90, 2))
onehot = np.eye(3)[kinds]
V = rng.normal(size=(2, 7))
v = np.zeros((1, 7))
U = rng.normal(size=(7, 3))
u = np.zeros((1, 3))


def forward():
    low = points @ V + v
    kept = np.maximum(low, 0)
    high = kept @ U + u
    shares = np.exp(high - high.max(axis=1, keepdims=True))
    return low, kept, shares / shares.sum(axis=1, keepdims=True)


for epoch in range(900):
    low, kept, shares = forward()

top = (shares - onehot) / len(points)
grad_U = kept.T @ top
grad_u = top.sum(axis=0, keepdims=True)
below = (top @ U.T) * (low > 0)
grad_V = points.T @ below
grad_v = below.sum(axis=0, keepdims=True)
rate = 0.2
U -= rate * grad_U
u -= rate * grad_u
V -= rate * grad_V
v -= rate * grad_v
