"""Stand-ins for modules that a notebook imports and a cell does not have.

Pictures, widgets and progress bars need not work for a submission to be graded, and an `import` that fails would
stop the rest of a file.  So every missing third-party module imports.  Those for display accept anything that is
done with them; what comes out of any other fails as soon as it is used in a computation, since a made-up value
would be graded.  Missing modules of the standard library, of this Python or of Python 2, stay missing.
"""

from __future__ import annotations

import ast
import builtins
import dis
import importlib
import importlib.abc
import importlib.machinery
import linecache
import sys
import types
from typing import Any, Callable, Iterable, Iterator, Sequence

from . import bridges, special_functions

DISPLAY_MODULES = frozenset([
    "IPython", "PIL", "altair", "bokeh", "cv2", "graphviz", "imageio", "ipywidgets", "matplotlib", "mpl_toolkits",
    "plotly", "plotnine", "pydot", "pylab", "seaborn", "tensorboard", "tensorboardX", "tqdm", "wandb",
])  # fmt: skip
PYTHON_2_MODULES = frozenset([
    "BaseHTTPServer", "ConfigParser", "Cookie", "HTMLParser", "Queue", "SimpleHTTPServer", "SocketServer",
    "StringIO", "Tkinter", "UserDict", "UserList", "UserString", "anydbm", "cPickle", "cStringIO", "commands",
    "cookielib", "copy_reg", "exceptions", "httplib", "md5", "sets", "sha", "thread", "urllib2", "urlparse",
])  # fmt: skip
# sys.stdlib_module_names exists since Python 3.10; for older ones, those that a build may lack.
_OPTIONAL_STANDARD_MODULES = [
    "bz2", "ctypes", "curses", "dbm", "lzma", "msilib", "readline", "sqlite3", "ssl", "tkinter", "turtle",
    "winreg", "winsound",
]  # fmt: skip
STANDARD_MODULES = frozenset(getattr(sys, "stdlib_module_names", _OPTIONAL_STANDARD_MODULES))


class StandInUsed(ImportError):
    """A value that comes from a stand-in module was used as if it were real."""


class StandIn:
    """Whatever a stand-in module contains: attributes, calls, items and `with` give more of the same."""

    def __init__(self, name: str) -> None:
        self.__dict__["_stand_in_name"] = name

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)  # protocols such as copy and numpy's ask, and must hear no
        given = self.gives(self._stand_in_name + "." + name) if isinstance(self, MissingValue) and self.gives else None
        value = self._another("." + name) if given is None else given
        self.__dict__[name] = value  # the same again: `kind == Kind.TANH`
        return value

    def __setattr__(self, name: str, value: Any) -> None:
        self.__dict__[name] = value

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        # As a decorator, with arguments of its own or without, it leaves the function as it is.
        is_function = len(args) == 1 and not kwargs and isinstance(args[0], (types.FunctionType, type))
        if is_function and args[0].__module__ != "builtins":  # else it is `data.astype(float)`
            return args[0]
        # what is made of arrays is none of the data that a function loads
        return self._another("(…)" if any(hasattr(one, "__array__") for one in args) else "()")

    def __getitem__(self, key: Any) -> Any:
        return self._another("[]")

    def __setitem__(self, key: Any, value: Any) -> None:
        pass

    def __iter__(self) -> Iterator[Any]:
        names, count = unpacked_names(sys._getframe(1))
        if count and isinstance(self, MissingValue) and self.loads is not None:
            served = self.loads(self._stand_in_name, names)
            if served is not None:
                return iter([self._another("[]") if one is None else one for one in served])
        if not count and isinstance(self, MissingValue):
            _refuse(self)  # a loop that runs over nothing would pass in silence
        return iter([self._another("[]") for _ in range(count)])

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *details: Any) -> None:
        pass

    def __mro_entries__(self, bases: tuple[Any, ...]) -> tuple[type, ...]:
        return ()  # `class Net(nn.Module)`: the class is made without this base

    def __repr__(self) -> str:
        return "<stand-in for %s>" % self._stand_in_name

    def _another(self, step: str) -> StandIn:
        kind = DisplayValue if isinstance(self, DisplayValue) else MissingValue
        return kind(self._stand_in_name + step)


