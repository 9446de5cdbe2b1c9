"""The report as JUnit XML: a suite per function, a case per check, points as properties of the case."""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from grader.render import compared, first_words, wording
from grader.render.cleaning import harmless
from grader.render.words import to_plain
from grader.report import CheckResult, FunctionReport, Report, StudentError, WrittenAnswer

if TYPE_CHECKING:
    from grader.render import Audience
    from grader.submissions import Submission

# XML 1.0 allows no other characters, not even as character references.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(report: Report, *, submission: "Submission | None" = None, audience: "Audience" = "student") -> str:
    """A `testsuites` document. A report without functions holds one case that says why."""
    report = harmless(report)
    suites = [_suite(function) for function in report.functions]
    if report.status != "graded":
        suites.append(_verdict_suite(report))
    if report.written:
        suites.append(_written_suite(report.written))
    return document(suites, name=_legal(report.assignment.title), time=_seconds(report.timing.total))


def document(suites: Sequence[Element], **attributes: str) -> str:
    """The text of a whole document, with the sums of its suites."""
    root = Element("testsuites", attributes)
    root.extend(suites)
    for name in ("tests", "failures", "errors", "skipped"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in suites)))
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _suite(function: FunctionReport) -> Element:
    suite = Element("testsuite", name=_legal(function.name))
    _properties(suite, function.score, function.max_score, {"status": function.status, **_carried(function.carried)})
    for check in function.checks:
        suite.append(_case(function, check))
    if not function.checks:
        case = SubElement(suite, "testcase", name=_legal(function.name), classname=_legal(function.name))
        if function.status not in ("passed", "carried"):
            SubElement(case, "failure", type=function.status, message=wording.status_words(function).word)
    if notes := _notes(function):
        SubElement(suite, "system-out").text = _legal(notes)
    count(suite)
    suite.set("time", _seconds(sum(check.seconds for check in function.checks)))
    return suite


def _case(function: FunctionReport, check: CheckResult) -> Element:
    case = Element(
        "testcase", name=_legal(to_plain(check.title)), classname=_legal(function.name), time=_seconds(check.seconds)
    )
    if place := next((one.location for one in function.diagnoses if one.location), function.location):
        case.set("file", _legal(place.file))
        if place.line is not None and place.cell is None:
            case.set("line", str(place.line))
    _properties(case, check.score, check.max_score, {"id": check.id, **_carried(check.carried)})
    message = _legal(to_plain(check.message))
    if check.status == "skipped":
        SubElement(case, "skipped", message=message)
    elif check.status == "failed":
        SubElement(case, "failure", type="failed", message=message).text = _legal(_detail(check))
    elif check.status in ("error", "timeout"):
        kind = check.error.type if check.error else check.status
        SubElement(case, "error", type=_legal(kind), message=message).text = _legal(_detail(check))
    return case


def _verdict_suite(report: Report) -> Element:
    """What stands in the place of checks that did not run."""
    suite = Element("testsuite", name=_legal(report.submission.name))
    case = SubElement(suite, "testcase", name="grading", classname=_legal(report.assignment.id))
    tag = "failure" if report.status == "rejected" else "error"
    SubElement(case, tag, type=report.status, message=_legal(to_plain(first_words.headline(report)))).text = _legal(
        report.reason
    )
    count(suite)
    return suite


def _written_suite(written: Sequence[WrittenAnswer]) -> Element:
    """The answers that a person reads: skipped until somebody has given points."""
    suite = Element("testsuite", name="read by a person")
    for answer in written:
        case = SubElement(suite, "testcase", name=_legal(answer.question), classname="read by a person")
        if answer.score is None:
            SubElement(case, "skipped", message=_legal(wording.read(None, answer.max_score)))
        else:
            _properties(case, answer.score, answer.max_score, {})
    count(suite)
    return suite


def _properties(parent: Element, score: float, max_score: float, others: dict[str, str]) -> None:
    values = {"score": wording.number(score), "max_score": wording.number(max_score), **others}
    set_properties(parent, {name: _legal(value) for name, value in values.items()})


def set_properties(parent: Element, values: Mapping[str, str]) -> None:
    """What is known of a suite or a case, beside what became of it."""
    properties = SubElement(parent, "properties")
    for name, value in values.items():
        SubElement(properties, "property", name=name, value=value)


def _carried(points: float) -> dict[str, str]:
    return {"carried_forward": wording.number(points)} if points else {}


def count(suite: Element) -> None:
    """Put how many cases a suite has, and what became of them."""
    suite.set("tests", str(len(suite.findall("testcase"))))
    for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(name, str(len(suite.findall(f"testcase/{tag}"))))


def _notes(function: FunctionReport) -> str:
    lines = [f"{d.title}\n{d.explanation}".strip() for d in function.diagnoses]
    lines += [
        wording.carried(function),
        wording.follow_on(function),
        *(f"Remark: {remark}" for remark in function.remarks),
    ]
    return to_plain("\n".join(line for line in lines if line))


def _detail(check: CheckResult) -> str:
    lines = [f"{c.verdict}: {c.label} {to_plain(compared.comparison_detail(c))}".rstrip() for c in check.comparisons]
    if check.error:
        lines += _traceback(check.error)
    return "\n".join(lines)


def _traceback(error: StudentError) -> list[str]:
    lines = [wording.shown_error(error)]
    for frame in error.frames:
        lines.append(f"at {frame.location}, in {frame.function}: {frame.text}")
    return lines


def _legal(text: str) -> str:
    return _ILLEGAL.sub("\ufffd", text)


def _seconds(value: float) -> str:
    return f"{value:.3f}"
