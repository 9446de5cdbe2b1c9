import base64
import hashlib
import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from sample_reports import diverging, hostile, passing, report, right, unprotected, wrong_backward, wrong_gradient

from grader.render import render
from grader.render.charts import curve_chart, heat_map
from grader.render.curves import Series
from grader.report import Comparison
from tests.pages import Page


@pytest.mark.parametrize("audience", ["student", "instructor"])
def test_every_page_is_well_formed_and_runs_and_loads_nothing(sample, audience):
    page = Page(render(sample, "html", audience=audience))
    names = {name for _, attributes in page.elements for name in attributes}

    assert not {tag for tag, _ in page.elements} & {
        "script",
        "iframe",
        "object",
        "embed",
        "link",
        "img",
        "form",
        "base",
    }
    assert not [name for name in names if name.startswith("on")]
    assert not names & {"style", "src", "srcset", "action", "formaction", "xlink:href"}
    assert all(re.match(r"#|https://docs\.example\.org/", a["href"]) for a in page.all("a"))


def test_the_policy_allows_the_one_style_sheet_and_nothing_else(sample):
    html = render(sample, "html")
    style = re.search(r"<style>(.*)</style>", html, re.DOTALL).group(1)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = next(m["content"] for m in Page(html).all("meta") if "http-equiv" in m)

    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}'")
    assert html.count("<style") == 1
    assert "@import" not in style
    assert "url(" not in style


def test_headings_descend_one_at_a_time_under_one_title(sample):
    levels = [int(tag[1]) for tag, _ in Page(render(sample, "html")).elements if re.fullmatch("h[1-6]", tag)]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_landmarks_labels_and_targets(sample):
    page = Page(render(sample, "html"))
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]

    assert len(ids) == len(set(ids))
    assert [len(page.all(tag)) for tag in ("header", "main", "footer")] == [1, 1, 1]
    assert {a["href"][1:] for a in page.all("a") if a["href"].startswith("#")} <= set(ids)
    assert {a["aria-labelledby"] for _, a in page.elements if "aria-labelledby" in a} <= set(ids)
    assert all(svg.get("aria-label") or svg.get("aria-hidden") for svg in page.all("svg"))


def test_pictures_are_well_formed_svg(sample):
    pictures = re.findall(r"<svg.*?</svg>", render(sample, "html"), re.DOTALL)

    for picture in pictures:
        assert ElementTree.fromstring(picture).tag == "svg"


def test_a_status_is_told_by_word_and_symbol():
    text = " ".join("".join(Page(render(wrong_gradient(), "html")).text).split())

    assert "✗ backward(params, cache, Y, lam) wrong 14 / 40" in text
    assert "dW1 right" in text
    assert "dW2 wrong" in text


def test_the_diagnosis_stands_before_the_failed_checks_with_its_formula():
    html = render(wrong_gradient(), "html")

    assert html.index("The bias gradient keeps only the last sample</h4>") < html.index("against central differences")
    assert "<mfrac><mrow><mi>∂</mi><mi>J</mi></mrow>" in html


def test_a_wrong_tensor_gets_a_heat_map_and_a_right_one_none():
    html = render(wrong_gradient(), "html")

    assert html.count('class="heat"') == 2
    assert "Errors of dW2: shape (100, 30), each square is the largest error of its block, worst at [3, 1]" in html


def test_warnings_stand_in_the_header():
    html = render(unprotected(), "html")

    assert html.index("NO SANDBOX") < html.index("</header>")
    assert html.index("STAND-IN DATA") < html.index("</header>")


def test_hostile_text_is_shown_not_obeyed():
    html = render(hostile(), "html", audience="instructor")

    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "{{ 7*7 }}" in html
    assert not set(html) & set("\x1b\u202e\u2066\u200b\ud800\x00")
    assert not Page(html).all("a")


def test_instructors_also_get_codes_and_evidence():
    assert "backward.bias-gradient-of-last-sample" in render(wrong_gradient(), "html", audience="instructor")
    assert "0.142857" in render(wrong_gradient(), "html", audience="instructor")
    assert "0.142857" not in render(wrong_gradient(), "html")


def test_two_hundred_functions_make_a_page():
    functions = tuple(right("relu").model_copy(update={"name": f"f{n}"}) for n in range(200))

    assert render(report(functions), "html").count("<article") == 100


def test_a_curve_has_gaps_and_marks_what_is_no_number():
    line = Series("yours", "train", tuple(range(6)), (1.0, 2.0, None, 3.0, float("nan"), 4.0))
    chart = ElementTree.fromstring(curve_chart("Cost", [line], x_label="epoch"))
    points = [e.attrib["points"].split() for e in chart.iter("polyline")]

    assert [len(stretch) for stretch in points] == [2, 1, 1]
    assert len(list(chart.iter("circle"))) == 4
    assert [mark.find("title").text for mark in chart.iter("path")] == ["yours, train, 4: nan"]


def test_an_axis_is_logarithmic_only_where_values_span_decades():
    assert "Cost (logarithmic)" in render(diverging(), "html")
    assert "logarithmic" not in render(passing(), "html")


@pytest.mark.parametrize(
    "values", [(), (None,), (float("nan"),), (0.0,), (5e-324, 1e308), (-1e308, 1e308), (1e-12, 1e-12)]
)
def test_a_chart_stands_for_any_values(values):
    chart = curve_chart("Cost", [Series("yours", "train", tuple(range(len(values))), values)], x_label="epoch")

    if chart:
        numbers = re.findall(r' (?:x|y|x1|x2|y1|y2|cx|cy)="([^"]*)"', chart)
        assert all(-1 < float(number) < 1000 for number in numbers)
        ElementTree.fromstring(chart)


def test_the_step_at_which_curves_part_is_marked():
    html = render(wrong_gradient(), "html")

    assert "<title>the curves part at step 1</title>" in html


def test_a_thousand_steps_keep_their_spike_in_few_points():
    values = tuple(100.0 if step == 777 else 1.0 for step in range(5000))
    chart = curve_chart("Cost", [Series("yours", "step", tuple(range(5000)), values)], x_label="step")
    ys = [float(point.split(",")[1]) for point in re.search('points="([^"]*)"', chart).group(1).split()]

    assert len(ys) <= 300
    assert min(ys) < max(ys) - 100


def test_a_heat_map_is_darkest_at_the_largest_error_and_crosses_out_what_is_no_number():
    comparison = Comparison(label="dW", verdict="wrong", error_picture=((0.0, 0.5), (1.0, float("nan"))))
    picture = ElementTree.fromstring(heat_map(comparison))
    cells = {cell.find("title").text: float(cell.get("fill-opacity")) for cell in picture.iter("rect") if len(cell)}

    assert cells == {"[0, 1]: 0.5": 0.5, "[1, 0]: 1": 1.0}
    assert [path.find("title").text for path in picture.iter("path")] == ["[1, 1]: nan"]


def test_a_comparison_without_a_picture_has_none():
    assert heat_map(Comparison(label="dW", verdict="wrong")) == ""
    assert wrong_backward().checks[0].comparisons[0].error_picture is None


def test_the_overview_names_every_mistake_and_its_place(sample):
    page = render(sample, "html")
    rows = re.findall(r'<li class="\w+"><a href="#function-(\d+)">.*?</li>', page, re.DOTALL)
    named = [
        (i, d)
        for i, f in enumerate(sample.functions, 1)
        for d in f.diagnoses or ([] if f.status == "passed" else [None])
    ]
    assert rows == ([str(i) for i, _ in named] if len(named) > 1 else [])
