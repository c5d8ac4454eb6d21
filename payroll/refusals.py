"""What cannot be done now, said in a sentence for people."""


class Refused(Exception):
    """A step of the payroll that is not possible; `str()` says why and what to do instead."""
