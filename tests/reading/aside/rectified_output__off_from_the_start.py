# fault: step dead-from-the-start 12
# network: none
import numpy as np

corners = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]] * 5)
answers = np.array([[0.0], [1], [1], [0]] * 5)
first = np.array([[0.4, 0.3], [0.2, 0.5]])
second = np.array([[-0.6], [-0.3]])


def cut(t):
    return np.maximum(t, 0)


for _ in range(60):
    hidden = cut(corners @ first)
    given = cut(hidden @ second)
    up = (answers - given) * np.where(given > 0, 1, 0)
    down = (up @ second.T) * np.where(hidden > 0, 1, 0)
    second += 0.05 * hidden.T @ up
    first += 0.05 * corners.T @ down
