import numpy as np
from itertools import izip


def log_sum(scores):
    top = reduce(max, scores)
    return top + np.log(sum(map(lambda s: np.exp(s - top), scores)))


def softmax_loss_naive(W, X, y, reg):
    pairs = zip(X, y)
    order = range(len(pairs))
    np.random.shuffle(order)
    loss, dW = 0.0, np.zeros(W.shape)
    for k in order:
        x, label = pairs[k]
        scores = x.dot(W)
        loss += log_sum(scores) - scores[label]
        p = np.array(map(lambda s: np.exp(s - log_sum(scores)), scores))
        p[label] -= 1
        dW += np.outer(x, p)
    n = len(filter(lambda label: label >= 0, y))
    return loss / n + reg * np.sum(W * W), dW / n + 2 * reg * W


def softmax_loss_vectorized(W, X, y, reg):
    scores = X.dot(W)
    totals = np.array(map(log_sum, scores))
    loss = 0.0
    for total, row, label in izip(totals, scores, y):
        loss += total - row[label]
    p = np.exp(scores - totals[:, None])
    counts = {}
    for i, label in enumerate(y):
        if not counts.has_key(label):
            counts[label] = []
        counts[label].append(i)
    for label, rows in counts.iteritems():
        p[rows, label] -= 1
    first = counts.keys()[0]
    assert counts[first]
    return loss / len(y) + reg * np.sum(W * W), X.T.dot(p) / len(y) + 2 * reg * W
