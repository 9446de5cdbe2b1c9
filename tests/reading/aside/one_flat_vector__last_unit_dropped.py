# fault: δ1 ? 26
# network: 5 8:sigmoid 3:sigmoid
import numpy as np
np.random.seed(5)
n_in, n_hid, n_out = 5, 8, 3
data = np.random.randn(90, n_in)
label = np.argmax(data[:, :3] + .3 * np.random.randn(90, 3), axis=1)
onehot = (label[:, None] == np.arange(3)).astype(float)
theta = np.random.uniform(-.3, .3, n_hid * (n_in + 1) + n_out * (n_hid + 1))
lam = 0.4

def unroll(vec):
    cut = n_hid * (n_in + 1)
    return vec[:cut].reshape(n_hid, n_in + 1), vec[cut:].reshape(n_out, n_hid + 1)

def objective(vec):
    T1, T2 = unroll(vec)
    m = len(data)
    A1 = np.c_[np.ones(m), data]
    Z2 = A1 @ T1.T
    A2 = np.c_[np.ones(m), 1 / (1 + np.exp(-Z2))]
    H = 1 / (1 + np.exp(-(A2 @ T2.T)))
    J = -np.sum(onehot * np.log(H) + (1 - onehot) * np.log(1 - H)) / m
    J += lam / (2 * m) * (np.sum(T1[:, 1:] ** 2) + np.sum(T2[:, 1:] ** 2))
    D3 = H - onehot
    D2 = (D3 @ T2)[:, :-1] * A2[:, 1:] * (1 - A2[:, 1:])
    G1, G2 = D2.T @ A1 / m, D3.T @ A2 / m
    G1[:, 1:] += lam / m * T1[:, 1:]
    G2[:, 1:] += lam / m * T2[:, 1:]
    return J, np.concatenate([G1.ravel(), G2.ravel()])

history = []
for it in range(200):
    J, grad = objective(theta)
    history.append(J)
    theta = theta - 0.8 * grad
print(history[0], history[-1])
