from typing import Any

from payroll.management.commands._trial import TrialCommand
from payroll.trial.answering import answer_contributions


class Command(TrialCommand):
    help = "Compute insurance and housing fund: JSON on standard input, the same list with results on standard output."

    def answer(self, cases: Any) -> list[Any]:
        return answer_contributions(cases)
