# fault: δ1 dropout-mask-drawn-anew 24
# network: 5 16:tanh 1:sigmoid
import numpy as np

rng = np.random.default_rng(9)
x = rng.normal(size=(90, 5))
y = (x[:, :2].sum(1, keepdims=True) > 0) * 1.0
A, a0 = rng.normal(0, 0.5, (5, 16)), np.zeros(16)
B, b0 = rng.normal(0, 0.5, (16, 1)), np.zeros(1)


def kept(shape, share=0.7):
    return (rng.random(shape) < share) / share


for step in range(200):
    h = np.tanh(x @ A + a0)
    left = h * kept(h.shape)
    p = 1 / (1 + np.exp(-(left @ B + b0)))
    cost = -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
    top = (p - y) / len(x)
    back = (top @ B.T) * (1 - h**2)
    # the forward pass has had a mask of its own
    back = back * kept(back.shape)
    B -= 0.5 * left.T @ top
    b0 -= 0.5 * top.sum(0)
    A -= 0.5 * x.T @ back
    a0 -= 0.5 * back.sum(0)
