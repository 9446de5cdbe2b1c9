# unjudged
# network: 3 1:step
import numpy as np

patterns = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]], float)
answers = [0, 1, 1, 1]
weights = np.array([0.4, 0.3, 0.1])


def fires(total):
    return 1 if total >= 0 else 0


for sweep in range(15):
    for pattern, answer in zip(patterns, answers):
        fired = fires(weights @ pattern)
        missed = answer - fired
        push = missed * fired
        weights = weights + 0.1 * push * pattern
print(weights)
