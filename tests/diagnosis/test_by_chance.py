"""Changes that make a function right and are no word of what is wrong in it: what does the harm is left without use."""

import ast
import re
from types import SimpleNamespace

import numpy as np
import pytest

from grader.diagnosis.cases.watch import Run, Watch
from grader.diagnosis.repair.bindings import the_other_way_round
from grader.diagnosis.repair.by_chance import (
    are_inverse,
    is_a_move,
    without_the_call,
    without_the_condition,
    without_the_factor,
    without_the_term,
)
from grader.diagnosis.repair.choice import best_and_rival
from grader.diagnosis.repair.confusions import other_label
from grader.diagnosis.repair.kind import Kind
from grader.diagnosis.repair.kinds import Kinds
from grader.diagnosis.repair.names import other_choices
from grader.diagnosis.repair.operands import takes_back, terms_of_sums
from grader.diagnosis.repair.order import rank
from grader.diagnosis.repair.quantities import missing_terms, other_slopes
from grader.diagnosis.repair.slips import other_expressions
from grader.diagnosis.repair.statements import moved_statements, other_statements
from grader.diagnosis.repair.tiers import Tiers
from grader.diagnosis.repair.trials import is_put_elsewhere
from grader.diagnosis.repair.words import title_of
from grader.diagnosis.repair.written import Edit, Written
from grader.diagnosis.written.first_pass import leaves_out_the_last
from grader.diagnosis.written.set_anew import set_anew
from grader.near_names import nearest
from grader.sandbox import Seen

IN_A_LOOP = """\
def f(rows, W):
    total = 0
    for row in rows:
        scores = row @ W
        scores /= abs(scores).max()
        p = np.exp(scores)
        total += p.sum()
        q = p
    return total
"""
CARRIED_ON = """\
def f(rows, w):
    total = 0
    for row in rows:
        w = w - row
        total += w.sum()
    return total
"""


COUNTED = """\
def f(rows, w):
    for row in rows:
        total = row * w
        for w_new in total:
            total += w_new * w
    return total
"""


def written(source: str) -> Written:
    (definition,) = ast.parse(source).body
    assert isinstance(definition, ast.FunctionDef)
    return Written("f", SimpleNamespace(source=source), definition, source)


def test_a_word_is_exchanged_for_one_that_is_asked_for():
    source = (
        'def f(x, kind="relu"):\n    return g(x, "sigmoid") if kind == "sigmoid" or kind == "relu" else g(x, "other")\n'
    )
    own = written(source)
    own.unit = SimpleNamespace(source=source)
    words = [node for node in ast.walk(own.definition) if isinstance(node, ast.Call)]
    found = {word.args[1].value: [*other_choices(word.args[1], word, Kinds(own, []))] for word in words}
    assert found == {"sigmoid": [('"relu"', "name")], "other": []}


def made_later(source: str) -> set[str]:
    return {edit.before for edit in other_statements(written(source)) if edit.kind == "later"}


def exchanged(source: str) -> set[str]:
    return {edit.before for edit in other_statements(written(source)) if edit.kind == "swapped"}


def test_a_line_that_nothing_reads_one_line_further_down_is_not_said_to_stand_too_early():
    assert exchanged(IN_A_LOOP) == {"scores = row @ W", "p = np.exp(scores)", "total += p.sum()"}
    assert "scores /= abs(scores).max()" not in made_later(IN_A_LOOP)
    moved = {edit.before for edit in moved_statements(written(IN_A_LOOP), Kinds(written(IN_A_LOOP), ()))}
    assert "total += p.sum()" in moved
    assert "scores /= abs(scores).max()" not in moved


def test_what_is_moved_in_a_text_with_tabs_can_be_read():
    tabs = IN_A_LOOP.replace("    ", "\t")
    edits = [*moved_statements(written(tabs), Kinds(written(tabs), ()))]
    assert len(edits) == len([*moved_statements(written(IN_A_LOOP), Kinds(written(IN_A_LOOP), ()))])
    assert all(ast.parse(edit.text) for edit in edits)


def test_what_the_next_pass_of_a_loop_reads_may_stand_too_early():
    assert "w = w - row" in exchanged(CARRIED_ON)


@pytest.mark.parametrize(("expression", "not_tried"), [("m + 1", "m * 1"), ("1 + m", "1 * m"), ("m * 1", "m / 1")])
def test_an_operator_that_leaves_one_operand_alone_is_not_the_one_that_was_meant(expression, not_tried):
    told = dict(other_expressions(ast.parse(expression, mode="eval").body))
    assert not_tried not in told
    assert told["m"] == "number-too-much"


