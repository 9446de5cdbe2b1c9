# right
# network: 3 12:leaky ReLU (0.1) 1:identity
import numpy as np
rng = np.random.default_rng(12)
ages = rng.uniform(0, 1, (240, 1)); income = rng.uniform(0, 1, (240, 1))
X = np.hstack([ages, income, ages * income])
y = 3 * ages - 2 * income ** 2 + .05 * rng.standard_normal((240, 1))
mu, sd = X.mean(0), X.std(0)
X = (X - mu) / sd
params = dict(U=rng.normal(0, .6, (3, 12)), u=np.zeros((1, 12)), V=rng.normal(0, .3, (12, 1)), v=np.zeros((1, 1)))

def step(params, xb, yb, lr):
    size = xb.shape[0]
    pre = xb @ params["U"] + params["u"]
    act = np.where(pre > 0, pre, .1 * pre)
    guess = act @ params["V"] + params["v"]
    gap = guess - yb
    mse = np.square(gap).mean()
    top = 2 * gap / size
    low = (top @ params["V"].T) * np.where(pre > 0, 1., .1)
    grads = dict(V=act.T @ top, v=top.sum(0, keepdims=True), U=xb.T @ low, u=low.sum(0, keepdims=True))
    return {k: params[k] - lr * grads[k] for k in params}, mse

for epoch in range(60):
    idx = rng.permutation(len(X))
    for part in np.array_split(idx, 12):
        params, mse = step(params, X[part], y[part], .05)
print(mse)
