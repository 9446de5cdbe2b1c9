# fault: δ2 softmax-diagonal-slope 32
# network: 4 8:sigmoid 3:softmax
import numpy as np
from sklearn.datasets import load_iris
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

iris = load_iris()
data = StandardScaler().fit_transform(iris.data)
labels = np.zeros((len(data), 3))
labels[np.arange(len(data)), iris.target] = 1
X_train, X_test, y_train, y_test = train_test_split(data, labels, test_size=0.2, random_state=1)

class MLP:
    def __init__(self, shape, momentum=0.9):
        self.w = [np.random.randn(a, b) / np.sqrt(a) for a, b in zip(shape[:-1], shape[1:])]
        self.b = [np.zeros(n) for n in shape[1:]]
        self.vw = [np.zeros_like(w) for w in self.w]
        self.vb = [np.zeros_like(b) for b in self.b]
        self.mu = momentum

    def act(self, s):
        return 1.0 / (1.0 + np.exp(-s))

    def prob(self, s):
        ex = np.exp(s - s.max(axis=1)[:, None])
        return ex / ex.sum(axis=1)[:, None]

    def step(self, x, t, lr):
        h = self.act(x @ self.w[0] + self.b[0])
        o = self.prob(h @ self.w[1] + self.b[1])
        d1 = (o - t) * o * (1 - o) / x.shape[0]
        d0 = (d1 @ self.w[1].T) * h * (1 - h)
        grads_w = [x.T @ d0, h.T @ d1]
        grads_b = [d0.sum(axis=0), d1.sum(axis=0)]
        for i in range(2):
            self.vw[i] = self.mu * self.vw[i] - lr * grads_w[i]
            self.vb[i] = self.mu * self.vb[i] - lr * grads_b[i]
            self.w[i] = self.w[i] + self.vw[i]
            self.b[i] = self.b[i] + self.vb[i]
        return -np.mean(np.log(o[np.arange(len(t)), t.argmax(axis=1)]))

net = MLP([4, 8, 3])
for epoch in range(100):
    for k in range(0, len(X_train), 16):
        loss = net.step(X_train[k:k + 16], y_train[k:k + 16], 0.05)
    if epoch % 10 == 0:
        print(epoch, loss)
