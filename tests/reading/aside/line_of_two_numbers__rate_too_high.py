# fault: step steps-lead-away 15
# network: 1 1:identity
import numpy as np

hours = np.array([12, 31, 44, 52, 60, 35, 27, 71, 66, 18, 49, 55, 40, 23, 58])
marks = 0.7 * hours + 20 + np.array([2, -1, 3, 0, -2, 1, 1, -3, 2, 0, -1, 2, -2, 1, 0])
slope = 0.0
offset = 0.0
rate = 0.00055
for turn in range(2000):
    guess = slope * hours + offset
    gap = marks - guess
    by_slope = -(2 / len(hours)) * sum(hours * gap)
    by_offset = -(2 / len(hours)) * sum(gap)
    slope = slope - rate * by_slope
    offset = offset - rate * by_offset
print(slope, offset)
