"""File names of reports."""

import re

from hypothesis import given
from hypothesis import strategies as st

from grader.batch.names import pseudonyms, report_name

ANY_KEY = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
SAFE = re.compile(r"[a-z0-9][a-z0-9_-]*(~[0-9a-f]{32})?(\+\d+)?")


@given(ANY_KEY, st.integers(1, 99))
def test_a_name_is_safe_and_always_the_same(key, attempt):
    name = report_name(key, attempt)
    assert SAFE.fullmatch(name)
    assert len(name) < 120
    assert name == report_name(key, attempt)


@given(st.sets(st.tuples(ANY_KEY, st.integers(1, 3)), max_size=20))
def test_different_students_have_different_names_even_without_case(keys):
    names = [report_name(*key).casefold() for key in keys]
    assert len(set(names)) == len(keys)


@given(ANY_KEY)
def test_nobody_can_choose_a_key_that_is_anothers_name(key):
    assert report_name(report_name(key)) != report_name(key) or report_name(key) == key


def test_plain_keys_are_their_own_names_and_others_stay_readable():
    assert report_name("jane_doe-2") == "jane_doe-2"
    assert report_name("jane", 2) == "jane+2"
    assert report_name('José "JJ" Núñez, Jr.').startswith("jose-jj-nunez-jr~")
    assert report_name("../../etc/passwd").startswith("etc-passwd~")
    assert report_name("con") != "con"


def test_pseudonyms_are_stable_and_their_secret_is_needed(tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    name = pseudonyms(first)("jane", 1)
    assert pseudonyms(first)("jane", 1) == name
    assert pseudonyms(second)("jane", 1) != name
    assert "jane" not in name
    assert pseudonyms(first)("jane", 2) != name
