"""An explanation in the terminal: the network drawn in characters, the chain with its ticks, the faults in words."""

import textwrap
from collections.abc import Iterator, Sequence

from grader.reading.told.explanation import (
    DATA_OF_LINES,
    LINES_ADDED,
    Explanation,
    Fault,
    LayerDescription,
    NetworkDescription,
    Quantity,
)
from grader.render.cleaning import printable as clean_line
from grader.render.explanation_faults import found_again, told_once

WIDTH = 80
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
MARKS = {"right": "✓", "wrong": "✗", "unknown": "·", "given": "◐"}


def explanation_text(explanation: Explanation) -> str:
    """The explanation as plain text."""
    return "\n".join(_lines(explanation)) + "\n"


def subscripted(name: str) -> str:
    """W1 as W₁; `step 2` stays."""
    head = name.rstrip("0123456789")
    if head.endswith(" "):
        return name
    return head + name[len(head) :].translate(_SUBSCRIPTS)


def with_subscripts(text: str) -> str:
    """The quantities in a sentence with their numbers lowered: `δ2 = (δ3·W3ᵀ)`; the person's own text stays."""
    words: list[str] = []
    previous = ""
    is_own = False
    for letter in text:
        is_own = is_own != (letter == "`")
        is_index = (
            letter.isdigit()
            and not is_own
            and previous
            and (previous in "WbzaδΔ" or (previous in _DIGITS and words and words[-1] in "₀₁₂₃₄₅₆₇₈₉"))
        )
        words.append(letter.translate(_SUBSCRIPTS) if is_index else letter)
        previous = letter
    return "".join(words)


_DIGITS = frozenset("0123456789")


def headline(explanation: Explanation) -> str:
    """What was found, in one line."""
    match explanation.status:
        case "right":
            if explanation.question:
                return "✓ Nothing wrong was found: this is right, if the cost is the cross-entropy."
            if explanation.network is None:
                return "✓ Nothing wrong was found: the gradients are right. Layers and data were not judged."
            return "✓ Nothing wrong was found: this is right."
        case "partly":
            return "· What was judged is right. Not everything was."
        case "unjudged":
            return "· Too little of this could be judged to say whether it is right."
        case "fault":
            count = len(explanation.faults)
            stop = next((fault for fault in explanation.faults if fault.code == "stops"), None)
            if stop is not None and count == 1 and "SyntaxError" in stop.title:
                return f"✗ The file is no Python{_in_line(stop)}: none of it runs."
            if stop is not None and count == 1:
                before = "before a step of training was complete" if explanation.network is None else "before its end"
                return f"✗ The file stops{_in_line(stop)}, {before}."
            if count == 1 and explanation.faults[0].quantity == "run":
                return "✗ The network cannot be made."
            if count == 1:
                return "✗ One quantity is wrong."
            listed = len(told_once(explanation.faults))
            if listed > 1:
                ways = f" in {listed} ways" if listed < count else ""
                return f"✗ {count} quantities are wrong{ways}; the first is where to begin."
            return f"✗ {count} quantities are wrong, {'both' if count == 2 else 'all'} in the same way."
    return "This could not be read as a network that is trained."


def _lines(explanation: Explanation) -> Iterator[str]:
    yield clean_line(explanation.name)
    yield headline(explanation)
    if explanation.status == "unread":
        yield ""
        yield from _wrapped(reason_line(explanation), "  ")
        yield from _wrapped(explanation.advice, "  ")
    if explanation.network is not None:
        yield ""
        yield from _picture(explanation.network)
    if explanation.chain:
        yield ""
        yield from _chain(explanation.chain, explanation.faults)
    for number, group in enumerate(told_once(explanation.faults), 1):
        yield ""
        yield from _fault(number, group)
    if explanation.unjudged:
        yield ""
        yield "Not judged:"
        for quantity in explanation.unjudged:
            yield from _wrapped(f"· {unjudged_line(quantity)}", "  ", "    ")
    if explanation.notes or explanation.question or explanation.data:
        yield ""
    for note in explanation.notes:
        yield from _wrapped(f"· {with_subscripts(note)}", "  ", "    ")
    if explanation.question:
        yield from _wrapped(f"? {explanation.question} Ask again with `--cost`.", "  ", "    ")
    for line in given_lines(explanation.data):
        yield from _wrapped(f"· {clean_line(line)}", "  ", "    ")


