"""One stylesheet and one script, written out of their parts."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command

from agency.statics import ENTRIES, InlinedFinder, inlined

STATIC = settings.BASE_DIR / "static"
LAYERS = ["reset", "tokens", "base", "layout", "components", "utilities"]
PARTS = sorted(path.relative_to(STATIC).as_posix() for path in STATIC.glob("css/**/*.css"))


def parts_of(entry: str) -> list[str]:
    text = (STATIC / entry).read_text()
    return re.findall(r'(?:@import url\(|import )"(?:\./)?([^"]+)"', text)


def gzipped(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9))


@pytest.mark.parametrize("entry", ["css/app.css", "css/public.css"])
def test_a_stylesheet_declares_the_layer_order_first_and_imports_nothing_any_more(entry):
    text = inlined(STATIC / entry)
    assert text.startswith(f"@layer {', '.join(LAYERS)};")
    assert "@import" not in text
    assert set(re.findall(r"@layer (\w+) \{", text)) == set(LAYERS)


def test_every_part_is_in_a_stylesheet_and_what_only_outsiders_see_is_kept_from_staff():
    components = {path.removeprefix("css/") for path in PARTS} - {"app.css", "public.css"}
    staff, outsiders = set(parts_of("css/app.css")), set(parts_of("css/public.css"))
    assert components == staff | outsiders
    assert outsiders - staff == {"components/payslip.css", "components/public.css"}


def test_every_behaviour_is_in_the_script():
    files = {f"behaviours/{path.name}" for path in (STATIC / "js/behaviours").glob("*.js")}
    shared = {f"queue/{path.name}" for path in (STATIC / "js/queue").glob("*.js")}
    assert files | shared == set(parts_of("js/app.js"))
    assert shared == set(parts_of("js/worker.js"))
    for entry in ("js/app.js", "js/worker.js"):
        assert not re.search(r"^import ", inlined(STATIC / entry), re.MULTILINE)


@pytest.mark.parametrize("path", [path for path in PARTS if Path(path).name not in ("app.css", "public.css")])
def test_a_part_keeps_to_one_layer(path):
    text = (STATIC / path).read_text()
    assert len(re.findall(r"^@layer (\w+) \{$", text, re.MULTILINE)) == 1
    if "/components/" in path:
        assert "@layer components {" in text


def test_important_stays_in_reset_print_and_reduced_motion():
    using = {path for path in PARTS if "!important" in (STATIC / path).read_text()}
    assert using == {"css/reset.css", "css/base.css"}


def test_the_finder_hands_out_the_written_out_file_and_leaves_others_alone():
    assert "@import" not in Path(finders.find("css/app.css")).read_text()
    assert InlinedFinder().find("css/reset.css") == []


def test_a_missing_part_is_an_error_and_not_an_empty_place(tmp_path):
    (tmp_path / "app.css").write_text('@import url("gone.css");\n')
    with pytest.raises(FileNotFoundError):
        inlined(tmp_path / "app.css")


def test_collecting_takes_the_written_out_files(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path
    call_command("collectstatic", interactive=False, verbosity=0, ignore=["echarts*", "*echarts*"])
    for entry in ENTRIES:
        assert (tmp_path / entry).read_text() == inlined(STATIC / entry)


def test_what_every_phone_page_loads_stays_small():
    """The Today page may weigh 100 kB on a first load; this is its fixed part."""
    files = ["css/app.css", "js/app.js", "icons.svg", "logo.svg", "django_htmx/htmx-2.min.js"]
    assert sum(gzipped(Path(finders.find(path))) for path in files) < 50_000
    assert gzipped(Path(finders.find("css/public.css"))) < 12_000


@pytest.mark.parametrize("path", ["css/app.css", "js/app.js", "icons.svg", "django_htmx/htmx-2.min.js"])
def test_static_files_travel_compressed_without_being_collected(client, path):
    response = client.get(f"/static/{path}", headers={"Accept-Encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.getvalue()) == Path(finders.find(path)).read_bytes()