def test_what_makes_a_slope_1_by_chance_is_no_operator_that_was_meant():
    """s + (1 - s) is 1, whatever s is: in a product the slope is too much then."""
    told = dict(other_expressions(ast.parse("s * (1 - s)", mode="eval").body))
    assert "s + (1 - s)" not in told
    assert dict(other_expressions(ast.parse("rho * rho", mode="eval").body))["rho"] == "once-too-often"


@pytest.mark.parametrize(("probs", "is_tried"), [([[0.2, 0.8, 0.5]], False), ([[-0.2, 0.8, 0.5]], True)])
def test_the_slope_of_relu_is_not_tried_where_it_is_1_everywhere(probs, is_tried):
    source = "def f(probs, Y):\n    return (probs - Y) * abs(probs - Y)\n"
    kinds = Kinds(written(source), ())
    array = np.array(probs)
    for text in ("probs", "probs - Y", "abs(probs - Y)", "(probs - Y) * abs(probs - Y)"):
        kinds._by_text[text] = Kind("array", (1, 3), "f")
    kinds._places["probs"] = None
    kinds._values["probs"] = [Seen(0, 1, array, array)]
    product = kinds.written.definition.body[0].value
    assert bool([*other_slopes(product, kinds)]) is is_tried


def test_what_an_inner_loop_counts_with_is_carried_on_to_no_next_pass():
    edits = moved_statements(written(COUNTED), Kinds(written(COUNTED), ()))
    assert "carried-on" not in {edit.kind for edit in edits}


@pytest.mark.parametrize(("letter", "is_tried"), [("i", False), ("f", True)])
def test_no_term_is_missing_in_an_array_of_whole_numbers_that_cuts_what_is_put_into_it(letter, is_tried):
    """With any term of floats in it, it is an array of floats, and cuts nothing: no word of what is wrong."""
    source = "def f(W):\n    dW = np.zeros(W.shape, dtype=int)\n    dW[...] = W\n    return dW\n"
    kinds = Kinds(written(source), ())
    kinds._by_text["np.zeros(W.shape, dtype=int)"] = Kind("array", (1, 2), letter)
    kinds._by_text["W"] = Kind("array", (1, 2), "f")
    kinds._places["W"] = None
    kinds._shapes.update({text: {(1, 2)} for text in kinds._by_text})
    set_up = kinds.written.definition.body[0].value
    assert bool([*missing_terms(set_up, kinds)]) is is_tried


@pytest.mark.parametrize(("other", "is_tried"), [("dict 2", False), ("str", True)])
def test_a_word_is_compared_with_no_dict(other, is_tried):
    """`setting == "b3"` never holds: it keeps a branch from being taken, whatever is wrong in it."""
    own = written('def f(name, setting):\n    return name == "b3"\n')
    kinds = Kinds(own, ())
    for text, words in (("name", "str"), ("setting", other)):
        kinds._by_text[text] = Kind("other")
        kinds._values[text] = [Seen(0, 1, words, words)]
    texts = {edit.replacement for edit in dict(Tiers(own, kinds, []))["likely names"]}
    assert ("setting" in kinds.like("name")) is is_tried
    assert ("setting" in texts) is is_tried


def test_what_a_key_is_made_of_is_no_term_of_a_formula():
    own = written('def f(W, l):\n    return W["W" + str(l + 1)] + 2 * W["b%d" % (l - 1)]\n')
    terms = {ast.unparse(node) for _, node in terms_of_sums(own, lambda statement: True)}
    assert "W['W' + str(l + 1)]" in terms
    assert not {"l", "1"} & terms


STEP = "def f(w, dw, rate):\n    w['W'] = w['W'] - rate * dw\n    return w\n"


def test_a_term_that_undoes_a_step_is_not_missing_and_a_step_of_something_else_is_none():
    own = written(STEP)
    step = own.definition.body[0]
    left = step.value.left
    assert takes_back(step, left, "w['W'] + rate * dw")
    assert not takes_back(step, left, "w['W'] + rate * w['W']")
    assert is_put_elsewhere(own.edit(step, step.targets[0].value, "dw", "name"))
    assert not is_put_elsewhere(own.edit(step, left.value, "dw", "name"))


LEFT_OUT = """\
def f(x, W):
    out, cache = None, None
    x = x / 2
    out = W[x]
    cache = (x, v)
    return out, cache
"""


