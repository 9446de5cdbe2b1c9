# right
# network: 784 64:ReLU 32:ReLU 10:softmax
import numpy as np
from tensorflow.keras.datasets import mnist

(x_train, y_train), (x_test, y_test) = mnist.load_data()
x_train = x_train.reshape(60000, 784).astype('float32') / 255
x_test = x_test.reshape(10000, 784).astype('float32') / 255
t_train = np.eye(10)[y_train]
t_test = np.eye(10)[y_test]

rng = np.random.default_rng(42)
net = [
    {"w": rng.normal(0, 0.05, (784, 64)), "b": np.zeros((1, 64)), "f": "relu"},
    {"w": rng.normal(0, 0.1, (64, 32)), "b": np.zeros((1, 32)), "f": "relu"},
    {"w": rng.normal(0, 0.1, (32, 10)), "b": np.zeros((1, 10)), "f": "softmax"},
]

def activate(z, f):
    if f == "relu":
        return np.maximum(0, z)
    e = np.exp(z - np.max(z, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)

def run(x):
    for layer in net:
        layer["in"] = x
        layer["z"] = x.dot(layer["w"]) + layer["b"]
        x = activate(layer["z"], layer["f"])
        layer["out"] = x
    return x

def learn(x, t, lr=0.1):
    n = x.shape[0]
    delta = (run(x) - t) / n
    for k in range(len(net) - 1, -1, -1):
        layer = net[k]
        if layer["f"] == "relu":
            delta = delta * np.where(layer["z"] > 0, 1, 0)
        layer["gw"] = layer["in"].T.dot(delta)
        layer["gb"] = delta.sum(axis=0, keepdims=True)
        delta = delta.dot(layer["w"].T)
    for layer in net:
        layer["w"] = layer["w"] - lr * layer["gw"]
        layer["b"] = layer["b"] - lr * layer["gb"]

for epoch in range(5):
    order = rng.permutation(60000)
    for start in range(0, 60000, 100):
        pick = order[start:start + 100]
        learn(x_train[pick], t_train[pick])
    out = run(x_test)
    print("epoch", epoch, "loss", -np.mean(np.sum(t_test * np.log(out + 1e-9), axis=1)),
          "acc", np.mean(out.argmax(axis=1) == y_test))
