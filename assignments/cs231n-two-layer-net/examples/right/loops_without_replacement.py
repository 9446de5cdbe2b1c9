import numpy as np
from random import sample


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        rng = np.random.RandomState(7)
        self.params = dict(
            W1=rng.normal(0, std, (input_size, hidden_size)),
            b1=np.zeros((hidden_size,)),
            W2=rng.normal(0, std, (hidden_size, output_size)),
            b2=np.zeros((output_size,)),
        )

    def hidden(self, x):
        out = []
        for h in range(len(self.params["b1"])):
            z = self.params["b1"][h]
            for d in range(len(x)):
                z += x[d] * self.params["W1"][d, h]
            out.append(z if z > 0 else 0.0)
        return np.array(out)

    def score(self, x):
        return self.hidden(x) @ self.params["W2"] + self.params["b2"]

    def loss(self, X, y=None, reg=0.0):
        if y is None:
            return np.array([self.score(x) for x in X])
        p = self.params
        total = 0.0
        grads = {key: np.zeros_like(value) for key, value in p.items()}
        for x, label in zip(X, y):
            h = self.hidden(x)
            s = self.score(x)
            e = np.exp(s - s.max())
            q = e / e.sum()
            total -= np.log(q[label])
            q[label] -= 1
            back = (p["W2"] @ q) * (h > 0)
            grads["W2"] += np.outer(h, q)
            grads["b2"] += q
            grads["W1"] += np.outer(x, back)
            grads["b1"] += back
        for key in grads:
            grads[key] /= len(X)
        for key in ("W1", "W2"):
            total += len(X) * 0.5 * reg * np.sum(np.square(p[key]))
            grads[key] += reg * p[key]
        return total / len(X), grads

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6, num_iters=100,
              batch_size=200, verbose=False):
        per_epoch = max(len(X) // batch_size, 1)
        losses, train_acc, val_acc = [], [], []
        for it in range(1, num_iters + 1):
            chosen = sample(range(len(X)), min(batch_size, len(X)))
            loss, grads = self.loss(X[chosen], y[chosen], reg)
            losses.append(loss)
            self.params = {key: value - learning_rate * grads[key] for key, value in self.params.items()}
            if it % per_epoch == 0:
                train_acc.append(np.mean(self.predict(X[chosen]) == y[chosen]))
                val_acc.append(np.mean(self.predict(X_val) == y_val))
                learning_rate = learning_rate * learning_rate_decay
                if verbose:
                    print(it, loss, val_acc[-1])
        return {"loss_history": losses, "train_acc_history": train_acc, "val_acc_history": val_acc}

    def predict(self, X):
        return np.array([int(np.argmax(self.score(x))) for x in X])