class DisplayValue(StandIn):
    """From a module for display: operators work, and what they give is for display again."""

    def __len__(self) -> int:
        return 0

    def __bool__(self) -> bool:
        return True


class MissingValue(StandIn):
    """From a module that is not for display: refuses to be a number."""

    loads: Any = None  # what gives data in its place, by its name and by the names that it is unpacked to
    gives: Any = None  # what gives a function in its place that has one meaning, by its name
    starred: Any = None  # what `from module import *` gives of a module, by its name

    def __bool__(self) -> bool:
        return False  # `if torch.cuda.is_available()`


def _same(self: DisplayValue, *args: Any) -> Any:
    return self


def _refuse(self: StandIn, *args: Any, **kwargs: Any) -> Any:
    name = self._stand_in_name
    raise StandInUsed("%s was used in a computation, but `%s` is not available here" % (name, name.split(".")[0]))


def _define_operators() -> None:
    binary = ["add", "sub", "mul", "matmul", "truediv", "floordiv", "mod", "pow", "and", "or", "xor"]
    operators = [prefix + name for name in binary for prefix in ("", "r", "i")]
    operators += ["neg", "pos", "abs", "invert", "round", "divmod", "rdivmod", "lt", "le", "gt", "ge"]
    for name in operators:
        setattr(DisplayValue, "__%s__" % name, _same)
        setattr(MissingValue, "__%s__" % name, _refuse)
    for name in ("int", "float", "complex", "index", "array"):
        setattr(StandIn, "__%s__" % name, _refuse)  # nothing for display is a number either
    MissingValue.__len__ = _refuse  # type: ignore[attr-defined]
    MissingValue.__format__ = _refuse  # type: ignore[assignment]  # what is printed of it is a number, else nothing


_define_operators()


def _unpacked_items(frame: types.FrameType) -> int:
    """How many values the caller is unpacking, as in `n, bins, patches = plt.hist(x)`; 0 for a loop."""
    code = frame.f_code.co_code
    operation, argument = dis.opname[code[frame.f_lasti]], code[frame.f_lasti + 1]
    return argument if operation in ("UNPACK_SEQUENCE", "UNPACK_EX") else 0


def unpacked_names(frame: types.FrameType) -> tuple[list[str], int]:
    """The plain names that take what the caller is unpacking, and how many values it takes."""
    count = _unpacked_items(frame)
    if not count:
        return [], 0
    following = [one for one in dis.get_instructions(frame.f_code) if one.offset > frame.f_lasti]
    stored = [one for one in following if one.opname != "CACHE"][:count]
    return [str(one.argval) for one in stored if one.opname.startswith("STORE_")], count


# --- the few that do something -----------------------------------------------------------------------------


def _subplots(nrows: int = 1, ncols: int = 1, *args: Any, squeeze: bool = True, **kwargs: Any) -> tuple[Any, Any]:
    """A figure, and axes in an array of the shape that matplotlib gives."""
    import numpy as np

    axes = np.empty((nrows, ncols), dtype=object)
    for place in np.ndindex(nrows, ncols):
        axes[place] = DisplayValue("matplotlib.axes")
    figure = DisplayValue("matplotlib.figure")
    if not squeeze:
        return figure, axes
    return figure, axes[0, 0] if axes.size == 1 else axes.squeeze()


class _Progress(DisplayValue):
    """tqdm: passes the items through."""

    def __init__(self, iterable: Iterable[Any] = (), *args: Any, **kwargs: Any) -> None:
        super().__init__("tqdm")
        self.__dict__["_iterable"] = iterable

    def __iter__(self) -> Iterator[Any]:
        return iter(self.__dict__["_iterable"])

    def __len__(self) -> int:
        return len(self.__dict__["_iterable"])


def _progress_range(*args: int, **kwargs: Any) -> _Progress:
    return _Progress(range(*args))


