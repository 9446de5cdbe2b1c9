"""README and docs: the commands they name exist, the code they show works, the output they show is the real one."""

import ast
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from grader.assignments import load_assignment
from grader.cli.app import app
from grader.validation import validate_assignment
from tests import library
from tests.tables import WHOLE

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE_NAME = re.compile(r"# (softplus/\S+)\n")


GENERATED = re.compile(r"^<!-- (?P<name>[^/].*) -->\n.*?^<!-- /(?P=name) -->$", re.MULTILINE | re.DOTALL)


def blocks(document: Path, language: str) -> list[str]:
    """Code that was written by hand: usage lines of the reference of commands are none to be given."""
    written = GENERATED.sub("", document.read_text("utf-8"))
    return [text for found, text in BLOCK.findall(written) if found == language]


def commands(document: Path) -> list[list[str]]:
    """Every command after a `$`, split as a shell does."""
    lines = [line for block in blocks(document, "console") for line in block.splitlines()]
    return [shlex.split(line[2:], comments=True) for line in lines if line.startswith("$ ")]


GRADE_COMMANDS = [words for document in DOCUMENTS for words in commands(document) if words[0] == "grade"]
MAKE_TARGETS = [words[1] for document in DOCUMENTS for words in commands(document) if words[0] == "make"]


def test_there_are_commands_to_check():
    assert len(GRADE_COMMANDS) > 10
    assert {"demo", "test"} <= set(MAKE_TARGETS)


@pytest.mark.parametrize("words", GRADE_COMMANDS, ids=" ".join)
def test_every_command_can_be_given(words):
    command: Any = get_command(app)
    given = words[1:]
    while hasattr(command, "commands") and given and given[0] in command.commands:
        command = command.commands[given.pop(0)]
    assert command.name != "grade", f"there is no command {' '.join(words[:2])}"
    with command.make_context(command.name, given):  # parses the arguments, runs nothing
        pass


@pytest.mark.parametrize("target", sorted(set(MAKE_TARGETS)))
def test_every_make_target_exists(target):
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_python_in_documents_is_python(document):
    for text in blocks(document, "python"):
        ast.parse(text)


@pytest.mark.parametrize("name", ["README.md", "docs/authors.md"])
def test_the_assignment_that_a_document_builds_is_sound(name, tmp_path):
    document = ROOT / name
    for text in blocks(document, "python") + blocks(document, "toml"):
        if label := FILE_NAME.match(text):
            path = tmp_path / label[1]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text[label.end() :], "utf-8")
    outcome = validate_assignment(load_assignment(tmp_path / "softplus"))
    assert outcome.is_sound, outcome.table()


def test_the_report_in_the_readme_is_the_real_one(grade, monkeypatch):
    """Lines of the excerpt stand in the output in this order; `…` leaves some out."""
    monkeypatch.chdir(ROOT)
    console = next(block for block in blocks(ROOT / "README.md", "console") if "\n\n" in block)
    command, excerpt = console.split("\n", 1)
    shown = iter(grade(*shlex.split(command)[2:]).stdout.splitlines())
    for line in excerpt.splitlines():
        if line.strip() != "…":
            assert line in shown, f"not in the output (or not there): {line!r}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_documents_read_well_where_nothing_fills_them_in(document):
    text = document.read_text("utf-8")
    assert "{{" not in text
    assert all(len(part[0].splitlines()) > 4 for part in GENERATED.finditer(text))


def test_what_is_generated_into_the_pages_is_up_to_date():
    check = [sys.executable, ROOT / "docs" / "hooks" / "refresh.py", "--check"]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_pip_is_told_to_install_this_project_and_no_other():
    """On the index another project bears the package's short name."""
    name = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["name"]
    sources = [*DOCUMENTS, ROOT / "Dockerfile", *sorted((ROOT / "grader").rglob("*.py"))]
    extras = [
        found for path in sources for found in re.findall(r"([\w.-]+)\[(?:service|s3)\b", path.read_text("utf-8"))
    ]
    assert extras
    assert set(extras) <= {name, "."}


def test_links_of_the_readme_lead_somewhere():
    for target in re.findall(r"\]\(([^)#]+)\)", (ROOT / "README.md").read_text("utf-8")):
        assert (ROOT / target).exists(), target


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as `make docs` builds it, with the mistakes of one assignment."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    folder = tmp_path_factory.mktemp("site")
    config = load_config(str(ROOT / "mkdocs.yml"), site_dir=str(folder))
    if not WHOLE:  # the pages of the other assignments' mistakes are made alike
        config.hooks["docs/hooks/mistakes.py"].library_folders = lambda: ["mnist-mlp"]
    build(config)
    return folder


def test_every_mistake_has_its_page(site):
    for mistake in library.assignment("mnist-mlp").mistakes:
        assert mistake.code in (site / "mistakes" / "mnist-mlp" / mistake.code / "index.html").read_text("utf-8")


def test_the_report_page_names_every_field(site):
    page = (site / "report" / "index.html").read_text("utf-8")
    assert "follows_from" in page
    assert "first_divergent_step" in page
    assert "{{" not in page


def test_the_site_loads_nothing_from_elsewhere(site):
    for page in site.rglob("*.html"):
        loaded = re.findall(r'<(?:script|link|img)[^>]*(?:src|href)="((?:https?:)?//[^"]*)"', page.read_text("utf-8"))
        assert loaded == [], page
