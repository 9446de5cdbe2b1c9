"""The tests between the functions of the notebook, which say nothing here: functions are asked by the grader."""


def rnn_cell_forward_tests(*_targets):
    pass


rnn_forward_test = rnn_forward_tests = lstm_cell_forward_test = lstm_forward_test = rnn_cell_forward_tests
