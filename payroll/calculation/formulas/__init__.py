"""The formula language of pay items: parsed once, checked, evaluated by column, never by `eval`."""

from .checking import kind_of
from .errors import FormulaError
from .evaluating import Evaluator
from .kinds import BandTable, Kind
from .parsing import Formula, parse
from .ratios import Ratio
from .telling import told

__all__ = ["BandTable", "Evaluator", "Formula", "FormulaError", "Kind", "Ratio", "kind_of", "parse", "told"]
