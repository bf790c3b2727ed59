"""The screens can be made: every scene plays, and its page shows what Telegram would."""

from pathlib import Path

import pytest

from tests.adapters.telegram_server import Server
from tests.screens.page import bubble, page, words_of
from tests.screens.pictures import height
from tests.screens.scenes import SCENES, shown

SAYS = {
    "proposal": "C-1, a concern of Cem",
    "proposal-ar": "صوتي",
    "poll-12": "12. None of these",
    "poll-20": "1 / 3",
    "score": "4 → 5",
    "result": "<b>D-1 · Meet on the first Monday of each month</b>",
    "alone": "+7 days",
    "reminder": "Your voice is missing on P-1",
}


def test_every_scene_is_looked_at() -> None:
    assert set(SAYS) == set(SCENES)


@pytest.mark.parametrize("name", SCENES)
async def test_a_scene_is_shown(name: str, tmp_path: Path) -> None:
    scene = SCENES[name]
    messages = await shown(scene, tmp_path)
    made = page(scene.title, scene.language, messages)
    assert SAYS[name] in made
    assert made.count("<article>") == len(messages) > 0
    assert all(f">{label}</span>" in made for one in messages for row in one.labels for label in row)
    file = tmp_path / "page.html"
    file.write_text(made, "utf-8")
    assert height(file) > 300


@pytest.mark.parametrize(
    ("html", "made"),
    [
        ("one\ntwo", "<p>one\ntwo</p>"),
        (
            "<b>P-1</b>\n<blockquote>why\n\nnot</blockquote>\n<i>by</i>",
            '<p><b>P-1</b></p><blockquote dir="auto" tabindex="0">why\n\nnot</blockquote><p><i>by</i></p>',
        ),
        ("<blockquote expandable>a</blockquote>", '<blockquote dir="auto" tabindex="0" expandable>a</blockquote>'),
        ("&lt;blockquote&gt;\n", "<p>&lt;blockquote&gt;\n</p>"),
    ],
)
def test_a_quote_ends_its_line(html: str, made: str) -> None:
    assert words_of(html) == made


async def test_what_people_call_themselves_is_no_markup() -> None:
    server = Server()
    ana = server.user("<b>Ana</b>")
    said = server.supergroup("Tea", ana).says(ana, "<script>")
    answer = said.chat.says(server.bot, "Yes", reply_to=said)
    assert "<b>&lt;b&gt;Ana&lt;/b&gt;</b>&lt;script&gt;</aside>" in bubble(answer)
