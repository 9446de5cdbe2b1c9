"""What a repair says about the mistake, in the student's own names.

The title tells what is wrong, the explanation why, and with what every check passes; the hints lead there without it.
Where the missing piece is a quantity of the task (a penalty, a slope), it is named and not written out.
"""

import ast
import re
from collections.abc import Sequence

from grader.diagnosis.repair.blocks import block_of, how_often
from grader.diagnosis.repair.fixed_numbers import IN_CONTEXT, computed_beside
from grader.diagnosis.repair.nodes import name_called
from grader.diagnosis.repair.repair import Repair
from grader.diagnosis.repair.sentences import Words
from grader.diagnosis.repair.sentences_of_bindings import OF_BINDINGS
from grader.diagnosis.repair.sentences_of_counterparts import OF_COUNTERPARTS
from grader.diagnosis.repair.which_of_them import with_what_is_around
from grader.diagnosis.repair.written import Edit
from grader.submissions.trees import walk

LONGEST = 90  # characters of a piece of code in a sentence
FEW_PLACES = 2  # that are told in one sentence
ODD = {"too-much", "deleted", "assertion", "branch-too-much", "copy"}  # edits that drop something
# What is told rather than that, where it does as well in the same line.
RATHER = {
    *("out-of-the-block", "before-the-block", "into-the-block", "later", "swapped", "function", "axis"),
    *("numpy-function", "two-arguments", "minlength", "like-an-array", "broadcast"),
}


