"""The two formats that other programs read: JUnit XML and Gradescope's results.json."""

import json
from xml.etree import ElementTree

import pytest
from sample_reports import hostile, internal_error, passing, rejected, timeouts, wrong_gradient

from grader.render import render

TOP_KEYS = {
    "score", "execution_time", "output", "output_format", "test_output_format", "test_name_format", "visibility",
    "stdout_visibility", "extra_data", "tests",
}  # fmt: skip
TEST_KEYS = {"score", "max_score", "status", "name", "number", "output", "tags", "extra_data"}


def suites(report) -> ElementTree.Element:
    return ElementTree.fromstring(render(report, "junit"))


def properties(element: ElementTree.Element) -> dict[str, str]:
    return {p.attrib["name"]: p.attrib["value"] for p in element.findall("properties/property")}


def test_junit_has_a_suite_per_function_and_a_case_per_check(sample):
    root = suites(sample)

    if sample.status == "graded":
        assert [suite.get("name") for suite in root] == [function.name for function in sample.functions]
        assert len(list(root.iter("testcase"))) == sum(len(f.checks) for f in sample.functions)
    counts = {name: sum(int(suite.get(name)) for suite in root) for name in ("tests", "failures", "errors", "skipped")}
    assert {name: int(root.get(name)) for name in counts} == counts


def test_junit_carries_points_and_outcome_of_each_check():
    backward = suites(wrong_gradient()).find("testsuite[@name='backward']")
    cases = {properties(case)["id"]: case for case in backward.iter("testcase")}

    assert properties(backward) == {"score": "14", "max_score": "40", "status": "failed"}
    gradient = cases["backward.two-hidden-layers"]
    assert properties(gradient)["score"] == "4"
    assert "wrong: dW2 relative error 0.31" in gradient.find("failure").text
    assert cases["backward.one-sample"].find("error").get("type") == "ValueError"
    assert "cell 6, line 9, in backward" in cases["backward.one-sample"].find("error").text
    assert cases["backward.deep"].find("error").get("type") == "timeout"
    assert len(cases["backward.keys"]) == 1
    assert "The bias gradient keeps only the last sample" in backward.find("system-out").text


def test_junit_tells_rejection_from_a_fault_of_the_grader():
    assert suites(rejected()).find("testsuite/testcase/failure").get("type") == "rejected"
    assert suites(internal_error()).find("testsuite/testcase/error").get("type") == "internal_error"
    assert suites(timeouts()).get("errors") == "5"


def test_gradescope_has_the_keys_of_its_specification(sample):
    results = json.loads(render(sample, "gradescope"))

    assert set(results) | {"score"} == TOP_KEYS
    assert results["output_format"] == results["test_output_format"] == "md"
    assert results["visibility"] in ("hidden", "after_due_date", "after_published", "visible")
    for test, function in zip(results["tests"], sample.functions, strict=True):
        assert set(test) == TEST_KEYS
        assert test["status"] in ("passed", "failed")
        assert (test["score"], test["max_score"]) == (function.score, function.max_score)


def test_gradescope_gets_the_score_of_the_report():
    assert json.loads(render(passing(), "gradescope"))["score"] == 100
    assert json.loads(render(wrong_gradient(), "gradescope"))["score"] == 54
    assert json.loads(render(rejected(), "gradescope"))["score"] == 0


def test_a_fault_of_the_grader_is_no_zero_on_gradescope():
    results = json.loads(render(internal_error(), "gradescope"))

    assert "score" not in results
    assert results["tests"] == []


@pytest.mark.parametrize("audience", ["student", "instructor"])
def test_hostile_text_breaks_neither(audience):
    root = ElementTree.fromstring(render(hostile(), "junit", audience=audience))
    results = json.loads(render(hostile(), "gradescope", audience=audience))

    assert root.find("testsuite").get("name") == "softmax"
    assert results["tests"][0]["name"] == "softmax: raises an error"
