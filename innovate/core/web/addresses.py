"""Rules of addresses that learn to write an address when the first one is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from werkzeug.routing import Rule

Writer = Callable[..., tuple[str, str]]


class LateRule(Rule):
    """Werkzeug compiles two functions for each rule that write its addresses, of which most processes need few.

    For all rules together that takes half of the time in which the application is built.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Writer:
        make, made = super()._compile_builder, list[Writer]()

        def write(rule: Rule, /, **values: Any) -> tuple[str, str]:
            if not made:
                made.append(make(append_unknown))
            return made[0](rule, **values)

        return write
