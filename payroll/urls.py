"""Gathers the URLs of the app's rooms."""

app_name = "payroll"

urlpatterns: list = []
