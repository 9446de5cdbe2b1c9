"""Mistakes in how a function behaves, whatever its numbers: found by the property checks, told in words here."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from grader.checks.record import Behaviour, Finding
from grader.checks.run import CheckRun
from grader.diagnosis.cases.verdict import Described


def findings_of(runs: Iterable[CheckRun], function: str) -> tuple[Finding, ...]:
    """What the failed checks of a function saw of its behaviour, without repetition."""
    seen = (finding for run in runs if not run.passed for finding in run.record.findings)
    return tuple(dict.fromkeys(finding for finding in seen if finding.function == function))


def describe_behaviour(function: str, runs: Sequence[CheckRun], cause: str = "") -> tuple[Described, ...]:
    """The diagnoses that follow from the behaviour of a function in its failed checks.

    With a `cause`, sentences on the line that is behind it, no other ones are looked for.
    """
    described: dict[Behaviour, list[Finding]] = {}
    for finding in findings_of(runs, function):
        described.setdefault(finding.behaviour, []).append(finding)
    if "differs-between-calls" in described and "changes-its-argument" in described:
        # The second call gets what the first one left behind: one mistake, not two.
        del described["differs-between-calls"]
    return tuple(told_of(function, behaviour, found, cause) for behaviour, found in described.items())


def told_of(function: str, behaviour: Behaviour, findings: Sequence[Finding] = (), cause: str = "") -> Described:
    """What is told of a behaviour."""
    words = _WORDS[behaviour]
    arguments = " and ".join(f"`{finding.argument}`" for finding in findings if finding.argument)
    fill: Callable[[str], str] = lambda text: text.format(function=f"`{function}`", argument=arguments)  # noqa: E731
    return Described(
        code=f"{function}.{behaviour}",
        title=fill(words.title),
        explanation=f"{cause} {fill(words.what_follows)}".strip() if cause else fill(words.explanation),
        hints=tuple(map(fill, words.hints)),
        evidence={"arguments": [finding.argument for finding in findings if finding.argument]},
    )


@dataclass(frozen=True)
class _Words:
    title: str
    explanation: str
    hints: tuple[str, str]
    what_follows: str = ""  # said after the cause, where that is known


_WORDS: Mapping[Behaviour, _Words] = {
    "changes-its-argument": _Words(
        "{function} changes its argument {argument} in place",
        "Arrays are handed over by reference: `z[z < 0] = 0`, `a -= b` or `np.maximum(z, 0, out=z)` change the very "
        "array that the caller still holds. Whatever uses it afterwards (a cached pre-activation, the next step's "
        "weights) works with the changed numbers, and the fault shows far from its cause. Compute a new array, "
        "`np.where(z > 0, z, 0)`, or work on `z.copy()`.",
        (
            "What does the caller find in the array it passed, after the call?",
            "Look for an assignment into {argument} (`x[...] = `, `+=`, `-=`, `*=`, `out=`).",
        ),
        "Whatever uses {argument} afterwards, a cache or the next step, works with the changed numbers, and the fault "
        "shows far from its cause.",
    ),
    "differs-between-calls": _Words(
        "{function} gives another result when it is called again with the same arguments",
        "Something survives from one call to the next: a module-level list or dict that keeps growing, gradients that "
        "are added to those of the last call (`+=` on something that was not set to zero), a mutable default "
        "argument such as `cache={{}}`, an array that is changed in place though a cache or an object goes on holding "
        "it, or random numbers that are not seeded by the arguments. In training every step would then depend on all "
        "steps before it.",
        (
            "Which of your variables live longer than one call?",
            "Look for names that are defined outside the function, for mutable default arguments, and for `+=`.",
        ),
    ),
    "depends-on-the-batch": _Words(
        "{function} treats a sample differently when other samples are in the batch",
        "The result of a sample may depend on that sample alone. Here it changes with the other samples, so some sum, "
        "maximum or mean runs over the samples, or over the whole array, where it should run over the classes.",
        (
            "Would the result of the first sample change if the others were not there?",
            "Check the `axis` of every sum, maximum and mean, and whether `keepdims=True` is given.",
        ),
    ),
    "loses-samples": _Words(
        "{function} does not go on using all samples that it is given",
        "A sample that was there is trained on no more, or never was. Samples get lost where an array is shuffled by "
        "exchanging its rows, `a[i], a[j] = a[j], a[i]`: these are views, so that one row is overwritten before it "
        "is copied. `random.shuffle`, which is for lists, does just that to an array; `np.random.shuffle(a)` and "
        "`a[permutation]` keep all rows. They are also lost where each epoch draws with replacement from what the "
        "last one has drawn, and never used where a loop over the batches begins too late or ends too early.",
        (
            "How many different rows has your array after shuffling it twenty times?",
            "What is `random.shuffle` made for, and how far does the loop over the batches go?",
        ),
    ),
    "gives-one-thing-twice": _Words(
        "Two of the values that {function} returns are one and the same: what is put into one is in the other as well",
        "`a = b = {{}}` makes one dict that has two names, and so does `b = a`. It looks right as long as both hold "
        "the same zeros. The first line that puts a new value into one of them overwrites what the other one keeps. "
        "Each needs a dict of its own.",
        (
            "What does `a is b` say about the two results?",
            "How many times is `{{}}` or `dict(…)` run in the function?",
        ),
    ),
    "takes-samples-as-columns": _Words(
        "{function} takes samples as columns, and here they are rows",
        "It gives an answer once every array is handed over transposed, and fails on them as they come. So does a file "
        "that was written for an older version of the course, or of its handout. Each row of `X` is a sample here, and "
        "weights are (inputs, outputs), so that the scores are `X @ W`.",
        (
            "Which axis of `X` counts the samples in your function, and which in the docstring?",
            "Print the shapes of all arguments, and write beside each axis what it counts.",
        ),
    ),
    "returns-nothing": _Words(
        "{function} returns nothing",
        "What a function computes stays in it unless it says `return`: `print` shows a value and hands nothing on, and "
        "a function that ends without `return` gives None. So does one whose `return` is in a branch that was not "
        "taken, or stands without a value, or before something that is None.",
        (
            "What does `print(type(…))` say about the result of a call?",
            "Look at the last line of the function, and at how far it is indented.",
        ),
    ),
    "ignores-its-argument": _Words(
        "{function} gives the same result for different arguments",
        "The body does not use its parameters: most often it reads variables of the notebook (a global `X`, `W1` or "
        "`params`) that happen to have similar names. It then works in the notebook, as long as those variables "
        "are there, and computes the same thing for whatever it is given.",
        (
            "Where do the names that the body uses come from?",
            "Compare the parameter names in the `def` line with the names used below it; restart the kernel and try.",
        ),
    ),
}
