"""What the modern stack rejects, said to the student: what happened, since when, and what to write instead."""

import collections.abc
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from grader.report import Location

_CERTAIN = ("syntax", "name", "numpy", "method", "module", "attribute", "print-modulo", "print-to-file")


@dataclass(frozen=True)
class Outdated:
    """Something that today's stack rejects: its kind, the name that it is about, the place."""

    kind: str
    detail: str = ""
    location: Location | None = None

    @property
    def is_certain(self) -> bool:
        """Whether the message of a failure tells; of an index that is no integer, say, it does not tell why."""
        return self.kind in _CERTAIN


LINES_TOLD = 4  # of one kind; of more, the number is told

# name -> the numpy that removed it, what to write instead
NUMPY_NAMES: Mapping[str, tuple[str, str]] = {
    **{name: ("1.24", name) for name in ("float", "int", "bool", "object", "str", "complex")},
    "long": ("1.24", "int"),
    "unicode": ("1.24", "str"),
    "rank": ("1.18", "np.ndim"),
    "asscalar": ("1.23", "x.item()"),
    "alen": ("1.23", "len"),
    "product": ("2.0", "np.prod"),
    "cumproduct": ("2.0", "np.cumprod"),
    "alltrue": ("2.0", "np.all"),
    "sometrue": ("2.0", "np.any"),
    "float_": ("2.0", "np.float64"),
    "complex_": ("2.0", "np.complex128"),
    "cfloat": ("2.0", "np.complex128"),
    "singlecomplex": ("2.0", "np.complex64"),
    "longfloat": ("2.0", "np.longdouble"),
    "clongfloat": ("2.0", "np.clongdouble"),
    "longcomplex": ("2.0", "np.clongdouble"),
    "string_": ("2.0", "np.bytes_"),
    "unicode_": ("2.0", "np.str_"),
    **dict.fromkeys(("Inf", "Infinity", "infty", "PINF"), ("2.0", "np.inf")),
    "NINF": ("2.0", "-np.inf"),
    "NaN": ("2.0", "np.nan"),
    "PZERO": ("2.0", "0.0"),
    "NZERO": ("2.0", "-0.0"),
    "msort": ("2.0", "np.sort(x, axis=0)"),
    "round_": ("2.0", "np.round"),
    "mat": ("2.0", "np.asmatrix"),
    "asfarray": ("2.0", "np.asarray(x, dtype=float)"),
    "issubclass_": ("2.0", "issubclass"),
    "find_common_type": ("2.0", "np.result_type"),
    "bool8": ("2.0", "np.bool_"),
    "int0": ("2.0", "np.intp"),
    "uint0": ("2.0", "np.uintp"),
    "object0": ("2.0", "object"),
    "in1d": ("2.4", "np.isin"),
    "trapz": ("2.4", "np.trapezoid"),
    "row_stack": ("2.5", "np.vstack"),
}
NAMES: Mapping[str, str] = {
    "xrange": "range",
    "unicode": "str",
    "basestring": "str",
    "unichr": "chr",
    "long": "int",
    "reduce": "functools.reduce",
    "raw_input": "input",
    "reload": "importlib.reload",
    "cmp": "(a > b) - (a < b)",
    "apply": "f(*arguments)",
    "intern": "sys.intern",
    "buffer": "memoryview",
    "file": "open",
    "StandardError": "Exception",
}
METHODS: Mapping[str, str] = {
    "has_key": "`d.has_key(k)` is Python 2: write `k in d`",
    **{f"iter{view}": f"`d.iter{view}()` is Python 2: write `d.{view}()`" for view in ("keys", "values", "items")},
    **{f"view{view}": f"`d.view{view}()` is Python 2: write `d.{view}()`" for view in ("keys", "values", "items")},
    "next": "`it.next()` is Python 2: write `next(it)`",
    "tostring": "`x.tostring()` was removed in numpy 2.3: use `x.tobytes()`",
    "ptp": "`x.ptp()` was removed in numpy 2.0: use `np.ptp(x)`",
    "newbyteorder": "`x.newbyteorder()` was removed in numpy 2.0: use `x.view(x.dtype.newbyteorder())`",
    "itemset": "`x.itemset(i, v)` was removed in numpy 2.0: use `x[i] = v`",
}
MODULES: Mapping[str, str] = {
    "cPickle": "pickle",
    "StringIO": "io",
    "cStringIO": "io",
    "Queue": "queue",
    "ConfigParser": "configparser",
    "copy_reg": "copyreg",
    "urlparse": "urllib.parse",
    "__builtin__": "builtins",
    "HTMLParser": "html.parser",
    "UserDict": "collections",
    "UserList": "collections",
    "thread": "threading",
    "exceptions": "builtins",
}
ATTRIBUTES: Mapping[str, str] = {
    "string.letters": "string.ascii_letters",
    "string.lowercase": "string.ascii_lowercase",
    "string.uppercase": "string.ascii_uppercase",
    "string.join": "separator.join(words)",
    "string.maketrans": "str.maketrans",
    **{f"string.{name}": f"text.{name}" for name in ("lower", "upper", "strip", "split", "replace", "find", "zfill")},
    "string.atoi": "int",
    "string.atof": "float",
    "itertools.izip": "zip",
    "itertools.imap": "map",
    "itertools.ifilter": "filter",
    "itertools.izip_longest": "itertools.zip_longest",
    "itertools.ifilterfalse": "itertools.filterfalse",
    "sys.maxint": "sys.maxsize",
    "sys.setdefaultencoding": "nothing: text is Unicode",
    "operator.div": "operator.floordiv",
    "operator.isCallable": "callable",
    "time.clock": "time.perf_counter",
    "fractions.gcd": "math.gcd",
    "numpy.random.random_integers": "np.random.randint",
    "numpy.lib.pad": "np.pad",
    **{f"collections.{name}": f"collections.abc.{name}" for name in collections.abc.__all__},
}
SYNTAX: Mapping[str, str] = {
    "print": "`print` is a function in Python 3: write `print(…)`",
    "except": "`except Error, name` is not Python 3: write `except Error as name`",
    "raise": "`raise Error, message` is not Python 3: write `raise Error(message)`",
    "exec": "`exec` is a function in Python 3: write `exec(…)`",
    "ne": "`<>` is not Python 3: write `!=`",
    "repr": "backticks are not Python 3: write `repr(…)`",
    "numliterals": "numbers like `0777` and `10L` are not Python 3: write `0o777` and `10`",
    "tuple_params": "a parameter that is a tuple is not Python 3: unpack it in the function's first line",
    "paren": "Python 3 demands parentheses around what a comprehension runs over",
    "throw": "`throw` takes one argument in Python 3",
    "raw_unicode": "`ur'…'` is not Python 3: write `r'…'`",
    "tabs": "tabs and spaces are mixed in the indentation, which Python 3 refuses: use spaces",
}
_KINDS: Mapping[str, str] = {
    "floor-division": "`/` of two integers rounds down in Python 2 only: write `//`",
    "rounded-down": "`/` of two integers rounds down in Python 2: write `//` if you mean that, else `1.0 * a / b`",
    "float-size": "a size must be an integer, and `/` gives a float in Python 3: write `//`",
    "float-index": "an index must be an integer; if `/` gives it, it is a float in Python 3: write `//`",
    "size-1": "an array of one element is no number to numpy since 2.4: write `x.item()`",
    "newshape": "`newshape=` was removed in numpy 2.4: write `np.reshape(x, shape)`",
    "copy-false": "`np.array(x, copy=False)` is an error since numpy 2.0 where a copy is needed: write `np.asarray(x)`",
    "ragged": "rows of different lengths make no array since numpy 1.24: keep a list, or say `dtype=object`",
    "casting": "a float result does not go into an integer array in place since numpy 1.10: write `x = x / n`",
    "boolean-minus": "minus of booleans is an error since numpy 1.13: use `^` or `~`",
    "stacked-generator": "a generator cannot be stacked since numpy 1.16: give a list",
    "list-index": "`x[[i, j]]` with lists in it means `x[i, j]` only before numpy 1.23: write `x[i, j]`",
    "compared-with-none": "`x == None` compares element by element since numpy 1.13: write `x is None`",
    "list": "`map`, `filter`, `zip`, `range` and `d.keys()` give no list in Python 3: write `list(…)` around it",
    "print-modulo": "`print (text) % values` is Python 2: write `print(text % values)`",
    "print-to-file": "`print >>file, text` is Python 2: write `print(text, file=file)`",
    "cmp": "sorting by a comparison function is Python 2: write `key=functools.cmp_to_key(f)`",
}


