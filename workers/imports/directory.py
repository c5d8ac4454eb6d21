"""Find clients, sites and posts by the names a roster uses; new sites and posts are proposed, not made."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from agency.permissions.asking import sees_whole_agency
from agency.reasons import _, reason
from agency.spreadsheets.columns import Finding
from clients.assignments.scopes import clients_served_by
from clients.models import ClientEnterprise, Post, Site

_NOISE = re.compile(r"[\s()\[\]（）【】·・,，.。-]+")


@lru_cache(maxsize=8192)
def plain(name: str) -> str:
    """Return a name for comparison: half-width, lower case, without spaces and brackets' signs."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", name)).lower()


class Directory:
    """The clients a person may import for, with their sites and posts; the whole of it is read once."""

    def __init__(self, by: Any, on: dt.date) -> None:
        clients = list(ClientEnterprise.objects.all())
        self.whole_agency = sees_whole_agency(by)
        self.served = (
            {client.pk for client in clients}
            if self.whole_agency
            else set(clients_served_by(by, on).values_list("client", flat=True))
        )
        self._clients: dict[str, ClientEnterprise] = {}
        # A full name wins over a short one that happens to be the same.
        for client in [*sorted(clients, key=lambda c: c.ended_on is not None)]:
            self._clients.setdefault(plain(client.name), client)
        for client in clients:
            if client.ended_on is None:
                self._clients.setdefault(plain(client.short_name), client)
        self._names = [c.name for c in clients if c.pk in self.served and c.ended_on is None]
        self._sites = {(site.client_id, plain(site.name)): site for site in Site.objects.all()}
        self._posts = {(post.client_id, plain(post.name)): post for post in Post.objects.all()}
        self.new_sites: list[Site] = []
        self.new_posts: list[Post] = []
        self._by_id = {client.pk: client for client in clients}

    def __getitem__(self, pk: int) -> ClientEnterprise:
        return self._by_id[pk]

    def client(self, name: str) -> tuple[ClientEnterprise | None, Finding | None]:
        """Return the client of a name, or what is wrong with the name."""
        found = self._clients.get(plain(name))
        if found is None:
            return None, self._unknown(name)
        if found.pk not in self.served:
            why = _("“%(name)s” is not among your clients. Ask your manager to assign it to you.")
            return None, Finding("client", reason(why, name=name))
        if found.ended_on is not None:
            why = _("We no longer work for “%(name)s” since %(day)s. Take the row out, or take the client on again.")
            return None, Finding("client", reason(why, name=name, day=found.ended_on))
        return found, None

    def _unknown(self, name: str) -> Finding:
        near = self.nearest(name)
        if near:
            why = _("No client is called “%(name)s”. Near to it: %(near)s.")
            return Finding("client", reason(why, name=name, near="、".join(near)), suggestion=near[0])
        return Finding("client", reason(_("No client is called “%(name)s”. Enter the client first."), name=name))

    def nearest(self, name: str) -> list[str]:
        """Return up to three names of clients that may be meant."""
        by_plain = {plain(full): full for full in self._names}
        by_plain |= {plain(c.short_name): c.name for c in self._by_id.values() if c.name in self._names}
        wanted = plain(name)
        inside = [full for key, full in by_plain.items() if wanted and (wanted in key or key in wanted)]
        close = [by_plain[key] for key in get_close_matches(wanted, by_plain, n=3, cutoff=0.5)]
        return list(dict.fromkeys([*inside, *close]))[:3]

    def site(self, client: ClientEnterprise, name: str) -> Site:
        """Return the site of a name, a new one if there is none."""
        key = (client.pk, plain(name))
        if key not in self._sites:
            self._sites[key] = Site(client=client, name=name)
            self.new_sites.append(self._sites[key])
        return self._sites[key]

    def post(self, client: ClientEnterprise, name: str, nature: str | None) -> Post:
        """Return the post of a name, a new one if there is none."""
        key = (client.pk, plain(name))
        if key not in self._posts:
            self._posts[key] = Post(client=client, name=name, nature=nature or Post.Nature.AUXILIARY)
            self.new_posts.append(self._posts[key])
        return self._posts[key]

    def out_of_use(self, site: Site | None, post: Post) -> Iterator[Finding]:
        """Find sites and posts that are no longer in use."""
        why = _("“%(name)s” is no longer in use. Choose another, or put it into use again.")
        if site is not None and not site.is_active:
            yield Finding("site", reason(why, name=site.name))
        if not post.is_active:
            yield Finding("post", reason(why, name=post.name))

    def save_new(self) -> None:
        """Make the sites and posts that were proposed since the last time."""
        for rows in (self.new_sites, self.new_posts):
            if waiting := [row for row in rows if row.pk is None]:
                type(waiting[0])._default_manager.bulk_create(waiting)
