#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lets GIMP's Script-Fu server evaluate an expression, and prints the value.

usage: script-fu-client.py PORT EXPRESSION
       script-fu-client.py --port            prints a port that is free

Exit status: 1 after an error, whose message is printed, or without a server.
"""

import socket
import struct
import sys


def receive(connection, size):
    received = b""
    while len(received) < size:
        part = connection.recv(size - len(received))
        if not part:
            sys.exit("the server has hung up")
        received += part
    return received


def ask(port, expression):
    text = expression.encode()
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(b"G" + struct.pack(">H", len(text)) + text)
        _, failed, size = struct.unpack(">BBH", receive(connection, 4))
        print(receive(connection, size).decode())
        return failed != 0


def main():
    if sys.argv[1] == "--port":
        with socket.create_server(("127.0.0.1", 0)) as server:
            print(server.getsockname()[1])
        return 0
    try:
        return ask(int(sys.argv[1]), sys.argv[2])
    except OSError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    sys.exit(main())
