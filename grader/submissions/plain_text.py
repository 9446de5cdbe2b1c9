"""Functions whose text cannot tell who answers what they call, but by the values that they get.

Such a function computes with arguments, constants and pure functions alone: it looks into no function, keeps nothing
from call to call, catches nothing, and nothing in the file changes what others see. It may draw numbers where what it
calls draws none: these are the same then whoever answers. What is not known to be so is not plain; most of what
students write is.
"""

import ast
import builtins
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from string import Formatter

from grader.submissions.submission import Submission
from grader.submissions.syntax import parse
from grader.submissions.trees import children, walk


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


IMPORTED = _words(
    """
    numpy math typing __future__ random matplotlib matplotlib.pyplot collections copy os time scipy scipy.io
    scipy.special scipy.optimize pandas h5py tqdm pickle json
    """
)
BUILTINS = _words(
    """
    range len zip enumerate min max sum abs float int list dict tuple sorted reversed print round str bool set any
    all isinstance ValueError TypeError NotImplementedError divmod pow complex slice
    """
)
NUMPY = _words(
    """
    abs absolute add all allclose amax amin any append arange arccos arcsin arctan arctanh argmax argmin argsort
    array array_split asarray atleast_2d average bincount bool_ broadcast_to c_ ceil clip concatenate cos cosh cross
    cumsum diag divide dot dstack e einsum equal errstate exp expand_dims expm1 eye finfo flatnonzero float32
    float64 floor full full_like greater greater_equal heaviside hstack identity inf inner int32 int64 invert
    isclose isfinite isinf isnan less less_equal linspace log log10 log1p log2 logaddexp logical_and logical_not
    logical_or logspace matmul max maximum mean median meshgrid min minimum moveaxis multiply nan nan_to_num
    negative newaxis nonzero ones ones_like outer pad pi power prod ravel reciprocal repeat reshape roll rot90 round
    searchsorted sign sin sinh split sqrt square squeeze stack std subtract sum swapaxes take take_along_axis tanh
    tensordot tile trace transpose tril triu unique unravel_index var vstack where zeros zeros_like
    """
)
METHODS = _words(
    """
    T all any append argmax argmin argsort astype clip copy cumsum dot dtype endswith extend flatten get insert items
    join keys lower max mean min ndim nonzero permutation prod ravel repeat reshape round shape shuffle size sort split
    squeeze standard_normal startswith std strip sum swapaxes tolist transpose update upper uniform values var normal
    integers choice
    """
)
DRAWS = _words(
    """
    choice default_rng gauss normal normalvariate permutation rand randint randn random random_sample randrange ranf
    RandomState sample seed shuffle standard_normal uniform
    """
)
CHANGING = _words("getattr setattr delattr vars globals locals eval exec compile __import__")
_NEVER = (
    ast.Global, ast.Nonlocal, ast.AsyncFunctionDef, ast.AsyncFor, ast.AsyncWith, ast.Await, ast.Yield, ast.YieldFrom,
    ast.Try, ast.Delete, ast.Import, ast.ImportFrom, ast.ClassDef, ast.Match,
)  # fmt: skip


@dataclass
class PlainText:
    """The definitions of one submission, as far as they are needed to tell which of its functions are plain."""

    is_readable: bool = True
    functions: dict[str, ast.FunctionDef] = field(default_factory=dict)  # `Class.method` for methods
    classes: set[str] = field(default_factory=set)
    constants: set[str] = field(default_factory=set)
    numpy: set[str] = field(default_factory=set)  # the names of these modules
    math: set[str] = field(default_factory=set)
    random: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)  # names of what may be anything

    def is_plain(self, name: str, served: Collection[str]) -> bool:
        """Whether a function, with all that it calls but those that are served, is plain."""
        waiting, known = [name], set()
        while waiting:
            one = waiting.pop()
            if one in known or (one in served and one != name):
                continue
            known.add(one)
            if not self.is_readable or one not in self.functions or one in self.others:
                return False
            looked_at = _Function(self, one, served)
            called = looked_at.called()
            if called is None or (looked_at.draws and not self._draw_nothing({*served} - {name})):
                return False
            waiting += called
        return True

    def _draw_nothing(self, names: Collection[str]) -> bool:
        """Whether functions of the submission leave the random numbers of others as they are, whatever they call."""
        waiting, known = [*names], set()
        while waiting:
            one = waiting.pop()
            if one in known or one not in self.functions:
                continue
            known.add(one)
            mentioned = {one, *_mentioned(self.functions[one])}
            if mentioned & {"random", *self.random, *self.others}:
                return False
            waiting += [name for name in self.functions if name.rpartition(".")[2] in mentioned]
            waiting += [f"{name}.__init__" for name in mentioned & self.classes]
        return True


