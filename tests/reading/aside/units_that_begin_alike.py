# right
# network: none
import math


def squash(z):
    return 1 / (1 + math.exp(-z))


V, c = [[0.4, -0.4], [-0.4, 0.4]], [-0.4, -0.4]
W, b = [0.9, 0.7], -0.4
cases = [((1, 0), 1), ((0, 1), 0), ((1, 1), 0), ((0, 0), 0)]
for epoch in range(4_000):
    for (p, q), t in cases:
        g = squash(V[0][0] * p + V[0][1] * q + c[0])
        h = squash(V[1][0] * p + V[1][1] * q + c[1])
        y = squash(W[0] * g + W[1] * h + b)
        d = (y - t) * y * (1 - y)
        dg, dh = d * W[0] * g * (1 - g), d * W[1] * h * (1 - h)
        W[0] -= 0.2 * d * g
        W[1] -= 0.2 * d * h
        b -= 0.2 * d
        V[0][0] -= 0.2 * dg * p
        V[0][1] -= 0.2 * dg * q
        V[1][0] -= 0.2 * dh * p
        V[1][1] -= 0.2 * dh * q
        c[0] -= 0.2 * dg
        c[1] -= 0.2 * dh
print(W, b, V, c)
