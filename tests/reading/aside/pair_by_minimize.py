# right
# network: none
import numpy as np
from scipy.optimize import minimize

x = np.array([0.5, 1.0, 1.8, 2.9, 3.6, 4.4, 5.0])
t = np.array([0, 0, 1, 0, 1, 1, 1])


def chance(pair):
    return 1 / (1 + np.exp(-(np.dot(x, pair[0]) + pair[1])))


def loss(pair):
    p = chance(pair)
    return -np.mean(t * np.log(p) + (1 - t) * np.log(1 - p))


def slope(pair):
    d = (chance(pair) - t) / len(x)
    return np.array([np.dot(x, d), d.sum()])


print(minimize(loss, np.array([0.1, 0.0]), jac=slope, method="BFGS").x)
