"""Documents of the library, what is found in them, and what was looked for."""

from datetime import date

import factory

from lodestar.knowledge.library.models import Document, Reading, StaleFact, Version
from lodestar.knowledge.library.queries.essentials import FIRST_NIGHT, topic_files
from lodestar.knowledge.publishing.actions import stock
from lodestar.knowledge.publishing.actions.intake import About, take_in
from lodestar.knowledge.publishing.actions.stages import publish
from lodestar.knowledge.search.models import Search, ThesaurusEntry
from lodestar.platform.accounts.access import Member
from lodestar.platform.files.document_text import read_film
from lodestar.platform.text.ids import new_id
from tests.factories.accounts import Somebody, UnitFactory, UserFactory
from tests.factories.cases import MET


def bring_few_pages(monkeypatch, *names):
    """The project brings the pages of the first night and these, and no film: to take in all takes as long as many tests."""
    files = [path for path in topic_files() if path.stem in (*FIRST_NIGHT, *names)]
    monkeypatch.setattr(stock, "topic_files", lambda: files)
    monkeypatch.setattr(stock, "film_files", list)


class DocumentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Document

    file_name = factory.Sequence(lambda n: f"guide-{n}.pdf")
    title = factory.Sequence(lambda n: f"Guide {n}")
    created_at = MET
    created_by = Somebody()


class VersionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Version

    document = factory.SubFactory(DocumentFactory)
    number = 1
    digest = factory.Sequence(lambda n: f"{n:064x}")
    media_type = "application/pdf"
    size = 1000
    added_at = MET
    added_by = Somebody()


class ThesaurusEntryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ThesaurusEntry

    group = "police slang"
    says = ["nick"]
    means = ["arrest"]
    owner = "coordinator"
    review_by = date(2027, 5, 31)
    changed_at = MET
    changed_by = Somebody()


class StaleFactFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = StaleFact

    code = factory.Sequence(lambda n: f"fact_{n}")
    called = "number"
    says = ["01632 960 999"]
    replaced_by = "01632 960 998"
    from_date = date(2021, 1, 4)
    source = "The force's contacts"
    states_it = "Ring 01632 960 999."
    does_not = "Ring 999."
    owner = "coordinator"
    review_by = date(2027, 5, 31)
    changed_at = MET
    changed_by = Somebody()


class SearchFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Search

    words = ["safe"]
    found = 0
    has_answer = False
    asked_at = MET


class ReadingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Reading

    version = factory.SubFactory(VersionFactory)
    user = factory.SubFactory(UserFactory)
    unit = factory.SubFactory(UnitFactory)
    opened_at = MET


def a_file_name() -> str:
    """One that no other file has, in letters alone: its title is made of it, and digits may look like a telephone number."""
    return new_id().hex.translate(str.maketrans("0123456789", "ghijklmnop"))


def a_draft(by: Member, *pages: str, file_name: str = "", **about: object) -> Version:
    """A draft as the intake makes it: of a text, each page of which is a block."""
    pages = pages or (f"Ask whether the person is safe now. {new_id()}",)
    read = {"kind": "txt", "title": "", "pages": None, "outline": [], "attached": [],
            "blocks": [(number, 0, text) for number, text in enumerate(pages, 1)]}  # fmt: skip
    taken = take_in(
        by=by, at=MET, file_name=file_name or f"{a_file_name()}.txt", content="\f".join(pages).encode(), read=read,
        about=About(**about),  # type: ignore[arg-type]
    )  # fmt: skip
    return taken.version


def a_published_version(by: Member, *pages: str, **more: object) -> Version:
    """A version that is published, marked as without a second person."""
    version = a_draft(by, *pages, **more)  # type: ignore[arg-type]
    publish(by=by, at=MET, version=version, alone=True)
    return version


CAPTIONS = b"WEBVTT\n\n00:01.000 --> 00:04.000\nAsk whether the person is safe now.\n"


def film_bytes() -> bytes:
    """What begins as a film does."""
    return b"\0\0\0\x14ftypisom\0\0\0\0isom" + str(new_id()).encode()


def a_film(by: Member, *, captions: bytes = CAPTIONS, **about: object) -> Version:
    """A film that is published."""
    content = film_bytes()
    taken = take_in(
        by=by, at=MET, file_name=f"{a_file_name()}.mp4", content=content, read=read_film(content, "mp4", captions),
        about=About(**about),  # type: ignore[arg-type]
    )  # fmt: skip
    publish(by=by, at=MET, version=taken.version, alone=True)
    return taken.version
