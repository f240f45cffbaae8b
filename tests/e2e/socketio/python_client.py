"""Drives socketio_echo with python-socketio: auth, text, binary, acks, order. Prints "all well"."""

import os
import sys
import threading
import traceback

import socketio
from engineio.payload import Payload

# This client refuses payloads of more packets than that; by default 16.
Payload.max_decode_packets = 1_000


def main(url, transports):
    client = socketio.Client(reconnection=False)
    greeted, done = threading.Event(), threading.Event()
    received = []

    @client.on("auth")
    def on_auth(auth):
        assert auth == {"token": "py"}, auth
        greeted.set()

    @client.on("message-back")
    def on_back(*args):
        received.append(args)
        if len(received) == 300:
            done.set()

    client.connect(url, transports=transports, auth={"token": "py"}, wait_timeout=10)
    assert greeted.wait(10), "no greeting"
    for n in range(300):
        client.emit("message", (n, {"deep": [n]}, bytes([n % 256])))
    assert done.wait(20), f"only {len(received)} came back"
    assert received == [(n, {"deep": [n]}, bytes([n % 256])) for n in range(300)]
    answer = client.call("message-with-ack", ("a", b"\x00\xff"), timeout=10)
    assert tuple(answer) == ("a", b"\x00\xff"), answer
    client.disconnect()
    print("all well")


try:
    main(sys.argv[1], sys.argv[2].split(","))
except BaseException:
    # The client's threads would keep a failed program alive.
    traceback.print_exc()
    sys.stderr.flush()
    os._exit(1)
