"""Write the example workbooks anew: `python -m examples.make`. Same seed, same content, every time.

All people, companies and numbers are invented: identity numbers carry a prefecture's code that is not issued to
persons, credit codes and accounts belong to nobody. The workbooks are as untidy as those an agency receives: merged
titles, other headers and orders, dates as text, full-width digits, numbers as text, blank rows, totals.
"""

import random
from pathlib import Path

from examples.people import CLIENTS, Person, people
from examples.sheets import attendance, bureau, callbacks, confirmations, hiring, records, roster, training, wages

FOLDER = Path(__file__).parent / "2026-10"
AFTER = Path(__file__).parent / "2026-11"
BEFORE = Path(__file__).parent / "2026-09"
PROBLEMS = Path(__file__).parent / "problems"


def main() -> None:
    rng = random.Random(20261031)
    everybody: list[Person] = people(rng)
    FOLDER.mkdir(exist_ok=True)
    PROBLEMS.mkdir(exist_ok=True)
    roster.write(FOLDER, everybody)
    attendance.write(FOLDER, CLIENTS, everybody, attendance.OCTOBER, rng)
    attendance.write(BEFORE, CLIENTS, everybody, attendance.SEPTEMBER, random.Random(20260930))
    talks = records.write(FOLDER, everybody, attendance.OCTOBER, rng)
    confirmations.write(FOLDER, talks, rng)
    callbacks.write(FOLDER, talks, rng)
    training.write(FOLDER)
    hiring.write(FOLDER)
    wages.write(FOLDER)
    bureau.write(FOLDER, everybody)
    AFTER.mkdir(exist_ok=True)
    roster.write(AFTER, everybody, "11月初")
    later = random.Random(20261120)
    confirmations.write(AFTER, records.write(AFTER, everybody, attendance.NOVEMBER, later), later)
    roster.write_with_problems(PROBLEMS, everybody)
    attendance.write_encrypted(PROBLEMS, everybody)
    print(f"{len(everybody)} workers, {len(talks)} talks")


if __name__ == "__main__":
    main()
