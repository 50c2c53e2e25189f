"""Is the web site of an archive accessible (axe-core), and does its search read
only the years it needs?  browser_axe.py SITE

Prints what is wrong; needs playwright and axe-playwright-python (PyPI) and Debian's chromium."""
import glob
import os
import sys

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

wrong = []
site = os.path.abspath(sys.argv[1])
with sync_playwright() as p:
    browser = p.chromium.launch(executable_path='/usr/bin/chromium', args=['--no-sandbox'])
    page = browser.new_page()
    page.on('pageerror', lambda e: wrong.append(f'script: {e}'))
    pages = [f'{site}/{lang}{name}' for lang in ('', 'en/') for name in ('index.html', 'index.html#q=bien%20phong')]
    pages += [sorted(glob.glob(f'{site}/{lang}{kind}/**/*.html', recursive=True))[0] for lang in ('', 'en/') for kind in ('by', 'd')]
    for path in pages:
        page.goto('about:blank')
        page.goto('file://' + path)
        page.wait_for_timeout(300)
        for v in Axe().run(page).response['violations']:
            wrong.append(f'{os.path.relpath(path, site)}: {v["id"]}: {v["help"]}: {v["nodes"][0]["html"][:200]}')
    # A word of each document: the newest year is enough for 50 hits; the rest comes when asked for.
    page.goto('about:blank')
    page.goto(f'file://{site}/index.html')
    page.fill('#q', 'trang')
    page.wait_for_function("document.querySelectorAll('#hits li').length == 50")
    if page.evaluate('Object.keys(SOTAY.pages).length') != 1:
        wrong.append('more than the newest year was read')
    for _ in range(2):
        page.click('#more')
        page.wait_for_timeout(300)
    if page.locator('#hits li').count() != 124 or not page.locator('#more').is_hidden():
        wrong.append(f'{page.locator("#hits li").count()} hits of 124 after asking for more')
    page.fill('#q', 'biên "trang 61"')
    page.wait_for_function("document.querySelectorAll('#hits li').length == 2")
    if 'trang 61' not in page.locator('#hits li p').first.inner_text():
        wrong.append('the excerpt is not around the rarest word: ' + page.locator('#hits li p').first.inner_text())
    page.fill('#q', 'bien ran')  # part of a word is none
    page.wait_for_timeout(500)
    if page.locator('#hits li').count():
        wrong.append('a part of a word is found')
    browser.close()
print('\n'.join(wrong))
sys.exit(bool(wrong))
