"""What goes wrong around the steps: the number of Adam's step."""

from grader.assignments import mistake


@mistake(
    "adam.step-number-not-kept",
    step="kept_step",
    title="`t` is not increased in `config`",
    explain="`config` keeps the number of steps: the next one has to find it one higher, or every step is corrected as "
    "if it were the first.",
    hints=('What is `config["t"]` after two steps?', "Is t + 1 written back into `config`?"),
)
def step_number_not_kept(t):
    return t - 1


@mistake(
    "adam.step-number-increased-twice",
    step="kept_step",
    title="`t` is increased twice in a step",
    explain="`config` keeps the number of steps, and a step is one.",
    hints=('What is `config["t"]` after a step?', "How many lines add 1 to t?"),
)
def step_number_increased_twice(t):
    return t + 1
