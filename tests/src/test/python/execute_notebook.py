"""Executes a notebook through the real kernel: execute_notebook.py NOTEBOOK tcp|ipc OUTPUT_NOTEBOOK.

Ends with one line of JSON: cells run, MIME types shown, and the kernel's processes that are left after its shutdown.
"""

import json
import os
import pathlib
import sys
import tempfile
import time

import nbformat
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

CELL_DEADLINE_S = 120
END_DEADLINE_S = 20


def descendants(pid):
    """Process ids below one, from /proc."""
    found = []
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except (OSError, IndexError):
            continue
        if parent == pid:
            child = int(stat.parent.name)
            found += [child, *descendants(child)]
    return found


def is_alive(pid):
    try:
        return "State:\tZ" not in pathlib.Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


def wait_for_end(pids):
    """Those that are still there when the deadline has passed."""
    deadline = time.monotonic() + END_DEADLINE_S
    while (left := [pid for pid in pids if is_alive(pid)]) and time.monotonic() < deadline:
        time.sleep(0.1)
    return left


class Client(NotebookClient):
    """Remembers the kernel's processes while they run."""

    processes = ()

    async def async_execute_cell(self, *arguments, **options):
        result = await super().async_execute_cell(*arguments, **options)
        self.processes = descendants(os.getpid())
        return result


def main(notebook, transport, output):
    book = nbformat.read(notebook, as_version=4)
    with tempfile.TemporaryDirectory() as sockets:
        manager = AsyncKernelManager(kernel_name="notecast", transport=transport)
        if transport == "ipc":
            manager.ip = os.path.join(sockets, "kernel")
        client = Client(book, km=manager, timeout=CELL_DEADLINE_S, resources={"metadata": {"path": sockets}})
        client.owns_km = True  # so that it shuts the kernel down at the end
        try:
            client.execute()
        finally:
            nbformat.write(book, output)
    code = [cell for cell in book.cells if cell.cell_type == "code" and cell.source.strip()]
    shown = [mime for cell in code for item in cell.outputs for mime in item.get("data", {})]
    left = wait_for_end(client.processes)
    summary = {
        "cells": len(code),
        "executed": sum(cell.execution_count is not None for cell in code),
        "errors": [item.evalue for cell in code for item in cell.outputs if item.output_type == "error"],
        "mimeTypes": sorted(set(shown)),
        "processes": len(client.processes),
        "left": left,
    }
    print(json.dumps(summary))


main(*sys.argv[1:])
