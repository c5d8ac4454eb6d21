"""What makes it an app: a manifest, a worker at the root, and a form that names nobody."""

import json
import uuid

from django.urls import reverse

from agency.tenancy.context import tenant
from servicedesk.phone.people import people_of
from tests.servicedesk.communication.making import talk_with


def test_the_manifest_makes_it_installable(client, db):
    told = client.get("/manifest.webmanifest")
    assert told["Content-Type"] == "application/manifest+json"
    assert (told.json()["display"], told.json()["scope"]) == ("standalone", "/")
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in told.json()["icons"]}


def test_the_worker_knows_its_paths_and_asks_for_nothing_of_others(client, db):
    script = client.get("/sw.js").content.decode()
    app = json.loads(script.splitlines()[0].removeprefix("self.APP = ").removesuffix(";"))
    assert app["form"] == reverse("servicedesk:log_new")
    assert len(app["version"]) == 16
    assert "import " not in script.replace("importing", "")[:200]


def test_the_kept_form_holds_no_name_and_no_number(cast, sign_in):
    page = sign_in(cast.ours.specialist).get(reverse("servicedesk:log_shell"))
    assert "王海波" not in page.content.decode()
    assert page["X-Person"] == str(cast.ours.specialist.pk)


def test_the_names_kept_are_those_of_ones_own_clients(ours):
    assert [one["name"] for one in people_of(ours.specialist, ours.worker.placements.get().valid_from)] == [
        "王海波",
        "高班长",
    ]


def test_the_server_says_which_form_it_has_to_the_one_who_wrote_it(cast, sign_in):
    ours = cast.ours
    with tenant(ours.agency):
        number = talk_with(ours).uuid
    client, url = sign_in(ours.specialist), reverse("servicedesk:log_state")
    assert client.get(url, {"form": number}).json()["kept"]
    assert not client.get(url, {"form": uuid.uuid4()}).json()["kept"]
    assert client.get(url, {"form": "x"}).status_code == 400
    assert not sign_in(ours.colleague).get(url, {"form": number}).json()["kept"]
