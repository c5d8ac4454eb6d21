"""What a form page shows, field by field."""

from dataclasses import dataclass
from typing import Any

from agency.money import yuan
from agency.periods import Period

from .models import FormSubmission
from .schema import Field, fields_of


@dataclass(frozen=True)
class Row:
    """One field with its answer. `carried` says that the answer is the system's own count, untouched."""

    field: Field
    value: Any
    shown: str
    fact: Any
    carried: bool
    before: str
    remark: str
    error: str


def rows_of(submission: FormSubmission, errors: dict[str, str], previous: FormSubmission | None) -> list[Row]:
    earlier = previous.answers if previous else {}
    return [
        Row(
            field=field,
            value=submission.answers.get(field.key),
            shown=written(field, submission.answers.get(field.key)),
            fact=submission.prefilled.get(field.key),
            carried=field.key in submission.prefilled
            and submission.prefilled[field.key] == submission.answers.get(field.key),
            before=written(field, earlier.get(field.key)),
            remark=submission.remarks.get(field.key, ""),
            error=errors.get(field.key, ""),
        )
        for field in fields_of(submission.template.fields)
    ]


def written(field: Field, value: Any) -> str:
    """Return an answer as people write it."""
    if value is None:
        return ""
    return yuan(value, symbol="") if field.kind == "money" and isinstance(value, int) else str(value)


def previous_of(submission: FormSubmission) -> FormSubmission | None:
    """Return the same person's form of the month before, for comparison."""
    return FormSubmission.objects.filter(
        template__key=submission.template.key,
        staff=submission.staff_id,
        client=submission.client_id,
        period=str(Period.parse(submission.period).previous()),
    ).first()
