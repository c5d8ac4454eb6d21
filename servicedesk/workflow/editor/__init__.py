"""The standard procedure written by the agency itself: a draft, its steps, what they come to, and publishing."""
