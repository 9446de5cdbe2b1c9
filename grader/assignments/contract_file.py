"""Reading `contract.py`: the functions and classes that it declares, with what their decorators say."""

import ast
import inspect
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeGuard

from grader.assignments.contract import ContractFunction, ScriptTerms
from grader.assignments.errors import AssignmentError
from grader.assignments.result_names import names_in_documentation


def read_contract(path: Path) -> tuple[ContractFunction, ...]:
    """The functions of a `contract.py`, in its order.

    Raises:
        AssignmentError: the file is absent, is not Python, declares nothing, or leaves a docstring out.
    """
    if not path.is_file():
        raise AssignmentError(f"{path.parent.name}: there is no {path.name}; it declares what students implement")
    try:
        tree = ast.parse(path.read_bytes(), str(path))
    except SyntaxError as error:
        raise AssignmentError(f"{path}: line {error.lineno} is not Python: {error.msg}") from error
    except ValueError as error:
        raise AssignmentError(f"{path} is not Python: {error}") from error
    functions = tuple(declared_functions(tree.body, path))
    names = [function.name for function in functions]
    if doubled := {name for name in names if names.count(name) > 1}:
        raise AssignmentError(f"{path} declares {', '.join(sorted(doubled))} twice")
    if not functions:
        raise AssignmentError(f"{path} declares no function; write `def name(arguments):` with a docstring")
    return functions


def declared_functions(body: Sequence[ast.stmt], path: Path) -> Iterator[ContractFunction]:
    """The functions, classes and methods that top-level statements declare.

    Raises:
        AssignmentError: one has no docstring, or a decorator says what none can.
    """
    private = {node.name: ast.unparse(node) for node in body if isinstance(node, ast.ClassDef) and node.name[0] == "_"}
    for node in body:
        if isinstance(node, ast.FunctionDef):
            function = _function(node, path, prefix="")
            yield replace(function, made=_made(node, path, private))
        elif isinstance(node, ast.ClassDef) and node.name not in private:
            constructor = _constructor(node)
            made = _made(constructor, path, private) if constructor else ()
            yield replace(_class(node, path), made=made)
            for member in node.body:
                if isinstance(member, ast.FunctionDef) and member.name != "__init__":
                    yield _function(member, path, prefix=f"{node.name}.")


def _function(node: ast.FunctionDef, path: Path, prefix: str) -> ContractFunction:
    documentation = ast.get_docstring(node)
    if not documentation:
        raise AssignmentError(f"{path}: {prefix}{node.name} has no docstring; say shapes, units and result in one")
    return ContractFunction(
        name=prefix + node.name,
        kind="method" if prefix else "function",
        signature=_signature(node.args, drop_self=bool(prefix)),
        documentation=inspect.cleandoc(documentation),
        source=_starter_source(node, documentation),
        kept=_opaque_positions(node.returns),
        outputs=len(node.returns.slice.elts) if _is_tuple(node.returns) else None,
        returns=node.returns is not None and ast.unparse(node.returns) != "None",
        is_plain=not any(_is_opaque(part) for part in _annotation_parts(node)),
        script=_script_terms(node, path),
        vectorized=_not_looped_over(node, path),
        updates=_changed(node, path, "updates"),
        may_change=_changed(node, path, "may_change"),
        may_lack=_omissible(node, path),
        line=node.lineno,
        results=names_in_documentation(inspect.cleandoc(documentation)),
    )


def _script_terms(node: ast.FunctionDef, path: Path) -> ScriptTerms | None:
    declared = _decorator(node, "script")
    if declared is None:
        return None
    try:
        written = _keywords(declared)
        terms = ScriptTerms(tuple(written.pop("reads")), written.pop("loop"), written.pop("start"))
    except (ValueError, KeyError, TypeError):
        raise AssignmentError(f'{path}: {node.name}: write @script(reads=["…"], loop="…", start="…")') from None
    _demand_parameters(node, {terms.loop, terms.start}, "script", path)
    return terms


def _not_looped_over(node: ast.FunctionDef, path: Path) -> tuple[str, ...]:
    declared = _decorator(node, "vectorized")
    if declared is None:
        return ()
    written = AssignmentError(f'{path}: {node.name}: write @vectorized(over=["…"]) with names of parameters')
    try:
        names = _keywords(declared)["over"]
    except (ValueError, KeyError):
        raise written from None
    if not names or not isinstance(names, list | tuple) or not all(isinstance(name, str) for name in names):
        raise written
    _demand_parameters(node, set(names), "vectorized", path)
    return tuple(names)


def _changed(node: ast.FunctionDef, path: Path, decorator: str) -> tuple[str, ...]:
    declared = _decorator(node, decorator)
    if declared is None:
        return ()
    written = declared.args if isinstance(declared, ast.Call) else []
    names = tuple(part.value for part in written if isinstance(part, ast.Constant) and isinstance(part.value, str))
    if not names or len(names) != len(written):
        raise AssignmentError(f'{path}: {node.name}: write @{decorator}("…") with names of parameters')
    _demand_parameters(node, set(names), decorator, path)
    return names


def _made(node: ast.FunctionDef, path: Path, private: Mapping[str, str]) -> tuple[tuple[str, str, str], ...]:
    declared = _decorator(node, "made")
    if declared is None:
        return ()
    written = {k.arg or "**": k.value for k in declared.keywords} if isinstance(declared, ast.Call) else {}
    classes = {name: value.id for name, value in written.items() if isinstance(value, ast.Name) and value.id in private}
    if not classes or len(classes) < len(written):
        raise AssignmentError(f"{path}: {node.name}: write @made(parameter=_Class), with a class of this file")
    _demand_parameters(node, set(classes), "made", path)
    return tuple((name, called, private[called]) for name, called in classes.items())


