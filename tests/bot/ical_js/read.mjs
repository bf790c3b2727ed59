// A reader of calendars that shares no line with ours: it takes calendars, a JSON string a line, and says what is in each.

import { createInterface } from "node:readline";
import ICAL from "ical.js";

ICAL.design.strict = true;

/** Of a zone only the rules that stand in the file are known. */
function instant(time, zones) {
    const zone = time.zone.tzid === "UTC" ? ICAL.Timezone.utcTimezone : zones[time.zone.tzid ?? time.timezone];
    return new Date(time.toUnixTime() * 1000).toISOString().replace(".000Z", "Z") + (zone ? "" : " in no zone");
}

function read(written) {
    const calendar = new ICAL.Component(ICAL.parse(written));
    const zones = {};
    for (const one of calendar.getAllSubcomponents("vtimezone")) {
        const zone = new ICAL.Timezone(one);
        zones[zone.tzid] = zone;
        ICAL.TimezoneService.register(zone, zone.tzid);
    }
    const events = calendar.getAllSubcomponents("vevent").map((one) => {
        const event = new ICAL.Event(one);
        const told = (name) => one.getFirstPropertyValue(name);
        return {
            uid: event.uid,
            summary: event.summary,
            description: event.description,
            location: event.location,
            url: told("url"),
            status: told("status"),
            sequence: event.sequence,
            begins: instant(event.startDate, zones),
            ends: instant(event.endDate, zones),
        };
    });
    const components = calendar.getAllSubcomponents().map((one) => one.name);
    return { name: calendar.name, components, events };
}

for await (const line of createInterface({ input: process.stdin })) {
    let answer;
    try {
        answer = read(JSON.parse(line));
    } catch (wrong) {
        answer = { wrong: String(wrong) };
    }
    ICAL.TimezoneService.reset();
    process.stdout.write(`${JSON.stringify(answer)}\n`);
}
