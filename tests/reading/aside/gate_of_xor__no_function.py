# fault: a1 no-hidden-function 13
# network: 2 4:identity 1:sigmoid
import numpy as np
np.random.seed(3)
X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
y = np.array([[0], [1], [1], [0]])
W1 = np.random.randn(2, 4); b1 = np.zeros((1, 4))
W2 = np.random.randn(4, 1); b2 = np.zeros((1, 1))
lr = 0.5
def sigmoid(x):
    return 1 / (1 + np.exp(-x))
for i in range(5000):
    h = X @ W1 + b1
    o = sigmoid(h @ W2 + b2)
    loss = np.mean((y - o) ** 2)
    d_o = (o - y) * o * (1 - o)
    d_h = d_o @ W2.T
    W2 -= lr * h.T @ d_o
    b2 -= lr * d_o.sum(0, keepdims=True)
    W1 -= lr * X.T @ d_h
    b1 -= lr * d_h.sum(0, keepdims=True)
print(o)
