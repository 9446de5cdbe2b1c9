# fault: step update-seldom 13
# network: none
import numpy as np

t = np.linspace(-1, 1, 60)
wanted = 0.5 - t + 2 * t**2
p, q, r = 0.1, 0.2, -0.1
for k in range(900):
    given = p + q * t + r * t**2
    cost = np.square(given - wanted).sum()
    if k % 20 == 19:
        error = 2 * (given - wanted)
        p -= 0.003 * error.sum()
        q -= 0.003 * (error * t).sum()
        r -= 0.003 * (error * t**2).sum()
