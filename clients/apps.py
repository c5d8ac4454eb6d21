from django.apps import AppConfig


class ClientsConfig(AppConfig):
    name = "clients"

    def ready(self) -> None:
        from clients.assignments import scopes  # noqa: F401  (registers what specialists see)
