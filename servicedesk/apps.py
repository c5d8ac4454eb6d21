from django.apps import AppConfig


class ServiceDeskConfig(AppConfig):
    name = "servicedesk"

    def ready(self) -> None:
        from servicedesk.workflow import listeners, menu, scopes  # noqa: F401  (register themselves)
