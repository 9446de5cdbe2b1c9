"""What is said of names that get the wrong thing, or nothing, of what stands for its counterpart, and of early ends."""

from grader.diagnosis.repair.sentences import Words

OF_BINDINGS: dict[str, Words] = {
    "thrown-away": Words(
        "What `{before}` gives is thrown away",
        "The call makes something new and leaves what it is given as it was: its result needs a name.",
        "What does the next line read, and which line has put it there?",
    ),
    "kept-as-given": Words(
        "`{before}` does not keep what is needed later: that is `{after}` as it was given",
        "What is computed from it here may stand under a name of its own.",
        "What does the function that reads `{before}` need there?",
        is_shown=False,
    ),
    "kept-in-a-local-name": Words(
        "`{found}` is a name of this call alone: what is to stay belongs into `{because}`",
        "A local name is gone when the method returns. An attribute stays with the object, where others look for it.",
        "Who reads this after the method has returned, and under which name?",
    ),
    "continue-meant": Words(
        "`{before}` ends the whole loop, where only this pass of it should end",
        "`continue` goes on with the next pass; after `break` or `return` what is left is never looked at.",
        "How many passes does this loop make? Let it print something.",
    ),
    "break-meant": Words(
        "`{before}` goes on with the next pass, where the loop should end",
        "`break` leaves the loop; `continue` leaves out the rest of this pass alone.",
        "How many passes does this loop make? Let it print something.",
    ),
    "self-missing": Words(
        "`{before}` is an attribute of the object: it is `{after}`",
        "Inside a method the bare name is another one, which nothing has given a value.",
        "Where does this name get its value?",
    ),
    "key-cut-short": Words(
        "The bracket in `{before}` closes before the key is whole: `{after}`",
        "What stands behind the bracket is added to the entry, and not to its key.",
        "Which entry is asked for here?",
    ),
    "numpy-missing": Words(
        "`{before}` is numpy's, and is called `{after}` here",
        "`import numpy as np` gives a name to numpy as a whole, not to what is in it.",
        "Where does this name come from?",
    ),
    "misspelt": Words(
        "There is no `{before}`: `{after}` is meant",
        "",
        "Where does this name get its value, and is it written the same there?",
    ),
    "size-undefined": Words(
        "Nothing gives `{before}` a value in this function: the number of `{after}` is meant",
        "What a function counts, it takes from what it is given, as in `{before} = {after}` at its beginning.",
        "What does this name count, and which argument tells how many there are?",
    ),
    "name-of-another": Words(
        "This line gives `{before}` a value, and `{after}` is meant, which has none",
        "",
        "Which name does this line put its value under, and which name has no value at all?",
    ),
    "attribute-assigned": Words(
        "`{before}` is no name of its own, and nothing can be put there before there is an array: `{after}`",
        "A transposed array is another view of the one that has a name.",
        "Which name does this line give a value, and is there anything under it before?",
    ),
    "not-called": Words(
        "`{before}` is the method itself: without brackets it is not called",
        "",
        "What does `print({before})` show?",
    ),
    "entry-by-a-dot": Words(
        "`{before}` asks a dict for an attribute: its entries are asked for by their keys, `{after}`",
        "",
        "How is an entry of a dict read?",
    ),
    "star-missing": Words(
        "`{before}` hands over a tuple as one argument: `{after}` hands over its numbers",
        "",
        "How many arguments does this function get here, and how many does it take?",
    ),
    "row-for-column": Words(
        "`{before}` takes a row, and a column is meant: `{after}`",
        "The first index of a matrix counts rows, the second one columns.",
        "Which shape has this matrix, and which of its axes does the index count along?",
    ),
    "column-for-row": Words(
        "`{before}` takes a column, and a row is meant: `{after}`",
        "The first index of a matrix counts rows, the second one columns.",
        "Which shape has this matrix, and which of its axes does the index count along?",
    ),
    "not-flattened": Words(
        "`{before}` has more axes than a matrix: each sample has to become a row, `{after}`",
        "A matrix product with weights wants one row for each sample, all of its numbers in it.",
        "Print the shape of what goes into this product. How many axes has it?",
    ),
    "entry-of-list": Words(
        "`{before}` is the whole {found}, and one entry of it is meant: `{after}`",
        "The loop counts the entries, and each pass of it is about one of them.",
        "What is `{before}` in each pass of the loop, and what is needed there?",
    ),
    "ones-missing": Words(
        "`{before}` lacks the 1 that goes with the biases",
        "Where the biases are a part of the weights, each sample has a 1 that they are multiplied with.",
        "How many rows has the matrix of weights, and how many numbers has this?",
        is_shown=False,
    ),
    "done-twice": Words(
        "`{before}` stands there twice, and is done two times",
        "The line above does the same already.",
        "What comes of doing this a second time?",
    ),
    "put-over": Words(
        "`{before}` takes the place of what was put there before, which nothing has read",
        "Of two values for one name the second is left.",
        "Print the name before this line and after it. Which of the two values is needed below?",
    ),
    "given-twice": Words(
        "`{before}` is given two values, one after the other: here `{after}` is meant",
        "Nothing reads the first before the second takes its place.",
        "Which two lines put something into `{before}`, and who reads what the first has put there?",
    ),
    "results-exchanged": Words(
        "Two of the results have changed places in `{before}`",
        "Whoever calls the function goes by their order.",
        "In which order does the task ask for the results?",
    ),
    "other-way-round": Words(
        "`{before}` is the wrong way round: `{after}` is meant",
        "An assignment puts what is on its right under what is on its left.",
        "What has a value before this line, and what is to have it after?",
    ),
    "square-brackets": Words(
        "`{before}` calls what is no function: an entry is asked for in square brackets, `{after}`",
        "",
        "Which brackets call a function, and which ask for an entry?",
    ),
    "gives-nothing": Words(
        "`{before}` puts None in the place of what is changed: `{after}` gives nothing back",
        "What works in place changes what stands before the dot, or what it is given, and is written without a `=`.",
        "What does this function return?",
    ),
    "range-missing": Words(
        "`{before}` is a number and has no entries to go through: `{after}` is meant",
        "A loop over the numbers from 0 on goes through `range(…)`.",
        "What should the name of this loop be in its first pass?",
    ),
    "len-missing": Words(
        "`{before}` stands where a number is needed, and has several entries: `{after}` is meant",
        "`len` tells how many there are.",
        "What should this number be?",
    ),
    "value-called": Words(
        "`{before}` calls what is no function: `{after}` is written without brackets",
        "It is a value that the array has.",
        "Which brackets call a function?",
    ),
    "loop-variable": Words(
        "A loop counts with `{before}`, which is the name of an array",
        "From the first pass on the name stands for a number, and the array has none: what a loop counts with needs a "
        "name of its own, `{after}` for one.",
        "What else has the name that this loop counts with?",
    ),
    "option-outside": Words(
        "`{before}` stands outside the brackets that it belongs into: `{after}` is meant",
        "A function that works entry by entry has no axis; that which sums up has one.",
        "Which of the functions in this line runs along an axis?",
        is_shown=False,
    ),
    "comma-for-plus": Words(
        "A comma stands where a `+` is meant: `{after}`",
        "With a comma there are two arguments, and the function takes one.",
        "What is the function given here, and what should it be given?",
    ),
    "copied-line": Words(
        "`{before}` gets its value twice: the second time `{after}` is meant",
        "A line that was copied is left as it was.",
        "Which keys get a value in these lines?",
    ),
    "tuple-missing": Words(
        "`{before}` takes one argument here, a tuple: `{after}`",
        "",
        "How many arguments does this function take, and what is each for?",
    ),
    "values-meant": Words(
        "`{before}` is a dict: taken apart it gives its keys, and its values are meant",
        "Who goes through a dict gets the keys; `.values()` gives what stands under them, in the same order.",
        "Print what each of these names has got.",
        is_shown=False,
    ),
    "index-pairs": Words(
        "`{before}` takes whole rows or columns, and one entry for each sample is meant: `{after}`",
        "With one list of indices numpy takes whole rows; with two lists it goes through them in pairs.",
        "Which shape has this, and how many numbers are meant?",
    ),
    "parts-exchanged": Words(
        "The parts in `{before}` are in the wrong order",
        "What is put together keeps the order in which it is written.",
        "Which part comes first in what is needed here?",
    ),
    "statement-without-effect": Words(
        "`{before}` is computed and put nowhere",
        "Without `=` a line that computes something changes nothing.",
        "What does this line change? Print it before and after.",
    ),
    "none-at-times": Words(
        "`{found}` is None in some calls, and `{before}` needs a value",
        "Where it is None there is nothing to be done with it: `{after}`.",
        "In which calls is this None, and what is to be given back then?",
    ),
    "arguments-exchanged": Words(
        "Two arguments have changed places: `{before}`",
        "Python goes by the order of the arguments, whatever they are called.",
        "In which order does this function take its arguments?",
    ),
    "bounds-exchanged": Words(
        "The slices in this line take the wrong end: `{before}`",
        "`a[:n]` is the first n entries, `a[n:]` is what follows them, and a negative number counts from the end.",
        "Which entries does each slice of this line take? Try it with a list of five numbers.",
    ),
    "cut-at-one-end": Words(
        "`{before}` leaves something out at one end only, and at the other as much is too much",
        "`a[n:-n]` and `a[n:size - n]` are what is left of `a` without n entries at each end, as without a padding.",
        "Which places of the array are the inner ones? Write down the first and the last of them.",
    ),
    "slice-as-beside": Words(
        "The slice in `{before}` begins at 0, and should begin where the one beside it does",
        "Both axes are treated alike.",
        "Between which two places does each slice of this line lie?",
    ),
    "norm-of-all": Words(
        "`{before}` takes the norm of a matrix, and that of all its numbers is meant",
        "For an array with two axes `ord` asks for a norm of matrices (`ord=1` is the largest column sum); with more "
        "axes it is an error. The numbers in one row, `ravel()`, are a vector.",
        "What does this give for a matrix, and what for the same numbers in one row?",
    ),
}