KINDS: dict[str, Words] = {
    **OF_BINDINGS,
    **OF_COUNTERPARTS,
    "operator": Words(
        "`{before}` comes out right with another operator",
        "",
        "Which of the operators in this line is the one of the formula?",
    ),
    "too-much": Words(
        "{dropped}",
        "Only `{after}` is meant there.",
        "Is everything in this line part of the formula?",
    ),
    "penalty-too-much": Words(
        "{dropped}",
        "Only `{after}` is meant there: not everything that is learnt is penalised.",
        "Which parameters are in the penalty?",
    ),
    "once-too-often": Words(
        "{dropped}",
        "Only `{after}` is meant there.",
        "Which power of this stands in the formula?",
    ),
    "number-too-much": Words(
        "{dropped}",
        "Only `{after}` is meant there.",
        "Where does the number in this line come from?",
    ),
    "bound": Words(
        "The bound in `{before}` cuts off what should pass",
        "There is no largest value in the formula.",
        "What does this line give for 1000?",
    ),
    "call-too-much": Words(
        "`{old}` is too much in `{before}`",
        "What it is given, `{after}`, is what is needed there.",
        "Is the function in this line part of the formula, and not applied already?",
    ),
    "argmax": Words(
        "A class is compared with a whole one-hot label in `{before}`",
        "`np.argmax` gives the class that a one-hot label, or a row of scores, stands for.",
        "Print both sides of the comparison. Are they of one kind?",
    ),
    "activation-too-much": Words(
        "`{before}` is {found} once more than is meant",
        "What it is applied to is what is needed there.",
        "Has this function been applied already?",
    ),
    "order": Words(
        "The difference `{before}` is the wrong way round",
        "Its sign is turned.",
        "Which of the two is subtracted from which?",
    ),
    "upside-down": Words(
        "The quotient `{before}` is upside down",
        "What is divided and what divides have changed places.",
        "Which of the two is divided by which in the formula?",
    ),
    "sign": Words("The minus sign of `{before}` is too much", "", "Look at the signs of this line."),
    "sign-missing": Words("`{before}` has the wrong sign", "", "Look at the signs of this line."),
    "axes": Words(
        "The axes in `{before}` are not the right ones",
        "Each entry is for one axis of the array.",
        "Write beside each entry of `{before}` which axis it is for, and what that axis counts.",
    ),
    "axes-missing": Words(
        "The axes of `{before}` are in another order than is meant",
        "Each axis counts something else, samples, channels, rows or columns, and the next line, or whoever gets this, "
        "goes by their order.",
        "Write beside each axis of `{before}` what it counts, and what it should.",
    ),
    "transposed": Words(
        "The factors of `{before}` are in the wrong order, or one has to be transposed",
        "A matrix product sums over the last axis of the first factor and the first axis of the second: write the "
        "shapes below the factors.",
        "Write the shapes of both factors below this product. Over which axis is the sum?",
    ),
    "reshape-order": Words(
        "The numbers of `{before}` come to lie in the wrong order",
        "`reshape` takes the numbers in the order that they have and cuts it elsewhere: it exchanges no axes. "
        "`transpose` exchanges axes. The shape is right, and a row holds what belongs to several.",
        "Try it with `np.arange(12)`: which numbers should stand in one row, and which do?",
    ),
    "transposed-as-a-whole": Words(
        "`{before}` is transposed",
        "The numbers are right, with rows and columns exchanged.",
        "Write the shapes below this line. Which shape must its result have?",
    ),
    "untransposed": Words("`{before}` is transposed, and should not be", "", "Is the transpose in this line needed?"),
    "not-transposed": Words("`{before}` has to be transposed", "", "Write down the shape of each array in this line."),
    "comparison": Words(
        "Another comparison is meant than `{before}`", "", "What about the case in which both are equal?"
    ),
    "condition-too-much": Words(
        "The condition `{before}` asks for something that does not belong there",
        "`{after}` alone is meant.",
        "In which cases does each part of this condition hold, and for which of them is what stands below it meant?",
    ),
    "and-or": Words(
        "`and` and `or` are exchanged in `{before}`",
        "`and` holds where both sides do, `or` where at least one does.",
        "Write down the cases, and for each of them what this condition comes to.",
    ),
    "condition-reversed": Words(
        "The condition `{before}` is the wrong way round",
        "What is done where it holds is to be done where it does not.",
        "In which cases does this condition hold, and what is to be done in these?",
    ),
    "constant": Words("{number}", "", "Where does this number come from?"),
    "constant-throughout": Words(
        "A number is fixed that depends on the arguments: `{before}`",
        "The line is right for the sizes that it was written with alone.",
        "Would this line be right for arrays of another size?",
    ),
    "function": Words(
        "`{old}` is called where `{new}` is meant", "{about}", "What does this function give for an array?"
    ),
    "axis": Words("{axes}", "{about}", "Which shape should this have? Print it."),
    "range": Words("The loop runs the wrong way", "", "Print what this loop runs over."),
    "elementwise": Words(
        "`{before}` is a matrix product, and the product place by place is meant",
        "`*` multiplies numbers at the same place; `@` and `np.dot` also sum.",
        "Is this a matrix product, or one place by place?",
    ),
    "product": Words(
        "Another product is meant than `{before}`",
        "`*` multiplies numbers at the same place, `@` and `np.dot` sum over an axis, and `np.outer` takes every "
        "number of one with every number of the other.",
        "Which product is it: place by place, matrix, or outer? Which shape should it have?",
    ),
    "broadcast": Words(
        "The shapes in `{before}` meet along the wrong axis",
        "numpy lines up the last axes of two arrays. A number for each row has to be a column, (N, 1).",
        "Print the shapes of both sides. Which of their axes does numpy line up?",
    ),
    "brackets": Words(
        "The brackets in `{before}` are in the wrong place",
        "What stands between two brackets is computed first, or handed over, as a whole.",
        "In which order is this line computed?",
    ),
    "reaches-too-far": Words(
        "The division in `{before}` reaches too far, or not far enough",
        "`/=` divides by everything on its right, and `a + b / n` divides `b` alone.",
        "What does the division in this line divide, and by what?",
    ),
    "numpy-function": Words(
        "`{old}` is called where `{new}` is meant", "{about}", "What does this function do with an array?"
    ),
    "two-arguments": Words(
        "The second argument of `{old}` is an axis",
        "It is no second thing to sum: two sums are added with `+`.",
        "What is the second argument of this function?",
    ),
    "minlength": Words(
        "`bincount` counts only as far as the largest number that occurs",
        "Where the last classes do not occur, its result is too short. `minlength` makes sure of its length.",
        "What does `np.bincount([0, 1])` give where there are three classes?",
    ),
    "overflow": Words(
        "`{before}` overflows for large numbers",
        "`np.exp(1000)` is inf, and inf / inf is nan. The softmax stays the same when a number is subtracted from all "
        "scores of a sample: with their maximum subtracted the largest exponent is 0.",
        "What does this give for scores like 1000?",
    ),
    "like-an-array": Words(
        "`{before}` takes the numbers of an array for a shape",
        "`np.zeros` wants a shape; `np.zeros_like` makes zeros of the shape of an array.",
        "What does this function expect: an array or a shape?",
    ),
    "slices-too-much": Words(
        "`{before}` leaves out a part of what it is given",
        "Every entry is needed there.",
        "How many entries does this line go through, and how many are there?",
    ),
    "begins-at-zero": Words("`{before}` should begin at 0", "", "What should this begin at?"),
    "size": Words(
        "`{before}` is not the size that is needed here: it is `{after}`",
        "Where both are the same number, the difference does not show.",
        "Which axis is this the size of? Try arrays of which no two sizes are the same.",
    ),
    "size-formula": Words(
        "`{before}` gives another number of places than the window has",
        "A window of size f has (n + 2·padding − f) // stride + 1 places along an axis of size n.",
        "Count by hand how often the window fits.",
    ),
    "copy": Words(
        "`{before}` is changed in place while it is still needed",
        "An assignment does not copy an array: two names stand for the same one.",
        "Which other name stands for this array?",
    ),
    "inside-out": Words(
        "`{before}` has its two functions the wrong way round",
        "The logarithm of a sum is not the sum of the logarithms, and so it is with other functions: which of the two "
        "comes first matters.",
        "Which function is applied first in the formula, and which to what comes out?",
    ),
    "factor-in-one-of": Words(
        "{found}",
        "A change in any one of these lines does: the numbers do not tell which is meant.",
        "Derive what each of these lines computes: where does a factor 2 come from, and where does it cancel?",
        is_shown=False,
    ),
    "padding-once": Words(
        "`{before}` counts the padding once, and it is on both sides",
        "A window of size f has (n + 2·padding − f) // stride + 1 places along an axis of size n.",
        "By how much does the padding make the image wider?",
    ),
    "shared-array": Words(
        "{found}",
        "{because}",
        "Which names stand for this array, list or dict, and which line changes it in place?",
        is_shown=False,
    ),
    "in-place": Words(
        "`{before}` works in place, and a new array is needed",
        "What is there keeps its shape and its type, and changes under all of its names.",
        "Which shape and type has what is on the left before this line, and which other name stands for it?",
    ),
    "begun-as-another": Words(
        "{found}",
        "{because}",
        "What does this hold before the first call that uses it?",
        is_shown=False,
    ),
    "no-copy": Words(
        "`{before}` makes no copy",
        "Both names stand for one array: what is changed under one of them is changed under the other.",
        "What is the array on the right of this line after the lines below it?",
    ),
    "bound-anew": Words(
        "`{before}` becomes the name of a new array in this line: the one that the loop took it from stays as it was",
        "An assignment to a name changes no array. An assignment into it, `{before}[...] = …`, changes the array "
        "itself, and so do `+=` and `*=`.",
        "Print what the loop goes through before and after it. Has it changed?",
        is_shown=False,
    ),
    "sum": Words("A sum is missing: `{before}`", "", "Over what is summed in the formula?"),
    "stride": Words(
        "The windows move by one place each, where they should move by the stride",
        "A loop counts windows: number k begins at k times the stride. With a stride of 1 both are the same number.",
        "Where does the second window begin, if the stride is 2?",
    ),
    "times": Words(
        "`{before}` is to be multiplied: `{after}`",
        "A place is not the same as a count of steps.",
        "At which index does the third window begin?",
    ),
    "times-throughout": Words(
        "`{before}` is to be multiplied in this line: `{after}`",
        "A place is not the same as a count of steps.",
        "At which index does the third window begin?",
    ),
    "name": Words("`{after}` is meant, not `{before}`", "", "Read this line aloud with the meaning of each name."),
    "pass-before": Words(
        "`{before}` is the same in every pass of the loop",
        "What the loop makes, which is another one in every pass, is needed there.",
        "What changes from one pass of this loop to the next, and where does this line take it from?",
    ),
    "unread": Words(
        "`{factor}` is made and used nowhere: it is missing in `{before}`",
        "",
        "Which of your variables does nothing read?",
        is_shown=False,
    ),
    "carried-term": Words(
        "`{factor}`, which each pass of the loop gives, is not used in the next one: it is missing in `{before}`",
        "What comes from the other passes is a part of what goes into this one.",
        "What does a pass of this loop give to the next one, and where does that read it?",
        is_shown=False,
    ),
    "overwritten": Words(
        "`{before}` of each pass of the loop overwrites what was there: it has to be added up",
        "Each pass of the loop throws away what the one before it found.",
        "What is left of the earlier passes of the loop?",
        is_shown=False,
    ),
    "added-once": Words(
        "`{before}` adds once where an index occurs several times",
        "With a list of indices numpy takes the old values, adds, and puts the sums back: of several numbers for one "
        "place the last one is left. `np.add.at`, or a loop, adds each of them.",
        "What is `a` after `a = np.zeros(2); a[[0, 0]] += 1`?",
    ),
    "not-drawn": Words(
        "`{before}` is the same order every time: it has to be drawn at random",
        "`np.random.permutation` gives the same numbers in an order of its own.",
        "In which order does each call go through the samples?",
    ),
    "in-order": Words(
        "`{before}` is left in its old order",
        "Another array is put into a new order, and the entries of both belong together: it needs the same one.",
        "Which of the arrays belong together, sample by sample, and which of them are put into a new order?",
    ),
    "as-elsewhere": Words(
        "`{after}` is meant, not `{before}`",
        "It stands at another place of this function, and belongs here as well.",
        "Where else in the function does `{before}` stand, and together with what?",
    ),
    "size-in-product": Words(
        "`{before}` is not the number that is needed here",
        "Not all of its factors are the sizes that are meant.",
        "How many numbers are there to be counted in this line, and of which array?",
        is_shown=False,
    ),
    "other-size": Words(
        "`{after}` is meant, not `{before}`",
        "{found}. Where both are the same number, the difference does not show.",
        "Of which axis of which array is each size in this line?",
    ),
    "other-size-in-a-count": Words(
        "`{before}` counts with the size of another axis",
        "{found}. Where both are the same number, the difference does not show.",
        "Of which axis of which array is each size in this line?",
    ),
    "power-of-a-factor": Words(
        "`{after}` has the wrong power in a product: in this line, or in one that uses it or is used here",
        "In a product only the sum of the exponents counts: `np.sqrt(v)` is v to the power of ½.",
        "Which power has this quantity in the formula, and which in all lines together?",
    ),
    "name-in-slice": Words(
        "`{before}` counts with the wrong variable",
        "Each direction of the window has a counter of its own.",
        "Which of the loops' variables counts along which axis?",
    ),
    "step-of-a-window": Words(
        "From one window to the next `{before}` moves by the wrong number of places",
        "How far a window moves is the stride, however large the window is.",
        "Where do the first, the second and the third window begin?",
    ),
    "exchanged-parts": Words(
        "{found} have changed places: each takes the part of the array that is the other one's",
        "The parts of the array lie in another order.",
        "Which part of the array is which, and in which order does the task put them?",
        is_shown=False,
    ),
    "first-column": Words(
        "`{before}`: the first column, which belongs to the biases, is taken into the penalty",
        "Only weights are penalised; the first column multiplies the ones that stand for the biases.",
        "Which numbers of this matrix are weights, and which are biases?",
        is_shown=False,
    ),
    "exchanged": Words(
        "`{before}` and `{after}` have changed places in this line",
        "Each stands where the other is meant.",
        "Read this line aloud with the meaning of each name.",
        is_shown=False,
    ),
    "size-of-another-axis": Words(
        "`{before}` is the size of another axis than the one that is meant",
        "`{after}` is meant.",
        "What does each axis of this array count, and which of them is needed here?",
        is_shown=False,
    ),
    "option": Words(
        "An option in `{before}` changes what it does", "`{after}` is meant.", "What does it do without that option?"
    ),
    "carried-on": Words(
        "`{before}` is the same in every pass of the loop",
        "A pass computes `{after}`, and the next one begins with the old `{before}` again.",
        "What does the second pass of the loop begin with?",
        is_shown=False,
    ),
    "else-missing": Words(
        "`{before}` is done in every case: an `else` is missing",
        "The branch above it has dealt with its case already.",
        "Which lines are run when the condition holds?",
        is_shown=False,
    ),
    "name-throughout": Words(
        "`{after}` is meant in this line, not `{before}`", "", "Read this line aloud with the meaning of each name."
    ),
    "reversed": Words(
        "`{before}` is in the reversed order",
        "What is appended on the way from the last layer to the first begins with the last.",
        "Whose part comes first in this list: the first layer's, or the last one's?",
    ),
    "other-end": Words(
        "`{before}` leaves out the wrong end",
        "`[1:]` leaves out what comes first, `[:-1]` what comes last.",
        "Which of the places is not wanted: the first, or the last?",
    ),
    "fixed-end": Words(
        "`{before}` ends at the same place wherever it begins",
        "The second number of a slice is a place of the array, not how many entries are taken: a part of b entries "
        "that begins at k ends at k + b.",
        "How many entries has this slice in the second pass, and how many in the third?",
    ),
    "window-end": Words(
        "The window `{before}` does not end where it should",
        "A window that begins at `i * stride` ends as many places further as it is wide, whatever the stride.",
        "How many rows and columns has this slice, and how many should it have?",
    ),
    "loops-elsewhere": Words(
        "The loops over `{before}` make more or fewer passes than they should",
        "How often a loop runs depends on what it counts in that direction: places of the result, pixels of the image, "
        "or rows and columns of the window. For some sizes the numbers are the same, which hides it.",
        "What does each of these loops count, and how many of it are there in that direction?",
    ),
    "key": Words("`{before}` is not the entry that is needed here", "", "Which layer's quantity is needed here?"),
    "setting": Words(
        "No entry `{before}` is given: `{after}` is meant",
        "{if_lacking}",
        "Which keys does the task give these settings?",
    ),
    "setting-misspelt": Words(
        "The default is set for `{before}`, and `{after}` is read",
        "A key that is written another way is another key: what is read has no default.",
        "By which keys is this dict asked, and which of them get a value?",
    ),
    "annotation": Words(
        "`{before}` gives no value: behind a colon stands a type",
        "A value is given with `=`.",
        "Which sign gives a variable its value?",
    ),
    "into-the-call": Words(
        "The brackets of `{before}` end too early",
        "What stands behind the function belongs to what it is applied to.",
        "To what is the function in this line applied in the formula?",
    ),
    "into-the-brackets": Words(
        "`{new}` is applied to too little in `{before}`",
        "What stands before the function belongs to what it is applied to.",
        "To what is the function in this line applied in the formula?",
    ),
    "out-of-the-brackets": Words(
        "`{old}` is applied to too much in `{before}`",
        "A part of what stands between its brackets belongs outside of them.",
        "To what is the function in this line applied in the formula?",
    ),
    "rest-too-much": Words(
        "The `1 -` is too much in `{before}`",
        "Only `{after}` is meant there.",
        "Which of the two is meant, this or what is left of 1?",
    ),
    "line-twice": Words(
        "`{before}` stands twice: one of the two lines is meant for the biases",
        "What is copied has to be changed at each of its places. The biases are left as they were.",
        "Compare this line with the one above it, letter by letter.",
    ),
    "counter": Words(
        "`{before}` is the same in every pass of the loop: `{after}` is meant",
        "The line takes the part of another array that belongs to the pass.",
        "Which entry is needed in each pass of the loop?",
    ),
    "words": Words(
        "What is done for `{before}` and for `{after}` have changed places",
        "Each of the two does what the other one is asked to do.",
        "Which of the branches is run for which word?",
        is_shown=False,
    ),
    "argument-for-a-number": Words(
        "A number, {before}, stands where the argument `{after}` belongs",
        "Whatever the function is called with has no effect there.",
        "Which of the arguments is this number, and is it read anywhere?",
    ),
    "number-from-outside": Words(
        "`{before}` is a number from outside of the function, the same in every call: `{after}` is meant",
        "It keeps the value that it got when the file was run, whatever the function is given.",
        "What is this number when the function is given 3 samples, and what when it is given 300?",
    ),
    "entries-at": Words(
        "`{before}` holds indices: what is needed is `{after}`",
        "An index tells where something is; the entry of the other array at that index is the thing itself.",
        "Print `{before}`. Are these labels, or numbers of samples?",
    ),
    "biases-alike": Words(
        "`{before}` changes the weights alone: the biases stay as they are",
        "Every parameter goes its own way down, along its own gradient.",
        "Which parameters does a step of your training change?",
        is_shown=False,
    ),
    "index": Words(
        "Another entry is meant than the one at `{before}`: that at `{after}`",
        "Each layer, or each step, has an entry of its own.",
        "Which entry is needed in each pass of the loop?",
    ),
    "off-by-one": Words(
        "Off by one: `{after}` is meant, not `{before}`", "", "Try the first and the last index by hand."
    ),
    "negative-end": Words(
        "A slice that ends at minus a variable is empty when that is 0: `{before}`",
        "`x[p:-p]` is `x[0:0]` for p = 0. The end counted from the front works for every p.",
        "What does this slice give without padding?",
    ),
    "divide": Words("`{before}` is not divided by `{factor}`", "", "By what is this divided in the formula?"),
    "multiply": Words("The factor `{factor}` is missing in `{before}`", "", "Which factor of the formula is missing?"),
    "mean": Words("A mean is missing: `{before}`", "", "How many numbers should this be?"),
    "log-of-zero": Words(
        "`{before}` gives −inf where a probability is 0",
        "0 · log(0) is nan, and −inf spoils every sum that it is in. A tiny number added, or a lower bound, avoids it.",
        "What does this give for a probability that is exactly 0?",
    ),
    "activation-missing": Words(
        "The activation is missing: `{before}`",
        "Layers without one in between are together no more than a single linear layer.",
        "What happens to a hidden layer's weighted sum before the next layer?",
        is_shown=False,
    ),
    "function-missing": Words(
        "`{new}` is to be applied to `{before}`",
        "",
        "Which function of this stands in the formula?",
        is_shown=False,
    ),
    "absolute": Words(
        "The absolute value of `{before}` is needed", "", "Can what is measured here be negative in the formula?"
    ),
    "sign-of": Words(
        "The sign of `{before}` is needed",
        "The derivative of |x| is 1 where x is positive and −1 where it is negative, however large x is.",
        "What is the derivative of the absolute value?",
    ),
    "log": Words("The logarithm of `{before}` is needed", "", "Which function of this stands in the formula?"),
    "exp": Words("The exponential of `{before}` is needed", "", "Which function of this stands in the formula?"),
    "root": Words("The square root of `{before}` is needed", "", "Which function of this stands in the formula?"),
    "square": Words("`{before}` has to be squared", "", "Which power of this stands in the formula?"),
    "one-minus": Words("1 minus `{before}` is needed", "", "Compare this with the formula."),
    "penalty": Words(
        "The penalty is missing in `{before}`",
        "With regularisation the cost has a term of the weights, and the gradient of the weights has its derivative.",
        "Where does the strength of the penalty enter?",
        is_shown=False,
    ),
    "bias": Words(
        "The bias is missing in `{before}`",
        "Each unit adds its own bias to the weighted sum.",
        "What is added to the weighted sum?",
        is_shown=False,
    ),
    "slope": Words(
        "The slope of the activation is missing in `{before}`",
        "On the way back through an activation each entry is multiplied with the derivative of the activation there.",
        "What happens to the gradient on the way back through the activation?",
        is_shown=False,
    ),
    "slope-of-another": Words(
        "The slope of the activation in `{before}` is not the right one",
        "ReLU lets the gradient through where its input was positive, and nowhere else.",
        "At which numbers is the derivative of the activation taken?",
        is_shown=False,
    ),
    "scale": Words(
        "A factor is missing in `{before}`: one with `{factor}`",
        "Each column has a factor of its own in the formula.",
        "Which quantity of the formula is not in this line?",
        is_shown=False,
    ),
    "affine": Words(
        "`{before}` is neither scaled nor shifted",
        "The formula multiplies each column by a factor of its own and adds a number of its own.",
        "Which arguments of the function are not used yet?",
        is_shown=False,
    ),
    "axis-throughout": Words(
        "This line runs along axis {before}, and should run along axis {after}",
        "Along axis 0 there is one result for each column, along axis 1 one for each row.",
        "Over what does each sum or mean of the formula run?",
        is_shown=False,
    ),
    "term": Words(
        "A term or factor is missing in `{before}`: one with `{factor}`",
        "",
        "Which quantity of the formula is not in this line?",
        is_shown=False,
    ),
    "label-of-0": Words(
        "`{before}` counts the label 1 alone: the term of the label 0 is missing",
        "Where the label is 0 the product is 0, whatever the output is, so that no output near 1 costs anything there.",
        "What does a sample with the label 0 add to the cost, and what should it?",
        is_shown=False,
    ),
    "label-of-1": Words(
        "`{before}` counts the label 0 alone: the term of the label 1 is missing",
        "Where the label is 1 the product is 0, whatever the output is, so that no output near 0 costs anything there.",
        "What does a sample with the label 1 add to the cost, and what should it?",
        is_shown=False,
    ),
    "difference-meant": Words(
        "`{before}` is not the derivative that is needed here",
        "For softmax (or sigmoid) and cross-entropy together it is the plain difference of probabilities and labels: "
        "the derivative of the activation cancels.",
        "Which derivative do softmax and cross-entropy have together?",
        is_shown=False,
    ),
    "difference-of-ones": Words(
        "`{before}` holds only whole numbers, where probabilities are needed",
        "For softmax and cross-entropy each class's column gets the sample times that class's probability, and the "
        "true class's once less. Plain 1 and −1 belong to the gradient of a hinge loss.",
        "What is the derivative of the cross-entropy with respect to the score of each class?",
        is_shown=False,
    ),
    "activation": Words(
        "`{before}` computes {found}, and another function is needed",
        "",
        "Which function of its input should this be?",
        is_shown=False,
    ),
    "activation-of-a-gradient": Words(
        "`{before}` puts a gradient through {found}, where the slope is needed",
        "Going back through an activation, what arrives is multiplied by the slope that it had in the forward pass: "
        "which numbers arrive does not matter for that.",
        "At which numbers, those of the forward pass or those that arrive, is the derivative of the activation taken?",
        is_shown=False,
    ),
    "slope-confused": Words(
        "`{before}` is not the slope that is needed: it is {found}",
        "Each activation has a slope of its own, and its formula is one in terms of the input z or one in terms of the "
        "output a.",
        "At which numbers is this derivative taken, and is it the formula for them?",
        is_shown=False,
    ),
    "size-confused": Words(
        "`{before}` is {found}, and another measure of size is needed",
        "",
        "Which sum stands in the formula?",
        is_shown=False,
    ),
    "penalty-itself": Words(
        "`{before}` is {found}: it is part of a penalty, and the derivative of that is needed",
        "A cost is one number, and its gradient has one for each weight: the derivative of the sum of w² with respect "
        "to one weight is 2w, which no other weight is in.",
        "Which shape has the gradient of the penalty, and what is the derivative of w²?",
        is_shown=False,
    ),
    "sign-confused": Words(
        "`{before}` is {found}: the derivative of another penalty",
        "",
        "What is the derivative of the penalty?",
        is_shown=False,
    ),
    "plain": Words("`{before}` adds where it should assign", "", "What does the variable hold before this line?"),
    "accumulate": Words(
        "`{before}` overwrites what was there: it has to be added",
        "Each pass of the loop throws away what the one before it found.",
        "What is left of the earlier passes of the loop?",
    ),
    "target-too-much": Words(
        "`{before}` puts this into one place too many",
        "What stands there before is still needed, or is to be kept as it was.",
        "What is each of these names needed for further down, and in the next call?",
    ),
    "never-counted": Words(
        "`{before}` is read and never counted up",
        "It is the same in each call: that of the first step.",
        "Print it in several calls.",
    ),
    "power": Words(
        "`{before}` is to be raised to the power of the number of steps: `{after}`",
        "After t steps the beginning is forgotten but for β to the power of t.",
        "What does this line give in the second step, and in the hundredth?",
    ),
    "running-mean": Words(
        "`{before}` goes into the running mean with its full weight",
        "A running mean keeps β of what it was and takes 1 − β of what is new; the two weights add up to 1.",
        "What does this come to after many steps, if the gradient is 1 each time?",
        is_shown=False,
    ),
    "bias-correction": Words(
        "The running mean `{before}` is not corrected for its beginning at 0",
        "A mean that begins at 0 is too small in the first steps. Divided by 1 − β to the power of the step's "
        "number it is of the right size from the first one on.",
        "What is this in the first step, if the gradient is 1?",
        is_shown=False,
    ),
    "not-kept": Words(
        "`{before}` is read, and nothing new is ever put there",
        "What `{after}` is at the end is what the next call has to go on from.",
        "What does the next call find there?",
        is_shown=False,
    ),
    "added-up": Words(
        "`{before}` is left with what the last pass of the loop gave: it has to be added up",
        "A sum begins at 0 before the loop, and each pass adds its part.",
        "What is left of the earlier passes of the loop?",
    ),
    "lost": Words(
        "What this line gives is put into `{before}`, which nothing reads; it belongs into `{after}`",
        "What is run next reads `{after}`, and finds the old value there.",
        "Which name is read next, in the following lines or the next pass of a loop?",
    ),
    "assertion": Words(
        "What `{before}` demands is not so, though it was computed right",
        "It may be true of your own example: with other sizes it stops a function that is right.",
        "Is this true of arrays of every size?",
    ),
    "deleted": Words("`{before}` does not belong here", "Without it all is right.", "What is this line for?"),
    "always": Words("This should not depend on a condition: `{before}`", "", "In which cases is this run?"),
    "never": Words(
        "This branch is too much: `{before}`",
        "What stands below `else` is always meant.",
        "In which cases is this run?",
    ),
    "branch-too-much": Words(
        "What stands below `{before}` is not what is to be done there",
        "What is done where the condition does not hold is right for these cases as well.",
        "What is different in the cases for which this branch is taken?",
    ),
    "swapped": Words(
        "`{before}` and the line below it are the wrong way round",
        "One of them changes what the other one needs.",
        "In which order are these two lines run?",
    ),
    "later": Words(
        "`{before}` comes too early",
        "What follows still needs the value from before.",
        "What still needs the old value?",
    ),
    "earlier": Words(
        "`{before}` comes too late: it belongs above the block that stands before it",
        "That block changes what this line reads, or needs what it gives.",
        "Does the block above change anything that this line reads, or need what it gives?",
    ),
    "out-of-the-block": Words(
        "`{before}` belongs below `{block}`, not into it",
        "{how_often}",
        "How often is this line run?",
    ),
    "before-the-block": Words(
        "`{before}` belongs above `{block}`, not into it",
        "{how_often}",
        "How often is this line run?",
    ),
    "into-the-block": Words(
        "`{before}` belongs into `{block}`",
        "{how_often}",
        "How often is this line run?",
    ),
}
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


