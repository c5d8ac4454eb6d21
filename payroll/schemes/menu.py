"""The way to a pay scheme: from the client's page."""

from agency import panels

panels.register(panels.Panel("client", "payroll:scheme_panel", "payroll.scheme.edit", order=40, place="aside"))
