# ruff: noqa: E501
"""Files that define a network and do not train it."""

import ast

import pytest

from grader.reading.runs.driver import drivers
from grader.reading.runs.missing_names import function_for_class, of_function

CLASS = """
class Net:
    def __init__(self, sizes, seed=0): ...
    def train(self, X, y, epochs, batch_size, learning_rate): ...
"""
PARTS = """
def initialize_parameters(layer_dims): ...
def forward_propagation(X, parameters): ...
def backward_propagation(parameters, cache, X, Y): ...
def update_parameters(parameters, grads, learning_rate=0.5): ...
"""
PAIRS = """
class Network:
    def __init__(self, sizes): ...
    def SGD(self, training_data, epochs, mini_batch_size, eta, test_data=None): ...
"""
NAMES = """
def init_params():
    return W1, b1, W2, b2
def forward_prop(W1, b1, W2, b2, X):
    return Z1, A1, Z2, A2
def backward_prop(Z1, A1, Z2, A2, W1, W2, X, Y):
    return dW1, db1, dW2, db2
def update_params(W1, b1, W2, b2, dW1, db1, dW2, db2, alpha):
    return W1, b1, W2, b2
"""
WITHOUT_UPDATE = "\n".join(NAMES.split("\n")[:-3])
ROUNDS = """
def nn(x, y, dongu, rate):
    for i in range(dongu):
        w = w - rate * x.T.dot(y)
"""
LISTS = """
def train(x, t, w, b, l, i): ...
"""
STEP = """
def step(x, y, w1, b1, w2, b2, learning_rate=0.01):
    return loss, w1, b1, w2, b2
"""
METHODS = """
class Network:
    def __init__(self, *layers): ...
    def feedforward(self, x): ...
    def backprop(self, target): ...
"""
OTHER_LANGUAGE = """
class RedeNeural:
    def __init__(self, tamanho_entrada, camada_oculta, tamanhoSaída=3, taxa_aprendizado=0.5): ...
    def treinar(self, amostras, épocas): ...
"""
COUNTS = """
class Net:
    def __init__(self, inputs, hidden, outputs, rate=0.1): ...
    def train(self, X, y, epochs): ...
"""
GIVEN_WHEN_MADE = """
class Net:
    def __init__(self, n_hidden, train_set_x, train_set_y, standardize): ...
    def fit(self, num_iterations=100, learning_rate=0.1): ...
"""
CHOOSING = """
class Net:
    def __init__(self, layer_sizes, activation_functions, loss, hidden_nodes=4):
        self.loss = loss
    def train_on(self, x, y):
        return self.step(x, y) if layer["activation"] == "relu" or layer["activation"] == "sigmoid" else self.loss == "mse"
"""
COUNTED_LAYERS = """
class Net:
    def __init__(self, inputnodes, hiddennodes, hiddenlayers, outputnodes): ...
    def fit(self, X, y): ...
"""
HANDED_ON = """
def initialize_network(n_inputs, n_hidden, n_outputs): ...
def train_network(network, dataset, learning_rate, n_epochs): ...
"""

GIVEN_WEIGHTS = """
class Net:
    def __init__(self, w1, w2, rate): ...
    def train(self, X, y): ...
"""
SET = """
class Net:
    def set_weights(self, w): ...
    def set_learning_rate(self, lr): ...
    def train(self, X, y, epochs): ...
"""
HANDED_A_MODEL = """
class Net:
    def __init__(self, num_features, num_hidden, num_classes): ...
    def forward(self, x): ...
def train(model, x_train, y_train, x_valid, y_valid, num_epochs): ...
"""
LAYERS_OF_A_LIST = """
class Dense:
    def __init__(self, input_size, output_size): self.w = np.random.randn(output_size, input_size)
    def forward(self, x): ...
    def backward(self, gradient, learning_rate): ...
class Tanh:
    def forward(self, x): ...
    def backward(self, gradient, learning_rate): ...
def mse(y_true, y_pred): ...
def mse_prime(y_true, y_pred): ...
def train(network, loss, loss_prime, x_train, y_train, epochs=1000):
    for layer in network: ...
"""
LAYERS_ADDED = """
class Dense:
    def __init__(self, units, input_shape=None): ...
    def build(self, shape): self.w = np.random.randn(shape[-1], self.units)
    def forward(self, x): ...
    def backward(self, gradient): ...
class Model:
    def add(self, layer): ...
    def compile(self, lr=0.1): ...
    def fit(self, X, y, epochs):
        for layer in self.layers: ...
"""
LAYERS_ALONE = """
class Linear:
    def __init__(self, inputs, neurons): self.w = np.random.randn(inputs, neurons)
    def forward(self, inputs): ...
    def backward(self, dvalues): ...
class Softmax_Loss:
    def forward(self, inputs, y_true): ...
    def backward(self, dvalues, y_true): ...
class Optimizer_SGD:
    def update_params(self, layer): ...
"""
GRADIENTS_ALONE = """
class Net:
    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100): ...
    def loss(self, X, y=None):
        z = X @ self.params["W"]
        return loss, grads
"""
RECURRENT = """
class RNN:
    def __init__(self, vocab_size, hidden_size, seq_length): self.w = np.random.randn(hidden_size, vocab_size)
    def train(self, inputs, targets, epochs=10): ...
"""
ODD_NAMES = """
def make_brain(senses, middle, acts):
    return [np.random.randn(senses, middle), np.random.randn(middle, acts)]
def teach(brain, seen, wanted, speed=0.5):
    brain[1] += speed * seen.T.dot(wanted - seen.dot(brain[0]))
"""
ASKED_BY_KEYS = """
class Net:
    def __init__(self, structure, rate): self.n = structure["num_inputs"] + structure["num_hidden"]
    def train(self, X, y, epochs): ...
"""
UNIT = """
class Perceptron:
    def __init__(self, step=0.01): ...
    def fit(self, X, y):
        for one in X: self.w -= np.where(one > 0, 1, -1)
"""

