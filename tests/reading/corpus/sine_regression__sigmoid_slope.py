# fault: δ1 slope-of-sigmoid 26
# network: 1 12:tanh 1:identity
import numpy as np
import matplotlib.pyplot as plt

rng = np.random.default_rng(7)
x = np.linspace(-3, 3, 120).reshape(-1, 1)
t = np.sin(x) + 0.05 * rng.standard_normal(x.shape)

w_in = rng.normal(0, 1, (1, 12))
b_in = np.zeros(12)
w_out = rng.normal(0, 0.3, (12, 1))
b_out = np.zeros(1)
eta = 0.05
history = []

for step in range(4000):
    pre = x @ w_in + b_in
    hid = np.tanh(pre)
    out = hid @ w_out + b_out
    err = out - t
    history.append(float(np.mean(err ** 2)))
    g_out = 2 * err / len(x)
    gw_out = hid.T @ g_out
    gb_out = g_out.sum(0)
    g_hid = (g_out @ w_out.T) * hid * (1 - hid)
    gw_in = x.T @ g_hid
    gb_in = g_hid.sum(0)
    w_out = w_out - eta * gw_out
    b_out = b_out - eta * gb_out
    w_in = w_in - eta * gw_in
    b_in = b_in - eta * gb_in

plt.plot(history)
plt.show()
