# fault: H input-of-another-time 27
# network: none
import numpy as np

rng = np.random.default_rng(2)
words = rng.normal(size=(5, 3))
signs = rng.integers(0, 2, size=5) * 1.0
I, H, O = rng.normal(size=(4, 3)) * 0.4, rng.normal(size=(4, 4)) * 0.4, rng.normal(size=(1, 4)) * 0.4
c = np.zeros((4, 1))
for turn in range(60):
    states, outs, state, cost = [], [], np.zeros((4, 1)), 0.0
    for t in range(5):
        state = np.tanh(I @ words[t].reshape(3, 1) + H @ state + c)
        states.append(state)
        outs.append(O @ state)
        cost += 0.5 * float(((outs[t] - signs[t]) ** 2).sum())
    dI, dH, dO, dc = np.zeros_like(I), np.zeros_like(H), np.zeros_like(O), np.zeros_like(c)
    later = np.zeros((4, 1))
    for t in reversed(range(5)):
        off = outs[t] - signs[t]
        dO += off @ states[t].T
        back = (O.T @ off + later) * (1 - states[t] ** 2)
        dI += back @ words[t].reshape(1, 3)
        dc += back
        # for t = 0 this is the last of all
        last = states[t - 1]
        dH += back @ last.T
        later = H.T @ back
    I -= 0.05 * dI
    H -= 0.05 * dH
    O -= 0.05 * dO
    c -= 0.05 * dc
