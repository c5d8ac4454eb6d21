"""What can be wrong with a formula: a code to translate, and where it is."""


class FormulaError(ValueError):
    """Say what is wrong with a formula; `code` and `given` become a sentence, `at`–`end` mark the place.

    `at` is the index of the first wrong character, counted from 0; `end` lies behind the last one.
    """

    def __init__(self, code: str, at: int, end: int | None = None, **given: str) -> None:
        self.code = code
        self.at = at
        self.end = at + 1 if end is None else end
        self.given = given
        super().__init__(f"{code} at {at}: {given}")
