"""Hostile words: two hundred titles and texts with which somebody would break a calendar, or what shows it."""

import random

SEEDS = (
    "plain",
    "a\nb",
    "a\r\nb",
    "a\rb",
    "a\\nb",
    "\r\nBEGIN:VEVENT\r\nUID:evil\r\nEND:VEVENT\r\n",
    "\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:two",
    "x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\nBEGIN:VCALENDAR\r\n",
    "\u2028BEGIN:VEVENT\u2029END:VEVENT",
    "\x85BEGIN:VEVENT\x0bEND:VEVENT\x0c",
    "\x1cBEGIN:VEVENT\x1dx\x1ey",
    ";LANGUAGE=en:BEGIN:VEVENT",
    ":;,\\\"'",
    "\\",
    "\\\\",
    "\\;\\,\\N\\n",
    'a"b^n^^c',
    "DTSTART:20260101T000000Z",
    "RRULE:FREQ=SECONDLY",
    "ATTACH;ENCODING=BASE64;VALUE=BINARY:AAAA",
    "\x00\x01\x02 nul",
    "\x07bell\x1b[31mred",
    "\ud800 half",
    "half \udfff",
    "\ud83d\ude00",
    "\ufdd0\uffff\U0001ffff",
    "👩🏽‍🚀🏳️‍🌈🇪🇺",
    "\u202etfel ot thgir\u202c",
    "\u2066isolate\u2069",
    "مرحبا بكم في الاجتماع، شكرًا",
    "שלום",
    "Z̷̢̧̛͉̫͓̹̝͎͈̩̎̒̿̏͊̕͝a̸l̵g̶o̷",
    "é" * 100,
    "漢字" * 200,
    "x" * 10_000,
    "é" * 10_000,
    "🙂" * 10_000,
    "a " * 5_000,
    ";" * 75,
    "," * 74 + "é",
    "\ufeffBEGIN:VCALENDAR",
    "\u200b\u200c\u200d",
    " leading",
    "\tfolded?",
    "\n continued",
    "\r\n\tcontinued",
    "=0D=0ABEGIN:VEVENT",
    "&#13;&#10;BEGIN:VEVENT",
    "%0D%0ABEGIN:VEVENT",
    "",
)


def texts(count: int = 200) -> list[str]:
    """The seeds, and mixtures of them; the same each time."""
    drawn = random.Random(5545)
    mixed = ["".join(drawn.choice(SEEDS)[:400] for _ in range(drawn.randint(2, 5))) for _ in range(count)]
    return [*SEEDS, *mixed][:count]
