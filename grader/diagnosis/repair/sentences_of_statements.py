"""What is said of statements: their order, their loops and branches, what is kept, copied or overwritten."""

from grader.diagnosis.repair.sentences import Words

OF_STATEMENTS: dict[str, Words] = {
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
    "copy": Words(
        "`{before}` is changed in place while it is still needed",
        "An assignment does not copy an array: two names stand for the same one.",
        "Which other name stands for this array?",
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
    "exchanged": Words(
        "`{before}` and `{after}` have changed places in this line",
        "Each stands where the other is meant, unless they are the wrong way round where they are used.",
        "Read this line aloud with the meaning of each name.",
        is_shown=False,
    ),
    "option": Words("The option `{found}` changes what `{before}` gives", "", "What does it do without that option?"),
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
    "setting": Words(
        "No entry `{before}` is given: `{after}` is meant",
        "{if_lacking}",
        "Which keys does the task give these settings?",
    ),
    "annotation": Words(
        "`{before}` gives no value: behind a colon stands a type",
        "A value is given with `=`.",
        "Which sign gives a variable its value?",
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
    "entries-for-layers": Words(
        "`{before}` counts the entries: a layer has two, its W and its b",
        "There are half as many layers as entries.",
        "How many layers has a network of two layers, and how many entries has its dict?",
    ),
    "batch-start": Words(
        "The slices begin at the count of the batches, not at the first sample of each",
        "Batch number k begins where the ones before it have ended: they have had k times the size of a batch.",
        "At which sample do the second batch and the third one begin?",
    ),
    "identity": Words(
        "`{before}` asks whether the two are one object, not whether they are equal",
        "Two equal words may be two objects, as of a word that was put together or read from somewhere: then `is` does "
        "not hold, and no branch is taken.",
        "What is the difference between `is` and `==`? Try both with a word that you put together.",
    ),
    "compared-for-set": Words(
        "`{before}` compares and stores nothing: `=` is meant",
        "With `==` a line asks whether two things are equal, and forgets the answer.",
        "What does this line change?",
    ),
    "words": Words(
        "What is done for `{before}` and for `{after}` have changed places",
        "Each of the two does what the other one is asked to do.",
        "Which of the branches is run for which word?",
        is_shown=False,
    ),
    "biases-alike": Words(
        "`{before}` changes the weights alone: the biases stay as they are",
        "Every parameter goes its own way down, along its own gradient.",
        "Which parameters does a step of your training change?",
        is_shown=False,
    ),
    "plain": Words("`{before}` adds where it should assign", "", "What does the variable hold before this line?"),
    "accumulate": Words(
        "`{before}` overwrites what was there: it has to be added",
        "{lost}",
        "What stands there before this line, and what is left of it after?",
    ),
    "taken-off": Words(
        "`{before}` puts a number over what was there: 1 is to be taken off it",
        "What stood there before is lost, as p is of p − 1.",
        "What stands there before this line, and what is left of it after?",
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
    "entry-of-another": Words(
        "What is made of `{after}` is put into `{before}`",
        "The entry that a line reads is the one that it changes: else it stays as it was, and another one is changed.",
        "Which entry does this line read, and which one does it change?",
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
    "other-branch-too-much": Words(
        "What is done where `{before}` does not hold is not what is to be done there",
        "What is done where the condition holds is right for these cases as well.",
        "What is different in the cases for which the condition does not hold?",
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
