"""Walk the annotations of a model to the place of an error, to say what belongs there."""

from __future__ import annotations

import types
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, WithJsonSchema
from pydantic.fields import FieldInfo

from sim import units
from sim.scenario.fields import READERS

_KEY = "[key]"
_EXAMPLES = {"str": "a_name", "int": "3", "float": "0.8", "bool": "true", "date": "2024-01-01"}


@dataclass(frozen=True)
class Spot:
    """A place in a model.

    Attributes
    ----------
    path : tuple
        Keys and list positions, without pydantic's marks for unions.
    owner : type or None
        The model that holds the last key.
    annotation : Any
        What may stand here.
    description : str
        The field's meaning.
    is_key : bool
        The key itself is wrong, not its value.
    other_branch : bool
        The error is about a form of the value that was not meant.
    """

    path: tuple[str | int, ...]
    owner: type[BaseModel] | None
    annotation: Any
    description: str = ""
    is_key: bool = False
    other_branch: bool = False

    @property
    def model(self) -> type[BaseModel] | None:
        """The model of the value, if it is one."""
        kinds = [kind for kind in _forms(self.annotation) if _is_model(kind)]
        return kinds[0] if len(kinds) == 1 else None

    @property
    def choices(self) -> tuple[str, ...]:
        """What a choice may be: the words of a literal, or the kinds of a union."""
        words: list[str] = []
        for form in _forms(self.annotation):
            words += get_args(form) if get_origin(form) is Literal else _kinds(form)
        return tuple(words)

    @property
    def is_text(self) -> bool:
        """Whether a file writes one text here, even if it means several values, as opening hours do."""
        schemas = [item.json_schema or {} for item in _metadata(self.annotation) if isinstance(item, WithJsonSchema)]
        return any(schema.get("type") == "string" for schema in schemas)

    @property
    def example(self) -> str:
        """How a value could be written."""
        for item in _metadata(self.annotation):
            if isinstance(item, WithJsonSchema) and item.json_schema:
                if item.json_schema.get("examples"):
                    return str(item.json_schema["examples"][0])
                return "3" if item.json_schema.get("type") == "integer" else "0.8"
        form = (_forms(self.annotation) or [str])[0]
        if get_origin(form) is Literal:
            return str(get_args(form)[0])
        if _is_model(form):
            needed = [_key(name, field) for name, field in form.model_fields.items() if field.is_required()]
            return "{" + ", ".join(f"{key}: …" for key in needed or ["…"]) + "}"
        if get_origin(form) is tuple:
            return "[…]"
        return "{…}" if get_origin(form) is dict else _EXAMPLES.get(getattr(form, "__name__", ""), "…")

    def written(self, value: float) -> str:
        """Write a limit in the unit of this place."""
        return units.written(value, unit_of(self) or "number")


def locate(model: type[BaseModel], loc: tuple[str | int, ...], data: Any, unknown_key: bool = False) -> Spot:
    """Follow pydantic's location through the model.

    Parameters
    ----------
    model : type
        Where the location begins.
    loc : tuple
        Keys and list positions, with marks for the branches of unions and, at the end, for keys of mappings.
    data : dict
        The nodes that were validated.
    unknown_key : bool
        Whether the last part is a key that the model does not know, whatever it looks like.
    """
    spot = Spot((), None, model)
    of_mapping = False
    for i, part in enumerate(loc):
        forms = _forms(spot.annotation)
        if part == _KEY and of_mapping and i == len(loc) - 1 and not unknown_key:
            return Spot(spot.path, spot.owner, spot.annotation, spot.description, is_key=True)
        if len(forms) > 1:
            form = _branch(forms, str(part))
            other = spot.other_branch or not _fits(form, _value(data, spot.path))
            spot = Spot(spot.path, spot.owner, form, spot.description, other_branch=other)
            continue
        form = forms[0] if forms else None
        of_mapping = get_origin(form) is dict
        spot = _step(spot, form, part)
    return spot


