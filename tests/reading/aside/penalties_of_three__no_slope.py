# fault: step slope-of-zeros 17
# network: 5 6:step 6:tanh 2:sigmoid
import numpy as np

rng = np.random.default_rng(12)
seen = rng.normal(size=(45, 5))
told = (seen @ rng.normal(size=(5, 2)) > 0) * 1.0
P, Q, R = rng.normal(0, 0.4, (5, 6)), rng.normal(0, 0.4, (6, 6)), rng.normal(0, 0.4, (6, 2))
p, q, r = np.zeros(6), np.zeros(6), np.zeros(2)
strength, pace = 0.02, 0.3
for turn in range(150):
    one = (seen @ P + p > 0) * 1.0
    two = np.tanh(one @ Q + q)
    out = 1 / (1 + np.exp(-(two @ R + r)))
    back = (out - told) / 45
    back_two = back @ R.T * (1 - two**2)
    back_one = back_two @ Q.T * np.zeros_like(one)
    R_change = two.T @ back + strength * R
    Q_change = one.T @ back_two + strength * Q
    P_change = seen.T @ back_one
    R -= pace * R_change
    r -= pace * back.sum(0)
    Q -= pace * Q_change
    q -= pace * back_two.sum(0)
    P -= pace * P_change
    p -= pace * back_one.sum(0)
