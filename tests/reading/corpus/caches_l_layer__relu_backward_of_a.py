# fault: δ2 ? ?
# network: 64 20:ReLU 12:ReLU 1:sigmoid
import numpy as np
from sklearn.datasets import load_digits

def init(dims):
    np.random.seed(3)
    p = {}
    for l in range(1, len(dims)):
        p["W" + str(l)] = np.random.randn(dims[l], dims[l - 1]) / np.sqrt(dims[l - 1])
        p["b" + str(l)] = np.zeros((dims[l], 1))
    return p

def linear_forward(A, W, b):
    return np.dot(W, A) + b, (A, W, b)

def sigmoid(Z):
    return 1 / (1 + np.exp(-Z)), Z

def relu(Z):
    return np.maximum(0, Z), Z

def sigmoid_backward(dA, Z):
    s = 1 / (1 + np.exp(-Z))
    return dA * s * (1 - s)

def relu_backward(dA, Z):
    dZ = np.array(dA, copy=True)
    dZ[Z <= 0] = 0
    return dZ

def linear_backward(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = 1.0 / m * np.dot(dZ, A_prev.T)
    db = 1.0 / m * np.sum(dZ, axis=1, keepdims=True)
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db

def model_forward(X, p):
    caches, A, L = [], X, len(p) // 2
    for l in range(1, L):
        Z, lin = linear_forward(A, p["W" + str(l)], p["b" + str(l)])
        A, act = relu(Z)
        act = A + 1e-9
        caches.append((lin, act))
    Z, lin = linear_forward(A, p["W" + str(L)], p["b" + str(L)])
    AL, act = sigmoid(Z)
    caches.append((lin, act))
    return AL, caches

def cost_of(AL, Y):
    return np.squeeze(-(np.dot(Y, np.log(AL).T) + np.dot(1 - Y, np.log(1 - AL).T)) / Y.shape[1])

def model_backward(AL, Y, caches):
    grads, L = {}, len(caches)
    dA = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
    for l in reversed(range(L)):
        lin, act = caches[l]
        dZ = sigmoid_backward(dA, act) if l == L - 1 else relu_backward(dA, act)
        dA, grads["dW" + str(l + 1)], grads["db" + str(l + 1)] = linear_backward(dZ, lin)
    return grads

def update(p, grads, rate):
    for l in range(len(p) // 2):
        p["W" + str(l + 1)] -= rate * grads["dW" + str(l + 1)]
        p["b" + str(l + 1)] -= rate * grads["db" + str(l + 1)]
    return p

digits = load_digits()
X = digits.data.T[:, :500] / 16
Y = (digits.target[:500] % 2).reshape(1, -1)
p = init([64, 20, 12, 1])
for i in range(300):
    AL, caches = model_forward(X, p)
    cost = cost_of(AL, Y)
    grads = model_backward(AL, Y, caches)
    p = update(p, grads, 0.1)
    if i % 50 == 0:
        print(i, cost)
