# fault: step multiplied-to-nothing 25
# network: none
import numpy as np

rng = np.random.default_rng(2)
inputs = rng.normal(size=(80, 5))
answers = (inputs @ rng.normal(size=(5, 2)) > 0) * 1.0
learned = [rng.normal(size=(5, 7)) * 0.3, rng.normal(size=(7, 2)) * 0.3]
steps = [0] * len(learned)
rate, share = 0.05, 0.9


def gradients(x, t, first, second):
    h = np.tanh(x @ first)
    o = 1 / (1 + np.exp(-(h @ second)))
    e = o - t
    return np.outer(x, (1 - h * h) * (second @ e)), np.outer(h, e)


for epoch in range(3):
    for x, t in zip(inputs, answers):
        slopes = gradients(x, t, *learned)
        for k in range(2):
            learned[k] -= steps[k]
            steps[k] = rate * slopes[k] * share * steps[k]
