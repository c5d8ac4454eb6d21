from importlib import import_module

from django.apps import AppConfig

# Importing them registers what a room brings.
REGISTER = ("courses.scopes", "exams.scopes", "hiring.scopes", "menu")


class TrainingConfig(AppConfig):
    name = "training"

    def ready(self) -> None:
        for module in REGISTER:
            import_module(f"training.{module}")
