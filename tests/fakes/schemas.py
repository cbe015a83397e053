"""Holds the test servers' answers against the services' own schemas (tests/data/services)."""

import json
from functools import cache
from pathlib import Path
from typing import Any

SERVICES = Path(__file__).parents[1] / "data" / "services"
_NOTION = {
    "database": "databaseObjectResponse",
    "data_source": "dataSourceObjectResponse",
    "page": "pageObjectResponse",
    "markdown": "pageMarkdownResponse",
    "block": "blockObjectResponse",
}
_ITEMS = {"query": "pageObjectResponse", "children": "blockObjectResponse"}


def notion_checked(name: str, payload: dict[str, Any]) -> list[str]:
    """Return what is wrong with an answer, by the OpenAPI document."""
    if name in _NOTION:
        return _errors(_NOTION[name], payload)
    if name == "page_property":
        kind = (
            "propertyItemListResponse"
            if payload["object"] == "list"
            else "propertyItemObjectResponse"
        )
        return _errors(kind, {**payload, "request_id": ""})
    if name in _ITEMS:
        return [error for item in payload["results"][:2] for error in _errors(_ITEMS[name], item)]
    return []


_SEEN: set[tuple[str, str]] = set()


def _shape(node: Any) -> str:
    """Members and kinds of values, without the values: what a schema mostly looks at."""
    if isinstance(node, dict):
        return "{" + ",".join(f"{key}:{_shape(value)}" for key, value in node.items()) + "}"
    if isinstance(node, list):
        return "[" + ",".join(sorted({_shape(item) for item in node})) + "]"
    return type(node).__name__


def _errors(schema: str, payload: Any) -> list[str]:
    key = (schema, _shape(payload))
    if key in _SEEN:
        return []
    _SEEN.add(key)
    return [
        f"{schema}: {list(error.path)}: {error.message[:200]}"
        for error in _validator(schema).iter_errors(payload)
    ][:3]


@cache
def _document() -> dict[str, Any]:
    schemas = json.loads((SERVICES / "notion-schemas.json").read_text(encoding="utf-8"))
    for (
        name,
        kinds,
    ) in _KINDS_MISSING.items():  # the document does not list them, the API gives them
        schemas[name] = {
            "anyOf": [
                schemas[name],
                {"type": "object", "properties": {"type": {"enum": list(kinds)}}},
            ]
        }
    return {"$defs": _loosened(schemas)}


_KINDS_MISSING = {
    "partialRollupValueResponse": ("incomplete", "unsupported"),
    "formulaPropertyValueResponse": ("unsupported",),
}


def _loosened(node: Any) -> Any:
    """The document forbids members that real answers have, and says oneOf where several fit."""
    if isinstance(node, list):
        return [_loosened(item) for item in node]
    if not isinstance(node, dict):
        return node
    loose: dict[str, Any] = {}
    for key, value in node.items():
        if key == "additionalProperties" and value is False:
            continue
        if key == "$ref" and isinstance(value, str):
            loose[key] = value.replace("#/components/schemas/", "#/$defs/")
        elif key == "oneOf":
            loose["anyOf"] = _loosened(value)
        else:
            loose[key] = _loosened(value)
    return loose


@cache
def _validator(schema: str) -> Any:
    from jsonschema import Draft202012Validator

    return Draft202012Validator({**_document(), "$ref": f"#/$defs/{schema}"})


@cache
def discovery(name: str) -> dict[str, Any]:
    """Return the schemas of a discovery document ("sheets" or "drive")."""
    both = json.loads((SERVICES / "google-schemas.json").read_text(encoding="utf-8"))
    schemas: dict[str, Any] = both[name]
    return schemas


def mask_errors(document: str, schema: str, mask: dict[str, Any]) -> str:
    """The first member of a field mask that the schema does not know; "" where all is well."""
    members = discovery(document)[schema].get("properties", {})
    for name, inner in mask.items():
        if name == "*":
            continue
        if name not in members:
            return name
        below = members[name].get("items", members[name]).get("$ref")
        found = mask_errors(document, below, inner) if below and inner else ""
        if found:
            return f"{name}.{found}"
    return ""


def discovery_errors(document: str, schema: str, answer: Any) -> list[str]:
    """Members and kinds of an answer that the discovery document does not know."""
    if not isinstance(answer, dict):
        return []
    members = discovery(document)[schema].get("properties", {})
    wrong = [f"{schema}.{name}" for name in answer if name not in members]
    for name, value in answer.items():
        spec = members.get(name, {})
        below = spec.get("items", spec).get("$ref")
        many = spec.get("type") == "array"
        if many != isinstance(value, list):
            wrong.append(f"{schema}.{name} is {type(value).__name__}")
        elif below:
            for item in (value if many else [value])[:50]:
                wrong.extend(discovery_errors(document, below, item))
    return wrong[:5]
