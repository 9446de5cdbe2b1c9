# fault: dW2 weights-for-inputs 24
# network: 1 1:sigmoid 1:sigmoid
import math
import random

random.seed(1)
v, w = random.random() - 0.5, random.random() - 0.5
c, d = 0.0, 0.0


def logistic(s):
    return 1 / (1 + math.exp(-s))


for turn in range(400):
    x = random.random()
    y = 1 if x > 0.5 else 0
    hidden = logistic(v * x + c)
    guess = logistic(w * hidden + d)
    loss = (guess - y) ** 2
    slope = 2 * (guess - y) * guess * (1 - guess)
    below = slope * w * hidden * (1 - hidden)
    step_v, step_c = below * x, below
    step_w = slope * w
    v -= 0.3 * step_v
    c -= 0.3 * step_c
    w -= 0.3 * step_w
    d -= 0.3 * slope
