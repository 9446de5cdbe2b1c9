# fault: u no-steady-multiple 23
# network: none
inputs = [1, 2, 3, 4]
wanted = [2.1, 3.9, 6.2, 8.1]
u, p = 0.5, 0.1
v, q = 0.3, 0.05
w, r = 0.4, 0.0


def rectified(z):
    return z if z > 0 else 0


for epoch in range(100):
    for x, y in zip(inputs, wanted):
        left = u * x + p
        right = v * x + q
        both = rectified(left) + rectified(right)
        out = w * both + r
        loss = (out - y) ** 2
        d = 2 * (out - y)
        dw = d * both
        du = d * (left > 0) * x
        dp = d * w * (left > 0)
        dv = d * w * (right > 0) * x
        dq = d * w * (right > 0)
        u -= 0.01 * du
        v -= 0.01 * dv
        w -= 0.01 * dw
        p -= 0.01 * dp
        q -= 0.01 * dq
        r -= 0.01 * d
