"""Stand-ins for modules that a notebook imports and a cell does not have.

Pictures, widgets and progress bars need not work for a submission to be graded, and an `import` that fails would
stop the rest of a file.  So every missing third-party module imports.  Those for display accept anything that is
done with them; what comes out of any other fails as soon as it is used as a number, since a made-up value would
be graded.  Missing modules of the standard library, of this Python or of Python 2, stay missing.
"""

from __future__ import annotations

import builtins
import dis
import importlib.abc
import importlib.machinery
import sys
import types
from typing import Any, Dict, Iterable, Iterator, List, Optional, Sequence, Tuple

DISPLAY_MODULES = frozenset(
    "IPython PIL altair bokeh cv2 graphviz imageio ipywidgets matplotlib mpl_toolkits plotly plotnine pydot pylab"
    " seaborn tensorboard tensorboardX tqdm wandb".split()
)
PYTHON_2_MODULES = frozenset(
    "BaseHTTPServer ConfigParser Cookie HTMLParser HTTPServer Queue SimpleHTTPServer SocketServer StringIO Tkinter"
    " UserDict UserList UserString __builtin__ anydbm cPickle cStringIO commands cookielib copy_reg dummy_thread"
    " exceptions httplib md5 sets sha thread urllib2 urlparse xmlrpclib".split()
)
# sys.stdlib_module_names exists since Python 3.10; for older ones, those that a build may lack.
_OPTIONAL_STANDARD = frozenset(
    "_bz2 _ctypes _curses _dbm _gdbm _hashlib _lzma _sqlite3 _ssl _tkinter bz2 curses dbm lzma msilib readline"
    " sqlite3 ssl tkinter turtle winreg winsound".split()
)
STANDARD_MODULES = frozenset(getattr(sys, "stdlib_module_names", _OPTIONAL_STANDARD))

_OPERATORS = (
    "add sub mul matmul truediv floordiv mod divmod pow lshift rshift and or xor".split()
)
_COMPARISONS = "lt le gt ge".split()
_CONVERSIONS = "int float complex index array".split()


class StandInUsed(ImportError):
    """A value that comes from a stand-in module was used as if it were real."""


class StandIn:
    """Whatever a stand-in module contains: attributes, calls, items and `with` give more of the same."""

    def __init__(self, name: str) -> None:
        self.__dict__["_stand_in_name"] = name

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)  # protocols such as copy and numpy's ask, and must hear no
        return type(self)("%s.%s" % (self._stand_in_name, name))

    def __setattr__(self, name: str, value: Any) -> None:
        self.__dict__[name] = value

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        # As a decorator it leaves the function as it is, with and without arguments of its own.
        if len(args) == 1 and not kwargs and isinstance(args[0], (types.FunctionType, type)):
            return args[0]
        return type(self)(self._stand_in_name + "()")

    def __getitem__(self, key: Any) -> Any:
        return type(self)(self._stand_in_name + "[]")

    def __setitem__(self, key: Any, value: Any) -> None:
        pass

    def __iter__(self) -> Iterator[Any]:
        return iter([type(self)(self._stand_in_name + "[]") for _ in range(_expected_items(sys._getframe(1)))])

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *details: Any) -> None:
        pass

    def __mro_entries__(self, bases: Tuple[Any, ...]) -> Tuple[type, ...]:
        return ()

    def __repr__(self) -> str:
        return "<stand-in for %s>" % self._stand_in_name


class MissingValue(StandIn):
    """From a module that is not for display: refuses to be a number."""

    def __bool__(self) -> bool:
        return False  # `if torch.cuda.is_available()`


class DisplayValue(StandIn):
    """From a module for display: operators work, the result is for display again."""


def _refusal(operation: str) -> Any:
    def refuse(self: StandIn, *args: Any, **kwargs: Any) -> Any:
        raise StandInUsed(
            "%s was used in a computation, but `%s` is not available here"
            % (self._stand_in_name, self._stand_in_name.split(".")[0])
        )

    refuse.__name__ = operation
    return refuse


def _display_operator(self: DisplayValue, *args: Any) -> Any:
    return DisplayValue(self._stand_in_name)


def _equip() -> None:
    binary = ["__%s%s__" % (prefix, name) for name in _OPERATORS for prefix in ("", "r", "i") if prefix + name != "idivmod"]
    unary = ["__neg__", "__pos__", "__abs__", "__invert__", "__round__"]
    for operation in binary + unary + ["__%s__" % name for name in _COMPARISONS]:
        setattr(MissingValue, operation, _refusal(operation))
        setattr(DisplayValue, operation, _display_operator)
    for operation in ["__%s__" % name for name in _CONVERSIONS]:
        setattr(StandIn, operation, _refusal(operation))
    setattr(MissingValue, "__len__", _refusal("__len__"))
    setattr(DisplayValue, "__len__", lambda self: 0)
    setattr(DisplayValue, "__bool__", lambda self: True)


