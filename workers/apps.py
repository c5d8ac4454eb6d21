from django.apps import AppConfig


class WorkersConfig(AppConfig):
    name = "workers"

    def ready(self) -> None:
        from workers.people import scopes  # noqa: F401  (registers what specialists see)