IN_NODES = """
class Net:
    def __init__(self, number_of_innodes, hnodes, outnodes, lr): ...
    def train(self, in_list, tar_list): ...
"""
NAMED_GRADIENTS = """
class Net:
    def __init__(self, features): self.w = np.random.rand(features)
    def forward(self, X): return self.o
    def cost(self, y, y_hat): return np.mean((y - y_hat) ** 2)
    def backprop(self, X, y):
        return dw, db
    def update_weights(self, dw, db, rate): self.w -= rate * dw
"""
SENT_BACK = """
class RNN:
    def __init__(self, input_size, output_size): ...
    def forward(self, inputs): return y, h
    def backprop(self, d_y, learn_rate=0.02): ...
"""

OWN_DATA = """
class Net:
    def __init__(self, units): self.W, self.t = np.random.rand(2, units), None
    def fetch(self): self.x, self.t = np.loadtxt("points.txt").T
    def plot(self): self.figure = plt.plot(self.x)
    def once(self): self.W -= self.x.T @ (self.x @ self.W - self.t)
"""
STEP_OUTSIDE = """
W, turns = np.zeros((3, 1)), 0
def count():
    global turns
    turns += 1
def move():
    global W
    W = W + 0.1 * X.T @ (Y - X @ W)
"""
SIZE_BY_USE = """
class Net:
    def __init__(self, input_n, q, scale):
        self.q = q
        self.w = np.random.randn(self.q, input_n) * scale
    def train(self, X, y, epochs): ...
"""
LAYERS_BY_USE = """
def initializing(n_x, l1, l2, n_y):
    w1, w2, w3 = np.random.randn(l1, n_x), np.random.randn(l2, l1), np.zeros((n_y, l2))
    return w1, w2, w3
def forward_prop(x, w1, w2, w3):
    return a1, a2, a3
def back_prop(x, y, w1, w2, w3, a1, a2, a3):
    return dw1, dw2, dw3
"""


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (GIVEN_WEIGHTS, "_w2 = _np.random.randn(10, 16) * 0.1\n_net = Net(w1=_w1, w2=_w2, rate=0.1)"),
        (SET, "_net.set_weights(_np.random.randn(784) * 0.1)\n_net.set_learning_rate(0.1)"),
        (HANDED_A_MODEL, "train(model=_p, x_train=_rows, y_train=_one_hot, x_valid=_rows[:20], y_valid=_one_hot[:20], num_epochs=8)"),
        (LAYERS_OF_A_LIST, "train(network=[Dense(input_size=784, output_size=16), Tanh(), Dense(input_size=16, output_size=10), Tanh()], loss=mse, loss_prime=mse_prime, x_train=_rows, y_train=_one_hot, epochs=8)"),
        (LAYERS_ADDED, "(Dense(units=16, input_shape=(784,)), Dense(units=10, input_shape=(16,))): _net.add(_layer)\n_net.compile()\n_net.fit("),
        (LAYERS_ALONE, "_layers = [Linear(inputs=784, neurons=16), Linear(inputs=16, neurons=10)]\n_cost = Softmax_Loss()\n_optimizer = Optimizer_SGD()"),
        (GRADIENTS_ALONE, "_net = Net(input_dim=784)\nfor _ in range(4):\n_g = _net.loss(X=_rows, y=_one_hot)"),
        (RECURRENT, "_net = RNN(vocab_size=3, hidden_size=5, seq_length=8)\n_net.train(inputs=_symbols, targets=_next, epochs=8)"),
        (ODD_NAMES, "_p = make_brain(784, 16, 10)\nfor _ in range(4):\nteach(brain=_p, seen=_rows, wanted=_one_hot)"),
        (OWN_DATA, "_net = Net(units=5)\n_net.fetch()\nfor _ in range(6): _net.once()"),
        (STEP_OUTSIDE, "for _ in range(6): move()"),
        (ASKED_BY_KEYS, "_net = Net(structure=dict(num_inputs=784, num_hidden=16), rate=0.1)"),
        (IN_NODES, "_net = Net(number_of_innodes=784, hnodes=16, outnodes=10, lr=0.1)\nfor _k"),
        (NAMED_GRADIENTS, "_cost = _net.cost(y=_one_hot, y_hat=_out)\ndw, db = _net.backprop(X=_rows, y=_one_hot)\n_net.update_weights(dw=dw, db=db, rate=0.1)"),
        (SENT_BACK, "_out = _net.forward(inputs=_symbols)\ny, h = _out\n_g = _net.backprop(d_y=(_out - _next))"),
        (UNIT, "_net = Perceptron()\n_net.fit(X=_rows, y=_signs)"),
        (LAYERS_BY_USE, "w1, w2, w3 = initializing(n_x=784, l1=16, l2=16, n_y=10)"),
        (SIZE_BY_USE.replace(", scale", ", alpha"), "_net = Net(input_n=784, q=16, alpha=0.1)"),
        (COUNTS, "_net = Net(inputs=784, hidden=16, outputs=10)\n_net.train(X=_rows, y=_one_hot, epochs=8)"),
        (
            GIVEN_WHEN_MADE,
            "_net = Net(n_hidden=16, train_set_x=_rows, train_set_y=_one_hot, standardize=lambda given, *more: given)\n"
            "_net.fit(num_iterations=8)",
        ),
        (NAMES, "dW1, db1, dW2, db2 = backward_prop(Z1=Z1, A1=A1, Z2=Z2, A2=A2, W1=W1, W2=W2, X=_rows, Y=_one_hot)"),
        (WITHOUT_UPDATE, "W1 = W1 - 0.1 * dW1\nb1 = b1 - 0.1 * db1\nW2 = W2 - 0.1 * dW2\nb2 = b2 - 0.1 * db2"),
        (ROUNDS, "nn(x=_rows, y=_one_hot, dongu=8, rate=0.1)"),
        (LISTS, "train(x=_rows, t=_one_hot, w=_w, b=_b, l=0.1, i=8)"),
        (STEP, "b2 = _np.zeros((10,))\nfor _ in range(4):\n_, w1, b1, w2, b2 = step(x=_rows, y=_one_hot, w1=w1, b1=b1, w2=w2, b2=b2)"),
        (METHODS, "_net = Network(*[784, 16, 10])\nfor _ in range(4):\n_made = _net.feedforward(x=_rows)\n_g = _net.backprop(target=_one_hot)"),
        (CLASS, "_net = Net(sizes=[784, 16, 10])\n_net.train(X=_rows, y=_one_hot, epochs=8, batch_size=10, learning_rate=0.1)"),
        (PARTS, "_g = backward_propagation(parameters=_p, cache=_cache, X=_rows, Y=_one_hot)"),
        (OTHER_LANGUAGE, "_net = RedeNeural(tamanho_entrada=784, camada_oculta=16, tamanhoSaída=10)\n_net.treinar(amostras=_pairs, épocas=8)"),
        (CHOOSING, "_net = Net(layer_sizes=[784, 16, 10], activation_functions=['sigmoid'] * (len([784, 16, 10]) - 1), loss='mse')\nfor _k"),
        (COUNTED_LAYERS, "_net = Net(inputnodes=784, hiddennodes=16, hiddenlayers=1, outputnodes=10)"),
        (HANDED_ON, "_p = initialize_network(n_inputs=784, n_hidden=16, n_outputs=10)\ntrain_network(network=_p, dataset=_pairs, learning_rate=0.1, n_epochs=8)"),
        (PAIRS, "_net.SGD(training_data=_pairs, epochs=8, mini_batch_size=10, eta=0.1)"),
    ],
)  # fmt: skip
def test_what_parameters_are_called_tells_what_to_give(source, told):
    assert told in drivers([source])[0].told


