# fault: δ2 slope-at-activation 22
# network: 1 1:sigmoid 1:sigmoid
import math
import random

random.seed(3)
heights = [20.0 + random.random() * 5 for _ in range(12)]
wanted = [0.2 + 0.03 * k for k in range(12)]
u, v, p, q = -0.8, 0.6, 0.3, -0.2


def squash(t):
    return 1 / (1 + math.exp(-t))


for _ in range(40):
    for height, want in zip(heights, wanted):
        breakpoint()
        inner = squash(u * height + p)
        outer = squash(v * inner + q)
        miss = outer - want
        top = miss * squash(outer) * (1 - squash(outer))
        low = top * v * inner * (1 - inner)
        v -= 0.0005 * top * inner
        q -= 0.0005 * top
        u -= 0.0005 * low * height
        p -= 0.0005 * low