def test_a_line_that_alone_gives_a_name_its_value_is_not_said_not_to_belong_there():
    deleted = {edit.before for edit in other_statements(written(LEFT_OUT)) if edit.kind == "deleted"}
    assert deleted == {"out, cache = None, None", "x = x / 2"}
    assert nearest("v", ["out", "cache", "x", "V"]) == ["V"]
    assert nearest("asix", ["a", "dtype", "axis"]) == ["axis"]


@pytest.mark.parametrize("is_done", [True, False])
def test_a_line_that_raises_is_not_said_not_to_belong_there(is_done):
    own = written("def f(x):\n    x = x - x.shift\n    x = x + 1\n    return x\n")
    watch = Watch()
    watch.add("f", own.definition)
    begun = next(n for n, statement in watch.statements.items() if statement is own.definition.body[1])
    ended = next(n for n, (statement, _) in watch.targets.items() if statement is own.definition.body[1])
    times = {begun: Seen(1, 1, "?", "?"), **({ended: Seen(2, 1, 3.0, 3.0)} if is_done else {})}
    kinds = Kinds(own, [Run(watch, times)])
    tiers = dict(Tiers(own, kinds, []))
    assert ("x = x + 1" in {edit.before for edit in tiers["statements"] if edit.kind == "deleted"}) is is_done


def test_what_is_taken_from_where_nothing_was_put_is_put_there():
    source = "class A:\n    def forward(self, x):\n        x = self.x\n        return x\n"
    own = Written("A.forward", SimpleNamespace(source=source), ast.parse(source).body[0].body[0], source)
    (edit,) = the_other_way_round(own)
    assert title_of(edit) == "`x = self.x` is the wrong way round: `self.x = x` is meant"


FACTORS = """\
def f(d, x, l):
    if l == 1:
        d = 4.0 * d
    half = 0.5 * d
    return half * x
"""


def slip(statement: ast.stmt, own: Written, node: ast.expr, text: str, kind: str, tier: str = "slips") -> Edit:
    edit = own.edit(statement, node, text, kind)
    edit.tier = tier
    return edit


def test_a_wrong_number_is_told_rather_than_that_its_line_is_run_in_the_wrong_case():
    own = written(FACTORS)
    branch = own.definition.body[0]
    turned = slip(branch, own, branch.test, "l != 1", "comparison")
    number = slip(branch.body[0], own, branch.body[0].value.left, "1.0", "constant")
    assert min([turned, number], key=rank) is number


def test_where_a_factor_may_be_missing_in_another_line_the_one_that_undoes_it_is_not_said_to_be_too_much():
    own = written(FACTORS)
    _, halved, given = own.definition.body
    dropped = slip(halved, own, halved.value, "d", "number-too-much")
    missing = slip(given, own, given.value, "(half * x) * 2", "multiply", "factors")
    best, rival = best_and_rival([dropped, missing])
    assert title_of(best) == "A factor of 2 is missing in one of the lines 4 and 5"
    assert best_and_rival([dropped])[0].kind == "number-too-much"
    assert rival is None


@pytest.mark.parametrize(
    ("text", "left_out"),
    [("delta * lr", "delta"), ("lr * delta", "delta"), ("delta / lr", "delta"), ("delta - lr", None)],
)
def test_a_number_that_may_be_1_by_chance_is_tried_as_a_factor_too_much(text, left_out):
    own = written(f"def f(delta, lr, outputs):\n    return {text}\n")
    kinds = Kinds(own, ())
    kinds._by_text["lr"] = Kind("float")
    names = [node for _, _, node in own.expressions if isinstance(node, ast.Name) and node.id == "lr"]
    found = without_the_factor(own.edit(own.definition.body[0], names[0], "outputs", "name"), kinds)
    assert (found and found.after) == left_out


@pytest.mark.parametrize(("text", "left_out"), [("d * (d > 0)", "d"), ("d[d > 0]", None)])
def test_a_mask_that_another_number_makes_always_true_is_tried_as_a_factor_too_much(text, left_out):
    own = written(f"def f(d):\n    return {text}\n")
    zeros = [node for _, _, node in own.expressions if isinstance(node, ast.Constant)]
    found = without_the_factor(own.edit(own.definition.body[0], zeros[0], "-1", "constant"), Kinds(own, ()))
    assert (found and found.after) == left_out


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("return a if a < 0.9 else 0", ["return a", "return 0"]),
        ("if a < 0.9:\n        return a\n    return 0", ["return a\n    return 0", "pass\n    return 0"]),
        ("return a * 0.9", []),
    ],
)
def test_a_branch_is_left_out_where_another_number_may_only_make_its_condition_always_true(text, left):
    own = written(f"def f(a):\n    {text}\n")
    number = next(node for _, _, node in own.expressions if isinstance(node, ast.Constant) and node.value == 0.9)
    made = without_the_condition(own.edit(own.definition.body[0], number, "1.9", "constant"))
    bodies = ["\n".join(one.text.splitlines()[1:]).strip() for one in made]
    assert [re.sub(r"\n\s*\n", "\n", one) for one in bodies] == left