def _display(*objects: Any, **kwargs: Any) -> None:
    for obj in objects:
        print(repr(obj))


def _get_ipython() -> DisplayValue:
    return DisplayValue("get_ipython()")


def _input(prompt: object = "") -> str:
    print(prompt)
    return ""


def _numpy_names() -> dict[str, Any]:
    """What `import scipy` gave of numpy up to 2023: `scipy.exp`, `scipy.zeros`, `scipy.rand`."""
    import numpy as np

    public = {name: getattr(np, name) for name in dir(np) if not name.startswith("_")}
    complex_where_needed = ("sqrt", "log", "log2", "log10", "logn", "power", "arccos", "arcsin", "arctanh")
    return {
        **{name: value for name, value in public.items() if not isinstance(value, types.ModuleType)},
        **{name: getattr(np.emath, name) for name in complex_where_needed},
        **{name: getattr(np.random, name) for name in ("rand", "randn")},
    }


#: What `from matplotlib.pyplot import *` is used for; a module that has every attribute cannot tell.
_PYPLOT_NAMES = [
    "annotate", "arrow", "autoscale", "axes", "axhline", "axis", "axvline", "bar", "barh", "boxplot", "cla",
    "clabel", "clf", "close", "cm", "colorbar", "contour", "contourf", "delaxes", "draw", "errorbar", "figaspect",
    "figlegend", "figtext", "figure", "fill", "fill_between", "fill_betweenx", "gca", "gcf", "get_cmap", "gray",
    "grid", "hist", "hist2d", "hlines", "hot", "imread", "imsave", "imshow", "ioff", "ion", "isinteractive", "jet",
    "legend", "locator_params", "loglog", "margins", "matshow", "minorticks_off", "minorticks_on", "pause",
    "pcolor", "pcolormesh", "pie", "plot", "plot_date", "polar", "quiver", "rc", "rcParams", "rcdefaults",
    "savefig", "sca", "scatter", "semilogx", "semilogy", "set_cmap", "setp", "show", "specgram", "spy", "stackplot",
    "stairs", "stem", "step", "streamplot", "style", "subplot", "subplot2grid", "subplots", "subplots_adjust",
    "suptitle", "table", "text", "tick_params", "ticklabel_format", "tight_layout", "title", "tricontour", "twinx",
    "twiny", "violinplot", "vlines", "winter", "xlabel", "xlim", "xscale", "xticks", "ylabel", "ylim", "yscale",
    "yticks",
]  # fmt: skip


def _pylab_names() -> dict[str, Any]:
    """What pylab has besides pictures: numpy, its random numbers, its algebra; numbers as Python's own."""
    import numpy as np

    kept = ("abs", "bool", "bytes", "float", "int", "max", "min", "object", "pow", "round", "str")
    names: dict[str, Any] = {}
    for module in (np, np.random, np.linalg):  # of submodules only those that are there: an import looks for files
        own = vars(module)
        names.update({name: own[name] for name in module.__all__ if name in own and name not in kept})
    return {**names, "np": np, "subplots": _subplots}


# module -> what in it is not just a stand-in
_PROGRESS: dict[str, Callable[..., Any]] = {
    "tqdm": _Progress,
    "trange": _progress_range,
    "tqdm_notebook": _Progress,
    "tnrange": _progress_range,
}
_WORKING: dict[str, dict[str, Any]] = {
    **bridges.BRIDGES,
    "scipy.special": special_functions.FUNCTIONS,
    "scipy.misc": special_functions.ONCE_IN_MISC,
    "matplotlib.pyplot": {"subplots": _subplots},
    **dict.fromkeys(("tqdm", "tqdm.auto", "tqdm.autonotebook", "tqdm.notebook", "tqdm.std"), _PROGRESS),
    "IPython": {"get_ipython": _get_ipython},
    "IPython.display": {"display": _display},
    "IPython.core.display": {"display": _display},
}
_MADE = {"scipy": _numpy_names, "pylab": _pylab_names, "matplotlib.pylab": _pylab_names}
_WITH_PICTURES = ("matplotlib.pyplot", "matplotlib.pylab", "pylab")
_NOTEBOOK_BUILTINS: dict[str, Callable[..., Any]] = {
    "input": _input,
    "display": _display,
    "get_ipython": _get_ipython,
    "exit": sys.exit,
    "quit": sys.exit,
    "help": lambda *topics: None,
}