def remark_on(kind: str, detail: str) -> str:
    """What to tell about it; "" for what is not known (a cell may say anything)."""
    if kind == "syntax":
        return SYNTAX.get(detail, "")
    if kind == "numpy" and detail in NUMPY_NAMES:
        version, instead = NUMPY_NAMES[detail]
        return f"`np.{detail}` was removed in numpy {version}: use `{instead}`"
    if kind == "name" and detail in NAMES:
        return f"`{detail}` is Python 2: use `{NAMES[detail]}`"
    if kind == "method":
        return METHODS.get(detail, "")
    if kind == "module" and detail in MODULES:
        return f"the module `{detail}` is `{MODULES[detail]}` in Python 3"
    if kind == "attribute" and detail in ATTRIBUTES:
        return f"`{detail}` has gone: use `{ATTRIBUTES[detail]}`"
    return _KINDS.get(kind, "")


def remarks_on(found: Iterable[Outdated], *, one_file: bool = False) -> list[str]:
    """The remarks in order of place, each once for a file or cell, with its lines; of one file, these alone."""
    lines: dict[tuple[str, int | None, str], set[int]] = defaultdict(set)
    found = [*found]
    rounded = {item.location for item in found if item.kind == "rounded-down"}
    for item in found:
        if item.kind == "floor-division" and item.location in rounded:
            continue  # sometimes with a fraction, sometimes without
        text = remark_on(item.kind, item.detail)
        if text and item.location is not None:
            lines[item.location.file, item.location.cell, text].add(item.location.line or 0)
    remarks = []
    for (file, cell, text), numbers in lines.items():
        first = Location(file=file, cell=cell, line=min(numbers) or None)
        remarks.append((first, f"{_said_places(first, sorted(numbers - {0}), one_file)}: {text}"))
    remarks.sort(key=lambda entry: (entry[0].file, entry[0].cell or 0, entry[0].line or 0, entry[1]))
    return [text for _, text in remarks]


def _said_places(first: Location, lines: list[int], one_file: bool) -> str:
    """ "neural_net.py, lines 3, 9 and 12", "cell 4, line 2" """
    file = f"cell {first.cell}" if first.cell is not None else first.file
    if not lines:
        return file
    told = [str(line) for line in lines[:LINES_TOLD]]
    if len(lines) > LINES_TOLD:
        said = f"lines {', '.join(told)} and {len(lines) - LINES_TOLD} more"
    else:
        said = f"line {told[0]}" if len(told) == 1 else f"lines {', '.join(told[:-1])} and {told[-1]}"
    return said if one_file and first.cell is None else f"{file}, {said}"
