"""The fields of the report, from its model: the part `report fields` of a page, and its JSON Schema as a file."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from generated import replaced
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from grader.render.words import escape_markdown
from grader.report import Report

Schema = Mapping[str, Any]


def on_files(files: Files, config: MkDocsConfig) -> Files:
    text = json.dumps(_schema(), indent=2, ensure_ascii=False)
    files.append(File.generated(config, "report.schema.json", content=text))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    return refreshed(markdown)


def refreshed(markdown: str) -> str:
    return replaced(markdown, "report fields", lambda part: "\n".join(_reference()))


def _schema() -> dict[str, Any]:
    return Report.model_json_schema(mode="serialization")


def _reference() -> Iterator[str]:
    schema = _schema()
    yield from _record("Report", schema)
    for name, record in _in_order_of_mention(schema):
        yield from _record(name, record)


def _in_order_of_mention(schema: Schema) -> list[tuple[str, Schema]]:
    """The records that the report is made of, each after the one that first mentions it."""
    records = schema["$defs"]
    found: list[str] = []

    def visit(record: Schema) -> None:
        for field in record["properties"].values():
            for name in _mentioned(field):
                if name not in found:
                    found.append(name)
                    visit(records[name])

    visit(schema)
    return [(name, records[name]) for name in found]


def _mentioned(field: Any) -> Iterator[str]:
    if isinstance(field, dict):
        if "$ref" in field:
            yield _name(field["$ref"])
        for inner in field.values():
            yield from _mentioned(inner)
    elif isinstance(field, list):
        for inner in field:
            yield from _mentioned(inner)


def _record(name: str, record: Schema) -> Iterator[str]:
    """A heading and a table; the column for meanings is left out where every name speaks for itself."""
    fields = record["properties"]
    explained = any("description" in declared for declared in fields.values())
    yield f"\n### {name}\n"
    yield record.get("description", "") + "\n"
    yield "| field | type | meaning |\n|---|---|---|" if explained else "| field | type |\n|---|---|"
    for field, declared in fields.items():
        cells = [f"`{field}`", _type(declared)]
        if explained:
            cells.append(declared.get("description", "").replace("|", "\\|"))
        yield f"| {' | '.join(cells)} |"


def _type(declared: Schema) -> str:
    match declared:
        case {"$ref": str(reference)}:
            name = _name(reference)
            return f"[{name}](#{name.lower()})"
        case {"const": value}:
            return f"`{json.dumps(value)}`"
        case {"enum": list(values)}:
            return ", ".join(f"`{json.dumps(value)}`" for value in values)
        case {"anyOf": list(choices)}:
            return " or ".join(_type(choice) for choice in choices)
        case {"type": "array", "items": items}:
            return f"array of {_type(items)}"
        case {"type": str(kind)}:
            return escape_markdown(kind)
    return "any"


def _name(reference: str) -> str:
    return reference.rpartition("/")[2]
