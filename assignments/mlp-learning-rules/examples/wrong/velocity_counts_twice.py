"""The new velocity is multiplied once more by the coefficient when the parameter moves."""

import numpy as np


class GradientDescentLearningRule(object):
    def __init__(self, learning_rate=1e-3):
        assert learning_rate > 0.0, "learning_rate should be positive."
        self.learning_rate = learning_rate

    def initialise(self, params):
        self.params = params

    def reset(self):
        pass

    def update_params(self, grads_wrt_params):
        for param, grad in zip(self.params, grads_wrt_params):
            param -= self.learning_rate * grad


class MomentumLearningRule(GradientDescentLearningRule):
    def __init__(self, learning_rate=1e-3, mom_coeff=0.9):
        super(MomentumLearningRule, self).__init__(learning_rate)
        self.mom_coeff = mom_coeff

    def initialise(self, params):
        super(MomentumLearningRule, self).initialise(params)
        self.moms = []
        for param in self.params:
            self.moms.append(np.zeros_like(param))

    def reset(self):
        for mom in self.moms:
            mom *= 0.0

    def update_params(self, grads_wrt_params):
        for param, mom, grad in zip(self.params, self.moms, grads_wrt_params):
            mom *= self.mom_coeff
            mom -= self.learning_rate * grad
            param += self.mom_coeff * mom


class AdaGradLearningRule(GradientDescentLearningRule):
    def __init__(self, learning_rate=1e-2, epsilon=1e-8):
        super(AdaGradLearningRule, self).__init__(learning_rate)
        self.epsilon = epsilon

    def initialise(self, params):
        super(AdaGradLearningRule, self).initialise(params)
        self.sum_sq_grads = [np.zeros_like(param) for param in self.params]

    def update_params(self, grads_wrt_params):
        for param, sum_sq_grad, grad in zip(self.params, self.sum_sq_grads, grads_wrt_params):
            sum_sq_grad += grad**2
            param -= self.learning_rate * grad / (sum_sq_grad + self.epsilon) ** 0.5


class RMSPropLearningRule(GradientDescentLearningRule):
    def __init__(self, learning_rate=1e-3, beta=0.9, epsilon=1e-8):
        super(RMSPropLearningRule, self).__init__(learning_rate)
        self.beta = beta
        self.epsilon = epsilon

    def initialise(self, params):
        super(RMSPropLearningRule, self).initialise(params)
        self.moms = [np.zeros_like(param) for param in self.params]

    def update_params(self, grads_wrt_params):
        for param, mom, grad in zip(self.params, self.moms, grads_wrt_params):
            mom *= self.beta
            mom += (1.0 - self.beta) * grad**2
            param -= self.learning_rate * grad / (mom + self.epsilon) ** 0.5


class AdamLearningRule(GradientDescentLearningRule):
    def __init__(self, learning_rate=1e-3, beta_1=0.9, beta_2=0.999, epsilon=1e-8):
        super(AdamLearningRule, self).__init__(learning_rate)
        self.beta_1 = beta_1
        self.beta_2 = beta_2
        self.epsilon = epsilon

    def initialise(self, params):
        super(AdamLearningRule, self).initialise(params)
        self.moms_1 = [np.zeros_like(param) for param in self.params]
        self.moms_2 = [np.zeros_like(param) for param in self.params]
        self.step_count = 0

    def update_params(self, grads_wrt_params):
        self.step_count += 1
        for param, mom_1, mom_2, grad in zip(self.params, self.moms_1, self.moms_2, grads_wrt_params):
            mom_1 *= self.beta_1
            mom_1 += grad
            mom_2 *= self.beta_2
            mom_2 += (1.0 - self.beta_2) * grad**2
            alpha_t = (
                self.learning_rate
                * (1.0 - self.beta_2**self.step_count) ** 0.5
                / (1.0 - self.beta_1**self.step_count)
            )
            param -= alpha_t * mom_1 / (mom_2**0.5 + self.epsilon)
