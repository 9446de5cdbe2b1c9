# fault: δ2 output-slope-left-out 13
# network: 6 5:ReLU 3:ReLU
import numpy as np

draw = np.random.default_rng(4)
samples, wanted = draw.normal(size=(90, 6)), np.eye(3)[draw.integers(0, 3, 90)]
first, second = draw.normal(size=(6, 5)) * 0.6, draw.normal(size=(5, 3)) * 0.6
shift, lift = np.zeros(5), np.zeros(3)
for round_ in range(30):
    for x, t in zip(samples, wanted):
        inner = np.maximum(x @ first + shift, 0)
        outer = np.maximum(inner @ second + lift, 0)
        blame = outer - t
        back = (second @ blame) * (inner > 0)
        second -= 0.01 * np.outer(inner, blame)
        lift -= 0.01 * blame
        first -= 0.01 * np.outer(x, back)
        shift -= 0.01 * back
