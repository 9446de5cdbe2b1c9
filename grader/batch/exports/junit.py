"""The gradebook as one JUnit XML file: a suite per student, a case per function."""

from xml.etree.ElementTree import Element, SubElement

from grader.batch.gradebook import Gradebook, Row
from grader.batch.journal import FunctionGrade
from grader.batch.spreadsheet import as_number
from grader.render.junit import count, document, set_properties
from grader.submissions.errors import printable

_CHARACTERS = 400


def junit_xml(gradebook: Gradebook) -> str:
    """What was not graded is an error, what was rejected a failure, each as the one case of its suite."""
    return document([_suite(row) for row in gradebook.rows], name=_line(gradebook.title))


def _suite(row: Row) -> Element:
    suite = Element("testsuite", name=_line(row.student.key))
    told = {
        "student": row.student.label,
        "status": row.status,
        "score": as_number(row.settled.final if row.settled else None),
        "max_score": as_number(row.settled.maximum if row.settled else None),
    }
    set_properties(suite, {name: _line(value) for name, value in told.items()})
    for function in row.functions:
        suite.append(_case(row, function))
    if not row.functions:
        suite.append(_verdict(row))
    count(suite)
    return suite


def _case(row: Row, function: FunctionGrade) -> Element:
    case = Element("testcase", name=_line(function.name), classname=_line(row.student.key))
    set_properties(case, {"score": as_number(function.score), "max_score": as_number(function.max_score)})
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


def _line(text: str) -> str:
    """Text without what XML cannot hold, on one line."""
    return printable(text, _CHARACTERS)
