# fault: ? ? ?
# network: 784 32:leaky ReLU (0.05) 24:leaky ReLU (0.05) 10:softmax
import numpy as np
from torchvision import datasets

train = datasets.MNIST(root="data", train=True, download=True)
X = train.data.numpy().reshape(-1, 784).astype(np.float32) / 255
T = np.eye(10, dtype=np.float32)[train.targets.numpy()]
sizes = [784, 32, 24, 10]
rng = np.random.default_rng(0)
Ws = [rng.standard_normal((i, o)).astype(np.float32) * np.float32(np.sqrt(2 / i)) for i, o in zip(sizes, sizes[1:])]
Bs = [np.zeros((1, o), dtype=np.float32) for o in sizes[1:]]
slope = np.float32(0.05)

def lrelu(z):
    return np.maximum(z, slope * z)

def lrelu_grad(z):
    return np.where(z > 0, np.float32(1), slope)

for epoch in range(2):
    for lo in range(0, 2000, 40):
        a = X[lo:lo + 40]
        t = T[lo:lo + 40]
        acts, pres = [a], []
        for l, (w, b) in enumerate(zip(Ws, Bs)):
            z = a @ w + b
            pres.append(z)
            if l < 2:
                a = lrelu(z)
            else:
                e = np.exp(z - z.max(1, keepdims=True))
                a = e / e.sum(1, keepdims=True)
            acts.append(a)
        delta = (np.round(acts[-1]) - t) / np.float32(len(t))
        for l in reversed(range(3)):
            gw = acts[l].T @ delta
            gb = delta.sum(0, keepdims=True)
            if l > 0:
                delta = (delta @ Ws[l].T) * lrelu_grad(pres[l - 1])
            Ws[l] -= np.float32(0.1) * gw
            Bs[l] -= np.float32(0.1) * gb
    print(epoch, -np.mean(np.log(acts[-1][np.arange(40), t.argmax(1)])))
