"""Layers: classes of a contract with two passes, of which a course's are a table of names around steps of operations.

    book = Style(parameter="{}", gradient="d{}")

    USES = (
        dense.use(),
        affine_layer("Affine", book, points=(10, 20)),
    )

A `Kind` says what a layer does, in the terms of steps; a `Style` how a course writes its layers: what the two passes
are called, and where parameters and gradients are kept. Of both come the class in the solution, and its checks. What
goes wrong is known to the operations whose steps the class calls.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from grader.assignments.contract import ContractFunction
from grader.assignments.declarations import Check
from grader.assignments.errors import AssignmentError

_PATH = re.compile(r"(\w+)(?:\[['\"](\w+)['\"]\]|\.(\w+))?")


@dataclass(frozen=True)
class Problem:
    """What a layer is tried on: its parameters, what comes in, and what comes back (None: nothing is handed back)."""

    parameters: Mapping[str, Any]
    given: tuple[Any, ...]
    returned: Any = None
    sizes: tuple[int, ...] = ()


@dataclass(frozen=True)
class Kind:
    """A layer in the terms of steps.

    Attributes:
        out: an expression of `takes` and the parameters.
        dx: an expression of these and of `dout`.
        gradients: parameter -> an expression as `dx`.
        drawn: what a layer is tried on.
        takes: what the forward pass is given.
    """

    out: str
    dx: str
    drawn: Callable[[np.random.Generator, int], Problem]
    gradients: Mapping[str, str] = field(default_factory=dict)
    takes: tuple[str, ...] = ("x",)


@dataclass(frozen=True)
class Style:
    """How a course writes its layers.

    Attributes:
        forward, backward: names of the passes.
        state: what the backward pass knows of the forward pass is "kept" in the instance, is "returned" by the forward
            pass as a cache, or is "given" again, with the outputs; "asked" alike, it is given what the forward pass is.
        parameter, gradient: where they are kept: `"{}"`, `"params['{}']"`, `"{}.value"`.
        gradients_of: of "given": the method that returns the gradients in the parameters, in their order.
        rate: whether the backward pass is given a learning rate, and changes the parameters.
        next_batch: whether the gradients of a batch "replace" those that are kept, or "add" to them, as the convention
            of `layer_steps` has it; or "either".
    """

    forward: str = "forward"
    backward: str = "backward"
    state: Literal["kept", "returned", "given", "asked"] = "kept"
    parameter: str = "{}"
    gradient: str = "d{}"
    gradients_of: str = ""
    rate: bool = False
    next_batch: Literal["replace", "add", "either"] = "replace"


@dataclass(frozen=True)
class Layer:
    """A class of the contract that is a layer.

    Attributes:
        names: parameter of the kind -> what the course calls it.
        transposed: parameters that the course keeps the other way round.
        made: what the constructor is given: the "parameters", the "sizes", "both", sizes first, or "nothing".
        begins: what the constructor does, as text; without it the parameters that it is given are kept.
        checks: of its passes.
        rows_too: whether a layer of columns may as well take samples as rows, with parameters that are turned.
    """

    name: str
    kind: Kind
    style: Style
    names: Mapping[str, str] = field(default_factory=dict)
    transposed: frozenset[str] = frozenset()
    made: Literal["parameters", "sizes", "both", "nothing"] = "nothing"
    begins: str = ""
    checks: tuple[Check, ...] = ()
    rows_too: bool = False

    # --- the class in the solution -------------------------------------------------------------------------

    def text(self, contract: Sequence[ContractFunction]) -> str:
        """The class, with the signatures of the contract.

        Raises:
            AssignmentError: the contract has no such class, or not its passes.
        """
        declared = {function.name: function for function in contract}
        methods = [*self._constructor(declared)]
        methods += [self._forward(self._signature(declared, self.style.forward))]
        methods += [self._backward(self._signature(declared, self.style.backward))]
        if self.style.gradients_of and self.kind.gradients:
            methods.append(self._gradients(self._signature(declared, self.style.gradients_of)))
        return f"class {self.name}:\n" + "\n".join(_indented(method) for method in methods)

    def _signature(self, declared: Mapping[str, ContractFunction], method: str) -> ContractFunction:
        name = f"{self.name}.{method}"
        if name not in declared:
            raise AssignmentError(f"the contract has no {name}, which the layer {self.name} needs")
        return declared[name]

    def _constructor(self, declared: Mapping[str, ContractFunction]) -> list[str]:
        """It is left out where there is nothing to do."""
        if self.name not in declared:
            raise AssignmentError(f"the contract has no class {self.name}, which composition.py has a layer for")
        function = declared[self.name]
        given = [f"{self._at(name)} = {self._called(name)}" for name in self.kind.gradients]
        lines = self.begins.splitlines() if self.begins else given if self.made == "parameters" else []
        if not lines:
            lines += self._empty(self.style.parameter, "None")
        if self.style.state == "kept" and not self.style.rate:
            lines += self._empty(self.style.gradient, "0.0")
        return [_method("__init__", function, lines)] if lines else []

    def _empty(self, place: str, value: str) -> list[str]:
        """Where parameters, or their gradients, are kept, before there are any."""
        paths = [place.format(self._called(name)) for name in self.kind.gradients]
        holders = dict.fromkeys(attribute for attribute, key, _ in map(_parts, paths) if key)
        return [f"self.{holder} = {{}}" for holder in holders] + [f"self.{path} = {value}" for path in paths]

    def _forward(self, function: ContractFunction) -> str:
        takes = self.kind.takes
        given = function.parameters[: len(takes)]
        lines = [f"{', '.join(takes)} = {', '.join(given)}"] if takes != given else []
        if self.style.state == "kept":
            lines.append(f"self._given = {', '.join(takes)},")
        lines += self._unpacked()
        if self.style.state == "returned":
            lines.append(f"return {self.kind.out}, ({', '.join(takes)},)")
        else:
            lines.append(f"return {self.kind.out}")
        return _method(self.style.forward, function, lines)

    def _backward(self, function: ContractFunction) -> str:
        kind, style, takes = self.kind, self.style, ", ".join(self.kind.takes)
        given = list(function.parameters)
        lines = self._unpacked()
        if style.state == "kept":
            lines.append(f"{takes}, = self._given")
        elif style.state == "returned":
            lines.append(f"{takes}, = {given[1]}")
        elif style.state == "asked":
            lines.append(f"{takes} = {', '.join(given[: len(kind.takes)])}")
        else:
            lines.append(f"{takes}, = {given[0]},")
        if re.search(r"\bdout\b", kind.dx + "".join(kind.gradients.values())):
            lines.append(f"dout = {given[2 if style.state == 'given' else 0]}")
        if style.rate and kind.gradients:
            lines += self._stepped(given[1])
        elif not style.gradients_of:
            for name, gradient in kind.gradients.items():
                at = self._gradient_at(name)
                lines.append(f"{at} = kept_gradient({at}, {self._turned(name, gradient)})")
        lines.append(f"return {kind.dx}")
        return _method(style.backward, function, lines)

    def _stepped(self, rate: str) -> list[str]:
        """The parameters after a step; what goes back is made with those of before."""
        lines = []
        for name, gradient in self.kind.gradients.items():
            lines.append(f"{name}_after = update({name}, {gradient}, {rate})")
        for name in self.kind.gradients:
            lines.append(f"{self._at(name)} = {self._turned(name, f'{name}_after')}")
            lines.append(f"{name} = on_the_way_back({name}, {name}_after)")
        return lines

    def _gradients(self, function: ContractFunction) -> str:
        given = function.parameters
        lines = [f"{', '.join(self.kind.takes)}, = {given[0]},", *self._unpacked()]
        if given[1] != "dout":
            lines.append(f"dout = {given[1]}")
        gradients = [self._turned(name, gradient) for name, gradient in self.kind.gradients.items()]
        return _method(self.style.gradients_of, function, [*lines, f"return [{', '.join(gradients)}]"])

    def _unpacked(self) -> list[str]:
        """Parameters of the instance under the names of the kind."""
        return [f"{name} = {self._turned(name, self._at(name))}" for name in self.kind.gradients]

    def _turned(self, name: str, expression: str) -> str:
        return f"({expression}).T" if name in self.transposed else expression

    def _called(self, name: str) -> str:
        return self.names.get(name, name)

    def _at(self, name: str) -> str:
        return f"self.{self.place_of(name)}"

    def _gradient_at(self, name: str) -> str:
        return "self." + self.style.gradient.format(self._called(name))

    # --- what is verified ----------------------------------------------------------------------------------

    def made_by(self, implementation: Any, problem: Problem) -> Any:
        """An instance that has the parameters of a problem."""
        return self.given_values(self.constructed(implementation, problem), problem)

    def constructed(self, implementation: Any, problem: Problem) -> Any:
        """What the constructor makes for a problem."""
        constructor = getattr(implementation, self.name)
        if self.made in ("parameters", "both"):
            sizes = problem.sizes if self.made == "both" else ()
            return constructor(*sizes, *self._values(problem).values())
        return constructor(*problem.sizes) if self.made == "sizes" else constructor()

    def given_values(self, layer: Any, problem: Problem) -> Any:
        """The instance, with the parameters of a problem."""
        if self.made not in ("parameters", "both"):
            for name, value in self._values(problem).items():
                _write(layer, self.place_of(name), value)
        return layer

    def place_of(self, parameter: str) -> str:
        """Where the course keeps a parameter of the kind."""
        return self.style.parameter.format(self._called(parameter))

    def _values(self, problem: Problem) -> dict[str, Any]:
        return {name: self._kept(name, value) for name, value in problem.parameters.items()}

    def _kept(self, name: str, value: Any) -> Any:
        return value.T if name in self.transposed else value

    def outputs(self, layer: Any, problem: Problem) -> Any:
        """What the forward pass returns, with the cache if there is one."""
        return getattr(layer, self.style.forward)(*problem.given)

    def sent_back(self, layer: Any, problem: Problem, rate: float = 0.37) -> Any:
        """What the backward pass returns, after a forward pass."""
        out = self.outputs(layer, problem)
        backward = getattr(layer, self.style.backward)
        returned = () if problem.returned is None else (problem.returned,)
        if self.style.state == "given":
            return backward(*problem.given, out, *returned)
        if self.style.state == "asked":
            return backward(*problem.given, *returned)
        if self.style.state == "returned":
            return backward(*returned, out[1])
        return backward(*returned, *((rate,) if self.style.rate else ()))

    def gradients(self, layer: Any, problem: Problem) -> dict[str, Any]:
        """By the course's names, after a backward pass; of a layer that takes a step, its parameters after it."""
        if self.style.gradients_of:
            found = getattr(layer, self.style.gradients_of)(*problem.given, problem.returned)
            return dict(zip(map(self._called, self.kind.gradients), found, strict=False))
        where = self.style.parameter if self.style.rate else self.style.gradient
        paths = [where.format(self._called(name)) for name in self.kind.gradients]
        return {path: _read(layer, path) for path in paths}


def _method(name: str, function: ContractFunction, lines: Sequence[str]) -> str:
    inside = function.signature[1:-1]
    return f"def {name}(self{', ' if inside else ''}{inside}):\n" + "\n".join(f"    {line}" for line in lines)


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines()) + "\n"


def _parts(path: str) -> tuple[str, str, str]:
    found = _PATH.fullmatch(path)
    if found is None:
        raise AssignmentError(f"{path!r} is no place of a parameter; write 'W', \"params['W']\" or 'W.value'")
    return found[1], found[2] or "", found[3] or ""


def _read(instance: Any, path: str) -> Any:
    attribute, key, inner = _parts(path)
    value = getattr(instance, attribute)
    return value[key] if key else getattr(value, inner) if inner else value


def _write(instance: Any, path: str, value: Any) -> None:
    attribute, key, inner = _parts(path)
    if key:
        setattr(instance, attribute, {**getattr(instance, attribute), key: value})
    else:
        held = getattr(instance, attribute)  # which must be there: a new attribute would change nothing
        setattr(held if inner else instance, inner or attribute, value)
