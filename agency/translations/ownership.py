"""Which catalogue holds which text: the one beside the code that owns it."""

from pathlib import Path

GROUND = "agency"
FILE = Path("LC_MESSAGES") / "django.po"


class Owners:
    """Know the rooms of a source tree and where each file's texts are translated."""

    def __init__(self, root: Path, apps: list[str], language: str = "zh_Hans") -> None:
        self.root, self.apps, self.language = root, apps, language

    def catalogue_for(self, path: Path) -> Path:
        """Return the catalogue (relative to root) into which a file's texts go.

        ``payroll/runs/views.py`` and ``templates/payroll/runs/list.html`` belong to the room payroll/runs; a
        file of no room to its app; a file of no app to the ground.
        """
        parts = path.parts[1:] if path.parts[0] == "templates" else path.parts
        if parts[0] not in self.apps:
            return self._file(GROUND)
        if len(parts) > 2 and self._is_room(parts[0], parts[1]):
            return self._file(parts[0], parts[1])
        return self._file(parts[0])

    def chain(self, catalogue: Path) -> list[Path]:
        """Return the catalogues a text of this one may be found in: the room's, the app's, the ground's."""
        app = catalogue.parts[0]
        return list(dict.fromkeys([catalogue, self._file(app), self._file(GROUND)]))

    def catalogues(self) -> list[Path]:
        """Return every catalogue that exists, in the order of their names."""
        name = Path("locale") / self.language / FILE
        found = [path for app in self.apps for path in (self.root / app).glob(f"**/{name}")]
        return sorted(path.relative_to(self.root) for path in found)

    def _is_room(self, app: str, name: str) -> bool:
        return (self.root / app / name / "__init__.py").exists()

    def _file(self, *folder: str) -> Path:
        return Path(*folder) / "locale" / self.language / FILE
