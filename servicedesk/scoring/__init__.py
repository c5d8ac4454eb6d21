"""What a month of a specialist is worth, line by line, with its evidence."""
