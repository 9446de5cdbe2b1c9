"""Which functions a solution's functions are built on."""

from grader.assignments.modules import callees, defined_functions

SOURCE = """
def sigmoid(z): return 1 / (1 + exp(-z))
def step(z): return helper(z)
def helper(z): return sigmoid(step(z))
hidden = {"activation": sigmoid}
def unrelated(z):
    def sigmoid_like(z): return z
    return sigmoid_like(z)
class Network:
    def __init__(self, sizes): self.reset(sizes)
    def reset(self, sizes): initial(sizes)
    def forward(self, X): return sigmoid(X)
    def backward(self, X): return self.forward(X) + self.rate
def initial(sizes): return sizes
def build(sizes): return Network(sizes)
"""


def test_calls_are_followed_through_helpers_and_cycles():
    found = callees(SOURCE, ["sigmoid", "step", "unrelated"])
    assert found == {"sigmoid": set(), "step": {"sigmoid"}, "unrelated": set()}


def test_methods_reach_each_other_and_a_class_what_its_constructor_does():
    names = ["sigmoid", "initial", "Network", "Network.reset", "Network.forward", "Network.backward", "build"]
    found = callees(SOURCE, names)
    assert found["Network"] == {"Network.reset", "initial"}
    assert found["Network.forward"] == {"sigmoid"}
    assert found["Network.backward"] == {"Network.forward", "sigmoid"}
    assert found["build"] == {"Network", "Network.reset", "initial"}


def test_names_that_the_source_lacks_reach_nothing():
    assert callees(SOURCE, ["absent"]) == {"absent": frozenset()}


def test_what_a_module_defines():
    assert defined_functions(SOURCE) == (
        "sigmoid",
        "step",
        "helper",
        "unrelated",
        "Network",
        "Network.reset",
        "Network.forward",
        "Network.backward",
        "initial",
        "build",
    )
