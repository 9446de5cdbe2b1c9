# right
# network: 784 10:softmax
import numpy as np
from sklearn.datasets import fetch_openml

X, y = fetch_openml("mnist_784", version=1, return_X_y=True, as_frame=False)
X = X / 255.0
y = y.astype(int)
W = np.random.randn(784, 10) * 0.01
b = np.zeros(10)

def scores_to_probs(scores):
    shifted = scores - scores.max(1, keepdims=True)
    ex = np.exp(shifted)
    return ex / ex.sum(1, keepdims=True)

reg = 1e-3
for it in range(300):
    rows = np.random.randint(0, len(X), 100)
    xb, yb = X[rows], y[rows]
    P = scores_to_probs(xb.dot(W) + b)
    loss = -np.log(P[np.arange(100), yb]).mean() + reg * np.sum(W * W)
    dscores = P.copy()
    dscores[np.arange(100), yb] -= 1
    dscores /= 100
    dW = xb.T.dot(dscores) + 2 * reg * W
    db = dscores.sum(axis=0)
    W -= 0.5 * dW
    b -= 0.5 * db
