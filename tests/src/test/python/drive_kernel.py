"""Drives one kernel through Jupyter's own manager: drive_kernel.py tcp|ipc NAME=VALUE, a variable for the kernel.

Every line on stdin is a command as JSON, every command is answered by one line of JSON on stdout:
{"run": [CELL, ...]} as nbclient does, {"ask": [CELL, ANSWER]} as a page whose person types, {"restart": {}}, {"shutdown": {}}. The first line, unasked, has the process that
the manager started. A kernel that does not end by itself when asked is never killed, so that the caller's deadline tells.
"""

import asyncio
import json
import os
import sys
import tempfile

import nbformat
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

DEADLINE_S = 60
NEVER_S = 3600


async def run(manager, client, cells):
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    notebook = NotebookClient(book, km=manager, timeout=DEADLINE_S)
    notebook.kc = client
    client.allow_stdin = False  # as the client that nbclient makes itself
    stopped = False
    try:
        await notebook.async_execute()
    except CellExecutionError:
        stopped = True
    return {
        "stopped": stopped,
        "executed": sum(cell.execution_count is not None for cell in book.cells),
        "outputs": [output for cell in book.cells for output in cell.outputs],
    }


async def ask(client, cell, typed):
    asked, outputs = [], []

    def type_it(request):
        asked.append(request["content"])
        client.input(typed)

    def keep(message):
        outputs.append(message["content"])

    reply = await client.execute_interactive(
        cell, allow_stdin=True, timeout=DEADLINE_S, stdin_hook=type_it, output_hook=keep)
    return {"status": reply["content"]["status"], "asked": asked, "outputs": outputs}


async def answer(manager, client, command):
    match command:
        case {"run": cells}:
            return await run(manager, client, cells)
        case {"ask": [cell, typed]}:
            return await ask(client, cell, typed)
        case {"restart": _}:
            await manager.restart_kernel()
            await client.wait_for_ready(DEADLINE_S)
            return {"pid": manager.provisioner.pid}
        case {"shutdown": _}:
            await manager.shutdown_kernel()
            return {}


async def main(transport, mark):
    name, value = mark.split("=", 1)
    with tempfile.TemporaryDirectory() as sockets:
        manager = AsyncKernelManager(kernel_name="notecast", transport=transport, shutdown_wait_time=NEVER_S)
        if transport == "ipc":
            manager.ip = os.path.join(sockets, "kernel")
        await manager.start_kernel(env={**os.environ, name: value}, cwd=sockets)
        client = manager.client()
        client.start_channels()
        await client.wait_for_ready(DEADLINE_S)
        print(json.dumps({"pid": manager.provisioner.pid}), flush=True)
        for line in sys.stdin:
            print(json.dumps(await answer(manager, client, json.loads(line))), flush=True)


asyncio.run(main(*sys.argv[1:]))
