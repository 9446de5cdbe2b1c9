"""The data's part of the loss and of the gradients."""

from grader.assignments import mistake


def with_gradient(key, compute):
    """The right gradients with one of them computed otherwise."""

    def gradients(right, params, X, hidden, z, delta):
        found = right(params, X, hidden, z, delta)
        return found | {key: compute(params, X, hidden, z, delta)}

    return gradients


mistake(
    "loss.bias-gradient-before-the-mask",
    step="data_gradients",
    title="The hidden bias's gradient is taken before ReLU's derivative is applied",
    explain="b1 acts before ReLU, so its gradient is summed behind ReLU's derivative: over the samples in which the "
    "unit is on.",
    hints=("Is b1 added before or after ReLU?", "Which of your two gradients do you sum for b1?"),
)(before_the_mask := with_gradient("b1", lambda params, X, hidden, z, delta: (delta @ params["W2"].T).sum(axis=0)))

mistake(
    "loss.weight-gradient-before-the-mask",
    step="data_gradients",
    title="W1's gradient is taken before ReLU's derivative is applied",
    explain="W1 acts before ReLU, so the gradient that comes back from W2 has to pass ReLU's derivative first: 0 where "
    "the unit was off.",
    hints=("Is W1 applied before or after ReLU?", "Which of your two gradients is in the product for W1?"),
)(weights_before_the_mask := with_gradient("W1", lambda params, X, hidden, z, delta: X.T @ (delta @ params["W2"].T)))

mistake(
    "loss.output-gradient-from-the-pre-activation",
    step="data_gradients",
    title="W2's gradient uses the hidden layer before ReLU",
    explain="W2 multiplies what ReLU gives, so its gradient is $\\max(0, z)^T \\delta$. Yours has $z^T \\delta$.",
    hints=("Which array does W2 multiply in the forward pass?", "Before or after `np.maximum`?"),
)(from_the_pre_activation := with_gradient("W2", lambda params, X, hidden, z, delta: z.T @ delta))
