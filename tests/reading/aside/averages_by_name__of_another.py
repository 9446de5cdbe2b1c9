# fault: b1 step-of-another 33
# network: 2 4:ReLU 1:sigmoid
import numpy as np

rng = np.random.default_rng(3)
spots = rng.normal(size=(60, 2))
above = (spots[:, :1] * spots[:, 1:] > 0) * 1.0
K, L = rng.normal(size=(2, 4)), rng.normal(size=(4, 1))
k, ell = np.zeros(4), np.zeros(1)
mK, mk, mL, ml = np.zeros((2, 4)), np.zeros(4), np.zeros((4, 1)), np.zeros(1)
sK, sk, sL, sl = np.zeros((2, 4)), np.zeros(4), np.zeros((4, 1)), np.zeros(1)
for t in range(1, 400):
    low = spots @ K + k
    kept = np.maximum(low, 0)
    guess = 1 / (1 + np.exp(-(kept @ L + ell)))
    top = (guess - above) / 60
    gL, gl = kept.T @ top, top.sum(axis=0)
    below = (top @ L.T) * (low > 0)
    gK, gk = spots.T @ below, below.sum(axis=0)
    mK = 0.9 * mK + 0.1 * gK
    mk = 0.9 * mk + 0.1 * gk
    mL = 0.9 * mL + 0.1 * gL
    ml = 0.9 * ml + 0.1 * gl
    sK = 0.999 * sK + 0.001 * gK**2
    sk = 0.999 * sk + 0.001 * gk**2
    sL = 0.999 * sL + 0.001 * gL**2
    sl = 0.999 * sl + 0.001 * gl**2
    up, down = 1 - 0.9**t, 1 - 0.999**t
    L -= 0.01 * (mL / up) / (np.sqrt(sL / down) + 1e-8)
    ell -= 0.01 * (ml / up) / (np.sqrt(sl / down) + 1e-8)
    K -= 0.01 * (mK / up) / (np.sqrt(sK / down) + 1e-8)
    # ml for mk
    k -= 0.01 * (ml / up) / (np.sqrt(sk / down) + 1e-8)
