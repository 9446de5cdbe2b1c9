"""The page of the API, from the document that the service itself gives."""

import re
from html import unescape

from tests.service.pages.visiting import Course


def test_every_operation_is_explained_and_its_links_lead_somewhere(graded: Course) -> None:
    document = graded.visit().get("/api/v1/openapi.json").json()
    visit = graded.visit()
    assert visit.get("/docs/api").status_code == 200  # for everybody, as the document is
    told = re.findall(r'<span class="method \w+">(\w+)</span> <code>([^<]+)</code>', visit.page)
    expected = [(method.upper(), path) for path, methods in document["paths"].items() for method in methods]
    assert sorted(told) == sorted(expected)
    ids = re.findall(r'\bid="([^"]+)"', visit.page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', visit.page)) <= set(ids)
    examples = [unescape(found) for found in re.findall(r"<code>(curl[^<]+)</code>", visit.page)]
    assert len(examples) == len(expected)
    assert not any("{" in example.rsplit('"$GRADER_SERVER', 1)[1] for example in examples)
    assert "/docs/api" in graded.visit("teacher").get("/tokens").text


def test_an_example_is_what_the_service_takes(graded: Course) -> None:
    """That of creating a course, as it stands on the page."""
    visit = graded.visit()
    visit.get("/docs/api")
    body = re.search(r"--json '([^']+)' \\\s+\"\$GRADER_SERVER/api/v1/courses\"", unescape(visit.page))
    assert body
    with graded.service.door() as door:
        answer = door.post("/courses", content=body[1], headers={"Content-Type": "application/json"})
    assert answer.status_code == 201, answer.text
