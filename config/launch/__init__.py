"""What bin/demo, bin/dev and bin/bench start, and how it ends together."""
