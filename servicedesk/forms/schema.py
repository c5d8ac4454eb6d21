"""The fields of a form as data: read, checked, shown.

A field is `{"key", "label", "label_en", "kind", "required", "fact", "group"}`; `kind` is text, number, money or choice
(with `options`); `fact` names the system fact that prefills it, which the specialist sees and may correct with a note.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from agency.languages import by_language
from agency.money import MoneyError, parse_yuan

KINDS = ("text", "number", "money", "choice")
LONGEST_TEXT = 4000


class SchemaError(Exception):
    """The template's fields are not well-formed; the message names the field."""


@dataclass(frozen=True)
class Field:
    key: str
    label: str
    label_en: str
    kind: str
    required: bool = False
    fact: str = ""
    options: tuple[tuple[str, str, str], ...] = ()
    hint: str = ""
    hint_en: str = ""

    @property
    def title(self) -> str:
        return by_language(self.label, self.label_en)

    @property
    def help(self) -> str:
        return by_language(self.hint, self.hint_en)


def fields_of(data: list[dict[str, Any]]) -> list[Field]:
    """Read a template's fields. Raises `SchemaError` naming the field and what is wrong with it."""
    found: list[Field] = []
    for row in data:
        try:
            field = Field(**{**row, "options": tuple(map(tuple, row.get("options", ())))})  # type: ignore[arg-type]
        except TypeError as wrong:
            raise SchemaError(f"{row.get('key', row)}: {wrong}") from wrong
        if field.kind not in KINDS:
            raise SchemaError(f"{field.key}: unknown kind {field.kind!r}; use one of {', '.join(KINDS)}")
        if field.key in {known.key for known in found}:
            raise SchemaError(f"{field.key} stands twice")
        found.append(field)
    return found


def clean(fields: list[Field], typed: dict[str, str], *, final: bool) -> tuple[dict[str, Any], dict[str, str]]:
    """Return `(answers, errors by field key)`: numbers as int, money as fen; a draft may lack required ones."""
    answers: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for field in fields:
        text = str(typed.get(field.key, "")).strip()
        if not text:
            if final and field.required:
                errors[field.key] = _("Fill in “%(field)s”.") % {"field": field.title}
            answers[field.key] = None
            continue
        try:
            answers[field.key] = _value(field, text)
        except ValueError as wrong:
            answers[field.key] = text
            errors[field.key] = str(wrong)
    return answers, errors


def _value(field: Field, text: str) -> Any:
    if field.kind == "number":
        if not text.lstrip("-").isascii() or not text.lstrip("-").isdigit():
            raise ValueError(_("“%(value)s” is no whole number. Write it like 12.") % {"value": text})
        return int(text)
    if field.kind == "money":
        try:
            return parse_yuan(text)
        except MoneyError:
            raise ValueError(_("“%(value)s” is no amount. Write it like 3,600.00.") % {"value": text}) from None
    if field.kind == "choice" and text not in {option[0] for option in field.options}:
        raise ValueError(_("Choose one of the answers."))
    if len(text) > LONGEST_TEXT:
        raise ValueError(
            _("Shorten this to %(most)d characters; it has %(count)d.") % {"most": LONGEST_TEXT, "count": len(text)}
        )
    return text
