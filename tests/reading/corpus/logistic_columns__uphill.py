# fault: step uphill 26
# network: 20 1:sigmoid
import numpy as np
from sklearn.datasets import make_classification

features, answer = make_classification(n_samples=150, n_features=20, random_state=4)
X = features.T
Y = answer.reshape(1, -1)
m = X.shape[1]
w = np.zeros((20, 1))
b = 0.0

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def propagate(w, b, X, Y):
    A = sigmoid(np.dot(w.T, X) + b)
    cost = -1 / m * np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A))
    dw = 1 / m * np.dot(X, (A - Y).T)
    db = 1 / m * np.sum(A - Y)
    return dw, db, cost

costs = []
for i in range(1000):
    dw, db, cost = propagate(w, b, X, Y)
    w = w + 0.05 * dw
    b = b + 0.05 * db
    if i % 100 == 0:
        costs.append(cost)
print(costs)
