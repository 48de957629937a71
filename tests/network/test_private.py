"""Links lead to the public internet, and never to this machine or its own network."""

from __future__ import annotations

from base64 import b64encode

import pytest

from exporter.errors import FetchError, UsageError
from exporter.network.access import Access, Keeping, NetworkOnUse, Reach
from exporter.network.addresses import address_of, is_public
from exporter.network.proxies import proxies_of_environment
from exporter.network.transport import Wire
from tests.network.conftest import QUICK, Connect
from tests.network.server import CERTIFICATE, Site, answer, redirect, serving

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "::1"])

PRIVATE = [
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",  # noqa: S104
    "0.1.2.3",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "100.127.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.1.1.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd00:ec2::254",
    "fec0::1",
    "ff02::1",
    "ff0e::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2002:a00:1::",
    "2001:db8::1",
    "100::1",
    "2001::1",
]
PUBLIC = [
    "1.1.1.1",
    "8.8.8.8",
    "93.184.216.34",
    "172.15.0.1",
    "172.32.0.1",
    "192.167.1.1",
    "100.63.255.255",
    "100.128.0.1",
    "2606:4700::1111",
    "2a00:1450:4001:80e::200e",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
    "2002:808:808::",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_not_of_the_internet(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_an_address_of_the_internet(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f.1",
        "0177.0.0.1",
        "0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "127。0。0。1",
        "localhost",
        "169.254.169.254",
        "[fe80::1]",
    ],
)
def test_no_way_of_writing_an_address_of_this_machine_leads_there(
    host: str, connect: Connect
) -> None:
    with serving() as site, pytest.raises(FetchError) as caught:
        connect(reach=Reach.PUBLIC).fetch(f"http://{host}:{site.origin.rpartition(':')[2]}/")
    assert caught.value.code == "fetch-private"
    assert site.requests == []


def test_private_addresses_can_be_allowed(site: Site, connect: Connect) -> None:
    site.pages["/"] = answer(b"x")
    assert connect(reach=Reach.ANY).fetch(site.url("/")).data == b"x"


class Names:
    """A name server for the tests: each look-up of a name gives the next of its addresses."""

    def __init__(self, port: int, **names: list[str]) -> None:
        self.port = port
        self.names = names
        self.lookups: list[str] = []

    def __call__(self, host: str, *_arguments: object, **_more: object) -> list[object]:
        self.lookups.append(host)
        waiting = self.names[host.partition(".")[0]]
        addresses = (waiting.pop(0) if len(waiting) > 1 else waiting[0]).split()
        return [(2, 1, 6, "", (address, self.port)) for address in addresses]


@pytest.fixture
def names(site: Site, monkeypatch: pytest.MonkeyPatch) -> Names:
    made = Names(int(site.origin.rpartition(":")[2]))
    monkeypatch.setattr("socket.getaddrinfo", made)
    return made


def test_a_name_that_leads_here_is_refused(names: Names, site: Site, connect: Connect) -> None:
    names.names = {"evil": ["127.0.0.1"]}
    with pytest.raises(FetchError) as caught:
        connect(reach=Reach.PUBLIC).fetch("http://evil.example.org/")
    assert caught.value.code == "fetch-private"
    assert "127.0.0.1" in str(caught.value)
    assert site.requests == []


def test_a_name_that_changes_its_address_is_looked_up_once(
    names: Names, site: Site, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: the first answer passes the check, a second one would lead here."""
    names.names = {"evil": ["93.184.216.34", "127.0.0.1"]}
    reached: list[object] = []

    def refuse(_socket: object, address: object) -> None:
        reached.append(address)
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr("socket.socket.connect", refuse)
    with pytest.raises(FetchError) as caught:
        connect(reach=Reach.PUBLIC, tries=1).fetch("http://evil.example.org/")
    assert caught.value.code == "fetch-refused"
    assert reached == [("93.184.216.34", names.port)]
    assert names.lookups == ["evil.example.org"]
    assert site.requests == []


def test_of_several_addresses_only_the_public_ones_are_tried(
    names: Names, site: Site, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    names.names = {"mixed": ["10.0.0.1 93.184.216.34 127.0.0.1 1.1.1.1"]}
    reached: list[str] = []

    def refuse(_socket: object, address: tuple[str, int]) -> None:
        reached.append(address[0])
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr("socket.socket.connect", refuse)
    with pytest.raises(FetchError):
        connect(reach=Reach.PUBLIC, tries=1).fetch("http://mixed.example.org/")
    assert reached == ["93.184.216.34", "1.1.1.1"]
    assert site.requests == []


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:{port}/in",
        "http://[::1]:{port}/in",
        "http://169.254.169.254/latest/",
        "//127.1:{port}/in",
        "http://inner.example.org/in",
    ],
)
def test_a_redirect_leads_no_further_than_a_link(
    target: str, names: Names, site: Site, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first page is public: for it alone the check is told so."""
    names.names = {
        "news": ["127.0.0.1"],
        "inner": ["127.0.0.1"],
        "169": ["169.254.169.254"],
    }
    names.names |= {"127": ["127.0.0.1"], "::1": ["::1"]}
    public = iter([True])
    monkeypatch.setattr(
        "exporter.network.transport.is_public", lambda one: next(public, False) or is_public(one)
    )
    site.pages["/"] = redirect(target.format(port=names.port))
    site.pages["/in"] = answer(b"secret")
    with pytest.raises(FetchError) as caught:
        connect(reach=Reach.PUBLIC).fetch("http://news.example.org/")
    assert caught.value.code == "fetch-private"
    assert site.paths == ["/"]


# --- proxies --------------------------------------------------------------------------------


def through(site: Site, monkeypatch: pytest.MonkeyPatch, reach: Reach = Reach.PUBLIC) -> Wire:
    """The transport of a user whose environment names the site as a proxy."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("http_proxy", site.origin.replace("//", "//user:p%40ss@"))
    monkeypatch.setenv("no_proxy", "direct.example.org")
    return Wire(QUICK, reach, proxies_of_environment())


def test_a_proxy_of_the_environment_is_used(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.pages["*"] = answer(b"by proxy")
    wire = through(site, monkeypatch)
    response = wire(address_of("http://news.example.org/a?b"), {}, 5.0)
    assert response.body == b"by proxy"
    ((path, headers),) = site.requests
    assert path == "http://news.example.org/a?b"
    assert headers["Host"] == "news.example.org"
    assert headers["proxy-authorization"] == f"Basic {b64encode(b'user:p@ss').decode()}"


@pytest.mark.allow_hosts(["127.0.0.1", "::1", "localhost"])
def test_a_secure_page_goes_through_the_proxy_unread(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", site.origin)
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    with serving(secure=True) as secure:
        secure.pages["/a"] = answer(b"secret")
        url = secure.url("/a").replace("127.0.0.1", "localhost")
        site.tunnels["localhost"] = "127.0.0.1"
        wire = Wire(QUICK, Reach.ANY, proxies_of_environment())
        assert wire(address_of(url), {}, 5.0).body == b"secret"
    assert site.paths == [url.removeprefix("https://").removesuffix("/a")]


def test_a_proxy_that_wants_a_password_says_so(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", site.origin)
    with pytest.raises(FetchError) as caught:
        Wire(QUICK, Reach.PUBLIC, proxies_of_environment())(
            address_of("https://news.example.org/"), {}, 5.0
        )
    assert caught.value.code == "fetch-proxy"


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:9050", "http://", "http://a:b:c"])
def test_a_proxy_that_cant_be_used_is_not_passed_by(
    proxy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("all_proxy", proxy)
    with pytest.raises(UsageError, match="only a proxy of the kind"):
        NetworkOnUse(Access(keeping=Keeping.NOWHERE)).fetch("https://news.example.org/")


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1", "localhost", "printer.local", "10.0.0.1"])
def test_a_proxy_is_not_asked_for_what_is_plainly_private(
    host: str, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    wire = through(site, monkeypatch)
    with pytest.raises(FetchError) as caught:
        wire(address_of(f"http://{host}/"), {}, 5.0)
    assert caught.value.code == "fetch-private"
    assert site.requests == []
