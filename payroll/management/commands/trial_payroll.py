from typing import Any

from django.utils import timezone

from payroll.management.commands._trial import TrialCommand
from payroll.trial.answering import answer_payroll


class Command(TrialCommand):
    help = "Compute income-tax cases: JSON on standard input, the same list with results on standard output."

    def answer(self, cases: Any) -> list[Any]:
        return answer_payroll(cases, timezone.localdate())
