# The report's filters, without a script, in chromium; nothing is tested where that is not installed.
python=$ROOT/.venv/bin/python
command -v chromium >/dev/null && "$python" -c 'import playwright' 2>/dev/null || exit 0
case $SOTAY in */san/*) exit 0 ;; esac # the same page
cp -R "$ROOT/content" "$ROOT/styles" .
rm -r content/so-tay* content/huu*
printf '\n![Hình](khong-co.png)\n' >>content/ban-tin-01/so-1.vi.md
printf '\n![Figure](khong-co.png)\n' >>content/ban-tin-01/so-1.en.md
"$SOTAY" build --progress=none --report 2>/dev/null
"$python" "$ROOT/tests/browser_report.py" out/report.html
