# fault: step adam-second-corrected-in-place ?
# network: 784 25:tanh 10:softmax
import numpy as np
from tensorflow.keras.datasets import mnist

(pixels, digit), _ = mnist.load_data()
pixels = pixels.reshape(len(pixels), -1) / 255
wanted = np.eye(10)[digit]


class Rule:
    def __init__(self, rate=0.002, first=0.9, second=0.999):
        self.rate, self.first, self.second = rate, first, second
        self.m, self.v, self.t = {}, {}, 0

    def apply(self, params, grads):
        self.t += 1
        for name, g in grads.items():
            self.m[name] = self.first * self.m.get(name, 0) + (1 - self.first) * g
            self.v[name] = self.second * self.v.get(name, 0) + (1 - self.second) * g * g
            m_hat = self.m[name] / (1 - self.first**self.t)
            self.v[name] /= 1 - self.second**self.t
            params[name] = params[name] - self.rate * m_hat / (np.sqrt(self.v[name]) + 1e-8)


draw = np.random.RandomState(4)
params = {"U": draw.randn(784, 25) * 0.05, "u": np.zeros(25), "V": draw.randn(25, 10) * 0.2, "v": np.zeros(10)}
rule = Rule()
for epoch in range(3):
    order = draw.permutation(len(pixels))
    for k in range(0, len(pixels), 64):
        x, y = pixels[order[k : k + 64]], wanted[order[k : k + 64]]
        h = np.tanh(x @ params["U"] + params["u"])
        s = h @ params["V"] + params["v"]
        e = np.exp(s - s.max(axis=1, keepdims=True))
        p = e / e.sum(axis=1, keepdims=True)
        d = (p - y) / len(x)
        back = (d @ params["V"].T) * (1 - h * h)
        rule.apply(params, {"V": h.T @ d, "v": d.sum(0), "U": x.T @ back, "u": back.sum(0)})
    print(epoch, -np.log(p[y == 1] + 1e-12).mean())
