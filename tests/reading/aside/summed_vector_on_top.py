# right
# network: 3 2:sigmoid 1:identity
import numpy as np

seen = np.array([0.4, -0.9, 1.6])
asked = 0.8
entering = np.array([[0.3, -0.2], [0.1, 0.5], [-0.4, 0.2]])
leaving = np.array([0.7, -0.5])
for turn in range(40):
    raised = seen @ entering
    units = 1 / (1 + np.exp(-raised))
    given = (leaving * units).sum()
    cost = 0.5 * (asked - given) ** 2
    miss = given - asked
    on_leaving = miss * units
    on_entering = seen[:, None] * (miss * leaving * units * (1 - units))
    leaving = leaving - 0.1 * on_leaving
    entering = entering - 0.1 * on_entering
    print(turn, cost)
