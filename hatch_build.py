"""Puts the katas, suites and solutions into the wheel, as content of the package.

An editable installation reads them from the checkout: a copy of them would grow stale, and would
lie among the packages, where an answer may read.
"""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ContentHook(BuildHookInterface):  # type: ignore[type-arg]
    """Adds the content to a wheel that holds the package itself."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it builds; ``version`` is ``standard`` or ``editable``."""
        if version == "standard":
            for folder in ("katas", "checks", "solutions"):
                build_data["force_include"][folder] = f"dojo/content/{folder}"
            build_data["force_include"]["pack.toml"] = "dojo/content/pack.toml"