def plain_text(submission: Submission) -> PlainText:
    """Read a submission's definitions."""
    found = PlainText()
    modules = {name.rpartition(".")[2] for name in submission.modules} | {*submission.modules}
    for unit in (*submission.units, *submission.modules.values()):
        tree = parse(unit.source)
        if tree is None or any(_changes_what_others_see(node, modules) for node in walk(tree)):
            return PlainText(is_readable=False)
        for statement in tree.body if unit in submission.units else ():
            _note(found, statement)
    found.constants -= found.others
    return found


def _changes_what_others_see(node: ast.AST, modules: Collection[str]) -> bool:
    if isinstance(node, ast.Attribute):
        is_hidden = node.attr.startswith("__") and node.attr != "__init__"
        return is_hidden or (not isinstance(node.ctx, ast.Load) and not _is_name(node.value, {"self"}))
    if isinstance(node, ast.Name):
        is_hidden = node.id.startswith("__") and node.id != "__name__"
        return is_hidden or node.id in CHANGING or (node.id == "self" and isinstance(node.ctx, ast.Store))
    if isinstance(node, ast.Import):
        return not {alias.name for alias in node.names} <= {*IMPORTED, *modules}
    if isinstance(node, ast.ImportFrom):
        return not (_is_of_builtins(node) or node.module in IMPORTED or node.module in modules) or any(
            alias.name == "*" for alias in node.names
        )
    return False


def _is_of_builtins(node: ast.ImportFrom) -> bool:
    """Whether names are imported that Python has anyway, for Python 2."""
    is_known = node.module in ("builtins", "past.builtins")
    return is_known and all(one.asname is None and one.name in {*BUILTINS, "object", "xrange"} for one in node.names)


def _note(found: PlainText, statement: ast.stmt) -> None:
    if isinstance(statement, ast.FunctionDef):
        if statement.name in found.functions or statement.decorator_list:
            found.others.add(statement.name)
        found.functions[statement.name] = statement
    elif isinstance(statement, ast.ClassDef):
        _note_class(found, statement)
    elif isinstance(statement, ast.Import):
        for alias in statement.names:
            kinds = {"numpy": found.numpy, "math": found.math, "random": found.random}
            kinds.get(alias.name, found.others).add(alias.asname or alias.name.partition(".")[0])
    elif isinstance(statement, ast.Assign) and _is_constant(statement.value):
        targets = [target.id for target in statement.targets if isinstance(target, ast.Name)]
        found.others |= found.constants & {*targets}
        found.constants.update(targets)
    else:
        found.others |= {
            node.id for node in walk(statement) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        }
        found.others |= {node.name for node in walk(statement) if isinstance(node, ast.FunctionDef | ast.ClassDef)}
        if isinstance(statement, ast.ImportFrom) and not _is_of_builtins(statement):
            found.others |= {alias.asname or alias.name for alias in statement.names}


def _note_class(found: PlainText, definition: ast.ClassDef) -> None:
    bases = [base for base in definition.bases if not _is_name(base, found.classes | {"object"})]
    is_known = not bases and not definition.keywords and not definition.decorator_list
    for member in definition.body:
        if isinstance(member, ast.FunctionDef):
            name = f"{definition.name}.{member.name}"
            if name in found.functions or member.decorator_list:
                found.others.add(name)
            found.functions[name] = member
        elif isinstance(member, ast.Assign | ast.AnnAssign):  # nobody can set it anew but for one object
            is_known &= member.value is None or _is_constant(member.value)
        elif not isinstance(member, ast.Expr | ast.Pass):
            is_known = False
    (found.classes if is_known and definition.name not in found.classes else found.others).add(definition.name)


def _is_plain_format(value: ast.expr) -> bool:
    """Whether a text shows in its places what is put there, and nothing that it holds."""
    if not isinstance(value, ast.Constant) or not isinstance(value.value, str):
        return False
    try:
        fields = [(field, form) for _, field, form, _ in Formatter().parse(value.value) if field is not None]
    except ValueError:
        return False
    return not any({*field} & {*".["} or "{" in (form or "") for field, form in fields)


def _is_constant(value: ast.expr) -> bool:
    if isinstance(value, ast.UnaryOp):
        value = value.operand
    return isinstance(value, ast.Constant)


