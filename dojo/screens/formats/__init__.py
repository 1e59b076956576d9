"""Verdicts for programs: one module for each format. Each knows verdicts and nothing of judging."""
