"""What a repair says about the mistake, in the student's own names.

The title tells what is wrong, the explanation why, and with what every check passes; the hints lead there without it.
Where the missing piece is a quantity of the task (a penalty, a slope), it is named and not written out.
"""

import ast
import re
from collections.abc import Sequence

from grader.diagnosis.cases.phrases import enumerated, is_or_are
from grader.diagnosis.repair.blocks import block_of, how_often, what_is_lost
from grader.diagnosis.repair.by_chance import put_in
from grader.diagnosis.repair.fixed_numbers import IN_CONTEXT, computed_beside
from grader.diagnosis.repair.nodes import name_called, parsed
from grader.diagnosis.repair.repair import Repair
from grader.diagnosis.repair.sentences import ABOUT, BUILTIN, DROPPED, MATH, Words
from grader.diagnosis.repair.sentences_of_arrays import OF_ARRAYS
from grader.diagnosis.repair.sentences_of_bindings import OF_BINDINGS, OF_COUNTERPARTS
from grader.diagnosis.repair.sentences_of_formulas import OF_FORMULAS
from grader.diagnosis.repair.sentences_of_statements import OF_STATEMENTS
from grader.diagnosis.repair.which_of_them import with_what_is_around
from grader.diagnosis.repair.written import Edit
from grader.submissions.trees import walk

LONGEST = 90  # characters of a piece of code in a sentence
ODD = {"too-much", "deleted", "assertion", "branch-too-much", "copy"}  # edits that drop something
# What is told rather than that, where it does as well in the same line.
RATHER = {
    *("out-of-the-block", "before-the-block", "into-the-block", "later", "swapped", "function", "axis"),
    *("numpy-function", "two-arguments", "minlength", "like-an-array", "broadcast"),
}


KINDS: dict[str, Words] = {**OF_FORMULAS, **OF_ARRAYS, **OF_STATEMENTS, **OF_BINDINGS, **OF_COUNTERPARTS}


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
        alike = [
            one for one in repair.edits[1:] if (one.kind, one.before, one.place) == (edit.kind, edit.before, edit.place)
        ]
        title = _filled(_words(edit).title, edit) if alike else title_of(edit)  # which of the equal pieces: both
        return title + _further(repair)
    first, last = sorted((edit.place, rival.place))
    if first == last:
        return f"With either of two changes in line {first} every check passes"
    return f"With a change in line {first} or in line {last} every check passes"


def _further(repair: Repair) -> str:
    """The lines of the other changes that are needed, after what is said of the first one."""
    first, *others = repair.edits
    others = [edit for edit in others if not edit.kind.startswith("half-")]  # the gradient may be changed instead
    lines = [*map(str, sorted({edit.place for edit in others} - {first.place}))]
    if repair.is_of_one_value or "exchanged" in first.kind:
        return ""
    are_alike = len({_what_is_meant(edit) for edit in repair.edits}) == 1
    if not lines:
        return "; another place in this line has to be changed as well" if others and not are_alike else ""
    if are_alike:
        return f", and so in line{'s' * (len(lines) > 1)} {enumerated(lines)}"
    have = "lines {} have" if len(lines) > 1 else "line {} has"
    return f"; {have.format(enumerated(lines))} to be changed as well"


def _what_is_meant(edit: Edit) -> tuple[str, ...]:
    """What is the same of changes that are told as one in several lines."""
    if edit.kind == "name":
        return edit.kind, edit.before, edit.after
    return (edit.kind, put_in(edit)) if edit.kind in ("multiply", "divide") else (edit.kind,)


def faults_of(repair: Repair) -> list[tuple[Edit, ...]]:
    """The changes of a repair fault by fault: what is changed alike is one; so is all that is in one value."""
    found: dict[tuple[str, ...], list[Edit]] = {}
    for edit in repair.edits:
        found.setdefault(_what_is_meant(edit), []).append(edit)
    are_one = repair.is_of_one_value or any(edit.kind.startswith("half-") for edit in repair.edits)
    places = [one for edits in found.values() for one in {(edit.place, _element(edit)) for edit in edits}]
    is_apart = repair.is_whole and repair.is_sure and len({*places}) == len(places) and not are_one
    return [tuple(edits) for edits in found.values()] if is_apart else [repair.edits]