def title_of(edit: Edit) -> str:
    _, around = with_what_is_around(edit)
    return f"{_filled(_words(edit).title, edit)}{f', in `{around}`' if around else ''}"


def title_of_repair(repair: Repair, parts: str = "") -> str:
    """What is wrong; where another change does as well, no more than that one of the two is needed.

    A change with which only some of the checks pass need not be the one that is meant, nor one that makes `parts` right
    and leaves others wrong that are computed from the same.
    """
    edit, rival = repair.edits[0], repair.rival
    if repair.is_shared:
        return f"With a change in line {edit.place}, {parts} {_verb(parts)} right"
    if repair.checks:
        return f"With a change in line {edit.place}, {_named(repair.checks)}"
    if rival is None:
        return title_of(edit)
    first, last = sorted((edit.place, rival.place))
    if first == last:
        return f"Line {first} has to be changed: with either of two changes every check passes"
    return f"Line {first} or line {last} has to be changed: with either change every check passes"


def why_of(edit: Edit) -> str:
    return _filled(_words(edit).why, edit)


def because_of(repair: Repair) -> str:
    """What is wrong in which line, and why, as the beginning of what is told of its consequence."""
    edit = repair.edits[0]
    return " ".join(filter(None, [f"Line {edit.place}: {_lower(title_of(edit))}.", why_of(edit)]))


