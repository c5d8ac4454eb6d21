import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from agency.tenancy.models import Agency
from agency.tenancy.opening import resume, suspend


class Command(BaseCommand):
    help = "Suspend an agency: its people are signed out and its jobs stop; nothing is deleted. --resume undoes it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--reason", required=True)
        parser.add_argument("--resume", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        agency = Agency.objects.filter(slug=options["slug"]).first()
        if agency is None:
            known = ", ".join(Agency.objects.order_by("slug").values_list("slug", flat=True)) or "none yet"
            raise CommandError(f"No agency has the code {options['slug']!r}. Known codes: {known}.")
        act = resume if options["resume"] else suspend
        act(agency, by=getpass.getuser(), reason=options["reason"])
        self.stdout.write(f"{agency.name} is {'open again' if options['resume'] else 'suspended'}.")