def _element(edit: Edit) -> int:
    """Which of the values that are put side by side an edit is in, as of what is returned."""
    match getattr(edit.statement, "value", None):
        case ast.Tuple(elts=values) | ast.List(elts=values) | ast.Dict(values=values):
            return next((i for i, one in enumerate(values) if any(node is edit.span[0] for node in walk(one))), -1)
    return -1


def why_of(edit: Edit) -> str:
    return _filled(_words(edit).why, edit)


def because_of(repair: Repair) -> str:
    """What is wrong in which line, and why, as the beginning of what is told of its consequence."""
    edit = repair.edits[0]
    return " ".join(filter(None, [f"Line {edit.place}: {_lower(title_of(edit))}.", why_of(edit)]))


def hints_of(edit: Edit) -> tuple[str, ...]:
    return (_filled(_words(edit).nudge, edit), f"It is about `{_cut(edit.before)}`.")


def explanation_of(repair: Repair, function: str, parts: str = "", below: Sequence[str] = ()) -> str:
    """Why it is wrong, and with what all checks pass; of several edits, all of them.

    `parts` lists what becomes right, where that is not everything; `below` are functions that are wrong themselves.
    """
    if len(repair.edits) > 1:
        return _of_several(repair, function, parts)
    (edit,) = repair.edits
    parts = "all that is computed in calls that come to this line" if repair.of_a_branch else parts
    proof = _proof_of_parts(edit, parts) if repair.paths or repair.of_a_branch else _proof(edit, function)
    if repair.is_shared:
        change = (
            f"{_exchanged(edit)} {_they(parts)}" if _is_shown(edit) else f"{title_of(edit)}: put right, {_they(parts)}"
        )
        return f"{change}. What else is wrong may have a cause of its own, or both one above, which this makes up for."
    if repair.checks:
        change = f"{_exchanged(edit)} it does" if _is_shown(edit) else f"{title_of(edit)}: with it put right it does"
        return f"{change}, and the other checks still fail: there may be another mistake, or another line is meant."
    if below:
        proof = f"{proof.rstrip('.')}, once {' and '.join(f'`{name}`' for name in below)} {is_or_are(below)} right."
    if repair.rival is not None:
        one, other = (f"{_change(e)} in line {e.place}" for e in sorted((edit, repair.rival), key=lambda e: e.place))
        between = ", nor whether a line between them is" if abs(edit.place - repair.rival.place) > 1 else ""
        return f"The one is {one}, the other {other}. The numbers do not tell which is meant{between}."
    return " ".join(filter(None, [why_of(edit), proof]))


def _named(checks: Sequence[str]) -> str:
    """That checks pass, by their titles."""
    return f"{' and '.join(f'“{title}”' for title in checks)} {'passes' if len(checks) == 1 else 'pass'}"


def _of_several(repair: Repair, function: str, parts: str) -> str:
    lines: dict[str, list[int]] = {}
    for one in repair.edits:
        lines.setdefault(f"{_lower(title_of(one))}{_shown(one)}", []).append(one.place)
    in_order = sorted(lines.items(), key=lambda entry: entry[1])
    told = [f"{_in_lines([*dict.fromkeys(places)])}: {sentence}" for sentence, places in in_order]
    proof = f"With these changes every check of `{function}` passes."
    if repair.paths:
        proof = f"With these changes {parts} {_verb(parts)} right, and something else is still wrong."
    if len(lines) == 1:  # one slip, made several times
        places = [*dict.fromkeys(one.place for one in repair.edits)]
        times = f"It is so {len(repair.edits)} times, in {_in_lines(places)}{_shown(repair.edits[0])}."
        return " ".join(filter(None, [why_of(repair.edits[0]), times, proof]))
    whys = {why_of(one) for one in repair.edits}
    why = whys.pop() if len(whys) == 1 else ""
    if len({one.place for one in repair.edits}) == 1:
        line = f"{len(repair.edits)} places in line {repair.edits[0].place}: {'; '.join(lines)}."
        return " ".join(filter(None, [why, line, proof]))
    return " ".join(filter(None, [why, f"{len(repair.edits)} places: {'; '.join(told)}.", proof]))