def hints_of(edit: Edit) -> tuple[str, ...]:
    return (_filled(_words(edit).nudge, edit), f"It is about `{_cut(edit.before)}`.")


ALL_THAT_IS_LEFT = "what is told besides explains all that is still wrong."


def explanation_of(repair: Repair, function: str, parts: str = "", below: Sequence[str] = ()) -> str:
    """Why it is wrong, and with what all checks pass; of several edits, all of them.

    `parts` lists what becomes right, where that is not everything; `below` are functions that are wrong themselves.
    """
    if len(repair.edits) > 1:
        return _of_several(repair, function, parts)
    (edit,) = repair.edits
    proof = _proof_of_parts(edit, parts) if repair.paths else _proof(edit, function)
    if repair.on_the_way:
        proof = f"With it put right, {ALL_THAT_IS_LEFT}"
    if repair.is_shared:
        change = (
            f"{_exchanged(edit)} {_they(parts)}" if _is_shown(edit) else f"{title_of(edit)}: put right, {_they(parts)}"
        )
        return f"{change}. What else is wrong may have a cause of its own, or both one above, which this makes up for."
    if repair.checks:
        change = f"{_exchanged(edit)} it does" if _is_shown(edit) else f"{title_of(edit)}: with it put right it does"
        return f"{change}, and the other checks still fail: there may be another mistake, or another line is meant."
    if below:
        proof = f"{proof.rstrip('.')}, once {' and '.join(f'`{name}`' for name in below)} {_is(below)} right."
    if repair.rival is not None:
        one, other = (f"{_change(e)} in line {e.place}" for e in sorted((edit, repair.rival), key=lambda e: e.place))
        return f"The one is {one}, the other {other}. The numbers do not tell which is meant."
    return " ".join(filter(None, [why_of(edit), proof]))


