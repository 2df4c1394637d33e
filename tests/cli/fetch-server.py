#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server whose files arrive badly, for fetch.sh.

usage: fetch-server.py FOLDER PORT-FILE

Serves FOLDER on a free port of localhost, which it writes to PORT-FILE.  The
first part of a path says how:

  /good/NAME    as it should be, also from the middle on
  /cut/NAME     the first request ends in the middle of the file
  /plain/NAME   a request for a part is answered with the whole
  /page/NAME    a web page instead, with status 200
"""
import http.server
import os
import pathlib
import sys


class Handler(http.server.BaseHTTPRequestHandler):
    cut = set()       # names that were cut off once

    def log_message(self, *arguments):
        print(self.requestline, self.headers.get("Range", "-"), flush=True)

    def answer(self, status, data, announced=None, headers=()):
        self.send_response(status)
        self.send_header("Content-Length", announced or len(data))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def answer_from(self, data, begin):
        if begin >= len(data):
            self.answer(416, b"")
            return
        self.answer(206, data[begin:], headers=[
            ("Content-Range", f"bytes {begin}-{len(data) - 1}/{len(data)}")])

    def do_GET(self):
        _, how, name = self.path.split("/")
        path = pathlib.Path(sys.argv[1]) / name
        if how == "page":
            self.answer(200, b"<!DOCTYPE html><title>Who are you?</title>")
            return
        if not path.exists():
            self.answer(404, b"<!DOCTYPE html><title>Not found</title>")
            return
        data = path.read_bytes()
        begin = self.headers.get("Range")
        if how == "cut" and name not in self.cut:
            self.cut.add(name)
            self.answer(200, data[:len(data) // 2], announced=len(data))
        elif begin and how != "plain":
            self.answer_from(data, int(begin[len("bytes="):].split("-")[0]))
        else:
            self.answer(200, data)


def main():
    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    unfinished = sys.argv[2] + ".new"
    pathlib.Path(unfinished).write_text(str(server.server_port))
    os.rename(unfinished, sys.argv[2])
    server.serve_forever()


if __name__ == "__main__":
    main()
