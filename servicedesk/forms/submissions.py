"""Open, save, hand in, return and accept a monthly form."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce, Now
from django.utils import timezone
from django.utils.translation import gettext as _

from agency.audit import record
from agency.calendar import calendar_for
from agency.periods import Period
from agency.staff.models import StaffMember
from clients.models import Assignment

from .models import FormSubmission, FormTemplate
from .prefill import facts
from .schema import clean, fields_of

State = FormSubmission.State


class FormRefused(Exception):
    """The step cannot be taken; `errors` says why, by field key ("" for the form as a whole)."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__("；".join(errors.values()))
        self.errors = errors


def open_form(template: FormTemplate, staff: StaffMember, period: Period) -> FormSubmission:
    """Return the person's form of a month, made on first opening and filled with what the system knows.

    While it is open and untouched by hand, its facts follow the month; what was typed stays.
    """
    submission, created = FormSubmission.objects.get_or_create(
        template=template, staff=staff, client=None, period=str(period), defaults={"due_on": due_on(template, period)}
    )
    if submission.is_open:
        refresh_facts(submission, keep_typed=not created)
    return submission


def due_on(template: FormTemplate, period: Period) -> Any:
    """Return the n-th workday of the month after, in the agency's calendar."""
    return calendar_for().nth_workday(period.next(), template.due_workday)


def refresh_facts(submission: FormSubmission, *, keep_typed: bool) -> None:
    known = facts(submission.staff, submission.client, Period.parse(submission.period))
    before, answers = submission.prefilled, dict(submission.answers)
    filled = {field.key: known[field.fact] for field in fields_of(submission.template.fields) if field.fact}
    for key, value in filled.items():
        if not keep_typed or answers.get(key) in (None, before.get(key)):
            answers[key] = value
    if (filled, answers) != (before, submission.answers):
        submission.prefilled, submission.answers = filled, answers
        submission.save(update_fields=["prefilled", "answers"])


def save_draft(submission: FormSubmission, typed: dict[str, str]) -> dict[str, str]:
    """Keep what was typed, right or wrong, so that no word is lost; return the errors by field key."""
    _must_be(submission, State.DRAFT, State.RETURNED)
    answers, errors = clean(fields_of(submission.template.fields), typed, final=False)
    submission.answers = answers
    submission.save(update_fields=["answers"])
    return errors


@transaction.atomic
def submit(submission: FormSubmission, typed: dict[str, str], by: StaffMember) -> None:
    """Hand the form in. Raises `FormRefused` with the fields to mend; what was typed is kept all the same."""
    if by.pk != submission.staff_id:
        raise FormRefused({"": _("Only the person whose form it is hands it in.")})
    _must_be(submission, State.DRAFT, State.RETURNED)
    answers, errors = clean(fields_of(submission.template.fields), typed, final=True)
    if errors:
        raise FormRefused(errors)
    now = timezone.now()
    moved = FormSubmission.objects.filter(pk=submission.pk, state__in=[State.DRAFT, State.RETURNED]).update(
        state=State.SUBMITTED,
        answers=answers,
        remarks={},
        submitted_at=now,
        first_submitted_at=Coalesce(F("first_submitted_at"), Now()),
    )
    _moved_or_refused(submission, moved)
    record("forms.submission.submitted", subject=submission)


@transaction.atomic
def return_(submission: FormSubmission, remarks: dict[str, str], by: StaffMember) -> None:
    """Send the form back with remarks at its fields ("" for the whole). Raises `FormRefused` without any remark."""
    kept = {key: text.strip() for key, text in remarks.items() if text.strip()}
    if not kept:
        raise FormRefused({"": _("Say at a field, or for the whole form, what to change.")})
    _review(submission, State.RETURNED, by, remarks=kept, returns=F("returns") + 1)
    record("forms.submission.returned", subject=submission, fields=sorted(kept))


@transaction.atomic
def accept(submission: FormSubmission, by: StaffMember) -> None:
    """Accept the form; it is evidence for the month's task from now on."""
    _review(submission, State.ACCEPTED, by, remarks={})
    record("forms.submission.accepted", subject=submission)
    _offer_evidence(submission)


def _review(submission: FormSubmission, state: str, by: StaffMember, **changes: Any) -> None:
    if by.pk == submission.staff_id:
        raise FormRefused({"": _("Nobody reviews their own form. Leave this one to a colleague.")})
    moved = FormSubmission.objects.filter(pk=submission.pk, state=State.SUBMITTED).update(
        state=state, reviewed_by=by, reviewed_at=timezone.now(), **changes
    )
    _moved_or_refused(submission, moved)


def _must_be(submission: FormSubmission, *states: str) -> None:
    if submission.state not in states:
        raise FormRefused({"": _("This form is %(state)s.") % {"state": submission.get_state_display()}})


def _moved_or_refused(submission: FormSubmission, moved: int) -> None:
    submission.refresh_from_db()
    if not moved:
        raise FormRefused(
            {"": _("Somebody was faster: this form is %(state)s.") % {"state": submission.get_state_display()}}
        )


def _offer_evidence(submission: FormSubmission) -> None:
    """Close the month's form task at each client the person served in it."""
    from servicedesk.workflow import evidence

    period = Period.parse(submission.period)
    for assignment in Assignment.objects.valid_in(period).filter(staff=submission.staff).select_related("client"):
        evidence.offer(
            f"form.accepted:{submission.template.key}",
            client=assignment.client,
            period=period,
            staff=submission.staff,
            ref=f"submission:{submission.pk}",
        )