def test_a_condition_that_another_function_lets_hold_is_tried_as_a_factor_too_much():
    own = written("def f(x, d):\n    return x * (np.sum(d) > 0)\n")
    called = next(node for _, _, node in own.expressions if isinstance(node, ast.Call))
    found = without_the_factor(own.edit(own.definition.body[0], called, "np.max(d)", "function"), Kinds(own, ()))
    assert found.after == "x"


def test_a_call_that_another_function_makes_without_effect_is_tried_as_too_much():
    """The largest of a single number is the number: no word of `argmax` being called for `max`."""
    own = written("def f(x, y):\n    return x == np.argmax(y)\n")
    called = next(node for _, _, node in own.expressions if isinstance(node, ast.Call))
    found = without_the_call(own.edit(own.definition.body[0], called, "np.max(y)", "function"))
    assert (found.after, title_of(found)) == ("y", "`np.argmax` is too much in `np.argmax(y)`")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("x -= x.mean(axis=0)", "`x -= x.mean(axis=0)` does not belong here"),
        (
            "x = 2 * (x + x.mean(axis=0))",
            "The term `x.mean(axis=0)` is too much in `x + x.mean(axis=0)`",
        ),
        ("x = x.mean(axis=0) / 2", None),
        ("x -= x.max(axis=0)", None),
    ],
)
def test_a_term_that_is_0_along_the_other_axis_is_too_much(line, told):
    """The gradients in the scores sum to 0 of each sample; a maximum that is taken off keeps exponentials small."""
    own = written(f"def f(x):\n    {line}\n    return x\n")
    called = next(node for _, _, node in own.expressions if isinstance(node, ast.Call))
    after = own.source(called).replace("0", "1")
    found = without_the_term(own.edit(own.definition.body[0], called, after, "axis"))
    assert (title_of(found) if found else None) == told


def test_what_was_1_in_every_call_is_no_size_to_divide_by():
    shapes = {"x": (4, 3), "b": (4, 1)}
    seen = {name: Seen(0, 1, np.zeros(shape), np.zeros(shape)) for name, shape in shapes.items()}
    run = SimpleNamespace(values=lambda function: [(name, None, one) for name, one in seen.items()])
    sizes = Kinds(written("def f(x, b):\n    return x / len(x)\n"), [run]).sizes
    assert "x.shape[1]" in sizes
    assert "b.shape[1]" not in sizes


@pytest.mark.parametrize(("end", "is_told"), [("n - b", True), ("n - b + 1", False), ("n", False), ("n - 2", False)])
def test_a_loop_over_parts_that_leaves_out_the_last_is_told_in_its_line(end, is_told):
    own = written(
        f"def f(x, n, b):\n    for _ in x:\n        a = [x[k : k + b] for k in range(0, {end}, b)]\n    return a\n"
    )
    found = leaves_out_the_last("f", own)
    assert (found is not None) is is_told
    assert found is None or own.line(found[1]) == 3


def test_what_would_be_lost_is_moved_to_no_other_place():
    """A second value for a name that is put there too early, or too late, is one that is too much."""
    own = written("def f(a, b):\n    c = a * b\n    c = b\n    return c\n")
    assert {"swapped", "later"}.isdisjoint(edit.kind for edit in other_statements(own))


def test_a_mask_that_another_name_makes_the_same_as_the_one_beside_it_is_tried_as_a_factor_too_much():
    own = written("def f(d, c):\n    return d * (c > 0) * (d > 0)\n")
    compared = [
        parent for _, parent, node in own.expressions if isinstance(parent, ast.Compare) and node is parent.left
    ]
    node = next(one.left for one in compared if one.left.id == "d")
    found = without_the_factor(own.edit(own.definition.body[0], node, "c", "name"), Kinds(own, ()))
    assert found.after == "d * (c > 0)"


def test_empty_lines_of_a_method_keep_their_numbers_in_an_edited_text():
    text = "class Net:\n    def f(self, d):\n        a = d\n\n        return a\n"
    definition = ast.parse(text).body[0].body[0]
    own = Written("Net.f", SimpleNamespace(text=text), definition, text)
    again = own.edited(own.edit(definition.body[0], definition.body[0].value, "-d", "sign"))
    assert [again.line(statement) for statement in again.definition.body] == [3, 5]


