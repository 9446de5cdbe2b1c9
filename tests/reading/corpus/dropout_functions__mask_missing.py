# fault: δ1 dropout-mask-missing 31
# network: 784 60:ReLU 10:softmax
import numpy as np
import tensorflow as tf

(x_tr, y_tr), _ = tf.keras.datasets.mnist.load_data()
x_tr = x_tr.reshape(-1, 784).astype("float64") / 255
keep = 0.8

def relu(v):
    return v * (v > 0)

def softmax(v):
    v = v - v.max(axis=1, keepdims=True)
    e = np.exp(v)
    return e / e.sum(axis=1, keepdims=True)

np.random.seed(5)
w1 = np.random.normal(scale=0.05, size=(784, 60))
c1 = np.zeros((1, 60))
w2 = np.random.normal(scale=0.1, size=(60, 10))
c2 = np.zeros((1, 10))

def gradients(x, t):
    s1 = np.matmul(x, w1) + c1
    h = relu(s1)
    mask = (np.random.rand(*h.shape) < keep) / keep
    hd = h * mask
    o = softmax(np.matmul(hd, w2) + c2)
    e2 = (o - t) / t.shape[0]
    e1 = np.matmul(e2, w2.T) * (s1 > 0)
    return np.matmul(x.T, e1), e1.sum(0, keepdims=True), np.matmul(hd.T, e2), e2.sum(0, keepdims=True)

for it in range(200):
    pick = np.random.choice(len(x_tr), 64)
    t = np.zeros((64, 10))
    t[np.arange(64), y_tr[pick]] = 1
    dw1, dc1, dw2, dc2 = gradients(x_tr[pick], t)
    w1 -= 0.1 * dw1
    c1 -= 0.1 * dc1
    w2 -= 0.1 * dw2
    c2 -= 0.1 * dc2
