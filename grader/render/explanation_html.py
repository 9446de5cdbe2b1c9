"""An explanation as one page: the network as a picture, the faults, the chain. No script, nothing loaded."""

from functools import cache
from importlib.resources import files

from jinja2 import Environment
from markupsafe import Markup, escape

from grader.reading.told.explanation import Explanation, NetworkDescription
from grader.render.explanation_faults import found_again, told_once
from grader.render.explanation_text import (
    as_sentence,
    batch_words,
    cost_line,
    given_lines,
    headline,
    inputs_words,
    layout_words,
    mark,
    reason_line,
    step_line,
    subscripted,
    unjudged_line,
    with_subscripts,
)
from grader.render.html import content_security_policy
from grader.render.pages import templates
from grader.report import Location

_BOX, _GAP, _HEIGHT, _COLUMNS = 156, 54, 96, 5  # of the picture: boxes, and how many stand beside each other


def explanation_html(explanation: Explanation) -> str:
    """The page."""
    style = "".join(_sheet(name) for name in ("tokens.css", "report.css", "explanation.css"))
    return _rendered("explanation.html.j2", explanation, style=Markup(style), policy=content_security_policy(style))


def explanation_fragment(explanation: Explanation) -> str:
    """The explanation as an element of another page, which has the reports' style sheet and `stylesheet()`."""
    return _rendered("explanation_fragment.html.j2", explanation)


def stylesheet() -> str:
    """What the element needs beside the style sheet of reports."""
    return _sheet("explanation.css")


def _rendered(template: str, explanation: Explanation, **more: object) -> str:
    network = explanation.network
    return (
        _environment()
        .get_template(template)
        .render(
            explanation=explanation,
            headline=headline(explanation),
            faults=told_once(explanation.faults),
            reason=reason_line(explanation),
            picture=_picture(explanation, network) if network else "",
            facts=_facts(network) if network else "",
            **more,
        )
    )


@cache
def _sheet(name: str) -> str:
    return files("grader.render").joinpath("templates", name).read_text("utf-8")


@cache
def _environment() -> Environment:
    environment = templates("grader.render")
    environment.filters["subscripts"] = with_subscripts
    environment.filters["words"] = _words
    environment.filters["sentence"] = lambda text: _words(as_sentence(text))
    environment.filters["given"] = given_lines
    environment.filters["unjudged"] = unjudged_line
    environment.filters["line"] = _line
    environment.filters["mark"] = mark
    environment.filters["found_again"] = found_again
    return environment


def _words(text: str) -> Markup:
    """A sentence with its quantities lowered, and what stands between backticks as code."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return escape(with_subscripts(text))
    code = Markup("<code>{}</code>")
    return Markup("").join(code.format(part) if k % 2 else with_subscripts(part) for k, part in enumerate(parts))


def _facts(network: NetworkDescription) -> str:
    layout = layout_words(network)
    samples = [f"samples {layout}"] if layout else []
    return " · ".join([cost_line(network), step_line(network), *samples])


def _line(location: Location | None) -> str:
    if location is None:
        return ""
    cell = f"cell {location.cell}, " if location.cell is not None else ""
    return f"{cell}line {location.line}" if location.line is not None else cell.rstrip(", ")


def _picture(explanation: Explanation, network: NetworkDescription) -> Markup:
    """The layers from left to right, as many rows of boxes as they need."""
    boxes = [("X", inputs_words(network), batch_words(network), False)]
    wrong = {fault.quantity for fault in explanation.faults}
    for number, layer in enumerate(network.layers, 1):
        is_wrong = any(quantity.lstrip("δdWbza") == str(number) for quantity in wrong)
        units = "1 unit" if layer.units == 1 else f"{layer.units} units"
        boxes.append((subscripted(f"a{number}"), units, layer.activation, is_wrong))
    step = "step not read" if network.optimizer == "unknown" else network.optimizer
    boxes.append(("cost", network.cost or "not read", step, bool(wrong & {"cost", "step"})))
    rows = -(-len(boxes) // _COLUMNS)
    columns = -(-len(boxes) // rows)  # no row of one box alone
    width, height = columns * (_BOX + _GAP) - _GAP + 20, rows * (_HEIGHT + 30)
    parts = [
        Markup('<svg class="network" viewBox="0 0 {} {}" role="img" aria-label="{}">').format(
            width, height, " → ".join(f"{name}: {first}, {second}" for name, first, second, _ in boxes)
        )
    ]
    for k, (name, first, second, is_wrong) in enumerate(boxes):
        x, y = 10 + k % columns * (_BOX + _GAP), 5 + k // columns * (_HEIGHT + 30)
        parts.append(
            Markup('<rect class="box{}" x="{}" y="{}" width="{}" height="{}" rx="8"/>').format(
                " wrong" if is_wrong else "", x, y, _BOX, _HEIGHT - 10
            )
        )
        texts = [(name, "strong"), (first, ""), *((part, "soft") for part in second.split(", ")[:2])]
        apart = 22 if len(texts) < 4 else 17
        for line, (text, kind) in enumerate(texts):
            parts.append(
                Markup('<text class="{}" x="{}" y="{}" text-anchor="middle">{}</text>').format(
                    kind, x + _BOX // 2, y + 25 + apart * line, text[:22]
                )
            )
        if k and k % columns:
            label = subscripted(f"W{k}") if k <= len(network.layers) else ""
            middle = y + (_HEIGHT - 10) // 2
            parts.append(
                Markup(
                    '<path class="arrow" d="M{} {}h{}"/><path class="head" d="M{} {}l-7 -4v8z"/>'
                    '<text class="soft" x="{}" y="{}" text-anchor="middle">{}</text>'
                ).format(x - _GAP + 4, middle, _GAP - 12, x - 3, middle, x - _GAP // 2, middle - 8, label)
            )
    parts.append(Markup("</svg>"))
    return Markup("").join(parts)
