"""A course from its first day to its grades, through the door that everybody uses."""

from tests.batch.conftest import HALF_RIGHT
from tests.service.api.conftest import Course


def test_a_submission_is_graded_and_its_mistake_named(live_course: Course) -> None:
    answer = live_course.submit("ada")
    assert answer.status_code == 202
    assert answer.headers["Location"] == answer.json()["links"]["self"]
    with live_course.client("ada") as client:
        status = client.wait(answer.json()["id"])
        assert (status.state, status.status) == ("done", "graded")
        assert status.score is not None
        assert (status.score.final, status.score.maximum) == (6.0, 10.0)
        report = client.report(status.id)
        assert [diagnosis.code for diagnosis in report.diagnoses()] == ["slope.of-the-relu"]
        assert client.original(status.id).decode() == HALF_RIGHT
        assert "The slope is that of the ReLU" in client.report_page(status.id)
