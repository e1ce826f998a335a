#!/usr/bin/env python3
"""Looks at a Notecast path's pictures in Python, and tells the server what is in them.

As a program it finds squares of one colour:

    python3 notebooks/python_worker.py --path cam --colour ff0000

With a finder of your own, from a file or in Python:

    python3 notebooks/python_worker.py --path cam --finder my_model.py:find

    from python_worker import run
    def find(frame):
        image = frame.array()                  # numpy: height x width x 3, red first
        return [{"label": "cup", "x": 10, "y": 20, "width": 30, "height": 40, "score": 0.9}]
    run(find, path="cam")

What it finds comes out of `Notecast.path("cam").detections()`, of GET /cam/detections, and with the filter `boxes`
of a pipeline from `cam` as boxes in the picture. It needs nothing but Python; frame.array() needs numpy.
"""

import argparse
import http.client
import importlib.util
import json
import os
import sys
import time
import urllib.parse

MAX_DETECTIONS = 256
MAX_ANSWER_BYTES = 64 << 20
TIMEOUT_SECONDS = 30
LONGEST_WAIT_SECONDS = 8


class Frame:
    """A picture: its pixels are `rgb`, three bytes each, rows from above without padding."""

    def __init__(self, number, time_millis, width, height, rgb):
        self.number = number
        self.time_millis = time_millis
        self.width = width
        self.height = height
        self.rgb = rgb

    def array(self):
        """The pixels as a numpy array of height x width x 3."""
        import numpy

        return numpy.frombuffer(self.rgb, numpy.uint8).reshape(self.height, self.width, 3)


class Refused(Exception):
    """The server will not have it, however often it is asked."""


class Unreachable(Exception):
    """It may work in a while. `wait` is how many seconds the server asks for, or None."""

    def __init__(self, why, wait=None):
        super().__init__(why)
        self.wait = wait


class Server:
    """One path of a Notecast server, over one connection that is made again when it breaks."""

    def __init__(self, url, path, token=None):
        parts = urllib.parse.urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise Refused(f"{url} is no http:// or https:// address")
        self.secure = parts.scheme == "https"
        self.host, self.port = parts.hostname, parts.port
        self.base = parts.path.rstrip("/") + "/" + urllib.parse.quote(path)
        self.headers = {"Authorization": "Bearer " + token} if token else {}
        self.connection = None

    def frame(self, after, width):
        """The newest picture that is not the one before; None when there is none for five seconds."""
        query = {"format": "ppm", "width": width}
        if after is not None:
            query["after"] = after
        answer, body = self._ask("GET", "/frame?" + urllib.parse.urlencode(query))
        if answer.status == 204:
            return None
        head, pixels = body.split(b"\n", 1)
        kind, columns, rows, depth = head.split()
        columns, rows = int(columns), int(rows)
        if kind != b"P6" or depth != b"255" or len(pixels) != 3 * columns * rows:
            raise Refused("the server's picture is no PPM of three bytes a pixel")
        number = int(answer.headers["Notecast-Frame"])
        return Frame(number, int(answer.headers["Notecast-Time-Millis"]), columns, rows, pixels)

    def tell(self, name, frame, detections):
        said = {
            "source": name,
            "timeMillis": frame.time_millis,
            "width": frame.width,
            "height": frame.height,
            "detections": list(detections)[:MAX_DETECTIONS],
        }
        self._ask("POST", "/detections", json.dumps(said).encode(), {"Content-Type": "application/json"})

    def _ask(self, method, target, body=None, headers=None):
        try:
            if self.connection is None:
                kind = http.client.HTTPSConnection if self.secure else http.client.HTTPConnection
                self.connection = kind(self.host, self.port, timeout=TIMEOUT_SECONDS)
            self.connection.request(method, self.base + target, body, {**self.headers, **(headers or {})})
            answer = self.connection.getresponse()
            read = answer.read(MAX_ANSWER_BYTES)
        except (OSError, http.client.HTTPException) as problem:
            self.close()
            raise Unreachable(f"{self.host} cannot be reached: {problem or type(problem).__name__}") from None
        if answer.status < 300:
            return answer, read
        line = read.decode("utf-8", "replace").strip().split("\n")[0][:200]
        if answer.status in (404, 408, 429) or answer.status >= 500:
            after = answer.headers.get("Retry-After", "")
            raise Unreachable(line, min(int(after), 60) if after.isdigit() else None)
        raise Refused(f"{answer.status}: {line}")

    def close(self):
        if self.connection is not None:
            self.connection.close()
            self.connection = None


