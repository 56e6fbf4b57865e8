"""The daemon behind a web configuration: TLS and users with curl, files that change, and files that are wrong."""

import crypt
import os
import shutil
import signal
import ssl
import subprocess
import tempfile
import unittest

from rig import KEYS, Exporter, wait_for


def certificate(folder, name):
    """A pair signed by itself, good for a day."""
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                    "-keyout", f"{folder}/{name}.key", "-out", f"{folder}/{name}.crt", "-subj", f"/CN={name}",
                    "-days", "1", "-addext", "subjectAltName=IP:127.0.0.1"], check=True, capture_output=True)


def expire(folder, name):
    """Signs the same again, with an end that was yesterday."""
    subprocess.run(["openssl", "x509", "-in", f"{folder}/{name}.crt", "-signkey", f"{folder}/{name}.key",
                    "-days", "-1", "-out", f"{folder}/{name}.old"], check=True, capture_output=True)
    os.replace(f"{folder}/{name}.old", f"{folder}/{name}.crt")


@unittest.skipUnless(shutil.which("curl") and shutil.which("openssl"), "curl or openssl is not installed")
class Secured(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="gls-web-")
        self.addCleanup(shutil.rmtree, self.folder)
        certificate(self.folder, "one")
        self.write("tls_server_config: {cert_file: one.crt, key_file: one.key}\n"
                   f"basic_auth_users: {{ops: '{crypt.crypt('secret', '$2b$04$abcdefghijklmnopqrstuu')}'}}\n")

    def write(self, text):
        with open(f"{self.folder}/web.yml", "w", encoding="utf-8") as file:
            file.write(text)

    def flags(self):
        return ["--web.config.file", f"{self.folder}/web.yml", "--web.enable-lifecycle"]

    def serving(self):
        environment = {**KEYS, "AWS_REGION": "us-west-2", "AWS_ENDPOINT_URL": "http://127.0.0.1:1"}
        exporter = Exporter.serving(*self.flags(), environment=environment)
        exporter.url = exporter.url.replace("http:", "https:")
        return exporter

    def curl(self, url, *words):
        """The status, 0 where TLS failed, and the body."""
        done = subprocess.run(["curl", "--silent", "--cacert", f"{self.folder}/one.crt", "--write-out", "\n%{http_code}",
                               *words, url], capture_output=True, text=True, check=False)
        body, status = done.stdout.rsplit("\n", 1)
        return int(status), body

    def test_tls_and_users(self):
        with self.serving() as exporter:
            self.assertEqual(self.curl(f"{exporter.url}/metrics")[0], 401)
            self.assertEqual(self.curl(f"{exporter.url}/-/healthy", "--user", "ops:wrong")[0], 401)
            status, text = self.curl(f"{exporter.url}/metrics", "--user", "ops:secret")
            self.assertEqual(status, 200)
            self.assertRegex(text, r"(?m)^gamelift_streams_exporter_certificate_expiry_timestamp_seconds \d")
            self.assertIn("msg=certificate_expires_soon", exporter.text("err"))
            plain = exporter.url.replace("https:", "http:")
            self.assertEqual(self.curl(plain)[0], 400)
            self.assertEqual(exporter.stop(), 0)
            self.assertNotIn("secret", exporter.text("err"))

    def test_a_reload_with_a_wrong_file_changes_nothing(self):
        with self.serving() as exporter:
            self.write("basic_auth_users: {ops: plain}\n")
            status, text = self.curl(f"{exporter.url}/-/reload", "--user", "ops:secret", "--request", "POST")
            self.assertEqual(status, 500)
            self.assertIn("web.yml:1:25: basic_auth_users.ops: not a bcrypt hash", text)
            status, text = self.curl(f"{exporter.url}/metrics", "--user", "ops:secret")
            self.assertEqual(status, 200)
            self.assertIn("config_last_reload_successful 0", text)
            self.write("tls_server_config: {cert_file: one.crt, key_file: one.key}\n")
            exporter.signal(signal.SIGHUP)
            wait_for("the reload", lambda: self.curl(f"{exporter.url}/metrics")[0] == 200)

    def test_changed_files_are_taken_up_without_a_word(self):
        """The daemon looks for itself; nobody asks it to reload."""
        certificate(self.folder, "two")
        with self.serving() as exporter:
            address = ("127.0.0.1", int(exporter.url.rsplit(":", 1)[1]))
            first = ssl.get_server_certificate(address)
            for end in ("key", "crt"):
                os.replace(f"{self.folder}/two.{end}", f"{self.folder}/one.{end}")
            wait_for("the new certificate", lambda: ssl.get_server_certificate(address) != first)
            self.assertEqual(self.curl(f"{exporter.url}/metrics", "--user", "ops:secret")[0], 200)
            self.write("tls_server_config: {cert_file: one.crt, key_file: one.key}\n"
                       f"basic_auth_users: {{ops: '{crypt.crypt('changed', '$2b$04$abcdefghijklmnopqrstuu')}'}}\n")
            wait_for("the new user", lambda: self.curl(f"{exporter.url}/metrics", "--user", "ops:changed")[0] == 200)
            self.assertEqual(self.curl(f"{exporter.url}/metrics", "--user", "ops:secret")[0], 401)
            self.assertIn("msg=web_config_reloaded", exporter.text("err"))

    def test_an_expired_certificate_is_said_and_served(self):
        expire(self.folder, "one")
        with self.serving() as exporter:
            self.assertEqual(self.curl(f"{exporter.url}/metrics")[0], 0)  # curl does not take it
            self.assertEqual(self.curl(f"{exporter.url}/metrics", "--insecure", "--user", "ops:secret")[0], 200)
            self.assertIn("msg=certificate_expired", exporter.text("err"))

    def test_a_stop_while_passwords_are_checked(self):
        """Each check takes seconds, one at a time: most of those asked for are still waiting at the end."""
        self.write(f"basic_auth_users: {{ops: '{crypt.crypt('secret', '$2b$15$abcdefghijklmnopqrstuu')}'}}\n")
        environment = {**KEYS, "AWS_REGION": "us-west-2", "AWS_ENDPOINT_URL": "http://127.0.0.1:1"}
        with Exporter.serving(*self.flags(), environment=environment) as exporter:
            asking = [subprocess.Popen(["curl", "--silent", "--user", f"ops:wrong{i}", f"{exporter.url}/metrics"],
                                       stdout=subprocess.DEVNULL) for i in range(12)]
            pid = exporter.child.pid
            threads = f"/proc/{pid}/task"
            wait_for("the checking thread", lambda: len(os.listdir(threads)) > 2)
            exporter.signal(signal.SIGTERM)
            self.assertEqual(exporter.wait(), 0, exporter.text("err"))
            self.assertIn("msg=stopped", exporter.text("err"))
            for one in asking:
                one.wait()

    def test_what_cannot_be_started_with(self):
        os.unlink(f"{self.folder}/one.key")
        with Exporter(*self.flags(), environment=KEYS) as exporter:
            self.assertEqual(exporter.wait(), 2)
            self.assertIn("one.key", exporter.text("err"))
        self.write("tls_server_config: {cert: 1}\nusers: {}\n")
        with Exporter(*self.flags(), environment=KEYS) as exporter:
            self.assertEqual(exporter.wait(), 1)
            for place in ("web.yml:1:", "web.yml:2:1: users"):
                self.assertIn(place, exporter.text("err"))


if __name__ == "__main__":
    unittest.main()
