# status: 1
# stderr: content/citations.xml:\d+:\d+: error: .*number.* \[schema-error\]
# stderr: content/ban-tin-02/so-2.vi.md:29:\d+: warning: 66-QĐ/TW has been replaced: cite 399-QĐ/TW \(2026-01-09\) \[citation-replaced\]
# stderr: content/citations.xml:\d+:\d+: note: 66-QĐ/TW → 399-QĐ/TW: so says the registry, evidence R \(restated by others, the text itself not seen\)
# stderr: content/ban-tin-02/so-2.en.md:29:\d+: error: citations.xml has no document “69-KL/TW” \[unknown-citation\]
# stderr: content/ban-tin-02/so-2.en.md:29:\d+: note: did you mean “68-KL/TW”\?
cp -R "$ROOT/content" "$ROOT/styles" .
sed -i 's|68-KL/TW\]|66-QĐ/TW]|' content/ban-tin-02/so-2.vi.md
sed -i 's|68-KL/TW\]|69-KL/TW]|' content/ban-tin-02/so-2.en.md
sed -i 's|number="12-HD/BTCTW"|number=""|' content/citations.xml
LC_ALL=C "$SOTAY" check ban-tin-02 --progress=none