def _omissible(node: ast.FunctionDef, path: Path) -> tuple[str, ...]:
    declared = _decorator(node, "may_lack")
    if declared is None:
        return ()
    written = declared.args if isinstance(declared, ast.Call) else []
    names = tuple(name.value for name in written if isinstance(name, ast.Constant) and isinstance(name.value, str))
    last = tuple(argument.arg for argument in node.args.args)[-len(names) :]
    if not names or len(names) < len(written) or names != last:
        raise AssignmentError(f"{path}: {node.name}: @may_lack(…) names its last parameters, in order")
    return names


def _decorator(node: ast.FunctionDef, name: str) -> ast.expr | None:
    for decorator in node.decorator_list:
        called = decorator.func if isinstance(decorator, ast.Call) else decorator
        if isinstance(called, ast.Name) and called.id == name:
            return decorator
    return None


def _keywords(decorator: ast.expr) -> dict[str, Any]:
    """The keyword arguments as written; ValueError where one is no literal."""
    keywords = decorator.keywords if isinstance(decorator, ast.Call) else []
    return {keyword.arg or "**": ast.literal_eval(keyword.value) for keyword in keywords}


def _demand_parameters(node: ast.FunctionDef, names: set[str], decorator: str, path: Path) -> None:
    if absent := names - {
        argument.arg for argument in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
    }:
        raise AssignmentError(
            f"{path}: {node.name} has no parameter {', '.join(sorted(absent))}, which @{decorator} names"
        )


def _constructor(node: ast.ClassDef) -> ast.FunctionDef | None:
    return next((m for m in node.body if isinstance(m, ast.FunctionDef) and m.name == "__init__"), None)


def _class(node: ast.ClassDef, path: Path) -> ContractFunction:
    documentation = ast.get_docstring(node)
    if not documentation:
        raise AssignmentError(f"{path}: class {node.name} has no docstring; say what it is and what it holds")
    constructor = _constructor(node)
    signature = _signature(constructor.args, drop_self=True) if constructor else "()"
    return ContractFunction(
        name=node.name,
        kind="class",
        signature=signature,
        documentation=inspect.cleandoc(documentation),
        source=_class_source(node, documentation, constructor),
        line=node.lineno,
    )


def _signature(arguments: ast.arguments, *, drop_self: bool) -> str:
    bare = _strip(arguments)
    if drop_self:
        del (bare.posonlyargs or bare.args)[:1]
    return f"({ast.unparse(bare)})"


def _strip(arguments: ast.arguments) -> ast.arguments:
    def plain(argument: ast.arg) -> ast.arg:
        return ast.arg(argument.arg)

    return ast.arguments(
        posonlyargs=[plain(a) for a in arguments.posonlyargs],
        args=[plain(a) for a in arguments.args],
        vararg=plain(arguments.vararg) if arguments.vararg else None,
        kwonlyargs=[plain(a) for a in arguments.kwonlyargs],
        kw_defaults=arguments.kw_defaults,
        kwarg=plain(arguments.kwarg) if arguments.kwarg else None,
        defaults=arguments.defaults,
    )


def _starter_source(node: ast.FunctionDef, documentation: str) -> str:
    return f"def {node.name}({ast.unparse(_strip(node.args))}):\n{_docstring(documentation)}"


def _class_source(node: ast.ClassDef, documentation: str, constructor: ast.FunctionDef | None) -> str:
    source = f"class {node.name}:\n{_docstring(documentation)}"
    if constructor is None or len(constructor.args.args) == 1:  # what is given nothing need not be written
        return source
    body = f"def __init__({ast.unparse(_strip(constructor.args))}):\n    raise NotImplementedError"
    return f"{source}\n\n{textwrap.indent(body, '    ')}"


def _docstring(documentation: str) -> str:
    quoted = inspect.cleandoc(documentation).replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    first, *rest = quoted.splitlines()
    if not rest:
        end = " " if first.endswith('"') else ""
        return f'    """{first}{end}"""'
    body = "\n".join(f"    {line}".rstrip() for line in rest)
    return f'    """{first}\n{body}\n    """'


def _opaque_positions(returns: ast.expr | None) -> tuple[int, ...]:
    """Which outputs are annotated `Opaque`: `tuple[Array, Opaque]` -> (1,), `Opaque` -> (-1,)."""
    if returns is not None and _is_opaque(returns):
        return (-1,)
    if _is_tuple(returns):
        return tuple(i for i, element in enumerate(returns.slice.elts) if _is_opaque(element))
    return ()


def _is_tuple(returns: ast.expr | None) -> TypeGuard["_TupleAnnotation"]:
    """Whether it is `tuple[A, B]`: neither `dict[A, B]` nor `tuple[A, ...]`."""
    return (
        isinstance(returns, ast.Subscript)
        and ast.unparse(returns.value) in ("tuple", "Tuple", "typing.Tuple")
        and isinstance(returns.slice, ast.Tuple)
        and not any(isinstance(part, ast.Constant) and part.value is ... for part in returns.slice.elts)
    )


def _is_opaque(node: ast.AST) -> bool:
    return (isinstance(node, ast.Name) and node.id == "Opaque") or (
        isinstance(node, ast.Attribute) and node.attr == "Opaque"
    )


def _annotation_parts(node: ast.FunctionDef) -> Iterator[ast.AST]:
    written = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs, node.args.vararg, node.args.kwarg]
    for part in [node.returns, *(argument.annotation for argument in written if argument is not None)]:
        if part is not None:
            yield from ast.walk(part)


class _TupleAnnotation(ast.Subscript):
    slice: ast.Tuple
