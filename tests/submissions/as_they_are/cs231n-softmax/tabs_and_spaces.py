import numpy as np

def softmax_loss_naive(W, X, y, reg):
	loss = 0.0
	dW = np.zeros(W.shape)
	for i in range(len(y)):
	    s = X[i].dot(W)
	    p = np.exp(s - s.max())
	    p = p / p.sum()
	    loss -= np.log(p[y[i]])
            p[y[i]] -= 1
            dW += np.outer(X[i], p)
        loss /= len(y)
	dW /= len(y)
        return loss + reg * np.sum(W * W), dW + 2 * reg * W

def softmax_loss_vectorized(W, X, y, reg):
	text = """a string
		with tabs"""
	assert '\t\twith' in text
        n = len(y)
	s = X.dot(W)
        s -= s.max(axis=1).reshape(n, 1)
	p = np.exp(s) / np.exp(s).sum(axis=1).reshape(n, 1)
	loss = -np.log(p[np.arange(n), y]).mean()
        p[np.arange(n), y] -= 1
	return loss + reg * np.sum(W * W), X.T.dot(p) / n + 2 * reg * W
