"""Verdicts for programs: one module for each format. Each knows verdicts, nothing of judging."""
