"""What is said of one kind of edit, and of the functions and operators that are in it."""

import ast
from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """Sentences about one kind of edit; `{before}` and `{after}` stand for the pieces of code."""

    title: str
    why: str
    nudge: str
    is_shown: bool = True  # whether the edit itself may be told


# What is told of a function that is called where another one is meant.
ABOUT: dict[tuple[str, str], str] = {
    ("max", "maximum"): "`np.max` gives the largest number of an array, and its second argument is an axis; "
    "`np.maximum` takes the larger of two numbers place by place.",
    ("min", "minimum"): "`np.min` gives the smallest number of an array, and its second argument is an axis; "
    "`np.minimum` takes the smaller of two numbers place by place.",
    ("sum", "mean"): "A mean is the sum divided by how many there are.",
    ("mean", "sum"): "A mean is the sum divided by how many there are.",
    ("randn", "rand"): "`rand` draws evenly between 0 and 1, so that a share p of its numbers lies below p; `randn` "
    "draws from the normal distribution, half of which is negative.",
    ("rand", "randn"): "`rand` draws evenly between 0 and 1, and never a negative number; `randn` draws from the "
    "normal distribution.",
    ("dot", "outer"): "The dot product of two vectors is one number; the outer product has a number for each pair.",
    ("zeros_like", "copy"): "",
}
# What is taken out of an operation, where the first operand is left, and where the second one is.
DROPPED: dict[type[ast.operator], tuple[str, str]] = {
    ast.Mult: ("The factor `{}` is too much in", "The factor `{}` is too much in"),
    ast.MatMult: ("The product with `{}` is too much in", "The product with `{}` is too much in"),
    ast.Div: ("The division by `{}` is too much in", ""),
    ast.Add: ("The term `{}` is too much in", "The term `{}` is too much in"),
    ast.Sub: ("The term `{}` is too much in", ""),
    ast.Pow: ("The power `{}` is too much in", ""),
}
BUILTIN = "Python's own `{name}` compares or adds whole rows; numpy's works on the numbers of an array."
MATH = "`math.{name}` takes one number, `np.{name}` a whole array."