@pytest.mark.parametrize(("kept", "are"), [("v * lr", True), ("v * 2", False), ("v / lr", False)])
def test_what_is_divided_where_it_is_read_and_multiplied_where_it_is_kept_makes_up_for_something(kept, are):
    own = written("def f(v, lr):\n    v = v - 1\n    return v\n")
    first, last = own.definition.body
    edits = [
        own.edit(first, first.value.left, "v / lr", "divide"),
        own.edit(last, last.value, kept, "multiply" if "*" in kept else "divide"),
    ]
    assert are_inverse(*edits) is are


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("np.sum(Y * np.log(A))", ["label-of-0"]),
        ("np.sum((1 - Y) * np.log(1 - A))", ["label-of-1"]),
        ("Y * np.log(A) + (1 - Y) * (1 - np.log(A))", []),
    ],
)
def test_a_term_of_the_cost_is_that_of_the_label_that_its_factor_is(text, kinds):
    tree = ast.parse(text, mode="eval").body
    pairs = [(node, child) for node in ast.walk(tree) for child in ast.iter_child_nodes(node)]
    assert [kind for parent, node in pairs for _, kind in other_label(parent, node)] == kinds


@pytest.mark.parametrize(
    ("dropped", "are", "moves"), [("(a * b + d)", True, False), ("c", False, True), ("a", False, False)]
)
def test_what_one_edit_puts_in_and_another_drops_is_no_two_mistakes(dropped, are, moves):
    source = f"def f(a, b, c, d):\n    x = a + {dropped}\n    y = a * b\n    return x, y\n"
    own = Written("f", SimpleNamespace(source=source), ast.parse(source).body[0], source)
    first, last, _ = own.definition.body
    put_in = "a * b + d" if are else "a * b + c"
    edits = [own.edit(first, first.value, "a", "too-much"), own.edit(last, last.value, put_in, "label-of-0")]
    assert are_inverse(*edits) is are
    assert is_a_move(edits) is moves


@pytest.mark.parametrize(
    ("text", "is_tried"), [("len(np.unique(y))", False), ("np.unique(y).shape[0]", False), ("np.unique(y)", True)]
)
def test_of_what_the_size_alone_is_asked_for_no_other_function_is_tried(text, is_tried):
    source = f"def f(y):\n    a = {text}\n    return a\n"
    own = Written("f", SimpleNamespace(source=source), ast.parse(source).body[0], source)
    edits = [edit for name in ("slips", "names") for edit in dict(Tiers(own, Kinds(own, ()), []))[name]]
    assert any(edit.kind == "call-too-much" and edit.before == "np.unique(y)" for edit in edits) is is_tried


@pytest.mark.parametrize(
    ("begin", "go_on", "line"),
    [
        ("self.v = {}", "self.rho * self.v[k] - g[k]", 2),
        ("self.v = self.v or {}", "self.rho * self.v[k] - g[k]", 0),
        ("self.v = {}", "np.ones(3) * g[k]", 0),
    ],
)
def test_what_is_begun_anew_in_each_call_is_told_where_the_call_goes_on_with_it(begin, go_on, line):
    source = (
        f"def update(self, w, g):\n    {begin}\n    for k in w:\n        self.v[k] = np.zeros_like(w[k])\n"
        f"    for k in w:\n        self.v[k] = {go_on}\n        w[k] += self.v[k]\n"
    )
    found = set_anew(written(source))
    assert (found[1].lineno if found else 0) == line


@pytest.mark.parametrize(("first", "is_told"), [("initialize(n)", True), ("initialize(i)", False)])
def test_what_a_loop_begins_anew_with_is_told_where_no_pass_differs(first, is_told):
    source = f"def fit(n):\n    for i in range(n):\n        p = {first}\n        p = step(p)\n    return p\n"
    assert (set_anew(written(source)) is not None) is is_told


@pytest.mark.parametrize(
    ("expression", "meant", "kind"),
    [
        ("-np.log(p) / n", "-np.log(p / n)", "into-the-call"),
        ("(a - y) * a * (1 - a)", "a - y", "slope-too-much"),
        ("(a - y) * (a * (1 - a))", "a - y", "slope-too-much"),
        ("2 * r * (b - b)", "2 * r * b - b", "brackets"),
    ],
)
def test_what_is_meant_by_a_product_is_tried(expression, meant, kind):
    assert dict(other_expressions(ast.parse(expression, mode="eval").body))[meant] == kind