def _in_line(fault: Fault) -> str:
    return f" in {_place(fault.location.cell, fault.location.line)}" if fault.location else ""


def unjudged_line(quantity: Quantity) -> str:
    """`dW₁ (self.W1, line 20)`."""
    is_own = quantity.own_name == quantity.name
    own = "" if is_own else quantity.own_name
    place = _place(quantity.location.cell, quantity.location.line) if quantity.location else ""
    inside = ", ".join(clean_line(part) for part in (own, place) if part)
    name = clean_line(quantity.name)
    return (name if is_own else subscripted(name)) + (f" ({inside})" if inside else "")


def given_lines(data: Sequence[tuple[str, str]]) -> list[str]:
    """What was given in the place of what, as sentences; the same thing once."""
    asked_for: dict[str, list[str]] = {}
    for asked, given in data:
        asked_for.setdefault(given, []).append(asked)
    return [_given_line(", ".join(asked), given) for given, asked in asked_for.items()]


def _given_line(asked: str, given: str) -> str:
    if asked == LINES_ADDED:
        return f"lines were added that train it: {given if given.startswith('its own line') else f'`{given}`'}"
    if asked == DATA_OF_LINES:
        return f"these lines were given {given}: sizes and numbers of samples above are theirs"
    return f"in the place of {asked}: {given}"


def reason_line(explanation: Explanation) -> str:
    """Why a file was not read, as a sentence."""
    reason = explanation.reason
    is_begun = reason.startswith(("`", explanation.name))  # names are as they are written
    return (reason if is_begun else reason[:1].upper() + reason[1:]).rstrip(".") + "."


def _picture(network: NetworkDescription) -> Iterator[str]:
    layout = layout_words(network)
    yield f"  X    {inputs_words(network)} · {batch_words(network)}{f' {layout}' if layout else ''}"
    for number, layer in enumerate(network.layers, 1):
        yield "  │"
        yield f"  │    {_weights(number, layer)}"
        yield "  ▼"
        dropout = f" · dropout, {layer.dropout:.0%} kept" if layer.dropout is not None else ""
        units = "1 unit" if layer.units == 1 else f"{layer.units} units"
        yield f"  {subscripted(f'a{number}')}   {units} · {layer.activation}{dropout}{_names(layer, ('z', 'a'))}"
    yield ""
    yield f"  {cost_line(network)}"
    yield f"  {step_line(network)}"


def inputs_words(network: NetworkDescription) -> str:
    """How many numbers a sample has."""
    count = network.layers[0].inputs
    return "1 input" if count == 1 else f"{count} inputs"


def batch_words(network: NetworkDescription) -> str:
    """How many samples a step sees."""
    return f"{'one sample' if network.batch == 1 else f'{network.batch:,} samples'} a step"


def layout_words(network: NetworkDescription) -> str:
    """How the samples of a step lie; nothing of one alone."""
    if network.batch == 1:
        return ""
    return "one after another" if network.layout == "single samples" else f"in {network.layout}"


def cost_line(network: NetworkDescription) -> str:
    """The cost and the penalty."""
    cost = network.cost or "not read"
    if cost == "open":
        cost = "open: squared error or cross-entropy"
    scaling = f", {network.cost_scaling}" if network.cost_scaling else ""
    strength = network.penalty_strength
    penalty = f" · {network.penalty} penalty" if network.penalty else ""
    penalty += f", λ = {strength:g}" if penalty and strength is not None else ""
    if penalty and strength is not None and network.batch > 1:  # another number of the file, if that takes the sum
        penalty += " beside the mean gradient"
    return f"cost {cost}{scaling}{penalty}"