def _in_lines(lines: Sequence[int]) -> str:
    return f"{'lines' if len(lines) > 1 else 'line'} {enumerated([str(line) for line in lines])}"


def _verb(parts: str) -> str:
    return "are" if " and " in parts else "is"


def _they(parts: str) -> str:
    return "they are" if " and " in parts else "it is"


def _shown(edit: Edit) -> str:
    told, _ = with_what_is_around(edit)
    return f" (`{_cut(told.after)}` is meant)" if _is_shown(edit) and _cut(told.after) not in title_of(edit) else ""


def _is_shown(edit: Edit) -> bool:
    is_moved = edit.before == edit.after or edit.tier == "moves" or edit.kind in ("swapped", "later", "earlier")
    is_known = bool(edit.after) and edit.after != "pass" and not _may_be_another_bound(edit)
    return _words(edit).is_shown and is_known and not is_moved


def _may_be_another_bound(edit: Edit) -> bool:
    """Whether a number is changed that something is compared with: another one near it gives the same answers."""
    match parsed(edit.after):
        case ast.Compare(comparators=[ast.Constant(value=float(number))]):
            return edit.kind == IN_CONTEXT and number not in (0.0, 0.5, 1.0)
    return False


def _change(edit: Edit) -> str:
    """What is done to a line, without a word on why."""
    if edit.kind == "swapped":
        return f"`{_cut(edit.before)}` and the line below it in the other order"
    if edit.kind in ("later", "earlier"):
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


def proof_of_line(edit: Edit) -> str:
    """What is said of an edit after which the line that raised gives what it should, whatever is wrong behind it."""
    return f"{_put_right(edit)} this line gives what a right solution computes as well."


def _proof_of_parts(edit: Edit, parts: str) -> str:
    return f"{_put_right(edit)} {parts} {_verb(parts)} right; what else is wrong stays so with that."


def _put_right(edit: Edit) -> str:
    return _exchanged(edit) if _is_shown(edit) else "With it put right"


def _exchanged(edit: Edit) -> str:
    told, _ = with_what_is_around(edit)
    return f"With `{_cut(told.after)}` in the place of `{_cut(told.before)}`"


def _words(edit: Edit) -> Words:
    return KINDS[edit.kind.partition(":")[0]]


def _filled(pattern: str, edit: Edit) -> str:
    if not pattern:
        return ""
    old, new = _dropped_call(edit), _called(edit.after)
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
        "lost": what_is_lost(edit),
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
    node = parsed(text)
    return ast.unparse(node.func) if isinstance(node, ast.Call) else text


def _dropped_call(edit: Edit) -> str:
    """The function that is too much: `np.mean`, or `.mean()` of what is called for itself."""
    called = _called(edit.before)
    return f"{called.removeprefix(edit.after)}()" if called.startswith(f"{edit.after}.") else called


def _added(edit: Edit) -> str:
    """What an edit adds at the end: `N` of `loss / N`."""
    node = parsed(edit.after)
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
    before = parsed(edit.before)
    after = parsed(edit.after)
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


def _axis_and_keepdims(text: str) -> tuple[str, bool]:
    node = parsed(text)
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
    before, along = _cut(edit.before), "the axes" if "," in new else "axis"
    if old != new and not new:
        return f"`{before}` runs along one axis, and should run over everything"
    if old != new and not old:
        return f"`{before}` runs over everything, and should run along {along} {new}"
    if old != new:
        return f"`{before}` runs along axis {old}, and should run along {along} {new}"
    if keeps and not kept:
        return f"`{before}` loses the axis along which it runs"
    return f"`{before}` keeps an axis that should go"


def _about_axes(edit: Edit) -> str:
    (old, kept), (new, keeps) = _axis_and_keepdims(edit.before), _axis_and_keepdims(edit.after)
    if keeps and not kept and (old == new or new in ("0", "1")):
        return "Without `keepdims=True` a number for each row is (N,), which numpy lines up with the columns."
    if old != new and new in ("0", "1"):
        return "Along axis 0 there is one result for each column, along axis 1 one for each row."
    return ""


def _cut(text: str) -> str:
    text = text.replace("`", "'")
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:] if sentence[1:2].islower() or sentence[1:2] == " " else sentence
