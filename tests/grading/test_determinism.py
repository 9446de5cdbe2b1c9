"""The same submission and seed give the same report; another seed gives other inputs, not another grade.

The files are those that `test_examples.py` looks at, which are graded once.
"""

from grader import Grader, Report, grade

NOISY = """
def cross_entropy(probs, Y):
    print(np.random.rand())
    return np.random.rand()
"""


def test_two_gradings_are_equal(mlp, session, grade_example):
    name = "wrong/cost_averaged_over_entries.py"
    again = session.grade(mlp.folder / "examples" / name)
    assert as_text(again) == as_text(grade_example(name))


def test_random_numbers_of_the_submission_are_the_same_each_time(grade_with):
    cost = ("cross_entropy", "train")
    assert as_text(grade_with(NOISY, *cost)) == as_text(grade_with(NOISY, *cost))


def test_another_session_gives_the_same(mlp, grade_example):
    name = "wrong/cost_averaged_over_entries.py"
    report = grade("mnist-mlp", mlp.folder / "examples" / name)
    assert as_text(report) == as_text(grade_example(name))


def test_another_seed_gives_other_numbers_and_the_same_judgement(mlp, session, grade_example):
    name = "wrong/cost_averaged_over_entries.py"
    with Grader(mlp, sandbox=session.sandbox, seed=7) as other:
        report = other.grade(mlp.folder / "examples" / name)
    assert report.environment.seed == 7
    assert first_message(report) != first_message(grade_example(name))
    assert report.score == grade_example(name).score


def test_the_order_of_checks_does_not_matter(mlp, session, grade_example):
    name = "wrong/cost_averaged_over_entries.py"
    alone = session.grade(mlp.folder / "examples" / name, functions=["cross_entropy"])
    assert [f.name for f in alone.functions] == ["cross_entropy"]
    together = grade_example(name).without_timing().function("cross_entropy")
    assert alone.max_score == together.max_score
    assert alone.without_timing().function("cross_entropy").checks == together.checks


def test_a_report_survives_json(grade_example):
    text = grade_example("homework.ipynb").to_json()
    assert "NaN" in text
    assert Report.from_json(text).to_json() == text


def as_text(report: Report) -> str:
    """All but the durations; in text, since NaN differs from itself."""
    return report.without_timing().to_json()


def first_message(report: Report) -> str:
    return report.function("cross_entropy").checks[0].message
