"""The library's other pages on a small telephone without JavaScript and at a desk: films, facts, newsletters, the essentials."""

from django.utils import timezone
from playwright.sync_api import expect

from lodestar.knowledge.library.models import Document, StaleFact
from lodestar.knowledge.publishing.actions.stock import stock
from lodestar.platform.accounts.models import User
from lodestar.platform.tenancy.tenant_transaction import within
from tests.factories.administering import administering
from tests.factories.guidance import SearchFactory, a_published_version
from tests.journeys.harness.checks import check_page, picture
from tests.journeys.harness.hand import Hand
from tests.journeys.harness.people import member_of, sign_in, somebody
from tests.journeys.test_guidance import OLD


def stocked(editor):
    with within("fenmarch"):
        stock(by=member_of(editor), at=timezone.now())


def test_a_film_plays_with_captions_and_its_transcript_is_found(phone, desk):
    stocked(somebody("guidance_editor"))
    sign_in(phone, somebody("frontline"))
    hand = Hand(phone)
    hand.open("/guidance")
    hand.type("Ask in your own words", "move phones that others can listen through film")
    hand.tap("Search")
    hand.tap(phone.locator(".lode-result h3 a").filter(has_text="Film: the first hour").first)
    expect(phone.locator(f"#{phone.url.partition('#')[2]}")).to_be_in_viewport()
    film = phone.locator("video")
    expect(film).to_have_attribute("controls", "")
    assert phone.locator("video track[kind=captions]").get_attribute("srclang") == "en"
    check_page(phone, "guidance-film")
    address = phone.locator("video source").get_attribute("src")
    assert phone.request.get(address, headers={"Range": "bytes=0-3"}).body() == b"\x1a\x45\xdf\xa3"
    sign_in(desk, somebody("frontline"))
    with within("fenmarch"):
        path = f"/guidance/documents/{Document.objects.get(file_name='first-hour.webm').id}"
    desk.goto(path)
    check_page(desk)
    seen = desk.evaluate(
        """async () => {
          const film = document.querySelector("video")
          const track = film.textTracks[0]
          film.muted = true
          await film.play()
          while (film.currentTime < 0.4 || !track.cues || !track.cues.length) await new Promise((done) => setTimeout(done, 50))
          film.pause()
          return [film.videoWidth, Math.round(film.duration), track.mode, track.cues.length, track.cues[0].text]
        }"""
    )
    assert seen[:4] == [640, 54, "showing", 8]
    assert seen[4].startswith("This is a short film")
    picture(desk, "guidance-film")


def test_facts_searches_and_newsletters_fit_and_are_whole(phone, desk):
    first, second = (somebody("guidance_editor", name=name) for name in ("Maeve Lindqvist", "Jonah Achebe"))
    stocked(first)
    with within("fenmarch"):
        a_published_version(member_of(first), OLD, title="Support at night")
        SearchFactory(words=["yak", "zebra"])
        fact = StaleFact.objects.get(code="salvation_army_number")
    with administering():
        User.objects.filter(id__in=[first.id, second.id]).update(email="editor@force.example")
    sign_in(desk, second)
    sign_in(phone, first)
    for path in ("facts", "facts/new", f"facts/{fact.id}", "keeping?of=stale", "keeping?of=searches",
                 "newsletters", "newsletters/new", "pack"):  # fmt: skip
        phone.goto(f"/guidance/{path}")
        check_page(phone, "guidance-" + path.replace("/", "-")[:18])
    hand = Hand(phone)
    hand.open("/guidance/newsletters/new")
    hand.type("In short", "Ring the new number.")
    hand.tap("Keep it as a draft")
    draft = phone.url
    desk.goto(draft)
    for step in ("Approve it", "Publish it", "Send it by e-mail to subscribers"):
        desk.get_by_role("button", name=step).click()
    expect(desk.locator("main")).to_contain_text("It goes by e-mail in a few minutes.")
    hand.open("/guidance/newsletters")
    hand.tap(phone.locator(".lode-result a").first)
    expect(phone.locator("main")).to_contain_text("Support at night")
    check_page(phone, "guidance-newsletter")
    hand.open("/guidance/facts/new")
    hand.tap("Save")
    expect(phone.get_by_role("alert")).to_be_visible()
    check_page(phone)


def test_the_essentials_stand_without_a_sign_in(page):
    page.goto("/essentials")
    check_page(page, "essentials")
    page.locator("summary", has_text="The first hour").click()
    expect(page.get_by_role("heading", name="See the person alone")).to_be_visible()
