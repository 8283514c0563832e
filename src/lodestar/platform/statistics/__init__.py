"""Statistics of few events: intervals, agreement, charts and how often they are wrong. Plain Python."""
