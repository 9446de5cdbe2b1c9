# right
# network: 2 1:sigmoid
import numpy as np

points = np.array([[0.4, 1.7], [1.2, 0.9], [1.6, 0.3], [2.8, 0.7], [2.1, 1.9], [0.9, 2.6], [2.2, 2.3]])
kind = np.array([0, 0, 0, 1, 1, 1, 1])


def squash(v):
    return 1 / (1 + np.exp(-v))


def gradients(rows, wanted, w, b):
    count, width = rows.shape
    dw, db, cost = np.zeros(width), 0.0, 0.0
    for i in range(count):
        p = squash(np.dot(rows[i], w) + b)
        cost -= wanted[i] * np.log(p) + (1 - wanted[i]) * np.log(1 - p)
        wrong = p - wanted[i]
        for j in range(width):
            dw[j] = dw[j] + wrong * rows[i, j]
        db = db + wrong
    return dw / count, db / count, cost / count


w, b = np.zeros(2), 0.0
for k in range(1000):
    dw, db, cost = gradients(points, kind, w, b)
    w = w - 0.1 * dw
    b = b - 0.1 * db
print(w, b, cost)
