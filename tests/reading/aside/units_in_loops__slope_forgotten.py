# fault: ? ? ?
# network: 2 3:sigmoid 1:sigmoid
import numpy as np

patterns = [([0, 0], 0), ([0, 1], 1), ([1, 0], 1), ([1, 1], 0)]
ni, nh, no = 2, 3, 1
rs = np.random.RandomState(8)
wi = rs.uniform(-2, 2, (ni, nh))
bi = rs.uniform(-1, 1, nh)
wo = rs.uniform(-2, 2, (nh, no))
bo = rs.uniform(-1, 1, no)

def sigmoid(s):
    return 1.0 / (1.0 + np.exp(-s))

for sweep in range(2000):
    for inputs, wanted in patterns:
        ah = np.zeros(nh)
        for j in range(nh):
            total = bi[j]
            for i in range(ni):
                total += inputs[i] * wi[i, j]
            ah[j] = sigmoid(total)
        ao = np.zeros(no)
        for k in range(no):
            total = bo[k]
            for j in range(nh):
                total += ah[j] * wo[j, k]
            ao[k] = sigmoid(total)
        do = np.zeros(no)
        for k in range(no):
            do[k] = (ao[k] - wanted) * ao[k] * (1 - ao[k])
        dh = np.zeros(nh)
        for j in range(nh):
            back = 0.0
            for k in range(no):
                back += do[k] * wo[j, k]
            dh[j] = back
        for j in range(nh):
            for k in range(no):
                wo[j, k] -= 0.5 * do[k] * ah[j]
        for k in range(no):
            bo[k] -= 0.5 * do[k]
        for i in range(ni):
            for j in range(nh):
                wi[i, j] -= 0.5 * dh[j] * inputs[i]
        for j in range(nh):
            bi[j] -= 0.5 * dh[j]
