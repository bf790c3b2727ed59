// A client of Matrix that shares no line with ours: it is told what to do a JSON line at a time, and answers each with one.

import { createInterface } from "node:readline";

// matrix-js-sdk is made for Node 22.
Promise.withResolvers ??= () => {
    const made = {};
    made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
    return made;
};
// Standard output is for answers.
for (const level of ["log", "info", "debug", "trace", "warn"]) console[level] = console.error;

const sdk = await import("matrix-js-sdk");
const { OnlySignedDevicesIsolationMode } = await import("matrix-js-sdk/lib/crypto-api/index.js");
const { PollResponseEvent } = await import("matrix-js-sdk/lib/extensible_events_v1/PollResponseEvent.js");

const { HOMESERVER, TOKEN, CRYPTO } = process.env;

async function begun() {
    const { user_id: userId, device_id: deviceId } = await sdk
        .createClient({ baseUrl: HOMESERVER, accessToken: TOKEN })
        .whoami();
    const client = sdk.createClient({ baseUrl: HOMESERVER, accessToken: TOKEN, userId, deviceId });
    if (CRYPTO) await client.initRustCrypto({ useIndexedDB: false });
    if (CRYPTO === "signed") await onlySigned(client.getCrypto());
    await client.startClient({ initialSyncLimit: 100 });
    await happened(client, sdk.ClientEvent.Sync, () => client.isInitialSyncComplete());
    return client;
}

async function onlySigned(crypto) {
    crypto.setDeviceIsolationMode(new OnlySignedDevicesIsolationMode());
    await crypto.bootstrapCrossSigning({ authUploadDeviceSigningKeys: (upload) => upload(null) });
}

/** Resolves with what `found` finds, looked for now and after every such event. */
function happened(emitter, event, found) {
    return new Promise((resolve) => {
        const look = () => {
            const it = found();
            if (!it) return;
            emitter.off(event, look);
            resolve(it);
        };
        emitter.on(event, look);
        look();
    });
}

const polled = (room, poll) => client.getRoom(room).polls.get(poll);

const commands = {
    async join({ room }) {
        await client.joinRoom(room);
        await happened(client, sdk.ClientEvent.Sync, () => client.getRoom(room)?.getMyMembership() === "join");
        return room;
    },
    async say({ room, text }) {
        return (await client.sendTextMessage(room, text)).event_id;
    },
    /** The first message of a room that says this by now, edits taken in. */
    async reads({ room, words }) {
        const events = () => client.getRoom(room)?.getLiveTimeline().getEvents() ?? [];
        return soon(() => events().map((one) => one.getContent().body).find((body) => body?.includes(words)));
    },
    async poll({ room }) {
        const of = client.getRoom(room);
        const { pollId, pollEvent } = await happened(of, sdk.PollEvent.New, () => [...of.polls.values()][0]);
        return {
            id: pollId,
            question: pollEvent.question.text,
            most: pollEvent.maxSelections,
            disclosed: sdk.M_POLL_KIND_DISCLOSED.matches(pollEvent.kind.name),
            answers: pollEvent.answers.map(({ id, text }) => [id, text]),
        };
    },
    async vote({ room, poll, answers }) {
        const { type, content } = PollResponseEvent.from(answers, poll).serialize();
        return (await client.sendEvent(room, type, content)).event_id;
    },
    /** What each has chosen last, once there are so many responses. */
    async responses({ room, poll, count }) {
        const found = await soon(async () => {
            const events = (await polled(room, poll).getResponses()).getRelations();
            return events.length >= count && events;
        });
        found.sort((one, other) => one.getTs() - other.getTs());
        return Object.fromEntries(found.map((one) => [one.getSender(), one.unstableExtensibleEvent.answerIds]));
    },
    async ended({ room, poll }) {
        const of = polled(room, poll);
        await of.getResponses();
        return happened(of, sdk.PollEvent.End, () => of.isEnded);
    },
    async leave({ room }) {
        await client.leave(room);
        return room;
    },
};

async function soon(found) {
    for (;;) {
        const it = await found();
        if (it) return it;
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
}

const answer = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);

const client = await begun();
answer({ done: client.getUserId() });
for await (const line of createInterface({ input: process.stdin })) {
    const { command, ...named } = JSON.parse(line);
    try {
        answer({ done: await commands[command](named) });
    } catch (wrong) {
        answer({ wrong: String(wrong?.stack ?? wrong) });
    }
}
process.exit(0);
