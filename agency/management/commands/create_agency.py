import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from agency.tenancy.opening import OpeningRefused, open_agency


class Command(BaseCommand):
    help = "Create an agency and its first administrator; prints the one-time password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="short code in Latin letters, e.g. hechuan")
        parser.add_argument("--name", required=True, help="full registered name")
        parser.add_argument("--short-name", required=True)
        parser.add_argument("--admin-name", required=True)
        parser.add_argument("--admin-phone", required=True)
        parser.add_argument("--reason", default="A new agency joins.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            agency, password = open_agency(
                slug=options["slug"],
                name=options["name"],
                short_name=options["short_name"],
                admin_name=options["admin_name"],
                admin_phone=options["admin_phone"],
                by=getpass.getuser(),
                reason=options["reason"],
            )
        except OpeningRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{agency.name} ({agency.slug}) is open.")
        self.stdout.write(f"First administrator: {options['admin_phone']}  password: {password}")
