"""Who speaks of whom in a submission's text: what a function may call, as far as names tell."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

from grader.submissions.submission import Submission
from grader.submissions.syntax import parse
from grader.submissions.trees import children

_DRAWING = frozenset(
    {"random", "rng", "default_rng", "RandomState", "Generator", "shuffle", "secrets", "urandom", "time"}
)
# What a text looks with at which function it has got, but for the values that this gives.
_LOOKING = frozenset({"inspect", "dis", "gc", "traceback", "linecache", "importlib", "ctypes", "ast", "tokenize"})
_LOOKING |= {"globals", "locals", "vars", "eval", "exec", "settrace", "setprofile", "_getframe", "modules"}


@dataclass
class Mentions:
    """The names in a submission's text.

    Attributes:
        by: name -> the functions in whose text it is mentioned; "" for what is assigned outside of all.
    """

    by: dict[str, set[str]] = field(default_factory=dict)

    def is_by_another(self, name: str) -> bool:
        """Whether a function is mentioned where it may be called by another one, or be given another name."""
        return bool(self.by.get(name.rpartition(".")[2], set()) - {name.rpartition(".")[2]})

    @property
    def looks_into_functions(self) -> bool:
        """Whether something in the text may tell one function from another by more than its values."""
        hidden = (name for name in self.by if name.startswith("__") and name not in ("__init__", "__name__"))
        return any(hidden) or not _LOOKING.isdisjoint(self.by)

    def draws(self, name: str) -> bool:
        """Whether a function, or one that it mentions, speaks of random numbers, or of what else is never the same."""
        drawing, grown = {*_DRAWING}, 0
        while len(drawing) > grown:
            grown = len(drawing)
            drawing |= {function for known in [*drawing] for function in self.by.get(known, ())} - {""}
        return name.rpartition(".")[2] in drawing


def mentions_in(submission: Submission) -> Mentions:
    found = Mentions()
    for unit in (*submission.units, *submission.modules.values()):
        tree = parse(unit.source)
        for statement in tree.body if tree is not None else ():
            is_used_once = isinstance(statement, ast.Expr | ast.For | ast.While | ast.If | ast.With | ast.Assert)
            for name, function in _names(statement, ""):
                if function or not is_used_once:
                    found.by.setdefault(name, set()).add(function)
    return found


def _names(node: ast.AST, function: str, parameters: frozenset[str] = frozenset()) -> Iterator[tuple[str, str]]:
    """The names below a node, each with the function that it is in.

    A parameter (`eval` of a layer that trains or evaluates) is none of Python's functions that have the same name.
    """
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        for default in (*node.args.defaults, *node.args.kw_defaults, *node.decorator_list):
            yield from _names(default, node.name, parameters) if default is not None else ()
        own = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
        function, parameters = node.name, parameters | {one.arg for one in own} & _LOOKING
    elif isinstance(node, ast.Name) and node.id not in parameters:
        yield node.id, function
    elif isinstance(node, ast.Attribute):
        yield node.attr, function
    elif isinstance(node, ast.alias):
        yield node.name.rpartition(".")[2], function
    for child in children(node):
        yield from _names(child, function, parameters)
