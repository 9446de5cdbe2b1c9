"""On which terms a batch is graded and counted: its assignment's, or its own.

A batch's own terms hold for what is made of that batch: its gradebook, exports and summary. What students see and the
course's gradebook keep to the assignment's. The seed alone decides how it is graded.
"""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from grader.batch import BatchError
from grader.batch.policy import Adjustment, Policy
from grader.batch.sound_terms import demand_sound_terms
from grader.draws import key_of_secret, key_of_seed
from grader.service import courses
from grader.service.data import Batch, CourseAssignment, Submission
from grader.service.errors import Conflict, Invalid
from grader.service.shelf import Shelf


@dataclass(frozen=True)
class OwnTerms:
    """What was said about a batch; None: nothing was. The adjustments belong to the policy."""

    seed: int | None = None
    policy: Policy | None = None
    adjustments: Mapping[str, Adjustment] = field(default_factory=dict)


def policy_of(batch: Batch) -> Policy:
    if batch.policy is None:
        return courses.policy_of(batch.course_assignment)
    return Policy.model_validate(batch.policy)


def seed_of(batch: Batch) -> int:
    return batch.course_assignment.seed if batch.seed is None else batch.seed


def draws_of(assignment: CourseAssignment, own_seed: int | None) -> bytes:
    """The key that random inputs follow from; with a seed of a batch's own as `grade batch --seed` has them."""
    if own_seed is not None:
        return key_of_seed(own_seed)
    return key_of_secret(assignment.pseudonym_key, assignment.seed)


def adjustments_of(
    batch: Batch, decisions: Mapping[str, Adjustment], submissions: Iterable[Submission]
) -> Mapping[str, Adjustment]:
    """By student, as the batch's download calls them; `decisions` are those of the assignment."""
    if batch.policy is not None:
        return {student: Adjustment(**found) for student, found in (batch.adjustments or {}).items()}
    called = {s.student_key: s.entry["key"] if s.entry else s.student_key for s in submissions}
    return {called.get(student, student): decision for student, decision in decisions.items()}


def set_terms(batch: Batch, terms: OwnTerms) -> None:
    """Write down what was said."""
    if terms.seed is not None:
        batch.seed = terms.seed
    if terms.policy is not None:
        batch.policy = terms.policy.model_dump(mode="json", exclude={"adjustments"})
        batch.adjustments = {student: dataclasses.asdict(found) for student, found in terms.adjustments.items()}


def demand_sensible(shelf: Shelf, assignment: CourseAssignment, terms: OwnTerms) -> None:
    """Raises Invalid: the policy speaks of what there is not."""
    if terms.policy is None:
        if terms.adjustments:
            raise Invalid("adjustments: of a batch alone they need a policy of its own, too.")
        return
    if terms.policy.adjustments:
        raise Invalid("policy.adjustments: the service has no such file; send the adjustments themselves.")
    try:
        demand_sound_terms(shelf.set_in(assignment), terms.policy, terms.adjustments)
    except BatchError as error:
        raise Invalid(f"policy: {error}") from error


def demand_same_anonymity(batch: Batch, terms: OwnTerms) -> None:
    """Raises Conflict: under which names files are graded is settled with the upload."""
    if terms.policy is None:
        return
    was, wanted = policy_of(batch).reports.anonymous, terms.policy.reports.anonymous
    if was != wanted:
        kind = "anonymous reports" if was else "reports that name the file"
        raise Conflict(f"This batch was uploaded with {kind}; another kind needs another upload, to another folder.")