def test_a_file_may_be_written_for_one_output():
    source = PARTS.replace("layer_dims", "n_x, n_h, n_y")
    told = next(driver.told for driver in drivers([source]) if "Y=_one_of_two" in driver.told)
    assert "initialize_parameters(n_x=784, n_h=16, n_y=1)" in told


def test_a_sign_makes_no_single_unit_of_what_takes_pairs():
    of_lasso = PAIRS.replace("class ", "np.sign(0)\nclass ", 1)
    told = [driver.told for driver in drivers([of_lasso])]
    assert told == [driver.told for driver in drivers([PAIRS])]


def test_a_parameter_that_says_nothing_is_not_guessed():
    assert drivers(["def train(zorglub): ..."]) == []
    assert "q=16, scale=0.1" in drivers([SIZE_BY_USE])[0].told  # a scale is no size


def test_a_function_that_only_defines_methods_was_to_be_a_class():
    text = "def unit():\n    def __init__(self, n): self.w = n\n    def fit(self, x): self.w += x\n"
    found = function_for_class(ast.parse(text))
    assert found is not None
    assert "nobody can call `fit`" in of_function(found)
    assert function_for_class(ast.parse(f"{text}    return fit")) is None
    assert function_for_class(ast.parse(text.replace("(self, x)", "(x, self)"))) is None


def test_text_that_is_no_python_has_no_driver():
    assert drivers(["def train(X, y:"]) == []


def test_a_file_may_be_written_for_two_hidden_layers():
    assert any("sizes=[784, 16, 16, 10]" in driver.told for driver in drivers([CLASS]))
