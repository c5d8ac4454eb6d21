"""What the tax of few workers depends on: internships of students, and relief from a part of the tax."""

from dataclasses import dataclass

import numpy as np

from agency.money import Column, share

from .columns import zeros


@dataclass(frozen=True, slots=True)
class Particulars:
    """Hold what few workers have; int64 columns of shape (n,).

    `student` is 1 for an internship: pay for services (劳务报酬), of which deemed costs are deducted instead of
    insurance and declarations (公告2020年第13号 art. 2). `relief_percent` of the month's tax is not taken, up to
    `relief_limit_fen` a year (个人所得税法 5: the provinces set both).
    """

    student: Column
    relief_percent: Column
    relief_limit_fen: Column

    @classmethod
    def none(cls, n: int) -> "Particulars":
        """Give the columns of workers of whom there is nothing to say."""
        return cls(zeros(n), zeros(n), zeros(n))


def relieved(more: Particulars, due_fen: Column, relief_fen: Column) -> Column:
    """Give the part of this month's tax that is not taken, within what the year's limit leaves."""
    part = share(np.maximum(due_fen, 0), more.relief_percent * 10_000)
    return np.minimum(part, np.maximum(more.relief_limit_fen - relief_fen, 0))