def _named(checks: Sequence[str]) -> str:
    """That checks pass, by their titles."""
    return f"{' and '.join(f'“{title}”' for title in checks)} {'passes' if len(checks) == 1 else 'pass'}"


def _is(names: Sequence[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _of_several(repair: Repair, function: str, parts: str) -> str:
    lines: dict[str, list[int]] = {}
    for one in repair.edits:
        lines.setdefault(f"{_lower(title_of(one))}{_shown(one)}", []).append(one.place)
    in_order = sorted(lines.items(), key=lambda entry: entry[1])
    told = [f"{_in_lines([*dict.fromkeys(places)])}: {sentence}" for sentence, places in in_order]
    proof = f"With these changes every check of `{function}` passes."
    if repair.paths:
        proof = f"With these changes {parts} {_verb(parts)} right, and something else is still wrong."
    if repair.on_the_way:
        proof = f"With these changes {ALL_THAT_IS_LEFT}"
    if len(lines) == 1:  # one slip, made several times
        places = [*dict.fromkeys(one.place for one in repair.edits)]
        times = f"It is so {len(repair.edits)} times, in {_in_lines(places)}{_shown(repair.edits[0])}."
        return " ".join(filter(None, [why_of(repair.edits[0]), times, proof]))
    whys = {why_of(one) for one in repair.edits}
    why = whys.pop() if len(whys) == 1 else ""
    if len({one.place for one in repair.edits}) == 1:
        line = f"{len(repair.edits)} places in line {repair.edits[0].place}: {'; '.join(lines)}."
        return " ".join(filter(None, [why, line, proof]))
    if len(told) > FEW_PLACES:  # one below the other
        listed = [f"{one[0].upper()}{one[1:]}." for one in told]
        return "\n\n".join([f"{why} {len(repair.edits)} places:".lstrip(), *listed, proof])
    return " ".join(filter(None, [why, f"{len(repair.edits)} places: {'; '.join(told)}.", proof]))


def _in_lines(lines: Sequence[int]) -> str:
    numbers = [str(line) for line in lines]
    listed = " and ".join(filter(None, [", ".join(numbers[:-1]), numbers[-1]]))
    return f"{'lines' if len(lines) > 1 else 'line'} {listed}"


def _verb(parts: str) -> str:
    return "are" if " and " in parts else "is"


def _they(parts: str) -> str:
    return "they are" if " and " in parts else "it is"


def _shown(edit: Edit) -> str:
    told, _ = with_what_is_around(edit)
    return f" (`{_cut(told.after)}` is meant)" if _is_shown(edit) and _cut(told.after) not in title_of(edit) else ""


def _is_shown(edit: Edit) -> bool:
    is_moved = edit.tier == "moves" or edit.kind in ("swapped", "later", "earlier", "sooner")
    return _words(edit).is_shown and bool(edit.after) and edit.after != "pass" and not is_moved


def _change(edit: Edit) -> str:
    """What is done to a line, without a word on why."""
    if edit.kind == "swapped":
        return f"`{_cut(edit.before)}` and the line below it in the other order"
    if edit.kind in ("later", "earlier", "sooner"):
        return f"`{_cut(edit.before)}` further {'down' if edit.kind == 'later' else 'up'}"
    if edit.kind == "deleted":
        return f"nothing in the place of `{_cut(edit.before)}`"
    if not _is_shown(edit):
        return _lower(title_of(edit))
    told, _ = with_what_is_around(edit)
    return f"`{_cut(told.after)}` in the place of `{_cut(told.before)}`"


def _proof(edit: Edit, function: str) -> str:
    if edit.kind in ("deleted", "assertion"):
        return f"{'Then' if edit.kind == 'deleted' else 'Without it'} every check of `{function}` passes."
    if edit.kind.startswith("shared-array"):
        return f"With a copy there every check of `{function}` passes."
    if edit.kind.startswith("begun-as-another"):
        return f"With zeros there every check of `{function}` passes."
    if not _is_shown(edit):
        return f"With it put right every check of `{function}` passes."
    return f"{_exchanged(edit)} every check of `{function}` passes."


def _proof_of_parts(edit: Edit, parts: str) -> str:
    change = _exchanged(edit) if _is_shown(edit) else "With it put right"
    return f"{change} {parts} {_verb(parts)} right; what else is wrong has another cause."


def _exchanged(edit: Edit) -> str:
    told, _ = with_what_is_around(edit)
    return f"With `{_cut(told.after)}` in the place of `{_cut(told.before)}`"


def _words(edit: Edit) -> Words:
    return KINDS[edit.kind.partition(":")[0]]


def _filled(pattern: str, edit: Edit) -> str:
    if not pattern:
        return ""
    old, new = _called(edit.before), _called(edit.after)
    values = {
        "before": _cut(edit.before),
        "after": _cut(edit.after),
        "old": old,
        "new": new,
        "found": edit.kind.partition(": ")[2].partition(" | ")[0],
        "because": edit.kind.partition(" | ")[2],
        "factor": _cut(_added(edit)),
        "axes": _axes(edit),
        "dropped": _dropped(edit),
        "number": _number(edit),
        "about": _about(old, new, edit),
        "block": _cut(block_of(edit)),
        "how_often": how_often(edit),
        "if_lacking": _if_lacking(edit),
    }
    return re.sub(r"\{(\w+)\}", lambda match: values[match[1]], pattern)


def _if_lacking(edit: Edit) -> str:
    """What comes of asking for an entry that is not there."""
    asks = any(name_called(node.func) in ("get", "setdefault") for node in _calls(edit.statement))
    return "What is not there is taken from the default." if asks else ""


def _calls(statement: ast.stmt) -> list[ast.Call]:
    return [node for node in walk(statement) if isinstance(node, ast.Call)]


def _called(text: str) -> str:
    """`np.max` of `np.max(x, axis=1)`."""
    node = _parsed(text)
    return ast.unparse(node.func) if isinstance(node, ast.Call) else text


def _added(edit: Edit) -> str:
    """What an edit adds at the end: `N` of `loss / N`."""
    node = _parsed(edit.after)
    return ast.unparse(node.right) if isinstance(node, ast.BinOp) else edit.after


def _about(old: str, new: str, edit: Edit) -> str:
    if edit.kind == "axis":
        return _about_axes(edit)
    name = old.rpartition(".")[2]
    if (pair := (name, new.rpartition(".")[2])) in ABOUT:
        return ABOUT[pair]
    if old.startswith("math.") and new.startswith("np."):
        return MATH.format(name=name)
    if old == name and new.startswith("np."):
        return BUILTIN.format(name=name)
    return ""


def _dropped(edit: Edit) -> str:
    """What of an expression is too much: the factor, the term, or a part that has no name."""
    before = _parsed(edit.before)
    after = _parsed(edit.after)
    pattern, dropped = "", ""
    if isinstance(before, ast.BinOp) and after is not None:
        left, right = ast.unparse(before.left), ast.unparse(before.right)
        patterns = DROPPED.get(type(before.op), ("", ""))
        if ast.unparse(after) == left:
            pattern, dropped = patterns[0], right
        elif ast.unparse(after) == right:
            pattern, dropped = patterns[1], left
    if not pattern:
        return f"A part of `{_cut(edit.before)}` is too much"
    return f"{pattern.format(_cut(dropped))} `{_cut(edit.before)}`"


def _number(edit: Edit) -> str:
    """That a number is wrong, with what it stands in, if that is told."""
    if edit.kind == IN_CONTEXT and (other := computed_beside(edit)):
        return f"The number in `{_cut(edit.before)}` is not the right one, or a factor is missing in `{other}`"
    if edit.kind == IN_CONTEXT:
        return f"Another number belongs into `{_cut(edit.before)}`"
    return f"The number in this line is not the right one: `{_cut(edit.before)}`"


def _parsed(text: str) -> ast.expr | None:
    try:
        return ast.parse(text, mode="eval").body
    except SyntaxError:
        return None


def _axis_and_keepdims(text: str) -> tuple[str, bool]:
    node = _parsed(text)
    axis, keeps = "", False
    if isinstance(node, ast.Call):
        is_of_numpy = isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) in ("np", "numpy")
        positional = node.args[1:2] if is_of_numpy else node.args[:1]
        axis = ast.unparse(positional[0]) if positional else ""
        for keyword in node.keywords:
            if keyword.arg == "axis":
                axis = ast.unparse(keyword.value)
            elif keyword.arg == "keepdims":
                keeps = ast.unparse(keyword.value) == "True"
    return "" if axis == "None" else axis, keeps


def _axes(edit: Edit) -> str:
    """What is wrong with a reduction."""
    (old, kept), (new, keeps) = _axis_and_keepdims(edit.before), _axis_and_keepdims(edit.after)
    before = _cut(edit.before)
    if old != new and not new:
        return f"`{before}` runs along one axis, and should run over everything"
    if old != new and not old:
        return f"`{before}` runs over everything, and should run along axis {new}"
    if old != new:
        return f"`{before}` runs along axis {old}, and should run along axis {new}"
    if keeps and not kept:
        return f"`{before}` loses the axis along which it runs"
    return f"`{before}` keeps an axis that should go"


def _about_axes(edit: Edit) -> str:
    (old, kept), (new, keeps) = _axis_and_keepdims(edit.before), _axis_and_keepdims(edit.after)
    if keeps and not kept:
        return "Without `keepdims=True` a number for each row is (N,), which numpy lines up with the columns."
    if old != new and new:
        return "Along axis 0 there is one result for each column, along axis 1 one for each row."
    return ""


def _cut(text: str) -> str:
    text = text.replace("`", "'")
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:] if sentence[1:2].islower() or sentence[1:2] == " " else sentence
