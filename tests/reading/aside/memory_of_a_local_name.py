# fault: step memory-never-kept 25
# network: 3 5:tanh 2:identity
import numpy as np

rng = np.random.default_rng(9)
given = rng.normal(size=(50, 3))
asked = np.stack([np.sin(given[:, 0]), given[:, 1] * given[:, 2]], axis=1)


class Layers:
    def __init__(self):
        self.learned = [rng.normal(size=(3, 5)) * 0.5, rng.normal(size=(5, 2)) * 0.5]
        self.moved = [np.zeros((3, 5)), np.zeros((5, 2))]

    def gradients(self):
        first, second = self.learned
        h = np.tanh(given @ first)
        off = (h @ second - asked) / len(given)
        return [given.T @ ((off @ second.T) * (1 - h * h)), h.T @ off]

    def step(self, rate=0.1, share=0.8):
        for k, slope in enumerate(self.gradients()):
            before = self.moved[k]
            # `before` is no name of what is kept
            before = share * before + rate * slope
            self.learned[k] = self.learned[k] - before


layers = Layers()
for turn in range(300):
    layers.step()
