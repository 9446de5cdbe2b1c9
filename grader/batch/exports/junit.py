"""The gradebook as one JUnit XML file: a suite per student, a case per function."""

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from grader.batch.gradebook import Gradebook, Row
from grader.batch.journal import FunctionGrade
from grader.batch.spreadsheet import as_number
from grader.submissions.errors import printable

_CHARACTERS = 400


def junit_xml(gradebook: Gradebook) -> str:
    """What was not graded is an error, what was rejected a failure, each as the one case of its suite."""
    root = Element("testsuites", name=_line(gradebook.title))
    suites = [_suite(row) for row in gradebook.rows]
    root.extend(suites)
    _add_up(root, suites)
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _suite(row: Row) -> Element:
    suite = Element("testsuite", name=_line(row.student.key))
    properties = SubElement(suite, "properties")
    for name, value in (
        ("student", row.student.label),
        ("status", row.status),
        ("score", as_number(row.settled.final if row.settled else None)),
        ("max_score", as_number(row.settled.maximum if row.settled else None)),
    ):
        SubElement(properties, "property", name=name, value=_line(value))
    for function in row.functions:
        suite.append(_case(row, function))
    if not row.functions:
        suite.append(_verdict(row))
    for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(name, str(len(suite.findall(f"testcase/{tag}"))))
    suite.set("tests", str(len(suite.findall("testcase"))))
    return suite


def _case(row: Row, function: FunctionGrade) -> Element:
    case = Element("testcase", name=_line(function.name), classname=_line(row.student.key))
    properties = SubElement(case, "properties")
    for name, points in (("score", function.score), ("max_score", function.max_score)):
        SubElement(properties, "property", name=name, value=as_number(points))
    if function.status not in ("passed", "carried"):
        message = "; ".join(function.diagnoses) or function.status
        tag = "error" if function.status in ("error", "timeout") else "failure"
        SubElement(case, tag, type=function.status, message=_line(message))
    return case


def _verdict(row: Row) -> Element:
    case = Element("testcase", name="grading", classname=_line(row.student.key))
    if row.status == "not_graded":
        SubElement(case, "skipped", message="not graded yet")
    elif row.status != "graded":
        tag = "failure" if row.status == "rejected" else "error"
        SubElement(case, tag, type=row.status, message=_line(row.reason))
    return case


def _add_up(root: Element, suites: list[Element]) -> None:
    for name in ("tests", "failures", "errors", "skipped"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in suites)))


def _line(text: str) -> str:
    """Text without what XML cannot hold, on one line."""
    return printable(text, _CHARACTERS)