def provide(module: str, names: dict[str, Any]) -> None:
    """Let a module that is stood in for have names that do something."""
    _WORKING[module] = names


# --- modules -----------------------------------------------------------------------------------------------


class StandInModule(types.ModuleType):
    """A module that has every attribute."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        fullname = "%s.%s" % (self.__name__, name)
        if fullname in _WORKING:  # `from matplotlib import pyplot`
            return importlib.import_module(fullname)
        kind = DisplayValue if self.__name__.split(".")[0] in DISPLAY_MODULES else MissingValue
        given = MissingValue.gives(fullname) if kind is MissingValue and MissingValue.gives else None
        value = kind(fullname) if given is None else given
        setattr(self, name, value)
        return value


class StandInFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """The last resort of an `import` in one of the submission's `files`.

    Real packages try imports that may fail, and must see them fail.  `names` are the top-level modules that it
    stood in for.
    """

    def __init__(self, files: set[str]) -> None:
        self.files = files
        self.names: list[str] = []

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: Any = None
    ) -> importlib.machinery.ModuleSpec | None:
        root = fullname.split(".")[0]
        if fullname != root:
            # A submodule that a real package lacks is an error like anywhere else.
            stands_in = isinstance(sys.modules.get(root), StandInModule)
            return importlib.machinery.ModuleSpec(fullname, self, is_package=True) if stands_in else None
        if root in STANDARD_MODULES or root in PYTHON_2_MODULES or root.startswith("_"):
            return None
        frame = _importing_frame(sys._getframe(1))
        if frame is None or frame.f_code.co_filename not in self.files:
            return None
        if root not in DISPLAY_MODULES and _has_another_way(frame):
            return None
        if root not in bridges.ROOTS:
            self.names.append(root)
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return StandInModule(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        make = _MADE.get(module.__name__)
        working_names = make() if make else _WORKING.get(module.__name__, {})
        for name, working in working_names.items():
            setattr(module, name, working)
        if MissingValue.starred is not None and not working_names:
            module.__dict__["__all__"] = MissingValue.starred(module.__name__)
        if module.__name__ in _WITH_PICTURES:
            module.__dict__["__all__"] = sorted({*working_names, *_PYPLOT_NAMES})


def _importing_frame(frame: types.FrameType | None) -> types.FrameType | None:
    """The frame of the `import` that led to this one."""
    while frame is not None:
        filename = frame.f_code.co_filename
        if not filename.startswith("<frozen importlib") and filename != importlib.__file__:
            return frame
        frame = frame.f_back
    return None


def _has_another_way(frame: types.FrameType) -> bool:
    """Whether an `import` is tried, and something else is done where it fails: `except ImportError: import numpy`."""
    try:
        tree = ast.parse("".join(linecache.getlines(frame.f_code.co_filename)))
    except (SyntaxError, ValueError):
        return False
    line = frame.f_lineno
    tried = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Try) and any(one.lineno <= line <= (one.end_lineno or 0) for one in node.body)
    ]
    other_ways = (ast.Import, ast.ImportFrom, ast.Assign)
    # The last of them is the innermost one.
    return bool(tried) and any(isinstance(one, other_ways) for handler in tried[-1].handlers for one in handler.body)


def install(files: set[str]) -> list[str]:
    """Let missing modules import in the submission's `files`, and give it what only a notebook has.

    Returns the growing list of modules that were stood in for.
    """
    finder = StandInFinder(files)
    sys.meta_path.append(finder)
    for name, value in _NOTEBOOK_BUILTINS.items():
        setattr(builtins, name, value)
    return finder.names
