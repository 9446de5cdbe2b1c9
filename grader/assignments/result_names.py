"""What a function's results are called: in the contract's docstring, else in the solution's `return`.

A sentence about one of several results needs its name: "`dW` is wrong", never "the result at [1] is". So every name
that a sentence uses for a part of a result is made here.
"""

import ast
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")

_SECTION = re.compile(r"^(?P<indent>[ \t]*)Returns:?[ \t]*\n(?:[ \t]*-{3,}[ \t]*\n)?", re.MULTILINE)
_NAMES = r"[A-Za-z_]\w*(?:,\s*[A-Za-z_]\w*)+"
_TUPLE = re.compile(rf"(?:\A\s*|`)\(({_NAMES})\)|`({_NAMES})`")  # "(dx, dw, db), of …", "with y `(loss, grads)`"
_TYPES = frozenset({"array", "bool", "dict", "float", "int", "list", "ndarray", "number", "object", "str", "tuple"})
_ITEM = re.compile(r"^`?([A-Za-z_]\w*)`?\s*(?::|--|–|—)(?:\s|$)")  # "loss: …", "loss : float", "A -- the output"


@dataclass(frozen=True)
class ResultNames:
    """Names for the values that a function returns.

    Attributes:
        single: what its result is called where it returns one; empty where nobody says.
        several: what its results are called where it returns several, by how many there are.
        holder: what a dict or list that it returns may be called, in front of a key.
    """

    single: str = ""
    several: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    holder: str = ""

    def or_else(self, other: "ResultNames") -> "ResultNames":
        """These names, and the other's where these have none."""
        holder = self.single or self.holder or other.single or other.holder
        return ResultNames(self.single or other.single, {**other.several, **self.several}, holder)

    def followed_by(self, updated: tuple[str, ...]) -> "ResultNames":
        """These names, and behind them those of the arguments that a check gets as they are after the call."""
        if not updated:
            return self
        longer = {count + len(updated): (*names, *updated) for count, names in self.several.items()}
        return ResultNames(self.single, longer | dict(self.several), self.holder)

    def result(self, function: str) -> str:
        """The whole result, as a sentence names it: `` `grads` ``, or what it is the result of."""
        return _code(self.single) if self.single else f"the result of {_code(function)}"

    def part(self, path: tuple[str | int, ...], function: str, count: int | None) -> str:
        """A part of the result, as a sentence names it: `` `dW` ``, `` `grads["W1"]` ``, the second of its 2 results.

        Args:
            path: keys and positions that lead to the part.
            function: whose result it is.
            count: how many values the function returns; None where it returns one.
        """
        if not path:
            return self.result(function)
        first, rest = path[0], path[1:]
        if count is not None and isinstance(first, int):
            names = self.several.get(count)
            if names is not None and first < count:
                return _code(names[first] + subscripts(rest))
            whole = f"the {ORDINALS[first]} of its {count} results" if first < len(ORDINALS) else "one of its results"
            return f"{_code(_key(rest))} in {whole}" if rest else whole
        if holder := self.single or self.holder:
            return _code(holder + subscripts(path))
        is_word = isinstance(first, str) and first.isidentifier()
        return _code(_key(path)) if is_word else f"{_code(subscripts(path))} of the result"


def subscripts(path: tuple[str | int, ...]) -> str:
    """A path as it is written behind a name: `["W1"]`, `[0]`."""
    return "".join(f"[{step!r}]" if isinstance(step, int) else f'["{step}"]' for step in path)


def _key(path: tuple[str | int, ...]) -> str:
    first, rest = path[0], path[1:]
    return (first if isinstance(first, str) else subscripts((first,))) + subscripts(rest)


def _code(name: str) -> str:
    return "`" + name.replace("`", "'").replace("\n", " ") + "`"


def names_in_documentation(documentation: str) -> ResultNames:
    """The names that the section "Returns" of a docstring gives, in one of the common styles."""
    section = _section(documentation)
    several: dict[int, tuple[str, ...]] = {}
    for match in _TUPLE.finditer(section):
        names = tuple(re.split(r",\s*", match.group(1) or match.group(2)))
        several.setdefault(len(names), names)
    items = _items(section)
    if len(items) > 1:
        several.setdefault(len(items), items)
    return ResultNames(items[0] if len(items) == 1 else "", several)


def _section(documentation: str) -> str:
    found = _SECTION.search(documentation)
    if found is None:
        return ""
    lines: list[str] = []
    for line in documentation[found.end() :].split("\n"):
        is_outside = len(line) - len(line.lstrip()) <= len(found["indent"])
        if line.strip() and is_outside and not _is_item_of_numpy_style(found, line):
            break
        lines.append(line)
    text = "\n".join(lines).strip("\n")
    margin = min((len(line) - len(line.lstrip()) for line in text.split("\n") if line.strip()), default=0)
    return "\n".join(line[margin:] for line in text.split("\n"))


def _is_item_of_numpy_style(found: re.Match[str], line: str) -> bool:
    """Whether a line that is not indented is an item all the same: below a heading that is underlined, it is."""
    return "---" in found.group() and _ITEM.match(line.strip()) is not None


def _items(section: str) -> tuple[str, ...]:
    """The names that lines without indentation begin with, if every such line does."""
    lines = [line for line in section.split("\n") if line.strip() and not line[0].isspace()]
    matches = [_ITEM.match(line) for line in lines]
    named = [match.group(1) for match in matches if match is not None and match.group(1).lower() not in _TYPES]
    return tuple(named) if matches and matches[0] is not None and len(named) in (1, len(matches)) else ()


def names_in_code(source: str | bytes, functions: Collection[str]) -> Mapping[str, ResultNames]:
    """The names in the `return` statements of some functions, methods as `Class.method`."""
    there: dict[str, ast.FunctionDef] = {}
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef):
            there[node.name] = node
        elif isinstance(node, ast.ClassDef):
            members = [member for member in node.body if isinstance(member, ast.FunctionDef)]
            there |= {f"{node.name}.{member.name}": member for member in members}
    return {name: _returned(there[name]) for name in functions if name in there}


def _returned(function: ast.FunctionDef) -> ResultNames:
    holder = ""
    several: dict[int, tuple[str, ...]] = {}
    dicts = {*_dicts(function)}
    for value in _return_values(function):
        match value:
            case ast.Name(id=name):
                holder = holder or name
            case ast.Call(args=[ast.Name(id=name)]) if name in dicts:  # a last step that hands a dict on
                holder = holder or name
            case ast.Tuple(elts=elements) if all(isinstance(element, ast.Name) for element in elements):
                names = tuple(element.id for element in elements if isinstance(element, ast.Name))
                several.setdefault(len(names), names)
    return ResultNames("", several, holder)


def _dicts(function: ast.FunctionDef) -> Iterator[str]:
    """The variables that a dict is made in."""
    for node in ast.walk(function):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Dict() | ast.DictComp()):
                yield name
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.Dict() | ast.DictComp()):
                yield name
            case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=values)):
                pairs = zip(targets, values, strict=False)
                yield from (
                    t.id for t, v in pairs if isinstance(t, ast.Name) and isinstance(v, ast.Dict | ast.DictComp)
                )


def _return_values(function: ast.FunctionDef) -> Iterator[ast.expr]:
    """What a function returns, in the order of the text, without the functions that are defined in it."""
    waiting: list[ast.AST] = list(reversed(function.body))
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Return) and node.value is not None:
            yield node.value
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
            waiting += reversed(list(ast.iter_child_nodes(node)))
