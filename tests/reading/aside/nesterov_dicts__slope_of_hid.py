# fault: δ1 slope-of-tanh 20
# network: 64 20:sigmoid 10:softmax
import numpy as np
from sklearn.datasets import load_digits
d = load_digits()
xs = d.data / 16.0
ys = np.eye(10)[d.target]
rs = np.random.RandomState(4)
par = {"wi": rs.randn(64, 20) * 0.2, "bi": np.zeros(20), "wo": rs.randn(20, 10) * 0.2, "bo": np.zeros(10)}
vel = {k: np.zeros(v.shape) for k, v in par.items()}
mu, lr = 0.8, 0.2
for ep in range(3):
    for k in range(0, 640, 64):
        x, y = xs[k:k + 64], ys[k:k + 64]
        hid = 1 / (1 + np.exp(-(x.dot(par["wi"]) + par["bi"])))
        log = hid.dot(par["wo"]) + par["bo"]
        pr = np.exp(log - log.max(axis=1).reshape(-1, 1))
        pr /= pr.sum(axis=1).reshape(-1, 1)
        go = (pr - y) / y.shape[0]
        gh = go.dot(par["wo"].T) * (1 - hid ** 2)
        gr = {"wi": x.T.dot(gh), "bi": gh.sum(0), "wo": hid.T.dot(go), "bo": go.sum(0)}
        for name in par:
            before = vel[name].copy()
            vel[name] = mu * vel[name] - lr * gr[name]
            par[name] += -mu * before + (1 + mu) * vel[name]
