"""People without an account: signed links to one thing, how often they may be tried, and what else is offered there."""
