# fault: δ1 no-slope 32
# network: 2 7:tanh 1:identity
import numpy as np

rng = np.random.default_rng(12)
points = rng.uniform(-1, 1, size=(70, 2))
heights = points[:, :1] ** 2 - 0.5 * points[:, 1:] + 0.1 * rng.normal(size=(70, 1))


def fitted_line(rounds=150, eta=0.2):
    slope, offset = np.zeros((2, 1)), np.zeros(1)
    for _ in range(rounds):
        guess = points @ slope + offset
        miss = guess - heights
        slope -= eta * points.T @ miss / len(points)
        offset -= eta * miss.mean(axis=0)
    return slope, offset, np.mean(miss**2) / 2


slope, offset, remaining = fitted_line()
print("a plane alone:", remaining)

V = rng.normal(size=(2, 7)) * 0.6
v = np.zeros(7)
U = rng.normal(size=(7, 1)) * 0.4
u = np.zeros(1)
turn = 0
while turn < 300:
    bent = np.tanh(points @ V + v)
    guess = bent @ U + u
    miss = guess - heights
    bend = (miss @ U.T)
    U -= 0.2 * bent.T @ miss / len(points)
    u -= 0.2 * miss.mean(axis=0)
    V -= 0.2 * points.T @ bend / len(points)
    v -= 0.2 * bend.mean(axis=0)
    turn += 1
print("with seven bends:", np.mean(miss**2) / 2)
print("at the origin:", np.tanh(np.zeros((1, 2)) @ V + v) @ U + u)
