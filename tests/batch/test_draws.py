"""Every submission has random inputs of its own: what is learnt from one report is worth nothing in the next."""

import json
import stat

import pytest

from grader.batch import grade_batch
from grader.draws import key_of_secret, key_of_seed, seed_of
from grader.report import Report
from tests.softplus import HALF_RIGHT, RIGHT, TABLE

pytestmark = pytest.mark.usefixtures("in_a_thread")


def report_of(output, student):
    return Report.from_json((output / f"reports/{student}.json").read_bytes())


def test_a_table_of_answers_learnt_from_a_report_gets_nothing_in_the_next_attempt(assignment, write_folder, tmp_path):
    zeros = {name: [[0.0] * 3] * 4 for name in ("softplus", "slope")}
    download, output = write_folder({"eve.py": TABLE.format(table=zeros)}), tmp_path / "out"
    grade_batch(assignment, download, output, jobs=1)
    learnt = {
        function.name: function.checks[0].comparisons[0].expected for function in report_of(output, "eve").functions
    }
    assert all(len(rows) == 4 for rows in learnt.values())

    (download / "eve.py").write_text(TABLE.format(table=json.dumps(learnt)))
    assert grade_batch(assignment, download, output, jobs=1, resume=True).graded == 1
    assert report_of(output, "eve").score == 0


def test_two_submissions_meet_other_inputs_and_one_meets_the_same_again(assignment, write_folder, tmp_path):
    download, output = write_folder({"ann.py": RIGHT, "ben.py": HALF_RIGHT}), tmp_path / "out"
    grade_batch(assignment, download, output, jobs=1)
    first = {name: report_of(output, name) for name in ("ann", "ben")}
    assert first["ann"].environment.seed != first["ben"].environment.seed
    assert stat.S_IMODE((output / "draws.key").stat().st_mode) == 0o600

    grade_batch(assignment, download, output, jobs=1, only=["*"])
    again = {name: report_of(output, name) for name in ("ann", "ben")}
    assert {name: report.without_timing() for name, report in again.items()} == {
        name: report.without_timing() for name, report in first.items()
    }

    grade_batch(assignment, download, tmp_path / "elsewhere", jobs=1)
    assert report_of(tmp_path / "elsewhere", "ann").environment.seed != first["ann"].environment.seed


def test_a_seed_gives_the_same_draws_in_any_folder(assignment, write_folder, tmp_path):
    download = write_folder({"ann.py": RIGHT, "ben.py": HALF_RIGHT})
    for folder in ("one", "other"):
        grade_batch(assignment, download, tmp_path / folder, jobs=1, seed=7)
    seeds = [report_of(tmp_path / folder, "ann").environment.seed for folder in ("one", "other")]
    assert seeds[0] == seeds[1] != report_of(tmp_path / "one", "ben").environment.seed
    assert not (tmp_path / "one" / "draws.key").exists()


def test_a_draw_follows_from_secret_seed_and_content():
    keys = [key_of_secret("a"), key_of_secret("b"), key_of_secret("a", 1), key_of_seed(0), key_of_seed(1)]
    seeds = {seed_of(key, sha256) for key in keys for sha256 in ("0" * 64, "1" * 64)}
    assert len(seeds) == 10
    assert all(0 <= seed < 1 << 48 for seed in seeds)
