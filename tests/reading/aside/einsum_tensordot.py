# right
# network: 784 20:softplus 10:softmax
import numpy as np
import mnist
imgs = mnist.train_images().reshape((-1, 784)).astype(float) / 255.0 - 0.5
labs = mnist.train_labels()

def softplus(t):
    return np.log1p(np.exp(-np.abs(t))) + np.maximum(t, 0)

def logistic(t):
    return 1 / (1 + np.exp(-t))

A1 = np.random.default_rng(2).normal(0, 0.05, (784, 20)); c1 = np.zeros(20)
A2 = np.random.default_rng(3).normal(0, 0.2, (20, 10)); c2 = np.zeros(10)
for it in range(100):
    sel = np.random.permutation(len(imgs))[:48]
    xb = imgs[sel]
    tb = (labs[sel][:, None] == np.arange(10)[None, :]).astype(float)
    u1 = np.einsum("ni,ij->nj", xb, A1) + c1
    v1 = softplus(u1)
    u2 = np.einsum("ni,ij->nj", v1, A2) + c2
    ex = np.exp(u2 - u2.max(1, keepdims=True))
    pb = ex / ex.sum(1, keepdims=True)
    loss = -(tb * np.log(pb)).sum(1).mean()
    du2 = (pb - tb) / 48
    du1 = np.einsum("nj,ij->ni", du2, A2) * logistic(u1)
    A2 -= 0.2 * np.einsum("ni,nj->ij", v1, du2)
    c2 -= 0.2 * du2.sum(0)
    A1 -= 0.2 * np.einsum("ni,nj->ij", xb, du1)
    c1 -= 0.2 * du1.sum(0)
