"""`grade validate`: is an assignment fair, and does it know the mistakes that it claims to know?

It grades its own solution, starter and examples, each of which must get the outcome that was promised, and it plants
every known mistake in the solution, each of which must be diagnosed by its name.
"""

from grader.assignments import Assignment
from grader.grading import Grader, SandboxMode
from grader.validation.examples import grade_examples, read_examples
from grader.validation.outcome import Outcome, Validation
from grader.validation.planted import plant_mistakes

__all__ = ["Outcome", "Validation", "validate_assignment"]


def validate_assignment(assignment: Assignment, *, sandbox: SandboxMode = "auto") -> Validation:
    """Grade the examples of an assignment and plant its mistakes.

    Raises:
        AssignmentError: `examples/expected.toml` is faulty.
    """
    examples = read_examples(assignment)
    with Grader(assignment, sandbox=sandbox) as session:
        return Validation(assignment.id, tuple(grade_examples(session, examples)), tuple(plant_mistakes(session)))
