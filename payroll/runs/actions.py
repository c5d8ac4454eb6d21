"""What a person can do with a run: the next step as the one loud button, and everything else behind it."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from agency.money import yuan
from agency.permissions import can
from agency.shell.formats import count, moment
from agency.staff.models import StaffMember
from payroll.models import PayrollRun

from .states import State


@dataclass(frozen=True)
class Ask:
    """What a step asks before it is taken: title, what it means, the verb of the button."""

    title: str
    body: str
    verb: str


@dataclass(frozen=True)
class Action:
    """One button: a page to go to, or with `post` a step to take; `drawer` opens beside the table."""

    label: str
    icon: str
    url: str
    post: bool = False
    drawer: bool = False
    ask: Ask | None = None


@dataclass
class Actions:
    """`next` is the step of the state, `beside` the other answer to the same question, `note` what it waits for."""

    next: Action | None = None
    beside: Action | None = None
    more: list[Action] = field(default_factory=list)
    note: str = ""


def actions_of(run: PayrollRun, staff: StaffMember, unseen: int) -> Actions:
    """Return what somebody can do with a run now; `unseen` is how many rows still have to be looked at."""
    prepares = can(staff, "payroll.run.prepare")
    if run.is_open:
        found = _preparing(run, unseen) if prepares else Actions()
    elif run.state == State.SUBMITTED:
        found = _reviewing(run, staff)
    else:
        found = _after(run, staff, prepares)
    if run.version:
        found.more.append(Action(_("Checks"), "list", _url("run_checks", run)))
        found.more.append(Action(_("Export"), "download", _url("run_export", run)))
        if not run.is_final and can(staff, "payroll.file.view"):
            found.more.append(Action(_("Wage sheet to print"), "print", _url("run_files", run)))
    if run.kind == PayrollRun.Kind.BONUS and run.version and prepares:
        choose = Action(_("Apart or merged"), "layers", _url("run_bonus", run))
        if run.is_open:
            found.beside = choose
        else:
            found.more.append(choose)
    return found


def _preparing(run: PayrollRun, unseen: int) -> Actions:
    bring = Action(_("Import"), "upload", _url("run_import", run))
    again = _("Compute again") if run.version else _("Compute")
    compute = Action(again, "sync", _url("run_compute", run), post=True)
    if not run.imported_at and not run.version:  # a page without figures offers the sheet in its middle
        return Actions()
    if run.is_stale:
        return Actions(compute, more=[bring], note=_("Compute again first") if run.version else "")
    if run.errors:
        label = _("%(n)s cannot be computed") % {"n": count(run.errors)}
        return Actions(
            Action(label, "alert", _url("run_checks", run)), more=[bring, compute], note=_("Mend them first")
        )
    if unseen:
        label = _("Look at %(n)s") % {"n": count(unseen)}
        look = Action(label, "eye", f"{_url('run', run)}?view=look")
        return Actions(look, more=[bring, compute], note=_("Then it can be sent to review"))
    ask = Ask(
        _("Send this run to review?"),
        _("%(n)s workers, %(net)s net. Figures cannot be changed while the reviewer has it.") % _size(run),
        _("Send to review"),
    )
    return Actions(Action(_("Send to review"), "send", _url("run_submit", run), True, ask=ask), more=[bring, compute])


def _reviewing(run: PayrollRun, staff: StaffMember) -> Actions:
    if not can(staff, "payroll.run.approve"):
        return Actions(note=_("With the reviewer"))
    if staff.pk in (run.preparer_id, run.imported_by_id, run.computed_by_id):
        return Actions(note=_("You prepared it: a colleague approves"))
    ask = Ask(
        _("Approve this run?"),
        _("%(n)s workers, %(net)s net. The figures stand for good: corrections go into a run of their own.")
        % _size(run),
        _("Approve"),
    )
    return Actions(
        Action(_("Approve"), "check", _url("run_approve", run), True, ask=ask),
        Action(_("Send back"), "return", _url("run_return", run), drawer=True),
    )


def _after(run: PayrollRun, staff: StaffMember, prepares: bool) -> Actions:
    steps = [*(_payslips(run) if prepares else []), *_payout(run, staff)]
    found = Actions(steps[0] if steps else None, more=steps[1:])
    if prepares and run.published_at is None and run.publish_at:
        found.note = _("Payslips go out %(when)s") % {"when": moment(run.publish_at)}
    if prepares and run.published_at:
        found.more.append(Action(_("Payslip links"), "link", _url("run_links", run)))
    if prepares:
        asked = urlencode({"kind": "correction", "client": run.client_id, "period": run.period, "corrects": run.pk})
        found.more.append(Action(_("Correct it"), "edit", f"{reverse('payroll:run_open')}?{asked}"))
    return found


def _payslips(run: PayrollRun) -> list[Action]:
    """Payslips first: the worker sees what comes before the bank sends it."""
    if run.published_at:
        return []
    ask = Ask(
        _("Publish the payslips?"),
        _("From now on %(n)s workers can open their own by its link.") % _size(run),
        _("Publish"),
    )
    later = (
        Action(_("Recall"), "return", _url("run_recall", run), post=True)
        if run.publish_at
        else Action(_("Publish at an hour"), "clock", _url("run_schedule", run))
    )
    return [Action(_("Publish payslips"), "mobile", _url("run_publish", run), True, ask=ask), later]


def _payout(run: PayrollRun, staff: StaffMember) -> list[Action]:
    steps = []
    if can(staff, "payroll.file.view"):
        steps.append(Action(_("Bank, tax and insurance files"), "archive", _url("run_files", run)))
    if can(staff, "payroll.run.pay"):
        if run.state == State.APPROVED:
            steps.append(Action(_("Paid without a bank file"), "wallet", _url("run_pay", run)))
        elif run.state == State.PAID:
            steps.insert(0, Action(_("File away"), "archive", _url("run_archive", run), post=True))
    return steps


def _url(name: str, run: PayrollRun) -> str:
    return reverse(f"payroll:{name}", args=[run.pk])


def _size(run: PayrollRun) -> dict[str, str]:
    return {"n": count(run.headcount), "net": yuan(run.totals.get("net_fen", 0))}
