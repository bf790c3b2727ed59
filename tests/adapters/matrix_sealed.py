"""Somebody with a client that encrypts: matrix-nio with a store of its own, which does only what it is told."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from nio import AsyncClient, AsyncClientConfig, Event, RoomMessagesResponse, RoomSendResponse, SyncResponse

from tests.adapters.matrix_server import Json, Synapse, shown


class Sealed:
    """What is said in an encrypted room is encrypted, for every device that is in it by then."""

    def __init__(self, client: AsyncClient) -> None:
        self.client = client
        self.id = str(client.user_id)

    async def sync(self) -> None:
        """Take in what happened, and keep the keys up to date as clients do."""
        client = self.client
        answer = await client.sync(timeout=0, full_state=not client.next_batch)
        assert isinstance(answer, SyncResponse), answer
        await client.send_to_device_messages()
        if client.should_upload_keys:
            await client.keys_upload()
        if client.should_query_keys:
            await client.keys_query()
        if client.should_claim_keys:
            await client.keys_claim(client.get_users_for_key_claiming())

    async def joins(self, room: str) -> None:
        await self.client.join(room)
        await self.sync()

    async def says(self, room: str, text: str, **more: Any) -> str:
        return await self.sends(room, "m.room.message", {"msgtype": "m.text", "body": text} | more)

    async def reacts(self, room: str, event: str, sign: str) -> str:
        relation = {"rel_type": "m.annotation", "event_id": event, "key": sign}
        return await self.sends(room, "m.reaction", {"m.relates_to": relation})

    async def sends(self, room: str, kind: str, content: Json) -> str:
        await self.sync()
        answer = await self.client.room_send(room, kind, content, ignore_unverified_devices=True)
        assert isinstance(answer, RoomSendResponse), answer
        return str(answer.event_id)

    async def events(self, room: str) -> list[Json]:
        """What can be read in the room, oldest first."""
        await self.sync()
        answer = await self.client.room_messages(room, "", limit=200)
        assert isinstance(answer, RoomMessagesResponse), answer
        return [_source(one) for one in reversed(answer.chunk)]

    async def reads(self, room: str, sender: str) -> str:
        """Everything that somebody's messages say by now."""
        return "\n---\n".join(shown(await self.events(room), sender).values())

    async def private(self, bot: str) -> str:
        """What the bot has told this person alone."""
        await self.sync()
        for room in list(self.client.invited_rooms):
            await self.joins(room)
        alone = [id_ for id_, room in self.client.rooms.items() if set(room.users) == {self.id, bot}]
        return "\n".join([await self.reads(one, bot) for one in alone])


def _source(event: Event) -> Json:
    return dict(event.source)


@asynccontextmanager
async def sealed(server: Synapse, name: str, store: Path) -> AsyncIterator[Sealed]:
    """A new account with such a client, whose keys are kept in an existing folder."""
    made = server.register(name)
    config = AsyncClientConfig(encryption_enabled=True, store_sync_tokens=False)
    client = AsyncClient(server.url, made["user_id"], made["device_id"], store_path=str(store), config=config)
    client.restore_login(made["user_id"], made["device_id"], made["access_token"])
    try:
        one = Sealed(client)
        await one.sync()
        yield one
    finally:
        await client.close()
