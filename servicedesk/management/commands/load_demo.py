from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from agency.periods import Period
from servicedesk.demo.company import ensure_agency
from servicedesk.demo.people import table


class Command(BaseCommand):
    help = "Load the demo agency with its months; what is there stays as it is. --accounts prints who can sign in."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--accounts", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["accounts"]:
            self.stdout.write(table())
            return
        from servicedesk.demo.months import replay_all

        agency = ensure_agency()
        self.stdout.write(f"{agency.name}: people, clients and defaults are there.")
        folders = Path(settings.BASE_DIR, "examples").glob("20??-??")
        replay_all(agency, {Period.parse(folder.name): folder for folder in folders}, say=self.stdout.write)
