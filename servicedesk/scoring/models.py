"""The rules of scoring, and what they gave: computed sheets are kept as they were."""

from servicedesk.scoring.card_models import Kind, Rule, Scorecard, ScorecardLine
from servicedesk.scoring.sheet_models import ScoreLine, ScoreSheet

__all__ = ["Kind", "Rule", "ScoreLine", "ScoreSheet", "Scorecard", "ScorecardLine"]
