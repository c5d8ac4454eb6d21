"""PostgreSQL 18 and Valkey 9 out of two wheels, for the demo, development and tests.

`python -m config.services [--fresh] [--loose] COMMAND …` runs a command with both servers up; they
end with it, whichever way it ends. A second call attaches to the servers of the first; `--fresh` ones
live in a folder of their own that is removed at the end.
"""
