"""The tests between the functions of the notebook, which say nothing here: functions are asked by the grader."""


def forward_propagation_test(*_targets):
    pass


backward_propagation_test = gradient_check_test = gradient_check_n_test = forward_propagation_test
