"""What both trial commands share: JSON from standard input, JSON alone on standard output."""

import sys
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from payroll.trial.answering import broken
from payroll.trial.exact import read, write
from payroll.trial.faults import TrialFault


class TrialCommand(BaseCommand, ABC):
    """Read cases, answer them, write them. Ends with 1 when there was no list of cases to answer."""

    # Standard output belongs to the JSON, and no database is asked.
    requires_system_checks = []

    @abstractmethod
    def answer(self, cases: Any) -> list[Any]:
        """Answer a list of cases."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Answer what comes in on standard input."""
        answers, failed = self._answers(sys.stdin.buffer.read(), self.answer)
        sys.stdout.buffer.write((write(answers) + "\n").encode())
        sys.stdout.buffer.flush()
        if failed:
            raise CommandError(failed, returncode=1)

    @staticmethod
    def _answers(data: bytes, answer: Callable[[Any], list[Any]]) -> tuple[list[Any], str]:
        try:
            return answer(read(data)), ""
        except TrialFault as fault:
            return broken(fault), f"{fault.what} {fault.mend}"