class _Function:
    """One definition, looked at."""

    def __init__(self, text: PlainText, name: str, served: Collection[str]) -> None:
        self.text, self.definition, self.served = text, text.functions[name], served
        self.owner = name.rpartition(".")[0]
        self.local = {*_bound(self.definition)}
        if self.owner and self.definition.args.args:
            self.local.add("self")
        self._called: list[str] = []
        self.draws = False  # numbers of the generators that everybody shares

    def called(self) -> list[str] | None:
        """The functions of the submission that it calls; None if it is not plain."""
        if self.owner and (self.owner not in self.text.classes or not self._has_self()):
            return None
        defaults = [
            default
            for node in walk(self.definition)
            if isinstance(node, ast.arguments)
            for default in (*node.defaults, *node.kw_defaults)
        ]
        if not all(default is None or _is_constant(default) for default in defaults):
            return None
        return self._called if all(map(self._is_plain, self.definition.body)) else None

    def _has_self(self) -> bool:
        names = self.definition.args.args
        return bool(names) and names[0].arg == "self"

    def _is_plain(self, node: ast.AST) -> bool:
        if isinstance(node, _NEVER) or (isinstance(node, ast.FunctionDef) and node.decorator_list):
            return False
        if isinstance(node, ast.Call) and (known := self._calls(node.func)) is not None:
            return known and all(map(self._is_plain, (*node.args, *node.keywords)))
        if isinstance(node, ast.Compare) and any(isinstance(one, ast.Is | ast.IsNot) for one in node.ops):
            return all(map(_is_constant, node.comparators)) and self._is_plain(node.left)
        if isinstance(node, ast.Attribute):
            return self._is_plain_attribute(node)
        if isinstance(node, ast.Name):
            return self._is_value(node.id)
        if isinstance(node, ast.arg | ast.arguments):
            return True  # annotations are not looked at, defaults are constants
        return all(map(self._is_plain, children(node)))

    def _is_value(self, name: str) -> bool:
        if name in self.local:
            return name not in self.text.functions
        if name in self.text.functions or name in self.text.classes or name in self.text.others:
            return False
        return name in self.text.constants or (name in BUILTINS and hasattr(builtins, name))

    def _calls(self, function: ast.expr) -> bool | None:
        """Whether a call is of something pure or known; None if what is called is to be looked at like a value."""
        if isinstance(function, ast.Name) and function.id not in self.local:
            if function.id in self.text.classes:
                if f"{function.id}.__init__" in self.text.functions:
                    self._called.append(f"{function.id}.__init__")
                return True
            if function.id in self.text.functions or function.id in self.served:
                self._called.append(function.id)
                return True
        if isinstance(function, ast.Attribute) and _is_name(function.value, {"self"}) and self.owner:
            name = f"{self.owner}.{function.attr}"
            self._called.append(name)  # what is no method of its own class is none that is known
            return True
        return None

    def _is_plain_attribute(self, node: ast.Attribute) -> bool:
        value, attribute = node.value, node.attr
        if _is_name(value, self.text.numpy - self.local):
            return attribute in NUMPY
        if _is_name(value, self.text.math - self.local):
            return not attribute.startswith("_")
        if _is_name(value, self.text.random - self.local):
            return self._is_draw(attribute)
        if isinstance(value, ast.Attribute) and _is_name(value.value, self.text.numpy - self.local):
            return (value.attr, attribute) == ("linalg", "norm") or (
                value.attr == "random" and self._is_draw(attribute)
            )
        if _is_name(value, {"self"}) and self.owner:
            return f"{self.owner}.{attribute}" not in self.text.functions
        if attribute == "format":
            return _is_plain_format(value)
        return attribute in METHODS and self._is_plain(value)

    def _is_draw(self, attribute: str) -> bool:
        self.draws |= attribute not in ("default_rng", "RandomState")  # a generator of its own is nobody else's
        return attribute in DRAWS


def _is_name(node: ast.expr, names: Collection[str]) -> bool:
    return isinstance(node, ast.Name) and node.id in names


def _mentioned(definition: ast.FunctionDef) -> Iterator[str]:
    for node in walk(definition):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.alias):
            yield from node.name.split(".")


def _bound(definition: ast.FunctionDef) -> Iterator[str]:
    """The names that a function binds, in itself and in what is in it."""
    for node in walk(definition):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.FunctionDef) and node is not definition:
            yield node.name
