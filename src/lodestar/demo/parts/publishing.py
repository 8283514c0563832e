"""The guidance of the demo force, and what was searched for in it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from lodestar.demo.concerns import listed
from lodestar.demo.work import Office
from lodestar.knowledge.publishing.actions.intake import About, take_in
from lodestar.knowledge.publishing.actions.stages import approve, publish
from lodestar.knowledge.publishing.actions.stock import stock as stock_the_library
from lodestar.knowledge.search.actions import keep_search
from lodestar.platform.files.text_alone import read
from lodestar.platform.registry.demo_parts import Act, DemoPart, DemoWork, Members, register_demo_part


def _guidance(name: str, publishes: bool, office: Office) -> None:
    page = listed("words")["guidance"][name]
    content = page["text"].encode()
    about = About(
        title=page["title"], publisher="Fenmarch Police", origin="force", topics=page["topics"], audience=["first_responder"]
    )
    by, at, parsed = office.members["editor"], office.clock.now(), read(content, "md")
    version = take_in(by=by, at=at, file_name=f"{name}.md", content=content, read=parsed, about=about).version
    if publishes:
        at, second = office.clock.pass_by(1500), office.members["editor2"]
        approve(by=second, at=at, version=version)
        publish(by=second, at=at, version=version)


def _search(words: str, office: Office) -> None:
    keep_search(words=sorted(words.split()), dropped=0, result_count=3, has_answer=False)


def _stock_library(members: Members, now: datetime) -> None:
    stock_the_library(by=members["editor"], at=now)  # its pages were written since the force began


def _acts(begins: datetime, now: datetime) -> Iterator[tuple[datetime, Act]]:
    yield now - timedelta(days=150, minutes=1050), partial(_guidance, "night-desk", True)
    yield now - timedelta(days=12, minutes=84), partial(_guidance, "seizing-phones", False)
    for number, words in enumerate(listed("words")["searches"]):
        yield now - timedelta(days=2 + 3 * number, minutes=41 * number), partial(_search, words)


register_demo_part(DemoPart("publishing", _stock_library, work=DemoWork(acts=_acts)))
