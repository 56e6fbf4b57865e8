"""What systemd hands over and hears, played by the test: a listening socket, and a socket for notices."""

import os
import signal
import socket
import subprocess
import tempfile
import unittest

from rig import EXPORTER, Exporter, Simulator, http


class Manager:
    """Opens a socket for the daemon and listens to what it says, as systemd would."""

    def __init__(self, test):
        folder = test.enterContext(tempfile.TemporaryDirectory())
        self.notices = test.enterContext(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM))
        self.path = f"{folder}/notify"
        self.notices.bind(self.path)
        self.notices.settimeout(120)
        self.listening = test.enterContext(socket.create_server(("127.0.0.1", 0)))
        self.url = f"http://127.0.0.1:{self.listening.getsockname()[1]}"

    def heard(self, word):
        """Waits for the notice; those before it are dropped."""
        while True:
            said = self.notices.recv(4096).decode()
            if word in said.splitlines():
                return said

    def start(self, environment, *flags, sockets=1):
        """The child finds the socket as descriptor 3 and its own pid in LISTEN_PID."""
        number = self.listening.fileno()
        script = f'exec 3<&{number} 4<&-; LISTEN_PID=$$ exec "$0" "$@"'
        clean = {k: v for k, v in os.environ.items() if not k.startswith("AWS_")}
        # A name changes nothing: every socket serves all that there is.
        clean.update(environment, LISTEN_FDNAMES="health", AWS_EC2_METADATA_DISABLED="true", NOTIFY_SOCKET=self.path,
                     LISTEN_FDS=str(sockets), WATCHDOG_USEC="200000")
        return subprocess.Popen(["bash", "-c", script, EXPORTER, "--web.systemd-socket", *flags], env=clean,
                                pass_fds=[number], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


class Systemd(unittest.TestCase):
    def test_serves_on_the_socket_it_was_given_and_says_how_it_goes(self):
        manager = Manager(self)
        with Simulator(sessions=20, live=2) as simulator, manager.start(simulator.environment()) as daemon:
            try:
                manager.heard("READY=1")
                self.assertEqual(http(f"{manager.url}/-/healthy")[0], 200)
                self.assertEqual(http(f"{manager.url}/metrics")[0], 200)
                manager.heard("WATCHDOG=1")
                manager.heard("WATCHDOG=1")
                daemon.send_signal(signal.SIGHUP)
                self.assertRegex(manager.heard("RELOADING=1"), r"(?m)^MONOTONIC_USEC=\d+$")
                manager.heard("READY=1")
                daemon.send_signal(signal.SIGTERM)
                manager.heard("STOPPING=1")
                daemon.stderr.read()
                self.assertEqual(daemon.wait(60), 0)
            finally:
                daemon.kill()

    def test_without_a_socket_it_does_not_start(self):
        with Exporter("--web.systemd-socket", environment={"AWS_REGION": "us-west-2"}) as exporter:
            self.assertEqual(exporter.wait(), 2)
            self.assertIn("LISTEN_FDS", exporter.text("err"))

    def test_a_descriptor_that_is_no_listening_socket_is_named(self):
        manager = Manager(self)
        with manager.start({"AWS_REGION": "us-west-2"}, sockets=2) as daemon: # descriptor 4 is none
            said = daemon.stderr.read().decode()
            self.assertEqual(daemon.wait(60), 2)
            self.assertRegex(said, "descriptor [34] is not a listening TCP socket")


if __name__ == "__main__":
    unittest.main()