OF_COUNTERPARTS: dict[str, Words] = {
    "weights-exchanged": Words(
        "The two weights in `{before}` have changed places",
        "They add up to 1, and each stands where the other is meant.",
        "Which of the two sides has which weight in the formula?",
    ),
    "own-gradient": Words(
        "`{before}` is the gradient of another parameter: `{after}` is meant",
        "Each parameter is changed by its own gradient.",
        "Read this line aloud: what is changed, and by the gradient in what?",
    ),
    "made-of-it": Words(
        "`{after}` is meant, not `{before}`",
        "A line above makes it of `{before}`, and nothing reads it after that.",
        "Which of the things that you compute does nothing read?",
    ),
    "other-set": Words(
        "`{after}` are meant, not `{before}`",
        "Samples and labels both have to be taken from that set.",
        "On which samples should this be measured?",
    ),
    "mask-not-applied": Words(
        "The mask `{factor}` is made and kept, but never applied: it is missing at `{before}`",
        "What is switched off on the way back is on in the forward pass.",
        "Which line sets to 0 what the mask leaves out?",
        is_shown=False,
    ),
    "classes-for-one-hot": Words(
        "`{before}` are the numbers of the classes, where ones and zeros are meant",
        "A class is a name, and no number to compute with: its label has a 1 at its place and 0 elsewhere.",
        "What is subtracted from the probability of class 0 here, for a sample of class 2?",
        is_shown=False,
    ),
    "divided-by": Words(
        "`{before}` is not the number to divide by: it is `{after}`",
        "Where both are the same number, the difference does not show.",
        "How many things are added up there, and is it divided by their number?",
    ),
}
