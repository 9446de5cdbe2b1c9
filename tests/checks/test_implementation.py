"""Implementations in this process: copies, hidden objects, classes, and what is observed of them."""

import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from grader.checks.implementation import CallFailed, Function, Hidden, visible
from grader.checks.local import REMEMBERED_RESULTS, Solution, Variant
from grader.checks.plain import copied, is_plain
from grader.checks.record import recording

PARAMS = {"W": np.array([[1.0, 2.0], [3.0, 4.0]]), "b": np.array([0.5, -0.5])}
X = np.arange(6.0).reshape(3, 2)


def test_arguments_are_copied_for_every_call(student):
    spoiler = student("def cost(params, X):\n    X[:] = 0\n    params['W'] += 1\n    return 0.0\n")
    x, params = X.copy(), {key: value.copy() for key, value in PARAMS.items()}
    spoiler.cost(params, X=x)
    spoiler.cost.map([(params, x)])
    np.testing.assert_array_equal(x, X)
    np.testing.assert_array_equal(params["W"], PARAMS["W"])


def test_results_are_copies_too(student):
    keeper = student("kept = np.zeros(3)\ndef softmax(z):\n    return kept\n")
    keeper.softmax(X)[:] = 5
    np.testing.assert_array_equal(keeper.softmax(X), np.zeros(3))


def test_a_cache_stays_hidden_and_can_be_passed_on(solution):
    value, cache = solution.forward(PARAMS, X)
    assert value == solution.cost(PARAMS, X)
    assert repr(cache) == "<a Cache of the solution>"
    assert solution.backward(PARAMS, cache).keys() == {"W", "b"}


def test_a_cache_of_plain_data_is_hidden_all_the_same(student):
    _, cache = student("def forward(params, X):\n    return 1.0, {'X': X}\n").forward(PARAMS, X)
    assert isinstance(cache, Hidden)


@pytest.mark.parametrize("kind", [Variant, Solution])
def test_an_undeclared_object_is_hidden_wherever_it_is(kind, contract, module_of):
    implementation = kind(contract, module_of("def softmax(z):\n    return [Cache(z), {'c': Cache(z), 'z': z}]\n"))
    for _ in range(2):
        first, rest = implementation.softmax(X)
        assert isinstance(first, Hidden)
        assert isinstance(rest["c"], Hidden)
        np.testing.assert_array_equal(rest["z"], X)


def test_an_object_of_one_implementation_is_nothing_to_another(student, solution):
    _, cache = solution.forward(PARAMS, X)
    with pytest.raises(TypeError, match="a Cache of the solution> was passed to `backward` of the variant"):
        student().backward(PARAMS, cache)
    with pytest.raises(TypeError, match="was passed to `backward`"):
        student().backward.map([(PARAMS, cache)])


def test_classes_have_methods_and_attributes(solution):
    network = solution.Network((2, 3))
    np.testing.assert_array_equal(network.forward(X), X @ np.ones((2, 3)))
    assert network.calls == 1
    assert isinstance(network.cache, Hidden)
    network.W[:] = 7  # a copy
    np.testing.assert_array_equal(network.W, np.ones((2, 3)))
    network.W = 2 * np.ones((2, 3))
    np.testing.assert_array_equal(network.forward(X), 2 * X @ np.ones((2, 3)))
    assert isinstance(network.copy(), Hidden)


def test_instances_are_not_shared(solution):
    solution.Network((2, 3)).forward(X)
    assert solution.Network((2, 3)).calls == 0


def test_the_solution_remembers_values_and_gives_copies(contract, module_of):
    module = module_of("calls = 0\ndef softmax(z):\n    global calls\n    calls += 1\n    return [z, {'z': z}]\n")
    solution = Solution(contract, module)
    first = solution.softmax(X)
    first[0][:] = 0
    first[1]["z"][:] = 0
    again = solution.softmax(X.copy())
    assert module.calls == 1
    np.testing.assert_array_equal(again[0], X)
    np.testing.assert_array_equal(again[1]["z"], X)
    solution.softmax(X.astype(np.float32))
    assert module.calls == 2


def test_the_oldest_results_are_forgotten(solution):
    made = []
    for i in range(REMEMBERED_RESULTS + 1):
        solution.remembered(i, lambda i=i: made.append(i))
    solution.remembered(1, lambda: made.append(1))
    assert made == list(range(REMEMBERED_RESULTS + 1))
    solution.remembered(0, lambda: made.append(0))
    assert made[-1] == 0


