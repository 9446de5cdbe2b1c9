# fault: db1 one-number 38
# network: 2 5:tanh 1:sigmoid
import numpy as np

def make_data(m):
    rng = np.random.RandomState(3)
    X = rng.randn(2, m)
    Y = (X[0:1] * X[1:2] > 0).astype(int)
    return X, Y

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

def initialize(n_x, n_h, n_y):
    np.random.seed(2)
    return {"W1": np.random.randn(n_h, n_x) * 0.1, "b1": np.zeros((n_h, 1)),
            "W2": np.random.randn(n_y, n_h) * 0.1, "b2": np.zeros((n_y, 1))}

def forward(X, p):
    Z1 = np.dot(p["W1"], X) + p["b1"]
    A1 = np.tanh(Z1)
    Z2 = np.dot(p["W2"], A1) + p["b2"]
    A2 = sigmoid(Z2)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

def compute_cost(A2, Y):
    m = Y.shape[1]
    logprobs = np.multiply(np.log(A2), Y) + np.multiply(np.log(1 - A2), 1 - Y)
    return -np.sum(logprobs) / m

def backward(p, cache, X, Y):
    m = X.shape[1]
    dZ2 = cache["A2"] - Y
    dW2 = np.dot(dZ2, cache["A1"].T) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = np.multiply(np.dot(p["W2"].T, dZ2), 1 - np.power(cache["A1"], 2))
    dW1 = np.dot(dZ1, X.T) / m
    db1 = np.sum(dZ1) / m
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

def update(p, g, rate=1.2):
    W1, b1, W2, b2 = p["W1"], p["b1"], p["W2"], p["b2"]
    W1 = W1 - rate * g["dW1"]
    b1 = b1 - rate * g["db1"]
    W2 = W2 - rate * g["dW2"]
    b2 = b2 - rate * g["db2"]
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}

X, Y = make_data(300)
params = initialize(2, 5, 1)
for i in range(3000):
    A2, cache = forward(X, params)
    cost = compute_cost(A2, Y)
    grads = backward(params, cache, X, Y)
    params = update(params, grads)
    if i % 500 == 0:
        print(i, cost)
