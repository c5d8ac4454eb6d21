from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from agency.translations import catalogues
from agency.translations.checking import Comparison

APPS = ["agency", "clients", "payroll", "servicedesk", "training", "workers"]
LANGUAGE = "zh_Hans"


class Command(BaseCommand):
    help = "Compare the texts of code and templates with the catalogues beside them."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--update", action="store_true", help="Add missing texts, untranslated.")
        what.add_argument("--prune", action="store_true", help="Remove texts that nobody uses any more.")
        what.add_argument("--check", action="store_true", help="List what is wrong; exit 1 if anything is.")
        parser.add_argument("--only", default="", help="Only catalogues below this folder, such as payroll/runs.")

    def handle(self, *args: Any, **options: Any) -> None:
        root = Path(settings.BASE_DIR)
        comparison = Comparison(root, APPS, LANGUAGE)
        if options["update"]:
            self.update(root, comparison, options["only"])
        elif options["prune"]:
            self.prune(root, comparison, options["only"])
        else:
            self.check_texts(comparison, options["only"])

    def update(self, root: Path, comparison: Comparison, only: str) -> None:
        for path, messages in comparison.missing().items():
            if str(path).startswith(only):
                catalogue = comparison.catalogues.get(path) or catalogues.read(root / path, LANGUAGE)
                added = catalogues.add(catalogue, messages)
                catalogues.write(root / path, catalogue)
                self.stdout.write(f"{path}: {added} to translate")

    def prune(self, root: Path, comparison: Comparison, only: str) -> None:
        for path, unused in comparison.obsolete().items():
            if str(path).startswith(only):
                for entry in unused:
                    comparison.catalogues[path].delete(entry.id, entry.context)
                catalogues.write(root / path, comparison.catalogues[path])
                self.stdout.write(f"{path}: {len(unused)} removed")

    def check_texts(self, comparison: Comparison, only: str) -> None:
        problems = [line for line in comparison.problems() if only in line]
        if problems:
            raise CommandError("\n".join([*problems, f"{len(problems)} texts need a translator."]))
        self.stdout.write(f"{len(comparison.places)} texts, all translated")
