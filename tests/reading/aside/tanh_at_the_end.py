# fault: δ2 binary-cost-on-tanh 13
# network: 2 3:tanh 1:tanh
import numpy as np

rng = np.random.default_rng(4)
A = np.array([[0, 0, 1, 1], [0, 1, 0, 1.0]])
Y = np.array([[0, 1, 1, 0.0]])
W1, B1, W2, B2 = rng.random((3, 2)), np.full((3, 1), 0.1), rng.random((1, 3)), np.full((1, 1), 0.1)
for turn in range(500):
    H = np.tanh(W1 @ A + B1)
    O = np.tanh(W2 @ H + B2)
    J = -np.mean(Y * np.log(O) + (1 - Y) * np.log(1 - O))
    E2 = O - Y
    E1 = (W2.T @ E2) * (1 - H**2)
    W2, B2 = W2 - 0.1 * E2 @ H.T / 4, B2 - 0.1 * E2.mean(1, keepdims=True)
    W1, B1 = W1 - 0.1 * E1 @ A.T / 4, B1 - 0.1 * E1.mean(1, keepdims=True)
print(J)
