# everything in single precision, my GPU brain cannot help it
import numpy as np

F = np.float32


def relu(z):
    return np.maximum(z.astype(F), F(0))


def softmax(z):
    z = z.astype(F)
    z = z - z.max(1, keepdims=True)
    np.exp(z, out=z)
    z /= z.sum(1, keepdims=True)
    return z


def cross_entropy(probs, Y):
    probs, Y = probs.astype(F), Y.astype(F)
    return -np.log(np.maximum((probs * Y).sum(1), F(1e-30))).mean()


def l2_penalty(params, lam):
    return F(lam) * F(0.5) * sum((w.astype(F) ** 2).sum() for k, w in params.items() if "W" in k)


def forward(params, X):
    depth = len(params) // 2
    h = X.astype(F)
    tape = [h]
    for i in range(1, depth + 1):
        z = h @ params[f"W{i}"].astype(F) + params[f"b{i}"].astype(F)
        h = relu(z) if i < depth else softmax(z)
        tape.append(h)
    return h, tape


def backward(params, tape, Y, lam):
    depth = len(params) // 2
    d = (tape[-1] - Y.astype(F)) / F(len(Y))
    grads = {}
    for i in range(depth, 0, -1):
        W = params[f"W{i}"].astype(F)
        grads[f"W{i}"] = tape[i - 1].T @ d + F(lam) * W
        grads[f"b{i}"] = d.sum(0)
        d = (d @ W.T) * (tape[i - 1] > 0)
    return grads


def predict(params, X):
    return forward(params, X)[0].argmax(1).astype(np.int32)


def train(X, Y, layer_sizes, epochs, batch_size, lr, lam, seed):
    rng = np.random.default_rng(seed)
    params = {}
    for i, (a, b) in enumerate(zip(layer_sizes, layer_sizes[1:]), 1):
        params[f"W{i}"] = (rng.standard_normal((a, b)) * (2 / a) ** 0.5).astype(F)
        params[f"b{i}"] = np.zeros(b, F)
    X, Y = X.astype(F), Y.astype(F)
    history = []
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for s in range(0, len(X), batch_size):
            batch = order[s:s + batch_size]
            _, tape = forward(params, X[batch])
            grads = backward(params, tape, Y[batch], lam)
            for k in params:
                params[k] -= F(lr) * grads[k]
        probs, _ = forward(params, X)
        history.append({
            "cost": cross_entropy(probs, Y) + l2_penalty(params, lam),
            "accuracy": (probs.argmax(1) == Y.argmax(1)).mean(),
        })
    return params, history
