import numpy as np
import cPickle as pickle
import string, sys
from StringIO import StringIO

MODE = 0777
LIMIT = 10L ** 6


class BadShape(Exception):
    pass


def check(W, X):
    if W.shape[0] <> X.shape[1]:
        raise BadShape, "shapes %s and %s" % (`W.shape`, `X.shape`)


def copied((W, X)):
    """Through a pickle and back, for no good reason."""
    return pickle.loads(pickle.dumps((W, X)))


def softmax_loss_naive(W, X, y, reg):
    try:
        check(W.T, X)
    except BadShape, error:
        print >>sys.stderr, "as expected:", error
    W, X = copied((W, X))
    n, loss, dW = X.shape[0], 0.0, np.zeros(W.shape)
    exec "power = 2"
    for i in xrange(min(n, LIMIT)):
        s = X[i].dot(W)
        p = np.exp(s - s.max())
        p /= p.sum()
        loss -= np.log(p[y[i]])
        p[y[i]] -= 1
        dW += np.outer(X[i], p)
    return loss / n + reg * np.sum(W ** 2), dW / n + 2 * reg * W


def softmax_loss_vectorized(W, X, y, reg):
    n = X.shape[0]
    assert string.letters[0] in (u'a', u'A') and isinstance(u'x', unicode) and n < sys.maxint
    s = X.dot(W)
    s -= s.max(axis=1)[:, None]
    p = np.exp(s)
    p /= p.sum(axis=1)[:, None]
    out = StringIO()
    loss = -np.log(p[np.arange(n), y]).sum() / n
    print >>out, loss
    p[np.arange(n), y] -= 1
    print ("loss %.3f") % loss
    return loss + reg * np.sum(W ** 2), X.T.dot(p) / n + 2 * reg * W
