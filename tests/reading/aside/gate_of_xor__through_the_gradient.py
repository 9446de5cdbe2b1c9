# fault: δ1 sent-through-another 19
# network: 2 5:sigmoid 1:sigmoid
import numpy as np
rng = np.random.default_rng(6)
bits = np.array([[0, 0], [0, 1], [1, 0], [1, 1], [1, 1], [0, 1]]).T
gate = np.array([[0, 1, 1, 0, 0, 1]])
P = {"in": rng.normal(size=(5, 2)), "in_b": np.zeros((5, 1)), "out": rng.normal(size=(1, 5)), "out_b": np.zeros((1, 1))}
count = bits.shape[1]
def squash(v):
    return 1 / (1 + np.exp(-v))
for turn in range(2000):
    mid = squash(P["in"] @ bits + P["in_b"])
    guess = squash(P["out"] @ mid + P["out_b"])
    cost = np.mean((guess - gate) ** 2)
    change = {}
    off = 2 * (guess - gate) * guess * (1 - guess) / count
    change["out"] = off @ mid.T
    change["out_b"] = off.sum(axis=1, keepdims=True)
    off_mid = change["out"].T @ off * mid * (1 - mid)
    change["in"] = off_mid @ bits.T
    change["in_b"] = off_mid.sum(axis=1, keepdims=True)
    for key in P:
        P[key] -= 0.8 * change[key]
    if turn % 500 == 0:
        print(cost)
