"""What is said of arrays: axes, products, shapes, sizes, indices, windows."""

from grader.diagnosis.repair.sentences import Words

OF_ARRAYS: dict[str, Words] = {
    "sliced-again": Words(
        "`{before}` slices one axis again and again: each pair of brackets begins at the first one",
        "`x[a:b][c:d]` are rows c to d of rows a to b. The indices of all axes stand in one pair of brackets, with "
        "commas between them.",
        "Print the shape behind each pair of brackets.",
    ),
    "axes": Words(
        "The axes in `{before}` are not the right ones",
        "Each entry is for one axis of the array.",
        "Write beside each entry of `{before}` which axis it is for, and what that axis counts.",
    ),
    "bias-units": Words(
        "The ones that stand for the biases are missing beside `{before}`",
        "The weights have one column more than there are inputs, that of the biases: it is multiplied by ones, which "
        "are put in front of the inputs, and in front of the activations of each hidden layer.",
        "How many inputs do these weights have a number for, and how many are there?",
    ),
    "bias-units-left": Words(
        "`{before}` has the place of the bias units as well, which is left out here",
        "Nothing goes back through the bias units: they are ones, whatever the layer is given. What goes on has a "
        "number for each other unit alone.",
        "How many units has this layer, and for how many has this array a number?",
    ),
    "own-entries": Words(
        "`{before}` takes for each label what the samples have together, not the sample's own number",
        "For sample i it is the number in row i, in the column of its label: rows and columns are given in pairs.",
        "Which numbers does this line take for the first sample?",
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
    "axis": Words("{axes}", "{about}", "Which shape should this have? Print it."),
    "whole-numbers": Words(
        "An array of the type `{before}` takes whole numbers alone",
        "What is put into it loses what stands behind the point, and in a type without signs what is below 0. An array "
        "of floats keeps both.",
        "Put 0.7 into this array, and print it.",
    ),
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
    "share": Words(
        "`{before}` does not divide by the sum of the numbers that are to add up to 1",
        "Shares of a sum add up to 1: each number is divided by the sum of all of them.",
        "What do the results of this line add up to?",
    ),
    "of-each-sample": Words(
        "`{before}` is not each sample's matrix times its vector",
        "`*` multiplies place by place, and `@` takes all vectors for one matrix: of a sample's matrix each row is to "
        "be multiplied with the vector of that sample, and summed up.",
        "Which shape should the result have, and what is summed over in the formula of one sample?",
    ),
    "brackets": Words(
        "The brackets in `{before}` are in the wrong place",
        "What stands between two brackets is computed first, or handed over, as a whole.",
        "In which order is this line computed?",
    ),
    "numpy-function": Words(
        "`{old}` is called where `{new}` is meant", "{about}", "What does this function do with an array?"
    ),
    "comma": Words(
        "A comma stands for the `*` in `{before}`",
        "The second argument of `{old}` is an axis, and no factor of what is summed.",
        "What is the second argument of this function?",
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
    "like-an-array": Words(
        "`{before}` takes the numbers of an array for a shape",
        "`np.zeros` wants a shape; `np.zeros_like` makes zeros of the shape of an array.",
        "What does this function expect: an array or a shape?",
    ),
    "backwards": Words(
        "`{before}` begins with the last one",
        "What stands first there belongs to what stands last elsewhere.",
        "Which one comes first here, and which in what it is put together with?",
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
    "padding-once": Words(
        "`{before}` counts the padding once, and it is on both sides",
        "A window of size f has (n + 2·padding − f) // stride + 1 places along an axis of size n.",
        "By how much does the padding make the image wider?",
    ),
    "axis-of-one": Words(
        "`{before}` has an axis too many",
        "A column, or a row, is no vector: taken from one, it makes a matrix of both.",
        "Which shape should this have? Print it.",
    ),
    "sum": Words("A sum is missing: `{before}`", "", "Over what is summed in the formula?"),
    "stride": Words(
        "The windows move by one place each, where they should move by the stride",
        "A loop counts windows: number k begins at k times the stride. With a stride of 1 both are the same number.",
        "Where does the second window begin, if the stride is 2?",
    ),
    "place-by-place": Words(
        "`{before}` chooses once for all, and an array has many places",
        "An `if` asks for one truth value, and the comparison of an array has one for each of its entries. `np.where` "
        "chooses in every place.",
        "What does the condition give for an array of three numbers? Print it.",
    ),
    "total-of-everything": Words(
        "`{before}` takes everything together, and another total along one axis is meant",
        "Without `axis` one number is left of a whole array; and a mean is the sum divided by how many there are.",
        "Which shape should this have? And is its size to depend on how many are added up?",
    ),
    "from-the-other-end": Words(
        "`{before}` counts from the wrong end",
        "A number below zero counts from the end, as other lines of this loop do.",
        "Which entry is this in the first pass of the loop, and which one is meant?",
    ),
    "place-of-the-loops": Words(
        "The place in `{before}` is not the one that the loops have come to",
        "Each loop counts along one axis: `{after}` is meant. Where a window begins is a place in another array.",
        "What does each loop count, and which axis of this array is that?",
    ),
    "place-in-window": Words(
        "`{before}` is a place in the window, and is used as one in the image",
        "What is looked for in a part of an array is counted from where the part begins. In the first window "
        "both are the same place, which hides it.",
        "Which place does the first corner of the second window have, in the window and in the image?",
    ),
    "identity-matrix": Words(
        "`{before}` takes every entry from 1, and only those on the diagonal have a 1 to be taken from",
        "In numpy 1 less a matrix is that in every place. The identity matrix is 1 on its diagonal and 0 elsewhere.",
        "What should stand beside the diagonal? Work out a matrix of two rows by hand.",
    ),
    "size-in-product": Words(
        "`{before}` is not the number that is needed here",
        "Not all of the sizes in it are those that are meant.",
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
    "name-in-slice": Words(
        "`{before}` counts with the wrong variable",
        "Each direction of the window has a counter of its own.",
        "Which of the loops' variables counts along which axis?",
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
    "exchanged-sizes": Words(  # which of the two is meant the other way round nothing tells: either does
        "`{before}` and `{after}` are exchanged between this line and {found}",
        "Here each is the size of one axis, and there it is used as that of the other one. One of the two is meant the "
        "other way round.",
        "Which axis of the array does each of the two count, and what does each loop go along?",
        is_shown=False,
    ),
    "size-of-another-axis": Words(
        "`{before}` is the size of another axis than the one that is meant",
        "`{after}` is meant.",
        "What does each axis of this array count, and which of them is needed here?",
        is_shown=False,
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
    "classes-counted": Words(
        "`{before}` is not the number of classes of every call: `{after}` is",
        "Classes are counted from 0, so there is one more than the largest says; one of them may not occur.",
        "How many classes are there in a call, and what does this line take for it?",
    ),
    "loops-elsewhere": Words(
        "The loops over `{before}` make more or fewer passes than they should",
        "How often a loop runs depends on what it counts in that direction: places of the result, pixels of the image, "
        "or rows and columns of the window. For some sizes the numbers are the same, which hides it.",
        "What does each of these loops count, and how many of it are there in that direction?",
    ),
    "key": Words("`{before}` is not the entry that is needed here", "", "Which layer's quantity is needed here?"),
    "entries-at": Words(
        "`{before}` holds indices: what is needed is `{after}`",
        "An index tells where something is; the entry of the other array at that index is the thing itself.",
        "Print `{before}`. Are these labels, or numbers of samples?",
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
    "mean": Words("A mean is missing: `{before}`", "", "How many numbers should this be?"),
    "reduction": Words(
        "`{before}` runs over everything: `{new}` along an axis is needed",
        "Along axis 0 there is one result for each column, along axis 1 one for each row.",
        "How many numbers should this be? Is it a sum or a mean in the formula?",
    ),
    "other-end-of-list": Words(
        "`{before}` counts from the other end of the list: `{after}` is meant",
        "An index below 0 counts from the end: `[-1]` is the last entry, `[-2]` the one before.",
        "Write down for the first pass of the loop which entry this is, and which it should be.",
    ),
    "axis-throughout": Words(
        "This line runs along axis {before}, and should run along axis {after}",
        "Along axis 0 there is one result for each column, along axis 1 one for each row.",
        "Over what does each sum or mean of the formula run?",
        is_shown=False,
    ),
}
