"""`grade validate`: is an assignment fair, and does it know the mistakes that it claims to know?

It compares the solution with what the contract declares; it grades the solution, the starter and the examples, each of
which must get the outcome that was promised; and it plants every known mistake in the solution, each of which must be
diagnosed by its name.
"""

from collections.abc import Callable, Iterator

from grader.assignments import Assignment
from grader.grading import Grader, SandboxMode
from grader.validation.examples import grade_examples, read_examples
from grader.validation.outcome import Outcome, Validation
from grader.validation.planted import plant_mistakes
from grader.validation.signatures import compare_signatures

__all__ = ["OnStep", "Outcome", "Validation", "validate_assignment"]


# What is being tried, how many are done, and of how many.
OnStep = Callable[[str, int, int], None]


def validate_assignment(
    assignment: Assignment, *, sandbox: SandboxMode = "auto", on_step: OnStep = lambda what, done, total: None
) -> Validation:
    """Compare contract and solution, grade the examples of an assignment and plant its mistakes.

    Raises:
        AssignmentError: `examples/expected.toml` is faulty.
    """
    examples = read_examples(assignment.folder)
    with Grader(assignment, sandbox=sandbox) as session:
        graded = list(_stepped(grade_examples(session, examples), "examples", len(examples) + 2, on_step))
        is_right = not graded[0].problems  # nothing can be told from mistakes in a solution that is none
        mistakes = assignment.mistakes if is_right else ()
        planted = list(_stepped(plant_mistakes(session, mistakes), "planted mistakes", len(mistakes), on_step))
    return Validation(assignment.id, tuple(compare_signatures(assignment)), tuple(graded), tuple(planted))


def _stepped(outcomes: Iterator[Outcome], what: str, total: int, on_step: OnStep) -> Iterator[Outcome]:
    for done in range(total):
        on_step(what, done, total)
        yield next(outcomes)
    on_step(what, total, total)
