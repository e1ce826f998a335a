"""Starts the Java kernel, and stands between it and Jupyter when Jupyter asks for ZMQ over ipc.

    relay.py CONNECTION_FILE -- JAVA OPTIONS... MAIN_CLASS

Over tcp the process becomes the kernel itself. The kernel's ZMQ library cannot do ipc (which Colab uses), so over ipc
the relay binds the ipc sockets, starts the kernel on free tcp ports of the loopback interface and passes every message
on as it is: both sides sign with the same key, so neither can tell.

kernel.json.in beside this file is the kernelspec; install/notecast fills in @PYTHON@ (with pyzmq), @JAVA@ (21 or
later), @JJAVA_JAR@ (share/jupyter/kernels/java/jjava.jar of the PyPI package), @DIST@ (the folder of jars that
`mvn package` makes in kernel-ext/jupyter/target/dist) and @ADDONS@ (a folder of jars that come before those), and
copies relay.py and the logos next to it.
"""

import ctypes
import json
import os
import signal
import socket
import subprocess
import sys
import threading

CHANNELS = ("shell", "control", "stdin", "iopub", "hb")
# The kernel asks for input over stdin by the address it knows from shell, so both connections have this one.
IDENTITY = b"notecast-relay"
PASSED_ON = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1, signal.SIGUSR2)
POLL_S = 1.0
GRACE_S = 5.0
PR_SET_PDEATHSIG = 1


def free_ports(count):
    """Ports of the loopback interface that nothing uses now."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
    finally:
        for each in sockets:
            each.close()


def connection_in_memory(connection):
    """A file without a name, so that the key is on no disk; the kernel inherits and opens it."""
    fd = os.memfd_create("connection", 0)
    os.fchmod(fd, 0o600)
    os.write(fd, json.dumps(connection).encode())
    os.set_inheritable(fd, True)
    return fd


def start_kernel(command, connection):
    """The kernel as a child that the system kills when the relay dies, however it dies."""
    libc = ctypes.CDLL(None)
    relay = os.getpid()

    def die_with_relay():
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != relay:
            os._exit(1)

    fd = connection_in_memory(connection)
    child = subprocess.Popen([*command, f"/proc/self/fd/{fd}"], pass_fds=[fd], preexec_fn=die_with_relay)
    os.close(fd)
    return child


def bind_front(context, ipc):
    """The sockets that Jupyter connects to, readable by this user alone, and their files."""
    import zmq

    fronts, files = {}, []
    before = os.umask(0o177)
    try:
        for channel in CHANNELS:
            front = context.socket(zmq.XPUB if channel == "iopub" else zmq.ROUTER)
            front.linger = 0
            if channel != "iopub":
                front.router_handover = 1  # a client that comes back keeps its identity; else it is never answered
            path = f"{ipc['ip']}-{ipc[channel + '_port']}"
            front.bind(f"ipc://{path}")
            fronts[channel] = front
            files.append(path)
    finally:
        os.umask(before)
    return fronts, files


def forward(context, fronts, tcp):
    """Connects every front to the kernel and passes messages on, each channel on a thread of its own."""
    import zmq

    for channel, front in fronts.items():
        back = context.socket(zmq.XSUB if channel == "iopub" else zmq.DEALER)
        back.linger = 0
        back.reconnect_ivl = 20  # ms; the kernel binds its ports a second or so after the start
        if channel not in ("iopub", "hb"):
            back.identity = IDENTITY
        back.connect(f"tcp://127.0.0.1:{tcp[channel + '_port']}")
        threading.Thread(target=zmq.proxy, args=(front, back), name=f"notecast-{channel}", daemon=True).start()


def wait_for(child, parent):
    """Waits until the kernel ends, and ends it when Jupyter has gone without a word."""
    watches_parent = "JPY_PARENT_PID" in os.environ
    while True:
        try:
            return child.wait(POLL_S)
        except subprocess.TimeoutExpired:
            if watches_parent and os.getppid() != parent:
                child.terminate()
                try:
                    return child.wait(GRACE_S)
                except subprocess.TimeoutExpired:
                    child.kill()


def relay(ipc, command):
    import zmq

    parent = os.getppid()
    tcp = dict(ipc, transport="tcp", ip="127.0.0.1")
    tcp.update(zip((channel + "_port" for channel in CHANNELS), free_ports(len(CHANNELS))))
    child = start_kernel(command, tcp)  # before any thread: a fork would not take them along
    for signum in PASSED_ON:
        signal.signal(signum, lambda received, frame: child.send_signal(received))
    context = zmq.Context()
    files = []
    try:
        fronts, files = bind_front(context, ipc)
        forward(context, fronts, tcp)
        return wait_for(child, parent)
    finally:
        child.kill()  # does nothing when it has ended
        for path in files:
            try:
                os.unlink(path)
            except OSError:
                pass


def end_like_the_kernel(code):
    """Ends at once, since the proxies' threads never do; by a signal when the kernel was, so that Jupyter sees it."""
    if code < 0:
        if -code != signal.SIGKILL:
            signal.signal(-code, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
    os._exit(code)


def main(arguments):
    if len(arguments) < 3 or arguments[1] != "--":
        sys.exit("usage: relay.py CONNECTION_FILE -- JAVA OPTIONS... MAIN_CLASS")
    connection_file, command = arguments[0], arguments[2:]
    with open(connection_file, encoding="utf-8") as file:
        connection = json.load(file)
    if connection.get("transport", "tcp") != "ipc":
        os.execvp(command[0], [*command, connection_file])
    end_like_the_kernel(relay(connection, command))


if __name__ == "__main__":
    main(sys.argv[1:])
