# partly
# network: none
import numpy as np

rng = np.random.default_rng(2)
seen, wanted = rng.normal(size=(4, 3)), rng.normal(size=(4, 2))
gate, new, out = rng.normal(size=(5, 8)) * 0.4, rng.normal(size=(5, 8)) * 0.4, rng.normal(size=(2, 5)) * 0.4
for _ in range(50):
    states, kept, errors = [np.zeros(5)], [], []
    for x, y in zip(seen, wanted):
        both = np.concatenate([x, states[-1]])
        z, n = 1 / (1 + np.exp(-(gate @ both))), np.tanh(new @ both)
        states.append((1 - z) * states[-1] + z * n)
        kept.append((both, z, n))
        errors.append(out @ states[-1] - y)
    d_gate, d_new, d_out, later = np.zeros_like(gate), np.zeros_like(new), np.zeros_like(out), np.zeros(5)
    for k in (3, 2, 1, 0):
        both, z, n = kept[k]
        d_out += np.outer(errors[k], states[k + 1])
        back = out.T @ errors[k] + later
        dn = back * z * (1 - n**2)
        dz = back * (n - states[k]) * z * (1 - z)
        d_new += np.outer(dn, both)
        d_gate += np.outer(dz, both)
        later = np.zeros(5)
    gate -= 0.1 * np.clip(d_gate, -5, 5)
    new -= 0.1 * np.clip(d_new, -5, 5)
    out -= 0.1 * np.clip(d_out, -5, 5)
