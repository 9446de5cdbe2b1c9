# fault: δ1 slope-of-another-function 14
# network: 3 6:tanh 1:identity
import numpy as np

gen = np.random.default_rng(5)
inputs = gen.normal(size=(50, 3))
aims = np.sin(inputs.sum(axis=1, keepdims=True))
Wa, ba, Wb, bb = gen.normal(size=(3, 6)) * 0.5, np.zeros(6), gen.normal(size=(6, 1)) * 0.5, np.zeros(1)
for turn in range(40):
    mid = np.tanh(inputs @ Wa + ba)
    guess = mid @ Wb + bb
    cost = np.sum((guess - aims) ** 2) / 50
    gap = 2 * (guess - aims) / 50
    low = gap @ Wb.T * (1 - np.tan(inputs @ Wa + ba) ** 2)
    Wb -= 0.05 * mid.T @ gap
    bb -= 0.05 * gap.sum(axis=0)
    Wa -= 0.05 * inputs.T @ low
    ba -= 0.05 * low.sum(axis=0)
