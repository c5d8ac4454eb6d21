from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from agency.periods import Period, PeriodError
from agency.tenancy.models import Agency
from servicedesk.demo.company import SLUG, ensure_agency


class Command(BaseCommand):
    help = "Take a folder of an agency's workbooks through a whole month, without a browser. Safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--agency", required=True, help="the agency's code")
        parser.add_argument("--period", required=True, help="the month, e.g. 2026-10")
        parser.add_argument("--folder", required=True, type=Path)

    def handle(self, *args: Any, agency: str, period: str, folder: Path, **options: Any) -> None:
        from servicedesk.demo.months import replay, table
        from servicedesk.demo.steps.base import StepFailed

        try:
            month = Period.parse(period)
        except PeriodError as wrong:
            raise CommandError(f"{period!r} is no month: write it like 2026-10.") from wrong
        if not folder.is_dir():
            raise CommandError(f"There is no folder {folder}.")
        found = ensure_agency() if agency == SLUG else Agency.objects.filter(slug=agency).first()
        if found is None:
            raise CommandError(f"No agency has the code {agency!r}. `create_agency` makes one.")
        try:
            done = replay(found, month, folder, say=self.stderr.write)
        except StepFailed as failure:
            raise CommandError(str(failure)) from failure
        self.stdout.write(table(done))
