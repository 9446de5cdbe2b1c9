# right
# network: 4 14:softplus 3:softmax
import numpy as np

def softmax_rows(scores):
    return np.exp(scores - np.log(np.exp(scores).sum(axis=1))[:, np.newaxis])

def fit_many(x, k, classes=3, hidden=(14,), passes=40, pace=.4, shrink=.003, rng=np.random.default_rng(6)):
    shapes = [x.shape[1], *hidden, classes]
    layers = [[rng.normal(0, .4, (a, b)), np.zeros(b)] for a, b in zip(shapes, shapes[1:])]
    truth = np.zeros((len(x), classes)); truth[range(len(x)), k] = 1
    trace = []
    for _ in range(passes):
        for lo in range(0, len(x), 25):
            xs, ts = x[lo:lo + 25], truth[lo:lo + 25]
            (w0, c0), (w1, c1) = layers
            h = np.log1p(np.exp(xs @ w0 + c0))
            probs = softmax_rows(h @ w1 + c1)
            trace.append(-(ts * np.log(probs)).sum() / len(xs) + shrink * (abs(w0).sum() + abs(w1).sum()))
            top = probs - ts
            mid = (top @ w1.T) * (1 - np.exp(-h))
            layers[1][0] = w1 - pace * (h.T @ top / len(xs) + shrink * np.sign(w1))
            layers[1][1] = c1 - pace * top.mean(axis=0)
            layers[0][0] = w0 - pace * (xs.T @ mid / len(xs) + shrink * np.sign(w0))
            layers[0][1] = c0 - pace * mid.mean(axis=0)
    return layers, trace

from sklearn import datasets
flowers = datasets.load_iris()
order = np.random.default_rng(1).permutation(150)
x = flowers.data[order] - flowers.data.mean(axis=0)
layers, trace = fit_many(x, flowers.target[order])
print(trace[0], trace[-1])