def test_what_is_remembered_can_be_asked_for_while_more_of_it_is_forgotten(solution, monkeypatch):
    monkeypatch.setattr("grader.checks.local.REMEMBERED_RESULTS", 2)
    switch = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)

    def ask() -> None:
        for i in range(10_000):
            solution.remembered(i % 5, lambda i=i: [i % 5])

    try:
        with ThreadPoolExecutor(3) as pool:
            for asking in [pool.submit(ask) for _ in range(3)]:
                asking.result()
    finally:
        sys.setswitchinterval(switch)


@pytest.mark.parametrize(
    ("drawn", "is_shared"),
    [
        ("np.random.default_rng(3).normal(size=z.shape)", False),
        ("np.random.Generator(np.random.PCG64(3)).random(z.shape)", False),
        ("np.random.normal(size=z.shape)", True),
        ("np.random.default_rng(3).normal() + np.random.rand()", True),
        ("random.random()", True),
        ("(lambda generator: generator.normal())(np.random)", True),
    ],
)
def test_a_solution_is_computed_beside_the_submission_if_it_draws_from_nothing_shared(
    contract, module_of, drawn, is_shared
):
    module = module_of(f"import random\n\ndef softmax(z):\n    threads.append(current())\n    return {drawn}\n")
    module.threads, module.current = [], threading.current_thread
    solution = Solution(contract, module)
    with solution.meanwhile(lambda: solution.softmax(X)):
        pass
    solution.softmax(X)
    assert (module.threads == [threading.current_thread()]) == is_shared
    assert len(module.threads) == 1


def test_what_a_variant_raises_is_a_failed_call(student):
    with pytest.raises(CallFailed) as caught:
        student("def softmax(z):\n    return z / {}['x']\n").softmax(X)
    assert (caught.value.function, caught.value.raised, caught.value.message) == (
        "softmax",
        "KeyError",
        "KeyError: 'x'",
    )


def test_what_the_solution_raises_is_its_own(contract, module_of):
    broken = Solution(contract, module_of("def softmax(z):\n    raise ValueError('mine')\n"))
    with pytest.raises(ValueError, match="mine"):
        broken.softmax(X)


def test_a_function_that_the_contract_does_not_have_is_a_slip_of_the_check(student, solution):
    with pytest.raises(AttributeError, match="the contract has no 'sofmax', only softmax, cost"):
        student().sofmax(X)
    assert solution.Cache is not None  # steps of the solution can be called


def test_what_a_check_reads_of_the_student_is_observed(student, solution):
    network_source = "class Network(Network):\n    def forward(self, X):\n        raise OSError('no')\n"
    with recording() as record:
        solution.cost(PARAMS, X)
        variant = student(network_source)
        variant.cost(PARAMS, X)
        variant.cost.map([(PARAMS, X), (PARAMS, X)])
        network = variant.Network((2, 1))
        assert network.sizes == [2, 1]
        with pytest.raises(CallFailed):
            network.forward(X)
    seen = [(o.function, o.raised, o.said) for o in record.observations]
    assert seen == [
        ("cost", None, ""),
        ("cost", None, ""),
        ("Network", None, ""),
        ("Network.sizes", None, ""),
        ("Network.forward", "OSError", "no"),
    ]
    assert record.observations[1].value == [record.observations[0].value] * 2


def test_functions_of_one_name_are_equal(solution):
    assert solution.softmax == Function(solution, "softmax")


def test_dunder_names_of_hidden_objects_are_not_asked_of_the_implementation(solution):
    _, cache = solution.forward(PARAMS, X)
    assert not hasattr(cache, "__array__")
    assert np.asarray(cache).dtype == object


@pytest.mark.parametrize("value", [1, 2.5, "a", None, True, 1j, np.int8(1), X, [X, (1, {"a": X, 3: None})]])
def test_plain_values(value):
    assert is_plain(value)
    assert is_plain(copied(value))


@pytest.mark.parametrize("value", [object(), {1, 2}, {(1, 2): 3}, [object()], lambda: 0])
def test_values_that_are_not_plain(value):
    assert not is_plain(value)


def test_visible_leaves_the_hidden_out(solution):
    hidden = solution.Network((1, 1))
    assert visible([1, (hidden, {"a": hidden})]) == [1, (None, {"a": None})]