_equip()


def _expected_items(frame: types.FrameType) -> int:
    """How many values the caller is unpacking, as in `n, bins, patches = plt.hist(x)`; 0 for a loop."""
    code = frame.f_code.co_code
    operation, argument = code[frame.f_lasti], code[frame.f_lasti + 1]
    if dis.opname[operation] == "UNPACK_SEQUENCE":
        return argument
    if dis.opname[operation] == "UNPACK_EX":
        return argument
    return 0


# --- the few that must do something ------------------------------------------------------------------------


def _subplots(nrows: int = 1, ncols: int = 1, *args: Any, **kwargs: Any) -> Tuple[Any, Any]:
    """A figure and an array of axes in the shape that matplotlib gives."""
    import numpy as np

    axes = np.empty((nrows, ncols), dtype=object)
    for place in np.ndindex(nrows, ncols):
        axes[place] = DisplayValue("matplotlib.axes")
    if kwargs.get("squeeze", True):
        axes = axes.item() if axes.size == 1 else axes.squeeze()
    return DisplayValue("matplotlib.figure"), axes


class _Progress(DisplayValue):
    """tqdm: passes the items through."""

    def __init__(self, iterable: Iterable[Any] = (), *args: Any, **kwargs: Any) -> None:
        super().__init__("tqdm")
        self.__dict__["iterable"] = iterable

    def __getattr__(self, name: str) -> Any:
        return DisplayValue.__getattr__(DisplayValue("tqdm"), name)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return DisplayValue("tqdm()")

    def __iter__(self) -> Iterator[Any]:
        return iter(self.__dict__["iterable"])

    def __len__(self) -> int:
        return len(self.__dict__["iterable"])


def _progress_range(*args: int, **kwargs: Any) -> _Progress:
    return _Progress(range(*args))


def _display(*objects: Any, **kwargs: Any) -> None:
    for obj in objects:
        print(repr(obj))


_WORKING: Dict[str, Dict[str, Any]] = {
    "matplotlib": {"subplots": _subplots},
    "pylab": {"subplots": _subplots},
    "tqdm": {"tqdm": _Progress, "trange": _progress_range, "tqdm_notebook": _Progress, "tnrange": _progress_range},
    "IPython": {"display": _display, "get_ipython": lambda: DisplayValue("get_ipython()")},
}


# --- modules -----------------------------------------------------------------------------------------------


class _StandInModule(types.ModuleType):
    """A module that has every attribute and every submodule."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        root = self.__name__.split(".")[0]
        kind = DisplayValue if root in DISPLAY_MODULES else MissingValue
        value = kind("%s.%s" % (self.__name__, name))
        setattr(self, name, value)
        return value

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        # `import tqdm.notebook.tqdm as tqdm`, `from IPython import display`: the submodule is called
        return self.__getattr__("call")(*args, **kwargs)


class StandInFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """The last resort of `import`; `names` are the top-level modules that it stood in for."""

    def __init__(self) -> None:
        self.names: List[str] = []

    def find_spec(
        self, fullname: str, path: Optional[Sequence[str]], target: Any = None
    ) -> Optional[importlib.machinery.ModuleSpec]:
        root = fullname.split(".")[0]
        if root in STANDARD_MODULES or root in PYTHON_2_MODULES or root.startswith("_"):
            return None
        if fullname != root and not isinstance(sys.modules.get(root), _StandInModule):
            return None  # a submodule that a real package lacks
        if root not in self.names:
            self.names.append(root)
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return _StandInModule(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        root, _, rest = module.__name__.partition(".")
        if root == "IPython" and rest == "display":
            module.__dict__.update(_WORKING[root])
        elif root != "IPython" or not rest:
            for name, working in _WORKING.get(root, {}).items():
                if (root, name) != ("IPython", "display"):
                    setattr(module, name, working)


def install() -> List[str]:
    """Let missing modules import from now on, and give the submission what a notebook has.

    Returns the growing list of modules that were stood in for.
    """
    finder = StandInFinder()
    sys.meta_path.append(finder)
    for name, value in (
        ("input", _input),
        ("display", _display),
        ("get_ipython", _WORKING["IPython"]["get_ipython"]),
        ("exit", sys.exit),
        ("quit", sys.exit),
        ("help", lambda *args: None),
    ):
        setattr(builtins, name, value)
    return finder.names


def _input(prompt: object = "", /) -> str:
    print(prompt)
    return ""