def step_line(network: NetworkDescription) -> str:
    """The optimizer and its rate."""
    if network.optimizer == "unknown":
        return "step of a kind that was not read"
    rate = f", rate {network.rate:g}" if network.rate is not None else ""
    return f"step {network.optimizer}{rate}{'' if network.has_one_rate else ' in the first one, another in others'}"


def _weights(number: int, layer: LayerDescription) -> str:
    shape = f"{layer.inputs}×{layer.units}"
    bias = {
        "vector": f" and {subscripted(f'b{number}')}",
        "row of the weights": ", with a row for the bias",
        "none": ", no bias",
    }
    return f"{subscripted(f'W{number}')} {shape}{bias[layer.biases]}{_names(layer, ('W', 'b'))}"


def _names(layer: LayerDescription, keys: tuple[str, ...]) -> str:
    names = dict.fromkeys(clean_line(layer.names[key]) for key in keys if layer.names.get(key))
    line = next((layer.lines[key] for key in keys if key in layer.lines), None)
    where = f", line {line}" if line is not None else ""
    return f"   {', '.join(names)}{where}" if names else ""


def _chain(chain: tuple[Quantity, ...], faults: tuple[Fault, ...]) -> Iterator[str]:
    wrong = [k for k, quantity in enumerate(chain) if quantity.status == "wrong"]
    named = [k for k in wrong if faults and chain[k].name == faults[0].quantity]
    broken = next(iter(named or wrong), None)  # where the faults begin, as they are told
    for k, quantity in enumerate(chain):
        place = _place(quantity.location.cell, quantity.location.line) if quantity.location else ""
        name = subscripted(quantity.name)
        text = clean_line(quantity.text)
        room = 36 if quantity.given else 52
        text = text if len(text) <= room else text[: room - 1] + "…"
        behind = "  ← here" if k == broken else ""
        behind = f"  right, given {subscripted(quantity.given)}" if quantity.given else behind
        yield f"  {mark(quantity)} {name:<6} {place:<16} {text}{behind}".rstrip()


def mark(quantity: Quantity) -> str:
    """What stands before a quantity: a tick only where it is right whatever stands above."""
    return MARKS["given" if quantity.given else quantity.status]


def _place(cell: int | None, line: int | None) -> str:
    parts = [f"cell {cell}"] if cell is not None else []
    return ", ".join([*parts, *([f"line {line}"] if line is not None else [])])


def _fault(number: int, group: Sequence[Fault]) -> Iterator[str]:
    fault = group[0]
    yield from _wrapped(f"{number}. {as_sentence(with_subscripts(fault.title))}", "", "   ")
    if fault.location is not None:
        yield f"   {clean_line(str(fault.location))}"
    if fault.text:
        yield f"       {clean_line(fault.text)[:WIDTH]}"
    yield from _wrapped(with_subscripts(fault.explanation), "   ")
    if fault.effect:
        yield from _wrapped(with_subscripts(fault.effect), "   ")
    for sentence, text in found_again(group):
        yield from _wrapped(with_subscripts(sentence), "   ")
        if text:
            yield f"       {text[:WIDTH]}"


def as_sentence(text: str) -> str:
    """A text with a capital at its beginning, if that is no name."""
    word = text.split(" ", 1)[0].rstrip(":")
    is_name = text[1:2].isdigit() or text[:2] in ("dW", "db") or any(sign in word for sign in "._[")
    return text if is_name or not text[:1].isascii() else text[:1].upper() + text[1:]


def _wrapped(text: str, first: str, rest: str | None = None) -> list[str]:
    return textwrap.wrap(
        clean_line(text),
        WIDTH,
        initial_indent=first,
        subsequent_indent=first if rest is None else rest,
        break_on_hyphens=False,
    )
