# right
# network: 25 6:tanh 25:softmax
import numpy as np

words = open("corpus.txt").read().replace(".", " .").split()
vocab = sorted(set(words))
size = len(vocab)
word_to_ix = {word: k for k, word in enumerate(vocab)}
rng = np.random.default_rng(0)
E, V = rng.normal(size=(size, 6)) * 0.1, rng.normal(size=(6, size)) * 0.1
for step in range(40):
    here = [word_to_ix[word] for word in words[step * 8 : step * 8 + 8]]
    after = [word_to_ix[word] for word in words[step * 8 + 1 : step * 8 + 9]]
    X, Y = np.eye(size)[here], np.eye(size)[after]
    h = np.tanh(X @ E)
    scores = np.exp(h @ V)
    p = scores / scores.sum(1, keepdims=True)
    loss = -np.sum(Y * np.log(p)) / 8
    d = (p - Y) / 8
    e = d @ V.T * (1 - h * h)
    V -= 0.5 * h.T @ d
    E -= 0.5 * X.T @ e
