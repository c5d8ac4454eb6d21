"""What every rule in the data says of itself: from when to when it holds, where it stands, how sure it is."""

from .fields import Node
from .validity import Dated, PolicyError

VALIDITY = ("valid_from", "valid_to", "source", "provisional", "note")


def dated(node: Node, rule) -> Dated:
    """Return a rule with its validity. Raises `PolicyError` without a source or a first day."""
    source = node.read("source", list)
    if not source or not all(isinstance(line, str) and line for line in source):
        raise PolicyError(node.where, "source must list at least one document or address")
    start = node.day("valid_from")
    if start is None:
        raise PolicyError(node.where, "valid_from must not be null")
    return Dated(
        rule,
        start,
        node.day("valid_to"),
        tuple(source),
        node.read("provisional", bool),
        node.read("note", str, ""),
    )