def field_at(model: type[BaseModel], keys: tuple[str | int, ...], data: Any) -> Spot:
    """Follow the keys of a file through the model; where several forms are possible, the form that the data has.

    Parameters
    ----------
    model : type
        Where the keys begin.
    keys : tuple
        Keys and list positions.
    data : dict
        The nodes of the file.
    """
    spot = Spot((), None, model)
    for key in keys:
        forms = _forms(spot.annotation)
        if len(forms) > 1:
            value = _value(data, spot.path)
            kind = value["kind"].value if isinstance(value, dict) and "kind" in value else None
            fitting = [form for form in forms if kind in _kinds(form)] or [form for form in forms if _fits(form, value)]
            forms = fitting or forms
        spot = _step(spot, forms[0] if forms else None, key)
    return spot


def unit_of(spot: Spot) -> str | None:
    """Return how numbers are written at a place: a unit of the parameter registry; None where no number stands."""
    return next((unit for unit, reader in READERS.items() if _same(reader, spot.annotation)), None)


def keys_of(model: type[BaseModel] | None) -> list[str]:
    """Return the keys of a model as files write them."""
    return [] if model is None else [_key(name, field) for name, field in model.model_fields.items()]


def _step(spot: Spot, form: Any, part: str | int) -> Spot:
    path = (*spot.path, part)
    if _is_model(form):
        for name, field in form.model_fields.items():
            if part == _key(name, field):
                annotation = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
                return Spot(path, form, annotation, field.description or "", other_branch=spot.other_branch)
        return Spot(path, form, None, other_branch=spot.other_branch)
    arguments = get_args(form)
    inner = arguments[1] if get_origin(form) is dict else arguments[0] if arguments else None
    return Spot(path, None, inner, spot.description, other_branch=spot.other_branch)


def _value(data: Any, path: tuple[str | int, ...]) -> Any:
    for key in path:
        try:
            data = data[key].value
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _forms(annotation: Any) -> list[Any]:
    """Return what may stand here, one by one, without Annotated and None."""
    if get_origin(annotation) is Annotated:
        return _forms(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        return [form for part in get_args(annotation) for form in _forms(part)]
    return [] if annotation is None or annotation is type(None) else [annotation]


def _metadata(annotation: Any) -> list[Any]:
    if get_origin(annotation) is Annotated:
        inner, *own = get_args(annotation)
        return [*own, *_metadata(inner)]
    if get_origin(annotation) in (Union, types.UnionType):
        return [item for part in get_args(annotation) for item in _metadata(part)]
    return []


def _same(reader: Any, annotation: Any) -> bool:
    ours = {id(item) for item in _metadata(annotation)}
    return all(id(item) in ours for item in _metadata(reader))


def _branch(forms: list[Any], tag: str) -> Any:
    """Return the form of a union that pydantic names in a location: by its kind, or as 'dict[...]'."""
    words = {dict: "dict", tuple: "tuple", Literal: "literal"}
    for form in forms:
        origin = get_origin(form)
        if tag in _kinds(form) or (origin in words and tag.startswith(words[origin])):
            return form
        if origin is None and tag == getattr(form, "__name__", ""):
            return form
    return next((form for form in forms if form is str), forms[0])


def _fits(form: Any, value: Any) -> bool:
    """Say whether a value has the shape of a form: a mapping, a list or a single value."""
    if get_origin(form) is dict or _is_model(form):
        return isinstance(value, dict)
    if get_origin(form) is tuple:
        return isinstance(value, list)
    return not isinstance(value, dict | list)


def _kinds(form: Any) -> list[str]:
    if not _is_model(form) or "kind" not in form.model_fields:
        return []
    return [str(word) for word in get_args(form.model_fields["kind"].annotation)]


def _is_model(form: Any) -> bool:
    return isinstance(form, type) and issubclass(form, BaseModel)


def _key(name: str, field: FieldInfo) -> str:
    return field.alias or name
