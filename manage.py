#!/usr/bin/env python
"""Run a management command; `migrate` connects as the owner role, everything else as the application role."""

import os
import sys

OWNER_COMMANDS = {"migrate", "flush", "sqlflush"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    if sys.argv[1:2] and sys.argv[1] in OWNER_COMMANDS:
        os.environ.setdefault("ZHUDIAN_DB_ROLE", "owner")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
