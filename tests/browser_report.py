"""The report and the pages of watch in a real browser: tests/browser_report.py REPORT.

Prints what is wrong; needs playwright (PyPI) and Debian's chromium."""
import os
import sys

from playwright.sync_api import sync_playwright


def visible(page):
    return page.locator('tbody tr:visible').count()


def main():
    path = os.path.abspath(sys.argv[1])
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path='/usr/bin/chromium', args=['--no-sandbox'])
        page = browser.new_context(java_script_enabled=False).new_page()
        page.goto('file://' + path)
        rows = page.locator('tbody tr').count()
        assert rows > 1 and visible(page) == rows, 'all rows are shown at first'
        page.get_by_label('State').select_option('found')
        found = visible(page)
        assert 0 < found < rows, f'{found} of {rows} rows with findings'
        page.get_by_label('State').select_option('unchanged')
        assert visible(page) == 0, 'none is unchanged'
        page.get_by_label('State').select_option('')
        page.get_by_label('Kind').select_option(label='handout')
        handouts = visible(page)
        assert 0 < handouts < rows, f'{handouts} of {rows} rows of handouts'
        assert page.locator('th[scope=col]').count() == 8 and page.locator('caption').count() == 1
        link = page.locator('li a').first.get_attribute('href')
        assert os.path.exists(os.path.join(os.path.dirname(path), link)), f'no source at {link}'
        for picture in page.locator('img').all():
            file = os.path.join(os.path.dirname(path), picture.get_attribute('src'))
            assert os.path.exists(file), f'no picture {file}'
        page.keyboard.press('Tab')
        assert page.evaluate('document.activeElement.className') == 'skip', 'the first stop leads to the documents'
        browser.close()


main()
