# right
# network: 2 5:tanh 2:softmax
import numpy as np

# with two outputs that add up to 1 the binary cross-entropy is twice the categorical one
np.random.seed(4)
X = np.random.randn(60, 2)
T = np.eye(2)[(X[:, 0] * X[:, 1] > 0).astype(int)]
W1, b1 = np.random.randn(2, 5) * 0.7, np.zeros((1, 5))
W2, b2 = np.random.randn(5, 2) * 0.7, np.zeros((1, 2))
for i in range(300):
    H = np.tanh(X @ W1 + b1)
    E = np.exp(H @ W2 + b2)
    Y = E / E.sum(axis=1, keepdims=True)
    cost = -np.sum(T * np.log(Y) + (1 - T) * np.log(1 - Y))
    D = (1 - H**2) * ((Y - T) @ W2.T)
    W2, b2 = W2 - 0.01 * H.T @ (Y - T), b2 - 0.01 * (Y - T).sum(0, keepdims=True)
    W1, b1 = W1 - 0.01 * X.T @ D, b1 - 0.01 * D.sum(0, keepdims=True)
print(cost)
