# fault: δ one-put-for-taken 26
# network: none
import numpy as np

rng = np.random.default_rng(4)
size, hidden, length = 6, 7, 5
signs = rng.integers(0, size, 120)
Wxh, Whh = rng.normal(size=(hidden, size)) * 0.5, rng.normal(size=(hidden, hidden)) * 0.5
Why, bh, by = rng.normal(size=(size, hidden)) * 0.5, np.zeros((hidden, 1)), np.zeros((size, 1))
state = np.zeros((hidden, 1))
for step in range(20):
    place = step * length
    h, p, x = {-1: state}, {}, {}
    loss = 0.0
    for t in range(length):
        x[t] = rng.normal(size=(size, 1)) * 0.1
        x[t][signs[place + t]] += 1
        h[t] = np.tanh(Wxh @ x[t] + Whh @ h[t - 1] + bh)
        scores = np.exp(Why @ h[t] + by)
        p[t] = scores / scores.sum()
        loss += -np.log(p[t][signs[place + t + 1], 0])
    dWxh, dWhh, dWhy = np.zeros_like(Wxh), np.zeros_like(Whh), np.zeros_like(Why)
    dbh, dby, later = np.zeros_like(bh), np.zeros_like(by), np.zeros((hidden, 1))
    for t in reversed(range(length)):
        dy = p[t].copy()
        dy[signs[place + t + 1]] = -1
        dWhy += dy @ h[t].T
        dby += dy
        dh = Why.T @ dy + later
        dz = (1 - h[t] ** 2) * dh
        dbh += dz
        dWxh += dz @ x[t].T
        dWhh += dz @ h[t - 1].T
        later = Whh.T @ dz
    for one, change in ((Wxh, dWxh), (Whh, dWhh), (Why, dWhy), (bh, dbh), (by, dby)):
        one -= 0.05 * change
    state = h[length - 1]
