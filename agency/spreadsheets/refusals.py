"""Why a whole file cannot be read, said in one sentence."""

from __future__ import annotations

from agency.reasons import Reason, _, reason


class Refused(Exception):
    """A file that is not read at all; `reason` says why and what to send instead."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


class PasswordNeeded(Refused):
    """The file is encrypted and no password was given."""

    def __init__(self) -> None:
        super().__init__(reason(_("This file has a password. Enter it; it is used once and not kept.")))


class PasswordWrong(Refused):
    """The file is encrypted and the given password does not open it."""

    def __init__(self) -> None:
        super().__init__(reason(_("The password does not open this file. Mind capitals and try again.")))


def truncated() -> Refused:
    return Refused(reason(_("The file is damaged or was cut off on its way. Ask the sender for it once more.")))


def macros() -> Refused:
    return Refused(reason(_("The file holds macros. Save it as an ordinary .xlsx and upload that one.")))


def not_a_table(what: Reason) -> Refused:
    return Refused(reason(_("This is %(what)s, not a table. Open it in Excel or WPS and save it as .xlsx."), what=what))
