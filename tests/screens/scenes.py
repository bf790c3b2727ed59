"""The scenes that are shown: each plays a little with the bot and hands on the messages to look at."""

from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from storage.store import Store
from tests.adapters.telegram_server import Message
from tests.screens.stage import Stage, staged

Play = Callable[[Stage], Awaitable[tuple[Message, ...]]]


@dataclass(frozen=True, slots=True)
class Scene:
    """What is played, and in which language."""

    title: str
    play: Play
    language: str = "en"


async def shown(scene: Scene, folder: Path) -> tuple[Message, ...]:
    """The scene's messages, played on a new database in a folder."""
    with closing(Store(f"sqlite:///{folder / 'screens.db'}")) as store:
        store.migrate()
        async with staged(store, scene.language) as stage:
            return await scene.play(stage)


async def proposal(stage: Stage) -> tuple[Message, ...]:
    card = await stage.puts(
        "/propose Translate the statement into 12 languages\n"
        "Our statement on open knowledge is read in English only, and most of our partners work in other languages.\n"
        "\n"
        "1. Every affiliate names one person who translates.\n"
        "2. Two people who speak the language read each translation.\n"
        "3. We publish all of them on one day, and say who made them.\n"
        "4. What it costs, up to 500 EUR, comes from the fund for this year.\n"
        "5. After six months we ask the affiliates whether anybody has read them."
    )
    await stage.says(stage.ben, "+1 We did this in 2019 and it worked", reply_to=card)
    await stage.says(stage.cem, "/disagree P-1 Twelve at once are too many; let us begin with four and learn")
    await stage.says(stage.cem, "/concern P-1 Who pays for the reviewers of smaller languages?")
    await stage.says(stage.ben, "/answer C-1 The fund does, I have asked")
    await stage.says(stage.ben, "Could we wait for the new logo?", reply_to=card)
    return (card,)


async def arabic(stage: Stage) -> tuple[Message, ...]:
    card = await stage.puts(
        "/propose ترجمة البيان إلى 12 لغة\n"
        "بياننا عن المعرفة المفتوحة (Open Knowledge) متاح بالإنجليزية فقط، ومعظم شركائنا يعملون بلغات أخرى.\n"
        "1. تسمي كل مجموعة شخصًا واحدًا للترجمة.\n"
        "2. يراجع كل ترجمة شخصان."
    )
    await stage.says(stage.ben, "+1 فعلنا ذلك عام 2019 ونجح", reply_to=card)
    await stage.says(stage.cem, "/disagree P-1 العدد كبير؛ لنبدأ بأربع لغات")
    await stage.says(stage.cem, "/concern P-1 من يدفع لمراجعي اللغات الصغيرة في Wikimedia؟")
    await stage.says(stage.ben, "هل ننتظر الشعار الجديد؟", reply_to=card)
    return card, await stage.opens(stage.ben, card, "صوتي")


TWELVE = (
    "Publish all translations on the same day, with one announcement on the blog and in the newsletter",
    "Publish every translation as soon as two people have read it, and announce them together later",
    "Begin with Arabic, French and Spanish, since most of our partners there have asked for it twice",
    "Begin with the languages for which we already have at least two people who have translated before",
    "Ask a professional agency for the first draft, and let our own volunteers correct it afterwards",
    "Translate only the summary of one page now, and the whole of it after the annual conference",
    "Let every affiliate decide for itself whether, when and how it wants to translate the statement",
    "Record it being read aloud in each of the languages, and publish the recordings instead of texts",
    "Wait until the English text has been revised, so that nothing has to be translated a second time",
    "Hold a translation weekend online, with prizes for the best and for the first of all translations",
    "Make a glossary of the thirty terms that matter most before anybody begins with the translation",
    "None of these",
)


async def twelve(stage: Stage) -> tuple[Message, ...]:
    card = await stage.puts("/poll How shall we go about the translations?\n" + "\n".join(TWELVE))
    await stage.says(stage.ben, "/vote P-1 3")
    await stage.says(stage.cem, "/vote P-1 11")
    return (card,)


async def twenty(stage: Stage) -> tuple[Message, ...]:
    cities = (
        "Accra Amman Athens Beirut Berlin Bogota Cairo Dakar Delhi Geneva Hanoi Kigali Lagos Lima Nairobi Oslo Quito"
    )
    places = [*cities.split(), "Rabat", "Tunis", "Online, at a time that suits most"]
    card = await stage.puts("/poll Where do we meet in 2027?\n" + "\n".join(places))
    await stage.says(stage.cem, "/vote P-1 12")
    mine = await stage.opens(stage.ben, card, "Vote")
    await stage.presses(stage.ben, mine, "Bogota")
    return card, mine


async def score(stage: Stage) -> tuple[Message, ...]:
    options = (
        "The library in the old town\nThe university\nOnline\nA farm in the hills, two hours by bus from the station"
    )
    card = await stage.puts(f"/poll --by score Where do we hold the retreat?\n{options}")
    await stage.says(stage.ben, "/vote P-1 1=5, 2=3, 4=1")
    await stage.says(stage.cem, "/vote P-1 3=4, 4=5")
    return card, await stage.opens(stage.ben, card, "Mine")


async def result(stage: Stage) -> tuple[Message, ...]:
    card = await stage.puts("/propose Meet on the first Monday of each month")
    for count, who in enumerate((stage.ben, stage.cem)):
        await stage.presses(who, card, f"agree {count}")
    await stage.says(stage.ana, "/close P-1")
    await stage.until(lambda: any(one.text.startswith("D-1 ") for one in stage.group.messages))
    return card, stage.group.message("D-1 ·")


async def alone(stage: Stage) -> tuple[Message, ...]:
    card = await stage.puts("/propose Meet on the first Monday of each month\nAt 18:00, for one hour.")
    await stage.says(stage.ana, "+1 It is easy to remember", reply_to=card)
    await stage.says(stage.ben, "/concern P-1 Mondays are often holidays")
    mine = await stage.opens(stage.ana, card, "Mine")
    return mine, await stage.opens(stage.ana, card, "Details")


async def reminder(stage: Stage) -> tuple[Message, ...]:
    await stage.puts("/propose Meet on the first Monday of each month\nAt 18:00, for one hour.")
    known = len(stage.ben.messages)
    await stage.wait(timedelta(days=6, hours=1))
    return tuple(stage.ben.messages[known:])


SCENES = {
    "proposal": Scene("A proposal by consensus", proposal),
    "proposal-ar": Scene("The same in Arabic, and a ballot alone", arabic, "ar"),
    "poll-12": Scene("A choice among 12 long options", twelve),
    "poll-20": Scene("A choice among 20, and its ballot alone", twenty),
    "score": Scene("A score poll, and its ballot alone", score),
    "result": Scene("A closed card and its result", result),
    "alone": Scene("Mine, and Details for a facilitator", alone),
    "reminder": Scene("A reminder", reminder),
}