def run(find, server="http://127.0.0.1:8889", path="live", token=None, name="python", width=640, fps=15,
        frames=None, retries=20):
    """Gives `find` one picture after the other, always the newest, and tells the server what it finds.

    `find(frame)` returns dicts with label, x, y, width, height and score (0 to 1; may be left out). Ends after so
    many `frames`, raises Refused when the server will not have it, and Unreachable after so many failures in a row.
    """
    connection = Server(server, path, token)
    after, failures, done = None, 0, 0
    try:
        while frames is None or done < frames:
            began = time.monotonic()
            try:
                frame = connection.frame(after, width)
                after = frame.number if frame else None
                if frame:
                    connection.tell(name, frame, find(frame))
                    done += 1
                failures = 0
            except Unreachable as problem:
                failures += 1
                if failures > retries:
                    raise
                wait = problem.wait or min(LONGEST_WAIT_SECONDS, 0.25 * 2 ** min(failures, 10))
                print(f"{problem} (again in {wait:g} s, {failures} of {retries})", file=sys.stderr, flush=True)
                time.sleep(wait)
            time.sleep(max(0, 1 / fps - (time.monotonic() - began)))
    finally:
        connection.close()


def square(colour, tolerance=60, step=2):
    """A finder of the box around all that has a colour, to be used as an example: it is quick, not clever."""
    red, green, blue = (int(colour[i:i + 2], 16) for i in (0, 2, 4))

    def find(frame):
        columns, rows = [], []
        line = 3 * frame.width
        for y in range(0, frame.height, step):
            row = frame.rgb[y * line:(y + 1) * line]
            near = [
                x
                for x in range(0, frame.width, step)
                if abs(row[3 * x] - red) < tolerance
                and abs(row[3 * x + 1] - green) < tolerance
                and abs(row[3 * x + 2] - blue) < tolerance
            ]
            if near:
                rows.append(y)
                columns += (near[0], near[-1])
        if len(rows) < 4:
            return []
        left, top = min(columns), rows[0]
        right, bottom = max(columns) + step, rows[-1] + step
        return [{"label": "square", "x": left, "y": top, "width": right - left, "height": bottom - top}]

    return find


def load(finder):
    """The function that FILE.py:NAME names."""
    file, _, function = finder.partition(":")
    spec = importlib.util.spec_from_file_location("finder", file)
    if spec is None or not os.path.exists(file):
        raise Refused(f"there is no {file}: name a finder as FILE.py:FUNCTION")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    if not hasattr(module, function or "find"):
        raise Refused(f"{file} has no function {function or 'find'}")
    return getattr(module, function or "find")


def main(arguments=None):
    parser = argparse.ArgumentParser(
        description="Looks at a Notecast path's pictures in Python, and tells the server what is in them.",
        epilog="On another machine than the server's it needs the server's token, which it reads from NOTECAST_TOKEN.")
    parser.add_argument("--server", default="http://127.0.0.1:8889", help="its address (%(default)s)")
    parser.add_argument("--path", default="live", help="whose pictures (%(default)s)")
    parser.add_argument("--finder", metavar="FILE.py:FUNCTION", help="your own; without it, what has --colour is found")
    parser.add_argument("--colour", default="ff0000", help="as RRGGBB (%(default)s)")
    parser.add_argument("--name", default="python", help="as others see it (%(default)s)")
    parser.add_argument("--width", type=int, default=640, help="pixels that pictures are scaled down to (%(default)s)")
    parser.add_argument("--fps", type=float, default=15, help="pictures a second at most (%(default)s)")
    parser.add_argument("--frames", type=int, help="ends after so many")
    parser.add_argument("--retries", type=int, default=20, help="failures in a row before it gives up (%(default)s)")
    given = parser.parse_args(arguments)
    if len(given.colour) != 6 or any(letter not in "0123456789abcdefABCDEF" for letter in given.colour):
        parser.error(f"--colour {given.colour} is not RRGGBB, such as ff0000")
    if given.fps <= 0:
        parser.error("--fps is more than 0")
    try:
        find = load(given.finder) if given.finder else square(given.colour)
        run(find, given.server, given.path, os.environ.get("NOTECAST_TOKEN"), given.name, given.width, given.fps,
            given.frames, given.retries)
    except (Refused, Unreachable) as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
