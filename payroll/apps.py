from importlib import import_module

from django.apps import AppConfig

# Importing them registers what a room brings.
REGISTER = (
    "declarations.menu",
    *(
        "files.jobs",
        "files.keeping",
        "files.menu",
        "files.scopes",
        "layouts.scopes",
        "matching.importing",
        "matching.menu",
    ),
    *("policies.scopes", "runs.jobs", "runs.menu", "runs.scopes", "schemes.menu"),
    *("settlement.menu", "settlement.scopes", "trial.menu"),
)


class PayrollConfig(AppConfig):
    name = "payroll"

    def ready(self) -> None:
        for module in REGISTER:
            import_module(f"payroll.{module}")
