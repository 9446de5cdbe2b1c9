"""A constructor with its slip put right: the parameters of the task, or its name for an attribute.

The class is as it was otherwise, so that its methods can be judged behind the slip.
"""

import ast
from collections.abc import Sequence

from grader.assignments import ContractFunction
from grader.diagnosis.repair.contents import Definition
from grader.diagnosis.written.absent import is_of_another_layer
from grader.near_names import nearest
from grader.submissions.trees import copied, walk


def with_parameters_of_the_task(constructor: Definition, asked: ContractFunction) -> str | None:
    """The text of a constructor that takes what the task gives it; what it takes besides is None then.

    None where the parameters are the same, which something else refuses.
    """
    given = constructor.args
    if given.vararg or given.kwarg or given.kwonlyargs or given.posonlyargs or not given.args:
        return None
    first, *own = [one.arg for one in given.args]
    wanted = [one for one in (*asked.arguments.posonlyargs, *asked.arguments.args) if one.arg not in ("self", "cls")]
    names = [one.arg for one in wanted]
    begin = len(wanted) - len(asked.arguments.defaults)
    defaults = [ast.unparse(one) for one in asked.arguments.defaults]
    parameters = [f"{name}={defaults[i - begin]}" if i >= begin else name for i, name in enumerate(names)]
    known = dict(zip(own[len(own) - len(given.defaults) :], given.defaults, strict=True))
    more = [name for name in own if name not in names]
    if not more and len(own) == len(names):
        return None
    optional = [f"{name}={ast.unparse(known[name]) if name in known else None}" for name in more]
    made = copied(constructor)
    made.args = _arguments([first, *parameters, *optional])
    return ast.unparse(made)


def reads_any_other(definition: Definition, constructor: Definition, asked: ContractFunction) -> bool:
    """Whether a method speaks of a parameter of its constructor that the task does not have: it cannot do without."""
    others = {one.arg for one in constructor.args.args[1:]} - {*asked.parameters}
    return any(
        (isinstance(node, ast.Name) and node.id in others) or (isinstance(node, ast.Attribute) and node.attr in others)
        for node in walk(definition)
    )


def own_name(constructor: Definition, attribute: str) -> str | None:
    """Under which name a constructor puts what the task asks for under another one, where that is evident."""
    kept = [
        node.attr
        for node in walk(constructor)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and isinstance(node.value, ast.Name)
    ]
    kept = [name for name in kept if not is_of_another_layer(name, attribute)]
    holding = [name for name in kept if attribute.casefold() in name.casefold()]
    return next(iter(holding or nearest(attribute, kept)), None)


def with_another_name(constructor: Definition, attribute: str, own: str) -> str | None:
    """The text of a constructor after which an attribute is there under the task's name as well as under its own."""
    if not constructor.args.args:
        return None
    self = constructor.args.args[0].arg
    alias = (
        f"type({self}).{attribute} = property(lambda own: own.{own}, lambda own, value: setattr(own, {own!r}, value))"
    )
    made = copied(constructor)
    made.body = [*constructor.body, *ast.parse(alias).body]
    return ast.unparse(made)


def _arguments(parameters: Sequence[str]) -> ast.arguments:
    (made,) = ast.parse(f"def f({', '.join(parameters)}): pass").body
    assert isinstance(made, ast.FunctionDef)
    return made.args
