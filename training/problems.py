"""What people are told when training or hiring cannot go on this way."""


class TrainingError(ValueError):
    """Something that the rules of training or hiring do not allow; says what to do instead."""
