class Refused(Exception):
    """Something cannot be done with a case; the message says why and what to do."""
