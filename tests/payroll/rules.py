"""The shipped rules as the tests use them: tax of 2026 and a city's terms."""

from datetime import date

from payroll.policies import books
from payroll.policies.loading import load_city_books, load_tax_book

DAY = date(2026, 10, 15)
TAX = load_tax_book()
YEARLY = TAX.table(books.YEARLY, DAY)
MONTHLY = TAX.table(books.MONTHLY, DAY)
REMUNERATION = TAX.table(books.REMUNERATION, DAY)
BASIC = TAX.basic_deduction(DAY)
COSTS = TAX.remuneration_costs(DAY)
CITIES = load_city_books()
