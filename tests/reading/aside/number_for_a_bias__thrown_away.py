# fault: b2 never-updated 21
# network: 2 3:sigmoid 1:sigmoid
import math, random
random.seed(4)
data = [(0.1, 0.2, 0), (0.3, 0.9, 1), (0.8, 0.15, 1), (0.95, 0.9, 0)]
w = [[random.uniform(-1, 1) for _ in range(2)] for _ in range(3)]
c = [random.uniform(-1, 1) for _ in range(3)]
v = [random.uniform(-1, 1) for _ in range(3)]
b = random.uniform(-1, 1)
sig = lambda z: 1 / (1 + math.exp(-z))
def step(x1, x2, t, b):
    h = [sig(u[0] * x1 + u[1] * x2 + c[k]) for k, u in enumerate(w)]
    o = sig(v[0] * h[0] + v[1] * h[1] + v[2] * h[2] + b)
    d = (o - t) * o * (1 - o)
    dh = [d * v[k] * h[k] * (1 - h[k]) for k in range(3)]
    for k in range(3):
        v[k] -= 0.5 * d * h[k]
        w[k][0] -= 0.5 * dh[k] * x1
        w[k][1] -= 0.5 * dh[k] * x2
        c[k] -= 0.5 * dh[k]
    b = b - 0.5 * d
for e in range(2000):
    for x1, x2, t in data:
        step(x1, x2, t, b)
