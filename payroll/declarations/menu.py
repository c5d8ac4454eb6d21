"""The way to a worker's tax year: from the worker's page; sheets of many come in by the page of insurance and tax."""

from agency import panels

panels.register(panels.Panel("worker", "payroll:worker_tax_panel", "payroll.declaration.edit", order=35, place="aside"))
