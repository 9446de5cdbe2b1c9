"""The API for people to read: the app's own OpenAPI document, taken apart for a page."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from grader.render.words import to_html
from grader.service.pages.desk import house_of, page_for_anybody

router = APIRouter()

Schema = Mapping[str, Any]

_METHODS = ("get", "post", "put", "patch", "delete")
_FORMATS = {"date-time": "date and time", "uuid": "UUID", "binary": "file"}
_WORDS = {"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false", "null": "null"}
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


@dataclass(frozen=True)
class Field:
    """A parameter, or a part of a body or an answer."""

    name: str
    where: str
    kind: Markup
    is_required: bool
    about: Markup


@dataclass(frozen=True)
class Answer:
    status: str
    about: str
    kind: Markup


@dataclass(frozen=True)
class Operation:
    """`id` is the page's anchor."""

    id: str
    method: str
    path: str
    summary: str
    about: tuple[Markup, ...]
    fields: tuple[Field, ...]
    answers: tuple[Answer, ...]
    errors: tuple[str, ...]
    curl: str


@dataclass(frozen=True)
class Group:
    name: str
    about: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True)
class Model:
    name: str
    about: Markup
    fields: tuple[Field, ...]
    values: tuple[str, ...]


@router.get("/docs/api")
def show_reference(request: Request) -> Response:
    """Open to everybody, as the OpenAPI document is."""
    reference = Reference(house_of(request).openapi())
    return HTMLResponse(page_for_anybody(request, "api_reference.html.j2", reference=reference))


class Reference:
    """What the page shows of an OpenAPI document."""

    def __init__(self, document: Schema) -> None:
        self._schemas: Schema = document["components"]["schemas"]
        self.title, self.version = document["info"]["title"], document["info"]["version"]
        found = [
            (operation["tags"][0], self._operation(path, method, operation))
            for path, operations in document["paths"].items()
            for method, operation in operations.items()
            if method in _METHODS
        ]
        self.groups = [
            Group(tag["name"], tag["description"], tuple(operation for name, operation in found if name == tag["name"]))
            for tag in document["tags"]
        ]
        self.models = [self._model(name, schema) for name, schema in sorted(self._schemas.items())]

    def _operation(self, path: str, method: str, told: Schema) -> Operation:
        parameters = [
            Field(
                one["name"],
                one["in"],
                self._kind(one["schema"]),
                one.get("required", False),
                _words(one.get("description", "")),
            )
            for one in told.get("parameters", ())
        ]
        media_type, body = _content(told.get("requestBody", {}))
        schema = self._resolved(body.get("schema", {}))
        where = "form" if media_type == "multipart/form-data" else "body"
        good = {status: answer for status, answer in told["responses"].items() if status.startswith("2")}
        return Operation(
            id=f"{method}-{re.sub('[^a-z0-9]+', '-', path.lower()).strip('-')}",
            method=method.upper(),
            path=path,
            summary=told["summary"],
            about=tuple(_words(text) for text in told.get("description", "").split("\n\n") if text),
            fields=(*parameters, *self._fields(schema, where)),
            answers=tuple(self._answer(status, answer) for status, answer in good.items()),
            errors=tuple(sorted(f"{s} {a['description']}" for s, a in told["responses"].items() if s not in good)),
            curl=self._curl(path, method, told, media_type, schema),
        )

    def _answer(self, status: str, told: Schema) -> Answer:
        media_type, content = _content(told)
        if not media_type:
            return Answer(status, "nothing", Markup(""))
        kind = self._kind(content.get("schema", {})) if media_type == "application/json" else Markup("")
        return Answer(status, media_type, kind)

    def _model(self, name: str, schema: Schema) -> Model:
        about = _words(str(schema.get("description", "")).split("\n\n")[0])
        return Model(name, about, tuple(self._fields(schema, "")), tuple(map(str, schema.get("enum", ()))))

    def _fields(self, schema: Schema, where: str) -> Iterator[Field]:
        required = set(schema.get("required", ()))
        for name, told in schema.get("properties", {}).items():
            yield Field(name, where, self._kind(told), name in required, _words(told.get("description", "")))

    def _kind(self, schema: Schema) -> Markup:
        """The type in words, models with a link to what they hold."""
        if "$ref" in schema:
            return Markup('<a href="#model-{0}">{0}</a>').format(_name(schema))
        if "enum" in schema or "const" in schema:
            values = schema.get("enum", [schema.get("const")])
            return Markup(", ").join(Markup("<code>{}</code>").format(value) for value in values)
        for several in ("anyOf", "oneOf", "allOf"):
            if several in schema:
                return Markup(" or ").join(self._kind(one) for one in schema[several])
        if schema.get("type") == "array":
            return Markup("list of {}").format(self._kind(schema["items"]) if "items" in schema else "anything")
        if schema.get("type") == "object":
            values = schema.get("additionalProperties")
            return Markup("object of {}").format(self._kind(values)) if isinstance(values, dict) else Markup("object")
        word = _FORMATS.get(schema.get("format", "")) or _WORDS.get(schema.get("type", ""), "anything")
        return Markup("{}").format(word)

    def _curl(self, path: str, method: str, told: Schema, media_type: str, body: Schema) -> str:
        """With `GRADER_SERVER` and `GRADER_TOKEN` as for the command line."""
        for one in told.get("parameters", ()):
            path = path.replace("{" + one["name"] + "}", str(_EXAMPLES.get(one["name"], one["name"])))
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
        schema = self._resolved(schema)
        if schema.get("examples"):
            return schema["examples"][0]
        for several in ("anyOf", "oneOf", "allOf"):
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

    def _resolved(self, schema: Schema) -> Schema:
        resolved: Schema = self._schemas[_name(schema)] if "$ref" in schema else schema
        return resolved


def _content(told: Schema) -> tuple[str, Schema]:
    """Media type and description of a body or an answer; empty where there is none."""
    content: Mapping[str, Schema] = told.get("content", {})
    return next(iter(content.items()), ("", {}))


def _name(reference: Schema) -> str:
    return str(reference["$ref"]).rsplit("/", 1)[1]


def _words(text: str) -> Markup:
    return Markup(to_html(" ".join(text.split())))
