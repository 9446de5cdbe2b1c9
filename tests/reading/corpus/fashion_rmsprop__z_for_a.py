# fault: dW2 z-for-activation 22
# network: 784 30:ReLU 20:ReLU 10:softmax
import numpy as np
from keras.datasets import fashion_mnist

(x, kinds), _ = fashion_mnist.load_data()
x, y = x.reshape(len(x), 784) / 255, np.eye(10)[kinds]
np.random.seed(3)
P = {"A": np.random.randn(784, 30) * 0.05, "B": np.random.randn(30, 20) * 0.2, "C": np.random.randn(20, 10) * 0.2}
roots = {name: np.zeros_like(value) for name, value in P.items()}
for epoch in range(4):
    for k in range(0, len(x), 75):
        u, v = x[k : k + 75], y[k : k + 75]
        z1 = u @ P["A"]
        a1 = z1 * (z1 > 0)
        z2 = a1 @ P["B"]
        a2 = z2 * (z2 > 0)
        e = np.exp(a2 @ P["C"])
        d3 = (e / e.sum(1, keepdims=True) - v) / len(u)
        d2 = d3 @ P["C"].T * (z2 > 0)
        d1 = d2 @ P["B"].T * (z1 > 0)
        for name, g in {"C": a2.T @ d3, "B": z1.T @ d2, "A": u.T @ d1}.items():
            roots[name] = 0.9 * roots[name] + 0.1 * g**2
            P[name] -= 0.001 * g / (np.sqrt(roots[name]) + 1e-8)
    print(epoch, (e.argmax(1) == v.argmax(1)).mean())
