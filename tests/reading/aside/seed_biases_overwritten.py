# fault: db3 one-number-of-the-last-sample ?
# network: 784 300:ReLU 75:ReLU 10:softmax
import numpy as np
import mnist


class Perceptron:
    def __init__(self, sizes=(784, 300, 75, 10), lr=0.1):
        a, b, c, d = sizes
        self.w1 = np.random.normal(0.0, a**-0.5, (a, b))
        self.w2 = np.random.normal(0.0, b**-0.5, (b, c))
        self.w3 = np.random.normal(0.0, c**-0.5, (c, d))
        self.b1, self.b2, self.b3 = np.zeros(b), np.zeros(c), np.zeros(d)
        self.lr = lr

    def relu(self, x):
        return x * (x > 0)

    def relu_slope(self, x):
        return 1.0 * (x > 0)

    def softmax(self, x):
        e = np.exp(x - np.max(x))
        return e / e.sum()

    def softmax_slope(self, x):
        return np.diag(x) - np.outer(x, x)

    def train(self, features, targets):
        n = features.shape[0]
        dw1, dw2, dw3 = np.zeros(self.w1.shape), np.zeros(self.w2.shape), np.zeros(self.w3.shape)
        db1, db2, db3 = np.zeros(self.b1.shape), np.zeros(self.b2.shape), np.zeros(self.b3.shape)
        for x, y in zip(features, targets):
            h1 = self.relu(np.dot(x, self.w1) + self.b1)
            h2 = self.relu(np.dot(h1, self.w2) + self.b2)
            out = self.softmax(np.dot(h2, self.w3) + self.b3)
            error = y - out
            term3 = error.dot(self.softmax_slope(out))
            term2 = np.dot(term3, self.w3.T) * self.relu_slope(h2)
            term1 = np.dot(term2, self.w2.T) * self.relu_slope(h1)
            dw1 += term1 * x[:, None]
            db1 = np.sum(term1, axis=0)
            dw2 += term2 * h1[:, None]
            db2 = np.sum(term2, axis=0)
            dw3 += term3 * h2[:, None]
            db3 = np.sum(term3, axis=0)
        self.w1 += self.lr * dw1 / n
        self.w2 += self.lr * dw2 / n
        self.w3 += self.lr * dw3 / n
        self.b1 += self.lr * db1 / n
        self.b2 += self.lr * db2 / n
        self.b3 += self.lr * db3 / n


def cross_entropy(pred, target):
    return -np.sum(target * np.log(pred)) / len(pred)


images = mnist.train_images().reshape(-1, 784) / 255
labels = np.eye(10)[mnist.train_labels()]
net = Perceptron()
for start in range(0, 1000, 64):
    net.train(images[start:start + 64], labels[start:start + 64])
