"""The picture of `standpunkt serve` in README.md: `python tests/picture.py` takes it anew.

A position on a desk in light colours, and the proof of one of its rows on a phone in dark ones.
"""

import base64
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from browsing import Window
from standpunkt import Dossier

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from starlette.testclient import TestClient

PICTURE = Path(__file__).parents[1] / "docs/serving.png"
_DESK = "/id/position-us-leaves-nato?lang=en"
_PHONE = "/why?subject=mike-lee&property=advocates&object=us-leaves-nato&lang=en"
_SCALE = 1.4  # pixels of the picture for one of the page: sharp, and less than 250 KB
_BOTH = """<!doctype html><style>
body { margin: 0; width: 1320px; height: 790px; position: relative; }
img { position: absolute; border-radius: 10px; box-shadow: 0 0 0 1px #8886, 0 8px 24px #0004; }
#desk { left: 20px; top: 15px; width: 1000px; }
#phone { left: 970px; top: 145px; width: 330px; border-radius: 22px; }
</style>
<img id="desk" src="data:image/png;base64,{desk}">
<img id="phone" src="data:image/png;base64,{phone}">
"""


def take(browser: "Browser", site: "TestClient") -> bytes:
    """Give the picture as PNG."""
    desk = _shot(browser, site, _DESK, (1000, 740))
    phone = _shot(browser, site, _PHONE, (330, 620), "dark")
    page = browser.new_page(viewport={"width": 1320, "height": 790}, device_scale_factor=_SCALE)
    page.set_content(_BOTH.replace("{desk}", desk).replace("{phone}", phone))
    return page.screenshot(omit_background=True)


def _shot(
    browser: "Browser",
    site: "TestClient",
    path: str,
    size: tuple[int, int],
    scheme: Literal["dark", "light"] = "light",
) -> str:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        device_scale_factor=_SCALE,
        color_scheme=scheme,
    )
    window = Window(context.new_page(), site)
    window.open(path)
    return base64.b64encode(window.page.screenshot()).decode()


if __name__ == "__main__":
    from playwright.sync_api import sync_playwright
    from starlette.testclient import TestClient

    from standpunkt.web.app import create_app

    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright, TestClient(create_app(Dossier.shipped())) as client:
        opened = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        PICTURE.write_bytes(take(opened, client))
        opened.close()
