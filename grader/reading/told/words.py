"""What is said about a fault: a title, what it should be, and what follows from it.

`{l}` is the layer, `{up}` the one above, `{down}` the one below, `{f}` its activation; other names are facts of the
finding.
"""

from collections.abc import Mapping

from grader.reading.judging.finding import Finding
from grader.reading.judging.judgement import Judgement
from grader.reading.told.words_of_deltas import DELTAS
from grader.reading.told.words_of_faults import (
    AT_THE_BOTTOM,
    AT_THE_BOTTOM_ALONE,
    BELOW,
    IN_DW_ALONE,
    MEASURED,
    MEASURED_BY_COST,
    Words,
)
from grader.reading.told.words_of_gradients import GRADIENTS
from grader.reading.told.words_of_steps import STEPS
from grader.reading.told.words_of_the_way_there import THERE
from grader.reading.told.words_of_trainings import TRAININGS

FAULTS: dict[str, Words] = {**THERE, **DELTAS, **GRADIENTS, **STEPS, **TRAININGS}

_UNEXPLAINED = {
    "δ": Words(
        "δ{l} is not the derivative of the cost by z{l}",
        "None of the usual mistakes gives this value. What is above it was checked, and taken as it is in this file.",
    ),
    "dW": Words(
        "dW{l} is not what δ{l} gives",
        "δ{l} is right; dW{l} should be {input}ᵀ·δ{l}. None of the usual mistakes gives this value.",
    ),
    "db": Words(
        "db{l} is not the sum of δ{l} over the samples",
        "None of the usual mistakes gives this value.",
    ),
}


def words_for(finding: Finding, judgement: Judgement) -> Words:
    """The sentences for a finding."""
    network = judgement.network
    number = finding.layer + 1
    words = FAULTS.get(finding.code)
    if finding.code == "times-activation" and finding.quantity.startswith("db"):
        words = FAULTS["db-times-activation"]
    if finding.code == "last-sample-only" and finding.quantity.startswith("db"):
        words = Words("only the last sample of the batch counts for b{l}", FAULTS["last-sample-only"].explanation)
    if finding.code == "delta-of-the-layer-above" and finding.quantity.startswith("dW"):
        words = FAULTS["dW-of-the-layer-above"]
    if words is None:
        kind = "δ" if finding.quantity.startswith("δ") else finding.quantity[:2]
        words = _UNEXPLAINED.get(kind, _UNEXPLAINED["δ"])
    activation = network.activation(finding.layer).name
    facts: dict[str, object] = {
        "measured": MEASURED.format(**{"name": "", "ratio": "", **finding.facts}),
        "l": number, "up": number + 1, "down": number - 1, "f": _short(activation),
        "f_up": _short(network.activation(min(number, network.depth - 1)).name), "n": judgement.steps[0].n,
        "f_out": _begun(_short(network.activation(network.depth - 1).name)),
        "input": "X" if finding.layer == 0 else f"a{finding.layer}", "what": finding.quantity, **finding.facts,
    }  # fmt: skip
    couples = activation.startswith(("sigmoid", "softmax"))
    facts["should"] = _formula_of_delta(judgement, finding.layer, facts)
    facts["belongs"] = f"which belongs to {'the cross-entropy' if couples else 'an output without an activation'}"
    effect = words.effect
    if finding.code == "divided-twice" and finding.quantity.startswith("db"):
        effect = "The steps of b{l} are {n} times too small."
    if words.effect == BELOW and finding.layer == 0:
        effect = AT_THE_BOTTOM if network.layers[0].biases == "vector" else AT_THE_BOTTOM_ALONE
    if words.effect == BELOW and finding.quantity.startswith("dW") and f"δ{number}" in judgement.right:
        effect = IN_DW_ALONE if number > 1 else ""
    if words.explanation.startswith("{above}"):
        facts["above"] = _begun(str(facts.get("above", "")))
    told = [_filled(text, facts) for text in (words.title, words.explanation, effect)]
    return Words(*[text.replace("·z)(z", "·z") for text in told])  # of a function of a multiple of z


def _formula_of_delta(judgement: Judgement, index: int, facts: Mapping[str, object]) -> str:
    """What a δ is, as a formula."""
    network = judgement.network
    if index < network.depth - 1:
        return _filled("δ{l} = (δ{up}·W{up}ᵀ) ∗ {f}'(z{l})", facts)
    is_error = judgement.used_cost == "cross-entropy" or (network.cost is not None and "entropy" in network.cost.name)
    return _filled("δ{l} = a{l} − y" if is_error else "δ{l} = (a{l} − y) ∗ {f}'(z{l})", facts)


def _begun(text: str) -> str:
    """As the beginning of a sentence; σ stays what it is."""
    return text[:1].upper() + text[1:] if text[:1].isascii() else text


def words_without_network(finding: Finding, name: str = "") -> Words:
    """The sentences for a finding that no network has to be known for; `name` is the parameter's."""
    words = FAULTS[finding.code]
    facts: dict[str, object] = {**finding.facts, "name": name}
    facts["measured"] = MEASURED_BY_COST.format(name=name)
    facts["above"] = _begun(str(facts.get("above", "")))
    if finding.code == "not-the-derivative":
        words = Words(words.title, "{measured} {above}.")
    return Words(*[_filled(text, facts) for text in (words.title, words.explanation, words.effect)])


def _filled(text: str, facts: Mapping[str, object]) -> str:
    try:
        return text.format(**facts)
    except (KeyError, ValueError, IndexError):
        return text


def _short(name: str) -> str:
    if name.startswith(("leaky", "ELU")):
        return name.partition(" (")[0]
    short = name.replace("sigmoid", "σ")
    return f"({short})" if " − " in short else short
