# fault: step perceptron-away 19
# network: 3 1:step
table = [([1, 0, 0], 0), ([1, 0, 1], 1), ([1, 1, 0], 1), ([1, 1, 1], 1)]
weights = [0.2, -0.5, 0.3]


def fires(inputs):
    total = 0.0
    for w, x in zip(weights, inputs):
        total += w * x
    return 1 if total > 0 else 0


for turn in range(40):
    for inputs, wanted in table:
        given = fires(inputs)
        off = given - wanted
        for k in range(3):
            weights[k] = weights[k] + 0.1 * off * inputs[k]
print(weights)
