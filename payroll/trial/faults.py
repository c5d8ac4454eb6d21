"""What is wrong with a trial case, said so that a person can mend it."""

from agency.money import yuan
from payroll.calculation.columns import AMOUNT_LIMIT_FEN

LIMIT = yuan(AMOUNT_LIMIT_FEN, symbol="").removesuffix(".00")


class TrialFault(ValueError):
    """Say what is wrong, where in the case it stands ("inputs[2].income", "" for the whole), and how to mend it."""

    def __init__(self, where: str, what: str, mend: str):
        self.where = where
        self.what = what
        self.mend = mend
        super().__init__(f"{where}: {what}")

    def told(self, name: object, number: int | None = None) -> dict[str, object]:
        """Return the fault for an answer; `name` is the case's id, `number` its place in the list from 1."""
        return {"case": name, "number": number, "where": self.where, "what": self.what, "mend": self.mend}
