"""Drives socketio_echo with python-socketio: auth, text, binary, acks, order. Prints "all well".

With its asyncio client: the other one reads each packet on a thread of its own, so that an attachment can overtake the
packet that announces it, whatever the server.
"""

import asyncio
import sys

import socketio
from engineio.payload import Payload

# This client refuses payloads of more packets than that; by default 16.
Payload.max_decode_packets = 1_000
EVENTS = 300


async def main(url, transports):
    client = socketio.AsyncClient(reconnection=False)
    greeted, done = asyncio.Event(), asyncio.Event()
    auths, received = [], []

    @client.on("auth")
    def on_auth(auth):
        auths.append(auth)
        greeted.set()

    @client.on("message-back")
    def on_back(*args):
        received.append(args)
        if len(received) == EVENTS:
            done.set()

    await client.connect(url, transports=transports, auth={"token": "py"}, wait_timeout=10)
    await asyncio.wait_for(greeted.wait(), 10)
    assert auths == [{"token": "py"}], auths
    for n in range(EVENTS):
        await client.emit("message", (n, {"deep": [n]}, bytes([n % 256])))
    try:
        await asyncio.wait_for(done.wait(), 20)
    except asyncio.TimeoutError:
        raise AssertionError(f"only {len(received)} came back") from None
    assert received == [(n, {"deep": [n]}, bytes([n % 256])) for n in range(EVENTS)]
    answer = await client.call("message-with-ack", ("a", b"\x00\xff"), timeout=10)
    assert tuple(answer) == ("a", b"\x00\xff"), answer
    await client.disconnect()
    print("all well")


asyncio.run(main(sys.argv[1], sys.argv[2].split(",")))
