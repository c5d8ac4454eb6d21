from importlib import import_module

from django.apps import AppConfig

# Importing them registers what a room brings: menu items, scopes, listeners.
REGISTER = (
    "cases.listeners",
    "cases.menu",
    "cases.scopes",
    "communication.menu",
    "communication.scopes",
    "dashboards.menu",
    "evidence.menu",
    "forms.menu",
    "forms.scopes",
    "review.menu",
    "scoring.menu",
    "scoring.scopes",
    "workflow.listeners",
    "workflow.menu",
    "workflow.scopes",
)


class ServiceDeskConfig(AppConfig):
    name = "servicedesk"

    def ready(self) -> None:
        for module in REGISTER:
            import_module(f"servicedesk.{module}")
