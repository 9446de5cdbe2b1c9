"""Forms that are filled in again by their fields."""

from bs4 import BeautifulSoup, Tag
from hypothesis import given
from hypothesis import strategies as st

from grader.service.pages.unsent import Unsent, filled

PAGE = """<h1>1 &lt; 2</h1><form action="/a"><input type=hidden name=who value=bob><input name=x value="old"></form>
<form action="/a"><input type="hidden" name="csrf" value="1"><input type="hidden" name="who" value="ada">
<input name="x" value="old" required><input type="checkbox" name="tick" value="1" checked>
<input type="checkbox" name="tick" value="2"><input type="radio" name="one" value="l">
<input type="radio" name="one" value="r" checked>
<select name="choice"><option value="" selected>any</option><option value="é">it</option></select>
<textarea name="text" rows="2">old</textarea><button name="go">Go</button></form>
<form action="/b"><input name="x" value="old"></form>"""
text = st.text(st.characters(codec="utf-8", exclude_characters="\r\0", exclude_categories=("Cs", "Cc")))


def values(form: Tag) -> list[tuple[str, str]]:
    """What a browser would send."""
    found = []
    for control in form.find_all(["input", "select", "textarea"]):
        name = str(control["name"])
        if control.name == "select":
            found += [(name, str(option["value"])) for option in control.find_all("option", selected=True)]
        elif control.name == "textarea":
            found.append((name, control.text.removeprefix("\n")))
        elif control.get("type") not in ("checkbox", "radio") or control.has_attr("checked"):
            found.append((name, str(control["value"])))
    return found


@given(text, text)
def test_the_form_comes_back_as_it_was_and_nothing_else_changes(line: str, lines: str) -> None:
    sent = [("who", "ada"), ("x", line), ("tick", "2"), ("one", "l"), ("choice", "é"), ("text", lines)]
    page = filled(PAGE, Unsent(page="/p", action="/a", fields=sent))
    assert page
    first, form, last = BeautifulSoup(page, "html.parser").find_all("form")
    assert values(first) == [("who", "bob"), ("x", "old")]
    assert values(last) == [("x", "old")]
    assert values(form) == [("csrf", "1"), *sent]
    assert page.startswith("<h1>1 &lt; 2</h1>")


def test_a_form_about_somebody_else_is_left_alone() -> None:
    assert filled(PAGE, Unsent(page="/p", action="/a", fields=[("who", "eve"), ("x", "1")])) is None
    assert filled(PAGE, Unsent(page="/p", action="/c", fields=[("x", "1")])) is None
