"""What a form well filled in is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.killed.html_forms import HtmlForm
from tests.killed.scenes import Scene, nothing

Typed = Mapping[str, Any]


@dataclass(frozen=True)
class Sent:
    """Who sends a form, what they type, the page on which it stands, and what has to be there before."""

    role: str
    typed: Typed | Callable[[Scene, HtmlForm], Typed] = field(default_factory=dict)
    page: str = ""
    query: str = ""  # with which the page is asked for
    before: Callable[[Scene], None] = nothing
    writes: bool = True  # whether there is a box to write in
    long: int = 17_400  # characters that are too many: more than the Home Office's form takes anywhere

    def values(self, scene: Scene, form: HtmlForm) -> Typed:
        return self.typed(scene, form) if callable(self.typed) else self.typed
