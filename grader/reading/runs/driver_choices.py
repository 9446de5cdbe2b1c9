"""What is given to a parameter that chooses among what a text knows by names: `if self.activation == "tanh"`."""

import ast
import re
from collections.abc import Iterable

from grader.reading.runs.driver_words import in_english

#: what such a parameter is called
CHOICES = (
    r"(\w+_)?(activation|loss|cost|error|optimi[sz]er|initiali[sz]\w+|method)"
    r"(_?(functions?|f(u?nc|n)s?|types?|names?|s))?"
)
_LIKELY = ("sigmoid", "tanh", "relu", "sgd", "gd", "mse", "mean_squared_error")
_PLACE = re.compile(r"\{choice (\w+)\}")


class Choices:
    """The names that the texts compare something with, and the functions that they define."""

    def __init__(self, trees: Iterable[ast.Module]) -> None:
        self._named: dict[str, dict[str, None]] = {}
        self._functions: set[str] = set()
        for tree in trees:
            self._functions |= {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
            for node in ast.walk(tree):
                if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq | ast.In):
                    found = self._named.setdefault(_last_name(node.left), {})
                    for one in ast.walk(node.comparators[0]):
                        if isinstance(one, ast.Constant) and isinstance(one.value, str):
                            found[one.value] = None

    def filled(self, lines: str) -> str | None:
        """Lines with what is chosen in its place; None if the texts do not tell what there is to choose."""
        for name in dict.fromkeys(_PLACE.findall(lines)):
            value = self._value(name)
            if value is None:
                return None
            is_list = in_english(name).endswith("s") and not in_english(name).endswith(("loss", "class"))
            value = f"[{value}] * (len({{sizes}}) - 1)" if is_list else value
            lines = lines.replace(f"{{choice {name}}}", value)
        return lines

    def _value(self, name: str) -> str | None:
        for compared, texts in self._named.items():
            if texts and compared and in_english(name).startswith(in_english(compared)):
                return repr(min(texts, key=lambda text: _rank(text.lower())))
        known = [one for one in _LIKELY if one in self._functions]
        return known[0] if known and "activation" in in_english(name) else None


def _rank(text: str) -> int:
    return _LIKELY.index(text) if text in _LIKELY else len(_LIKELY)


def _last_name(node: ast.expr) -> str:
    """The last of the names in `self.layer["activation"]`."""
    if isinstance(node, ast.Subscript):
        return node.slice.value if isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str) else ""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
