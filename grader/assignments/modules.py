"""Runs an assignment's own Python, a file or a folder of files, and tells what its functions are built on."""

import ast
import importlib
import io
import sys
import threading
import tokenize
import traceback
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from pathlib import Path
from types import CodeType, ModuleType

from grader.assignments.errors import AssignmentError
from grader.submissions.syntax import is_text
from grader.submissions.trees import walk

_running = threading.RLock()  # two threads may read the same assignment, under the same module names


def compile_file(path: Path) -> CodeType:
    """The code of one file.

    Raises:
        AssignmentError: it is not there, or is not Python.
    """
    return compile_text(read_text(path), path)


def read_text(path: Path) -> str:
    """The text of one Python file, in the encoding that it names.

    Raises:
        AssignmentError: it is not there, or its bytes are no such text.
    """
    if not path.is_file():
        raise AssignmentError(f"{path.parent.name}: there is no {path.name} (`grade new DIR` shows what is in one)")
    try:
        with tokenize.open(path) as file:
            return file.read()
    except (SyntaxError, ValueError) as error:
        raise AssignmentError(f"{path} is not Python: {error}") from error


def compile_text(text: str, path: Path) -> CodeType:
    """The code of a text that stands for a file.

    Raises:
        AssignmentError: it is not Python.
    """
    try:
        return compile(text, str(path), "exec")
    except (SyntaxError, ValueError) as error:
        raise AssignmentError(f"{path} is not Python: {error}") from error


def run_file(code: CodeType | Sequence[CodeType], name: str) -> ModuleType:
    """A fresh module of that name, made by one code or several; `sys.modules` is left as it was.

    Raises:
        AssignmentError: it does not run: which line raises what.
    """
    module = ModuleType(name)
    codes = [code] if isinstance(code, CodeType) else code
    module.__file__ = codes[0].co_filename if codes else None
    with _running, _errors_told(codes):
        sys.modules[name] = module  # dataclasses and typing look their module up while it is being run
        try:
            with redirect_stdout(io.StringIO()):  # what a notebook shows is nothing for whoever reads a report
                for part in codes:
                    exec(part, vars(module))
        finally:
            del sys.modules[name]
    return module


def run_part(folder: Path, part: str, name: str) -> tuple[ModuleType, ...]:
    """The modules of `part.py`, or of the folder `part/`, whose files can import from one another; none of neither.

    Those of a folder come in the order of the files' names, an `__init__.py` first.

    Raises:
        AssignmentError: there are both, the folder cannot be such a package, or something does not run.
    """
    file, package = folder / f"{part}.py", folder / part
    paths = sorted(package.glob("*.py"))
    if file.is_file() and paths:
        raise AssignmentError(f"{folder.name}: there are both {file.name} and files in {part}/; keep one or the other")
    if file.is_file():
        return (run_file(compile_file(file), name),)
    if not package.is_dir():
        return ()
    _demand_importable(package, paths)
    codes = {name: compile("", str(package / "__init__.py"), "exec")}
    for path in paths:
        codes[name if path.stem == "__init__" else f"{name}.{path.stem}"] = compile_file(path)
    return _run_package(codes, name)


def _demand_importable(package: Path, paths: Sequence[Path]) -> None:
    where = f"{package.parent.name}: {package.name}/"
    if not paths:
        raise AssignmentError(f"{where} holds no Python file; write {package.name}/some_name.py")
    for path in paths:
        if not path.stem.isidentifier():
            raise AssignmentError(f"{where}{path.name} cannot be imported; name it with letters, digits and _")
    if nested := sorted(package.glob("*/**/*.py")):
        raise AssignmentError(
            f"{where}{nested[0].relative_to(package).as_posix()} would not be read; "
            f"put Python files into {package.name}/ itself"
        )


class _Given(MetaPathFinder, Loader):
    """Imports the modules of one package from code at hand: without caches, whatever else bears these names."""

    def __init__(self, codes: Mapping[str, CodeType], package: str) -> None:
        self.codes, self.package = codes, package

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if name not in self.codes:
            return None
        return spec_from_loader(name, self, is_package=name == self.package)

    def exec_module(self, module: ModuleType) -> None:
        code = self.codes[module.__name__]
        module.__file__ = code.co_filename
        exec(code, vars(module))


