from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from agency.translations.catalogues import compile_file


class Command(BaseCommand):
    help = "Compile every .po under LOCALE_PATHS whose .mo is missing or older."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--force", action="store_true", help="Compile also what is up to date.")

    def handle(self, *args: Any, force: bool, **options: Any) -> None:
        sources = [path for folder in settings.LOCALE_PATHS for path in Path(folder).glob("*/LC_MESSAGES/*.po")]
        written = sum(compile_file(path, force=force) for path in sources)
        if options["verbosity"]:
            self.stdout.write(f"{written} of {len(sources)} catalogues compiled")
