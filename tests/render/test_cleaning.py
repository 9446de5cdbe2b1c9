import math
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_reports import HOSTILE, hostile, much_output, wrong_gradient

from grader.render.cleaning import clipped, clipped_lines, harmless, printable


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07after", "after"),
        ("\x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x9b31mred", "red"),
        ("a\u202eb\u2066c\u2069d\u200be\ufefff", "abcdef"),
        ("null\x00bell\x07back\x08", "nullbellback"),
        ("10 %\r50 %\r100 %\nnext", "100 %\nnext"),
        ("windows\r\nline", "windows\nline"),
        ("half \ud800 a pair", "half \ufffd a pair"),
        ("tab\tstop", "tab stop"),
        ("λ, 漢字 and é stay 😀", "λ, 漢字 and é stay 😀"),
        ("z" + "\u0300" * 500, "z" + "\u0300" * 3),
    ],
)
def test_printable(text, expected):
    assert printable(text) == expected


@given(st.text(st.characters(codec=None)))
def test_printable_text_holds_nothing_that_steers_a_terminal_and_stays_as_it_is(text):
    clean = printable(text)

    assert not any(ord(c) < 32 and c != "\n" for c in clean)
    assert not set(clean) & set("\x1b\x7f\x9b\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff")
    clean.encode("utf-8")
    assert printable(clean) == clean


@pytest.mark.parametrize(
    "text", ["x" * 400_000, "\x1b]" * 200_000, "\r" * 400_000, "\u0300" * 400_000, "\x1b[;" * 130_000]
)
def test_printable_takes_time_in_proportion_to_the_text(text):
    began = time.perf_counter()
    printable(text)

    assert time.perf_counter() - began < 2


@given(st.text(), st.integers(1, 50))
def test_clipped_keeps_short_text_and_bounds_long_text(text, limit):
    short = clipped(text, limit)

    assert short == text if len(text) <= limit else len(short) < limit + 60


def test_clipped_lines_keeps_the_beginning_and_the_end():
    short = clipped_lines("\n".join(str(n) for n in range(1000)), 9)

    assert short.splitlines() == ["0", "1", "2", "3", "4", "5", "[… 991 lines left out …]", "997", "998", "999"]


def test_a_harmless_report_is_bounded_in_every_part():
    report = harmless(hostile())
    function = report.functions[0]

    assert len(function.remarks) == 20
    assert len(function.checks[0].error.frames) == 8
    assert len(function.checks[0].error.message) < 1_100
    assert "\n" not in function.checks[0].title
    assert len(report.submission.name) < 260
    assert len(harmless(much_output()).output.stderr) < 21_000
    assert HOSTILE not in str(report)


def test_an_ordinary_report_is_already_harmless():
    assert harmless(wrong_gradient()).to_json() == wrong_gradient().to_json()


def test_numbers_that_are_none_stay():
    comparison = harmless(hostile()).functions[0].checks[0].comparisons[0]

    assert math.isnan(comparison.relative_error)