def _run_package(codes: Mapping[str, CodeType], package: str) -> tuple[ModuleType, ...]:
    finder = _Given(codes, package)
    with _running, _errors_told(list(codes.values()), package):
        sys.meta_path.insert(0, finder)
        try:
            return tuple(importlib.import_module(name) for name in codes)
        finally:
            sys.meta_path.remove(finder)
            for name in codes:
                sys.modules.pop(name, None)


_LISTED = ("operations",)  # packages in which a wrong name is answered by what there is


def _there_are(library: ModuleType) -> str:
    return f"; it has {', '.join(library.__all__)}"


@contextmanager
def _errors_told(codes: Sequence[CodeType], package: str = "") -> Iterator[None]:
    """What files raise, as an `AssignmentError` that names the innermost of their lines."""
    try:
        yield
    except Exception as error:
        paths = {code.co_filename for code in codes}
        frames = [(frame.f_code.co_filename, line) for frame, line in traceback.walk_tb(error.__traceback__)]
        path, line = [place for place in frames if place[0] in paths][-1]
        message = str(error).replace(package, Path(path).parent.name) if package else str(error)
        if isinstance(error, ImportError) and error.name in _LISTED:
            message = message.partition(" (/")[0] + _there_are(sys.modules[error.name])
        kind = "" if isinstance(error, AssignmentError) else f"{type(error).__name__}: "
        raise AssignmentError(f"{path}, line {line}: {kind}{message}") from error


def callees(source: str | bytes, names: Collection[str]) -> Mapping[str, frozenset[str]]:
    """For each name, the others of `names` that its code reaches, through helper functions too.

    Methods are looked at under their own name, `Class.method`; a class reaches what its constructor does.
    """
    direct: dict[str, set[str]] = {}
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef):
            direct[node.name] = _mentioned(node)
        elif isinstance(node, ast.ClassDef):
            direct[node.name] = set()
            for member in node.body:
                if isinstance(member, ast.FunctionDef):
                    own = node.name if member.name == "__init__" else f"{node.name}.{member.name}"
                    direct[own] = {
                        f"{node.name}.{name[5:]}" if name.startswith("self.") else name for name in _mentioned(member)
                    }
    return {name: frozenset(_reach(name, direct) & set(names) - {name}) for name in names}


def steps_behind_methods(source: str | bytes, names: Collection[str]) -> Mapping[str, str]:
    """Method, of `names` -> the function that it hands its arguments to, and does nothing else.

    Who calls that function instead asks for the same.
    """
    found: dict[str, str] = {}
    for owner in ast.parse(source).body:
        if not isinstance(owner, ast.ClassDef):
            continue
        for member in owner.body:
            if isinstance(member, ast.FunctionDef):
                name = f"{owner.name}.{member.name}"
                if name in names and (step := _handed_to(member)):
                    found[name] = step
    return found


def _handed_to(method: ast.FunctionDef) -> str:
    """The function that a method is another name for; "" if it is none."""
    body = [statement for statement in method.body if not is_text(statement)]
    if len(body) != 1 or not isinstance(body[0], ast.Return) or not isinstance(body[0].value, ast.Call):
        return ""
    call, own = body[0].value, [argument.arg for argument in method.args.args[1:]]
    given = [argument.id if isinstance(argument, ast.Name) else "" for argument in call.args]
    is_plain = own == given and not call.keywords and not method.args.kwonlyargs and not method.args.defaults
    return call.func.id if is_plain and isinstance(call.func, ast.Name) else ""


def defined_functions(source: str | bytes) -> tuple[str, ...]:
    """Names of the functions, classes and methods (`Class.method`) that a module defines at its top level."""
    names: list[str] = []
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef):
            names.append(node.name)
        elif isinstance(node, ast.ClassDef):
            members = [member.name for member in node.body if isinstance(member, ast.FunctionDef)]
            names += [node.name, *(f"{node.name}.{member}" for member in members if member != "__init__")]
    return tuple(names)


def _mentioned(node: ast.AST) -> set[str]:
    names = set()
    for part in walk(node):
        match part:
            case ast.Name(id=name):
                names.add(name)
            case ast.Attribute(value=ast.Name(id="self"), attr=member):
                names.add(f"self.{member}")
    return names


def _reach(name: str, direct: Mapping[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    waiting = [name]
    while waiting:
        for other in direct.get(waiting.pop(), set()):
            if other not in reached:
                reached.add(other)
                waiting.append(other)
    return reached
