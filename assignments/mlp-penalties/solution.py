"""The penalties: what they are made of is known to the operations, as that of one tensor and one sample."""


class L1Penalty:
    def __init__(self, coefficient):
        self.coefficient = coefficient

    def __call__(self, parameter):
        return self.coefficient * l1_norm(parameter)

    def grad(self, parameter):
        return l1_gradient(parameter, self.coefficient, 1)


class L2Penalty:
    def __init__(self, coefficient):
        self.coefficient = coefficient

    def __call__(self, parameter):
        return penalty_factor(self.coefficient, 1) * squared_norm(parameter)

    def grad(self, parameter):
        return weight_penalty_gradient(parameter, self.coefficient, 1)
