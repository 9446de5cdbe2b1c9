"""The API for people to read: the app's own OpenAPI document, which the page goes through as it stands."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from grader.render.words import to_html
from grader.service.pages.desk import house_of, page_for_anybody

router = APIRouter()

Schema = Mapping[str, Any]

_FORMATS = {"date-time": "date and time", "uuid": "UUID", "binary": "file"}
_WORDS = {"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false", "null": "null"}
_SEVERAL = ("anyOf", "oneOf", "allOf")
_DEEPEST = 2  # of what is in an example
_EXAMPLES: Mapping[str, Any] = {
    "course": "dl-2026",
    "assignment": "homework-1",
    "submission": "$ID",
    "batch": "$ID",
    "student": "ada@example.edu",
    "login": "ada@example.edu",
    "name": "mnist-mlp",
    "file": "starter.ipynb",
    "export": "grades.csv",
    "token_id": "7",
    "slug": "dl-2026",
    "title": "Deep Learning 2026",
    "label": "laptop",
    "comment": "handed in on paper",
    "due_at": "2026-12-01T23:59:00+01:00",
}


@router.get("/docs/api")
def show_reference(request: Request) -> Response:
    """Open to everybody, as the OpenAPI document is."""
    reference = Reference(house_of(request).openapi())
    return HTMLResponse(page_for_anybody(request, "api_reference.html.j2", reference=reference))


@dataclass(frozen=True)
class Reference:
    """An OpenAPI document, and what a page says of its parts."""

    document: Schema

    def operations(self, tag: str) -> list[tuple[str, str, Schema]]:
        """Path, method and description of the operations of a kind."""
        paths = self.document["paths"].items()
        return [(path, method, told) for path, all in paths for method, told in all.items() if tag in told["tags"]]

    @staticmethod
    def content(told: Schema) -> tuple[str, Schema]:
        """Media type and schema of a body or an answer; empty where there is none."""
        found: Mapping[str, Schema] = told.get("content", {})
        media_type, described = next(iter(found.items()), ("", {}))
        return media_type, described.get("schema", {})

    def resolved(self, schema: Schema) -> Schema:
        """A model that is named, in the place of its name."""
        resolved: Schema = self.document["components"]["schemas"][_name(schema)] if "$ref" in schema else schema
        return resolved

    def kind(self, schema: Schema) -> Markup:
        """The type in words, models with a link to what they hold."""
        if "$ref" in schema:
            return Markup('<a href="#model-{0}">{0}</a>').format(_name(schema))
        if "enum" in schema or "const" in schema:
            values = schema.get("enum", [schema.get("const")])
            return Markup(", ").join(Markup("<code>{}</code>").format(value) for value in values)
        for several in _SEVERAL:
            if several in schema:
                return Markup(" or ").join(self.kind(one) for one in schema[several])
        if schema.get("type") == "array":
            return Markup("list of {}").format(self.kind(schema["items"]) if "items" in schema else "anything")
        if schema.get("type") == "object":
            values = schema.get("additionalProperties")
            return Markup("object of {}").format(self.kind(values)) if isinstance(values, dict) else Markup("object")
        word = _FORMATS.get(schema.get("format", "")) or _WORDS.get(schema.get("type", ""), "anything")
        return Markup("{}").format(word)

    @staticmethod
    def words(text: str) -> Markup:
        return Markup(to_html(" ".join(text.split())))

    def curl(self, path: str, method: str, told: Schema) -> str:
        """With `GRADER_SERVER` and `GRADER_TOKEN` as for the command line."""
        media_type, body = self.content(told.get("requestBody", {}))
        path = re.sub(r"\{(\w+)\}", lambda name: _EXAMPLES.get(name[1], name[1]), path)
        words = ["curl"]
        if told.get("security"):
            words.append('--header "Authorization: Bearer $GRADER_TOKEN"')
        if media_type == "multipart/form-data":
            words += [f"--form {name}=@{name}" for name in body.get("required", ())]
        elif media_type:
            words.append(f"--json '{json.dumps(self._example(body), ensure_ascii=False)}'")
        if method not in ("get", "post") or (method == "post" and not media_type):
            words.append(f"--request {method.upper()}")
        return " \\\n  ".join([*words, f'"$GRADER_SERVER{path}"'])

    def _example(self, schema: Schema, name: str = "", depth: int = 0) -> Any:
        schema = self.resolved(schema)
        if schema.get("examples"):
            return schema["examples"][0]
        for several in _SEVERAL:
            if several in schema:
                return self._example(schema[several][0], name, depth)
        if "enum" in schema or "const" in schema:
            return schema["enum"][0] if "enum" in schema else schema["const"]
        properties = schema.get("properties", {})
        if properties:
            shown = schema.get("required") or list(properties)[:1]
            return {one: self._example(properties[one], one, depth + 1) for one in shown} if depth < _DEEPEST else {}
        if schema.get("type") == "array":
            return [self._example(schema["items"], name, depth + 1)]
        fallback = {"integer": 1, "number": 1.5, "boolean": True, "object": {}}.get(schema.get("type", ""), name)
        return _EXAMPLES.get(name, fallback)


def _name(reference: Schema) -> str:
    return str(reference["$ref"]).rsplit("/", 1)[1]
