"""Who may do what: the one table that views, API, tasks and templates ask.

A permission is a dotted name `area.what.verb`. Roles add up: one person may hold several. A manager does not read
payslips, and whoever manages staff does not thereby read wages: each right is given for itself.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    SPECIALIST = "specialist", _("Specialist")
    REVIEWER = "reviewer", _("Head-office reviewer")
    PAYROLL_OFFICER = "payroll_officer", _("Payroll officer")
    MANAGER = "manager", _("Manager")
    TRAINER = "trainer", _("Trainer")
    ADMINISTRATOR = "administrator", _("Administrator")


# Roles that see every client of the agency; a specialist sees those assigned to them.
HEAD_OFFICE = frozenset({Role.REVIEWER, Role.PAYROLL_OFFICER, Role.MANAGER, Role.TRAINER, Role.ADMINISTRATOR})

_S, _R, _P, _M, _T, _A = (
    Role.SPECIALIST,
    Role.REVIEWER,
    Role.PAYROLL_OFFICER,
    Role.MANAGER,
    Role.TRAINER,
    Role.ADMINISTRATOR,
)

GRANTS: dict[str, frozenset[str]] = {
    name: frozenset(roles)
    for name, roles in {
        # the ground
        "agency.home.view": {_S, _R, _P, _M, _T, _A},
        "agency.staff.manage": {_A},
        "agency.absence.record": {_S, _M, _A},
        "agency.absence.manage": {_M, _A},
        "agency.audit.view": {_A},
        "agency.settings.manage": {_A},
        "agency.calendar.manage": {_A},
        "agency.jobs.view": {_S, _R, _P, _M, _T, _A},
        "agency.notifications.view": {_S, _R, _P, _M, _T, _A},
        "privacy.identity_number.reveal": {_S, _P, _A},
        "privacy.bank_account.reveal": {_P},
        "privacy.phone.reveal": {_S, _R, _P, _M, _A},
        "privacy.candidate_phone.reveal": {_M, _T},
        # clients and workers
        "clients.client.view": {_S, _R, _P, _M, _A},
        "clients.client.edit": {_M, _A},
        "clients.contact.edit": {_S, _M, _A},
        "clients.assignment.edit": {_M, _A},
        "workers.worker.view": {_S, _R, _P, _M, _A},
        "workers.worker.edit": {_S, _A},
        "workers.roster.import": {_S, _A},
        # the month
        "workflow.today.view": {_S},
        "workflow.plan.view": {_S, _R, _M, _A},
        "workflow.plan.generate": {_S, _R, _A},
        "workflow.task.work": {_S},
        "workflow.plan.approve": {_R},
        "workflow.template.edit": {_R, _A},
        # talking with people
        "communication.log.write": {_S},
        "communication.log.view": {_S, _R, _M, _A},
        "communication.doubt.view": {_R, _M},
        # questions and complaints
        "cases.case.view": {_S, _R, _M},
        "cases.case.work": {_S, _R, _M},
        "cases.confidential.view": {_R, _M},
        "cases.poster.print": {_S, _R, _M},
        # pay
        "payroll.run.view": {_S, _P},
        "payroll.run.prepare": {_S, _P},
        "payroll.run.approve": {_P},
        "payroll.run.pay": {_P},
        "payroll.file.view": {_S, _P},
        "payroll.insurance.export": {_S, _P},
        "payroll.tax.export": {_P},
        "payroll.evidence.export": {_P},
        "payroll.batch.make": {_S, _P},
        "payroll.batch.release": {_P},
        "payroll.batch.take": {_P},
        "settlement.bill.view": {_S, _P, _M},
        "settlement.bill.edit": {_P},
        "settlement.receipt.edit": {_P},
        "settlement.receivables.view": {_P, _M},
        "settlement.terms.view": {_P, _M, _A},
        "settlement.terms.edit": {_P, _A},
        "settlement.payout.consent": {_P, _M},
        "payroll.match.view": {_S, _P, _A},
        "payroll.match.import": {_S, _P},
        "payroll.scheme.edit": {_P, _A},
        "payroll.policy.view": {_S, _P, _A},
        "payroll.policy.edit": {_A},
        "payroll.policy.approve": {_P, _A},
        "payroll.trial.use": {_S, _P, _A},
        "payroll.opening.import": {_P, _A},
        "payroll.declaration.edit": {_S, _P},
        # forms, review
        "forms.submission.write": {_S},
        "forms.submission.view": {_S, _R, _M, _A},
        "forms.submission.review": {_R},
        "forms.template.edit": {_A},
        "review.spot_check.view": {_R, _M},
        "review.spot_check.draw": {_R},
        "review.finding.record": {_R},
        # scores
        "scoring.own.view": {_S},
        "scoring.all.view": {_R, _M},
        "scoring.line.view": {_S, _R, _M},
        "scoring.run": {_M, _A},
        "scoring.scorecard.edit": {_A},
        "dashboards.team.view": {_M, _R},
        # training and hiring
        "training.course.view": {_S, _R, _P, _M, _T, _A},
        "training.course.manage": {_T},
        "training.result.view": {_R, _M, _T},
        "training.exam.take": {_S, _R, _P, _M},
        "hiring.candidate.manage": {_T},
        "hiring.candidate.rate": {_T, _M, _R},
        "hiring.outcome.view": {_T, _M},
    }.items()
}
