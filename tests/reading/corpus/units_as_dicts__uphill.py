# fault: step uphill ?
# network: 2 4:sigmoid 2:sigmoid
import math
import random

random.seed(2)


def neuron(inputs):
    return {"weights": [random.uniform(-1, 1) for _ in range(inputs)], "bias": random.uniform(-0.5, 0.5)}


network = [[neuron(2) for _ in range(4)], [neuron(4) for _ in range(2)]]


def squash(z):
    return 1 / (1 + math.exp(-z))


def think(values):
    for layer in network:
        given = []
        for unit in layer:
            z = unit["bias"]
            for w, v in zip(unit["weights"], values):
                z += w * v
            unit["a"] = squash(z)
            given.append(unit["a"])
        values = given
    return values


def blame(wanted):
    for depth in (1, 0):
        for k, unit in enumerate(network[depth]):
            if depth == 1:
                error = unit["a"] - wanted[k]
            else:
                error = 0.0
                for above in network[1]:
                    error += above["weights"][k] * above["delta"]
            unit["delta"] = error * unit["a"] * (1 - unit["a"])


def adjust(values, rate):
    for layer in network:
        for unit in layer:
            for i, v in enumerate(values):
                unit["weights"][i] += rate * unit["delta"] * v
            unit["bias"] += rate * unit["delta"]
        values = [unit["a"] for unit in layer]


cloud = [([random.gauss(0, 1), random.gauss(0, 1)], random.random()) for _ in range(20)]
for epoch in range(100):
    for point, _ in cloud:
        kind = int(point[0] > point[1])
        think(point)
        blame([1 - kind, kind])
        adjust(point, 0.4)
