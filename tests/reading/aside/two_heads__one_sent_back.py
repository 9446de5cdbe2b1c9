# fault: W1|b1 not-the-derivative 36|37
# network: none
import numpy as np
np.random.seed(5)
# shared trunk, one head says the class, the other the size
N = 500
X = np.random.randn(N, 6)
cls = (X[:, 0] + X[:, 1] ** 2 > 0.5).astype(int) + (X[:, 2] > 1).astype(int)
size = (X[:, 3] * 0.5 + np.sin(X[:, 4])).reshape(-1, 1)
Y = np.eye(3)[cls]

W1 = np.random.randn(6, 20) * 0.4
b1 = np.zeros((1, 20))
Wc = np.random.randn(20, 3) * 0.2
bc = np.zeros((1, 3))
Wr = np.random.randn(20, 1) * 0.2
br = np.zeros((1, 1))
lr = 0.1
for step in range(400):
    z1 = X @ W1 + b1
    h = np.maximum(0, z1)
    s = h @ Wc + bc
    e = np.exp(s - s.max(1, keepdims=True))
    p = e / e.sum(1, keepdims=True)
    r = h @ Wr + br
    loss_c = -np.mean(np.sum(Y * np.log(p + 1e-12), axis=1))
    loss_r = np.mean((r - size) ** 2)
    loss = loss_c + loss_r

    ds = (p - Y) / N
    dr = 2 * (r - size) / N
    dWc = h.T @ ds
    dbc = ds.sum(0, keepdims=True)
    dWr = h.T @ dr
    dbr = dr.sum(0, keepdims=True)
    dh = ds @ Wc.T
    dz1 = dh * (z1 > 0)
    dW1 = X.T @ dz1
    db1 = dz1.sum(0, keepdims=True)

    Wc -= lr * dWc
    bc -= lr * dbc
    Wr -= lr * dWr
    br -= lr * dbr
    W1 -= lr * dW1
    b1 -= lr * db1
    if step % 50 == 0:
        print(step, loss, loss_c, loss_r)
