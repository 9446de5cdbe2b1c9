# right
# network: 1 1:tanh 1:identity
import numpy as np

rng = np.random.default_rng(2)
x = rng.uniform(-1, 1, 40)
y = 0.5 * np.tanh(3 * x) - 0.2
inner_slope, inner_shift = rng.normal(), 0.0
outer_slope, outer_shift = rng.normal(), 0.0
for epoch in range(60):
    bent = np.tanh(inner_slope * x + inner_shift)
    guess = outer_slope * bent + outer_shift
    loss = np.mean((guess - y) ** 2)
    d = 2 * (guess - y) / len(x)
    e = d * outer_slope * (1 - bent**2)
    outer_slope -= 0.1 * np.sum(d * bent)
    outer_shift -= 0.1 * np.sum(d)
    inner_slope -= 0.1 * np.sum(e * x)
    inner_shift -= 0.1 * np.sum(e)
