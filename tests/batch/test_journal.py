"""The journal: what was on disk counts, whatever happened afterwards."""

import hashlib
import os
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.batch.errors import OutputError
from grader.batch.journal import Basis, FunctionGrade, Graded, Journal, has_documents, read_records

BASIS = Basis(assignment="softplus", version="1.0", digest="d", seed=0, grader="0.1")
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


def graded(student: str, score: float = 1.0, reason: str = "") -> Graded:
    return Graded(
        student=student,
        attempt=1,
        fingerprint="f",
        basis=BASIS,
        status="graded",
        reason=reason,
        score=score,
        max_score=10,
        functions=(FunctionGrade(name="slope", status="passed", score=score, max_score=10),),
        documents={},
    )


RECORDS = st.lists(
    st.builds(graded, TEXT, st.floats(allow_nan=False, allow_infinity=False), TEXT), min_size=1, max_size=5
)


@settings(max_examples=50)  # each forces several lines to disk
@given(RECORDS, st.data())
def test_torn_at_any_byte_it_keeps_every_whole_line_and_goes_on(records, data):
    with TemporaryDirectory() as folder:
        path = Path(folder, "journal.jsonl")
        ends = [0]
        for record in records:
            with Journal(path) as journal:
                journal.append([record])
            ends.append(path.stat().st_size)
        cut = data.draw(st.integers(0, ends[-1]))
        os.truncate(path, cut)
        whole = [record for record, end in zip(records, ends[1:], strict=True) if end <= cut]
        with Journal(path) as journal:
            assert journal.entries == {record.key: record for record in whole}
            journal.append([graded("after")])
        assert list(read_records(path.read_bytes())) == [*whole, graded("after")]


@given(st.binary(max_size=200))
def test_foreign_bytes_are_passed_over(noise):
    line = graded("jane").model_dump_json().encode()
    content = noise + b"\n" + line + b"\n"
    assert list(read_records(content)) == [graded("jane")]


def test_the_last_line_about_a_submission_holds(tmp_path):
    with Journal(tmp_path / "journal.jsonl") as journal:
        journal.append([graded("jane", 1.0), graded("joe", 2.0)])
        journal.append([graded("jane", 3.0)])
    with Journal(tmp_path / "journal.jsonl") as journal:
        assert {key: record.score for key, record in journal.entries.items()} == {("jane", 1): 3.0, ("joe", 1): 2.0}


def test_one_batch_at_a_time(tmp_path):
    with Journal(tmp_path / "journal.jsonl"), pytest.raises(OutputError, match="another batch"):
        Journal(tmp_path / "journal.jsonl")


def test_a_killed_batch_holds_nothing(tmp_path):
    script = (
        "import os, signal, sys; from pathlib import Path; from grader.batch.journal import Journal\n"
        "journal = Journal(Path(sys.argv[1])); os.kill(os.getpid(), signal.SIGKILL)"
    )
    path = tmp_path / "journal.jsonl"
    done = subprocess.run([sys.executable, "-c", script, str(path)], check=False)
    assert done.returncode == -signal.SIGKILL
    with Journal(path) as journal:
        assert journal.entries == {}


def test_a_line_counts_while_its_documents_are_as_they_were(tmp_path):
    page = tmp_path / "page.html"
    page.write_bytes(b"page")
    digest = hashlib.sha256(b"page").hexdigest()
    record = graded("jane").model_copy(update={"documents": {"page.html": digest}})
    assert has_documents(record, tmp_path)
    page.write_bytes(b"another page")
    assert not has_documents(record, tmp_path)
    page.unlink()
    assert not has_documents(record, tmp_path)
