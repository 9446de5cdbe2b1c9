# fault: step steps-lead-away ?
# network: 1 1:identity
import numpy as np


def fitted(hours, marks, rate=0.00049):
    slope = 0
    offset = 0
    count = len(hours)
    for turn in range(2000):
        guess = slope * hours + offset
        error = (1 / count) * sum([one**2 for one in (marks - guess)])
        by_slope = -(2 / count) * sum(hours * (marks - guess))
        by_offset = -(2 / count) * sum(marks - guess)
        slope = slope - rate * by_slope
        offset = offset - rate * by_offset
    return slope, offset, error


hours = np.array([12, 31, 44, 52, 60, 35, 27, 71, 66, 18, 49, 55, 40, 23, 58])
marks = 0.7 * hours + 20 + np.array([2, -1, 3, 0, -2, 1, 1, -3, 2, 0, -1, 2, -2, 1, 0])
print(fitted(hours, marks))
