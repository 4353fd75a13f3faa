import sys; sys.path.insert(0,'/work/main')
import pytest
from tests.browser.test_checks import *
from tests.browser.conftest import *
def test_shot(lab, page):
    nb=lab.open(page, EXERCISE); page.evaluate(DARK)
    cell=answer_wrongly(nb); page.wait_for_timeout(800); cell.screenshot(path='/tmp/g_work/dark.png')
    page.evaluate(LIGHT); page.wait_for_timeout(800); cell.screenshot(path='/tmp/g_work/light.png')
