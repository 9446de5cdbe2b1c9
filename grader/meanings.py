"""What the messages of numpy's and Python's exceptions mean: general sentences, none of which knows an assignment."""

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Meaning:
    """A sentence for messages of one kind.

    `{operation}` is what could not be computed, `{name}` the function called in it, `{said1}` … what the message gives.
    """

    said: str  # a pattern of the message
    title: str
    why: str = ""
    raised: str = ""  # a pattern of the exception's type
    said_too: str = ""  # another pattern of the message
    calls: str = ""  # a pattern of the operation's text
    nudge: str = "Print the shapes of what this line works with, just before it."


_NOTATION = re.compile(r",? with gufunc signature \S+| gufunc core with signature \S+(?= requires)")
LINED_UP = "numpy lines up the last axes of two arrays; sizes at the same place must be equal, or one of them 1."
SUMMED = (
    "A matrix product sums over the last axis of the first factor and the first axis of the second: both must have the "
    "same size."
)
MODULES = "random|math|time|copy|pickle|itertools|collections|os|sys|scipy|torch"
OF_MODULES = {  # names of Python's own modules that are read without where they come from
    **dict.fromkeys(("OrderedDict", "defaultdict", "deque", "Counter", "namedtuple"), "collections"),
    "deepcopy": "copy",
    **dict.fromkeys(("List", "Dict", "Tuple", "Optional", "Union", "Callable", "Any", "Sequence"), "typing"),
    **dict.fromkeys(("ABC", "abstractmethod"), "abc"),
    **dict.fromkeys(("expit", "logsumexp"), "scipy.special"),
    **dict.fromkeys(("as_strided", "sliding_window_view"), "numpy.lib.stride_tricks"),
}
_UNDEFINED = re.compile(rf"^name '({'|'.join(OF_MODULES)})' is not defined$")
AN_AXIS = r"cannot be interpreted as an integer|integer scalar array|integer argument|an integer is required"
MEANINGS = (
    Meaning(
        r"einstein sum",
        "The subscripts in `{operation}` do not fit what it is given",
        "Each array needs a letter for each of its axes, or `...` for those that have none: what stands behind the "
        "arrow must stand before it.",
        nudge="How many axes has each array here, and how many letters?",
    ),
    Meaning(
        r"index can't contain negative values",
        "A width in `{operation}` is negative",
        "There is no padding by fewer than 0 places: a width that is computed comes out below 0 here.",
        nudge="Print the widths of this padding. How are they computed?",
    ),
    Meaning(
        r"mode '(.+)' is not supported",
        "`pad` knows no mode `'{said1}'`",
        "Its modes are words, each letter as it is written in numpy's documentation; `'constant'` puts numbers around.",
        raised="ValueError",
        nudge="Which modes has `np.pad`?",
    ),
    Meaning(
        r"name '(axis|keepdims|dtype|minlength)' is not defined",
        "Nothing has the name `{said1}` where it is used",
        "As an option of one of numpy's functions it stands inside the brackets of the call with an equals sign behind "
        "it, `{said1}=…`.",
        raised="NameError",
        nudge="How are options written that are given by their names?",
    ),
    Meaning(
        r"^'self' object has no attribute '(\w+)'",
        "`{operation}` has no value: the function stands in no class",
        "It takes a `self`, but belongs to no object that could have kept `{said1}`. What it computes with must come "
        "in by its other arguments, or is not needed here.",
        raised="AttributeError",
        calls=r"^self\.",
        nudge="Which arguments does the task give this function?",
    ),
    Meaning(
        r"name 'np' is not defined",
        "numpy is not imported under the name `np`",
        "Each file begins with the modules that it uses: what another cell or file has imported is not there in this "
        "one.",
        raised="NameError",
        nudge="Which modules does this file import, and which does it use?",
    ),
    Meaning(
        rf"name '({MODULES})' is not defined",
        "The module `{said1}` is not imported",
        "Each file begins with the modules that it uses, `import {said1}`: what another cell or file has imported is "
        "not there in this one.",
        raised="NameError",
        nudge="Which modules does this file import, and which does it use?",
    ),
    *(
        Meaning(
            rf"name '({name})' is not defined",
            "`{said1}` is not imported",
            f"It is of the module {module}: `from {module} import {name}` belongs above what uses it. What another "
            "cell or file has imported is not there in this one.",
            raised="NameError",
            nudge="Which modules does this file import, and which does it use?",
        )
        for name, module in OF_MODULES.items()
    ),
    Meaning(
        r"name '(?!xrange|unicode|raw_input|reduce|long)(\w+)' is not defined",
        "Nothing has the name `{said1}` where it is used",
        "Is it written the same where it gets its value, and is that line run?",
        raised="NameError",
        nudge="Which line gives this name its value?",
    ),
    Meaning(
        r"variable '(\w+)'",
        "`{said1}` has no value yet where it is used",
        "A name that is assigned anywhere in a function is the function's own, from its first line on.",
        raised="UnboundLocalError",
        nudge="Which line gives this name its value, and is it run before this one?",
    ),
    Meaning(
        r"(.+)",
        "There is no entry {said1} in `{holder}`",
        "Which keys has it? `.keys()` tells.",
        raised="KeyError",
        nudge="Print the keys just before this line.",
    ),
    Meaning(
        r"NoneType",
        "`{none}` is None where a value is needed",
        "It was set to None, or comes from a function that does not return anything.",
        nudge="Where does the None come from?",
    ),
    Meaning(
        r"unsupported operand|bad operand",
        "`{operation}` counts with a function itself, not with what it gives",
        "A function gives something only where it is called, with brackets behind its name.",
        raised="TypeError",
        said_too=r"'(function|method|builtin_function_or_method|numpy\.ufunc|type)'",
        nudge="Which of the names in this line is a function?",
    ),
    Meaning(
        r"unsupported operand|bad operand|can't multiply sequence|can only concatenate",
        "`{operation}` counts with a list or a tuple as if it were an array",
        "`+` puts lists one behind the other, and `-`, `/` and `**` know no lists: `np.array` makes an array of one.",
        raised="TypeError",
        said_too=r"'?(list|tuple)'?",
        nudge="Print the types of what this line works with, just before it.",
    ),
    Meaning(
        r"unsupported operand|must be str|can only concatenate str|convert string|ufunc '\w+' did not contain",
        "`{operation}` counts with a text as if it were a number",
        "`'3'` is a text; `int('3')` is a number, and `str(3)` a text again.",
        raised="TypeError|ValueError|UFuncTypeError",
        said_too=r"'?str'?|string|<U",
        nudge="Print the types of what this line works with, just before it.",
    ),
    Meaning(
        r"unsupported operand type\(s\) for .+: 'dict'|unsupported operand type\(s\) for .+ and 'dict'",
        "`{operation}` counts with a whole dict",
        "Which of its entries is meant?",
        raised="TypeError",
        nudge="Print the types of what this line works with, just before it.",
    ),
    Meaning(
        r"takes (.+?) positional arguments? but (\d+)",
        "`{name}` is called with {said2} arguments, and takes {said1}",
        "Of a method the object itself is the first one, and counts.",
        nudge="Write the arguments of the call below the parameters of the function.",
    ),
    Meaning(
        r"missing \d+ required positional arguments?: (.+)",
        "`{name}` is called without {said1}",
        "Python goes by the order of the arguments: what is left over at the end has no value.",
        nudge="Write the arguments of the call below the parameters of the function.",
    ),
    Meaning(
        r"unexpected keyword argument '(\w+)'",
        "`{name}` has no argument that is called `{said1}`",
        "How are the parameters called where the function is defined?",
        nudge="Compare the names in the call with those in the definition.",
    ),
    Meaning(
        r"'(\w+)' object is not subscriptable",
        "`{operation}` asks something for an entry that has none: it is of the type {said1}",
        "Has the name got another value meanwhile, or are round brackets meant?",
        nudge="Print the type of what is asked, just before this line.",
    ),
    Meaning(
        r"'([\w.]+)' object is not iterable|iteration over a 0-d array",
        "`{operation}` goes through something that has no entries",
        "A number cannot be gone through: is `range(…)` missing, or is the whole list meant?",
        nudge="Print the type of what is gone through, just before this line.",
    ),
    Meaning(
        r"list indices must be integers or slices, not str",
        "`{operation}` asks a list for an entry as one asks an array or a dict",
        "A list has places and no keys: what is asked by keys is a dict, which begins as `{}`.",
        nudge="Print the type of what is asked, just before this line.",
    ),
    Meaning(
        r"list indices must be integers or slices, not (\w+)|tuple indices must be integers or slices, not (\w+)",
        "`{operation}` asks a list for an entry as one asks an array or a dict",
        "A list has one index, a whole number: `a[i][j]`, not `a[i, j]`. `np.array` makes an array of it.",
        nudge="Print the type of what is asked, just before this line.",
    ),
    Meaning(
        r"unhashable type: '([\w.]+)'",
        "A key of a dict must not be of the type {said1}: `{operation}`",
        "Keys are texts, numbers or tuples. Is a list or an array meant, which has places instead?",
        nudge="Print the type of what is asked, and of the key.",
    ),
    Meaning(
        r"'dict' object has no attribute '(T|shape|ndim|size|dtype|dot|sum|mean|max|min|reshape|ravel|flatten)'",
        "`{operation}` asks a dict for what an array has",
        "Is one of its entries meant, which are asked for by their keys, in square brackets?",
        raised="AttributeError",
        nudge="Print the keys just before this line.",
    ),
    Meaning(
        r"'dict' object has no attribute '(\w+)'",
        "`{operation}` asks a dict for an attribute",
        "The entries of a dict are asked for by their keys, in square brackets: `['{said1}']`.",
        raised="AttributeError",
        nudge="Print the keys just before this line.",
    ),
    Meaning(
        r"'(list|tuple)' object has no attribute '(setdefault|get|items|keys|values|update)'",
        "`{operation}` asks for what a dict has, and of something of type {said1}",
        "What has keys is a dict, which begins as `{}`.",
        raised="AttributeError",
        nudge="Print the type of what is asked, just before this line.",
    ),
    Meaning(
        r"'(list|tuple|int|float)' object has no attribute '(\w+)'",
        "`{operation}` asks for what an array has, and of something of type {said1}",
        "`np.array` makes an array of a list. Was it one, and did a line before this make something else of it?",
        raised="AttributeError",
        nudge="Print the type of what is asked, just before this line.",
    ),
    Meaning(
        r"module '(numpy\S*)' has no attribute '(\w+)'",
        "There is no `{said2}` in numpy",
        "Is it written another way, or does it belong to another module?",
        raised="AttributeError",
        nudge="How is this function called in numpy's documentation?",
    ),
    Meaning(
        r"'numpy.ndarray' object has no attribute '(\w+)'",
        "`{operation}` asks an array for `{said1}`, which no array has",
        "Is it meant to be a list or a dict here? What has made an array of it?",
        raised="AttributeError",
        nudge="Print the type of what is asked, just before this line.",
    ),
    Meaning(
        r"object has no attribute '(\w+)'",
        "`{operation}`: what stands before the dot has no `{said1}`",
        "Is it written the same where it gets its value, and is the thing before the dot the one that is meant?",
        raised="AttributeError",
        nudge="Print the type of what is asked, just before this line.",
    ),
    Meaning(
        r"division by zero|zero to a negative power",
        "`{operation}` divides by 0",
        "Which of its parts is 0 here, and should it be?",
        raised="ZeroDivisionError",
        nudge="Print the divisor just before this line.",
    ),
    Meaning(
        r"truth value of an array",
        "Python's own `{name}` compares whole arrays",
        "It needs one truth value for each comparison, and an array has many: `np.{name}imum` compares place by place.",
        calls=r"^(max|min)\([^,]+,",
    ),
    Meaning(
        r"truth value of an array",
        "An array stands where one truth value is needed: `{operation}`",
        "Choose place by place, with `np.where` or by a mask, or ask `np.any` or `np.all`.",
    ),
    Meaning(
        AN_AXIS,
        "The second argument of `np.{name}` is an axis",
        "It is no second thing to add: two sums are added with `+`.",
        calls=r"^(np|numpy)\.(sum|mean|prod)\(.+,",
    ),
    Meaning(
        AN_AXIS,
        "The second argument of `np.{name}` is an axis",
        "`np.maximum` and `np.minimum` compare two arrays place by place.",
        calls=r"^(np|numpy)\.a?(max|min)\(.+,",
    ),
    Meaning(
        r"only (0-dimensional|length-1|size-1) arrays|must be real number",
        "`math.{name}` takes one number",
        "For all numbers of an array it is `np.{name}`.",
        calls=r"^math\.",
    ),
    Meaning(
        r"math (range|domain) error",
        "`math.{name}` raises an error where `np.{name}` gives inf or nan",
        calls=r"^math\.",
    ),
    Meaning(
        r"data type",
        "`np.{name}` takes the whole shape as one, in brackets of its own",
        "The second argument is the type of the numbers: a row of n is `np.{name}((1, n))`.",
        raised="TypeError",
        calls=r"^(np|numpy)\.(zeros|ones|empty)\(",
    ),
    Meaning(
        r"^(?!'float' object).*(integer|dimension|negative|maximum supported)",
        "`np.{name}` wants a shape, and is given the numbers of an array",
        "`np.{name}_like` takes the shape of an array.",
        calls=r"^(np|numpy)\.(zeros|ones|empty)\([\w.\[\]'\"]+\)$",
    ),
    Meaning(
        r"larger sample than population",
        "`{operation}` draws more than there are to draw from",
        "Without replacement each can be drawn once. Where there may be fewer than that, draw as many as there are at "
        "most, or with replacement.",
        nudge="How many samples are there, and how many are drawn?",
    ),
    Meaning(
        r"setting an array element with a sequence",
        "`{operation}` counts with a list of arrays of several shapes as if it were one array",
        "Which entry of the list is meant?",
        calls=r"^\w+ [-+*/] ",
        nudge="Print the types of what this line works with, just before it.",
    ),
    Meaning(
        r"setting an array element with a sequence.*inhomogeneous",
        "Arrays of different shapes do not make one array: `{operation}`",
        "They can be kept in a list. The numpy of some years ago made an array of objects of them, which today's does "
        "only where `dtype=object` asks for it.",
        calls=r"^(np|numpy)\.(array|asarray|asanyarray)\(",
        nudge="Print the shape of each of the arrays.",
    ),
    Meaning(
        r"setting an array element with a sequence",
        "A whole array is put into one place: `{operation}`",
        "Index the row or column that it belongs to, or reduce it to one number.",
    ),
    Meaning(
        r"only (0-dimensional|length-1|size-1) arrays",
        "One number is needed where an array stands: `{operation}`",
        "Which of its numbers is meant, or is it one for each place?",
    ),
    Meaning(
        r"axis (-?\d+) is out of bounds for array of dimension (\d+)",
        "There is no axis {said1} in `{operation}`",
        "The array has {said2} here. An earlier line may have lost one: a reduction without `keepdims`, an index.",
    ),
    Meaning(
        r"index (-?\d+) is out of bounds for axis (\d+) with size (\d+)",
        "`{operation}` reaches beyond the end of the array",
        "Index {said1} is asked for on axis {said2}, whose size is {said3}. Which loop or size does it come from?",
    ),
    Meaning(
        r"list index out of range",
        "`{operation}` reaches beyond the end of the list",
        "Which loop or size does the index come from?",
    ),
    Meaning(
        r"indexing arrays could not be broadcast|shape mismatch: indexing",
        "The lists of indices in `{operation}` have different lengths",
        "Rows and columns are picked in pairs: each list needs one entry per sample, `np.arange(N)` for the rows.",
    ),
    Meaning(
        r"arrays used as indices must be of integer",
        "The index in `{operation}` is an array of numbers with fractions",
        "An index tells which entries are meant, by whole numbers. Is it the array of data that stands there, where "
        "the list of places, or of classes, belongs?",
        nudge="Print what stands in the brackets, just before this line.",
    ),
    Meaning(r"too many indices", "`{operation}` has more indices than the array has axes"),
    Meaning(
        r"cannot reshape array",
        "`{operation}` cannot have that shape: there are more or fewer numbers",
        "The product of the sizes must stay the same.",
    ),
    Meaning(
        r"all the input array",
        "`{operation}` puts together what does not fit",
        "Along the axis in which arrays are put one behind the other their sizes may differ; along all others they "
        "must be the same, and all must have as many axes.",
        nudge="Print the shape of each of the arrays.",
    ),
    Meaning(
        r"zero-size array",
        "There is nothing in `{operation}`: the slice is empty",
        "Its beginning lies behind its end, or outside the array.",
    ),
    Meaning(
        r"not callable",
        "`{operation}` calls what is no function",
        "Has a variable taken the name of a function, or is an operator missing before the bracket?",
        nudge="Print the type of what is called, just before this line.",
    ),
    Meaning(r"unpack", "The number of values does not fit the number of names", "How many values are returned there?",
            nudge="Print what is taken apart, just before this line."),
    Meaning(r"core dimension|not aligned|gufunc", "The shapes in the product `{operation}` do not fit", SUMMED),
    Meaning(
        r"could not broadcast input array from shape \(([\d, ]*)\) into shape \(([\d, ]*)\)",
        "What is put into `{operation}` has another shape than the place",
        "It has the shape ({said1}), the place ({said2}).",
    ),
    Meaning(r"broadcast", "The shapes in `{operation}` do not fit", LINED_UP),
    Meaning(
        r"only integers, slices",
        "`{operation}` asks an array for an entry by its name, as if it were a dict",
        "An array has no names: its entries are counted. Is it another variable that holds the dict?",
        calls=r"""\[f?['"][^\[\]]*\]$""",
        nudge="Print the type of what is asked, just before this line.",
    ),
    Meaning(
        r"'(tuple|list)' object cannot be interpreted as an integer",
        "`{name}` takes the sizes one by one, and is given a {said1}: a `*` is missing in `{operation}`",
        "`rand(*sizes)` hands over the entries of the tuple, as `rand(3, 4)` does; `np.zeros` takes the tuple itself.",
        calls=r"^[\w.]*\brandn?\([^*,]+\)$",
        nudge="How are sizes handed to this function, together or one by one?",
    ),
    Meaning(
        r"'(?!float|numpy.float)([\w.]+)' object cannot be interpreted as an integer",
        "A whole number is needed in `{operation}`",
        "It is given a {said1}.",
    ),
    Meaning(
        r"only integers, slices|slice indices must be integers|cannot be interpreted as an integer|non-int",
        "A whole number is needed in `{operation}`",
        "`/` gives a number with a fraction, `//` a whole one.",
    ),
    Meaning(r"same_kind|Cannot cast ufunc", "The numbers of `{operation}` do not fit into the array", (
        "An array of whole numbers takes no fractions in place: begin with an array of floats."
    )),
)  # fmt: skip


def in_plain_words(message: str) -> str:
    """What an exception says without numpy's own notation for the shapes of a function, which nobody learns.

    With the line that is missing, where it is about a name of one of Python's own modules.
    """
    if found := _UNDEFINED.search(message):
        return f"{message} (`from {OF_MODULES[found[1]]} import {found[1]}` is missing)"
    return _NOTATION.sub("", message)


def meaning_of(raised: str, said: str, operation: str, values: Mapping[str, str]) -> tuple[str, str, str] | None:
    """A title, why, and a nudge, for an exception of type `raised` with this message; None if it speaks for itself."""
    for meaning in MEANINGS:
        if meaning.raised and not re.search(meaning.raised, raised):
            continue
        if meaning.said_too and not re.search(meaning.said_too, said):
            continue
        if meaning.calls and not re.search(meaning.calls, operation):
            continue
        if match := re.search(meaning.said, said):
            known = {**values, **{f"said{i}": group or "" for i, group in enumerate(match.groups(), start=1)}}
            if "{none}" in meaning.title and not known["none"]:
                return None
            return _filled(meaning.title, known), _filled(meaning.why, known), meaning.nudge
    return None


def _filled(pattern: str, values: Mapping[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda match: values.get(match[1], ""), pattern)
