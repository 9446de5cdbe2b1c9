"""What of an explanation is stored: the explanation itself, and how a page shows it."""

from grader.reading.costs import COSTS
from grader.reading.explain import explain_submission
from grader.reading.told.explanation import Explanation
from grader.render.explanation_html import explanation_fragment
from grader.sandbox import Sandbox
from grader.service.compressed_texts import compressed
from grader.service.engine.messages import Explained, ExplainTask
from grader.submissions import SubmissionRejected, load_bytes


def explained(task: ExplainTask, cells: Sandbox, *, is_tired: bool = False) -> Explained:
    """Run the file in cells, and read it."""
    try:
        submission = load_bytes(task.path.read_bytes(), task.name, with_data=True)
        explanation = explain_submission(submission, cells, cost=COSTS.get(task.cost))
    except SubmissionRejected as rejection:
        explanation = Explanation(name=task.name, status="unread", reason=str(rejection))
    return Explained(
        status=explanation.status,
        document=compressed(explanation.model_dump_json()),
        page=compressed(explanation_fragment(explanation)),
        is_tired=is_tired,
    )
