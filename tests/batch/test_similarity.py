"""What a batch tells of shared structure, where it is asked to."""

from pathlib import Path

import pytest

import assignments
from grader.batch import grade_batch
from grader.batch.summary import ClassSummary
from tests.softplus import HALF_RIGHT, RIGHT

pytestmark = pytest.mark.usefixtures("in_a_thread")

EXAMPLES = Path(assignments.__path__[0]) / "mnist-mlp" / "examples" / "right"
LONG = RIGHT + (EXAMPLES / "closures.py").read_text("utf-8").replace("import numpy as np", "")
MINE = "\n\ndef mine(a, b):\n    return [a[i] for i in b if i not in (1, 2, a)]\n"
PROMPT = "# </pre><script>alert(1)</script> \x1b[31m\u202e\n"
METADATA = """---
submission_1:
  :submitters:
  - :name: Ann <b>
    :sid: ann
  - :name: Ben
    :sid: ben
submission_2:
  :submitters:
  - :name: Cem
    :sid: cem
submission_3:
  :submitters:
  - :name: Dee
    :sid: dee
"""


@pytest.fixture
def download(write_folder):
    """Ann and Ben handed in together; Cem's is theirs but for a function of his own; Dee wrote something else."""
    return write_folder(
        {
            "submission_metadata.yml": METADATA,
            "submission_1/homework.py": PROMPT + LONG,
            "submission_2/homework.py": LONG + MINE,
            "submission_3/homework.py": HALF_RIGHT,
        }
    )


def test_pairs_are_told_with_a_page_that_shows_both(assignment, download, tmp_path):
    output = tmp_path / "out"
    grade_batch(assignment, download, output, jobs=1, similarity=True)
    similarity = ClassSummary.model_validate_json((output / "summary.json").read_bytes()).similarity
    (pair,) = similarity.pairs
    assert (pair.one, pair.other) == (("ann", "ben"), ("cem",))
    assert pair.share_of_one == 1 > pair.share_of_other > 0.9
    assert (similarity.compared, similarity.too_short, similarity.equal) == (2, 1, ())
    page = (output / pair.page).read_text("utf-8")
    assert page.count("<script") == 0
    assert "&lt;script&gt;alert(1)" in page
    assert "\x1b" not in page
    assert "\u202e" not in page
    assert '<mark id="a1"><a href="#b1"' in page
    assert '<mark id="b1"><a href="#a1"' in page
    assert 'href="../reports/cem.html"' in page
    index = (output / "index.html").read_text("utf-8")
    assert f'href="{pair.page}"' in index
    for text in (page, index):
        assert not any(word in text.lower() for word in ("cheat", "plagiar", "copied", "suspicious"))

    grade_batch(assignment, download, output, resume=True)
    assert ClassSummary.model_validate_json((output / "summary.json").read_bytes()).similarity is None
    assert not (output / "similarity").exists()
