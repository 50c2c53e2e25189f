# stderr: ^\[1/1\] out/ban-tin-01/ban-tin-01.pdf$
# Only what uses a file that changed is made again.
cp -R "$ROOT/content" "$ROOT/styles" .
rm -r content/so-tay* content/huu*
built() { "$SOTAY" build --progress=plain 2>&1 | sed -n 's/^\[.*\] out.//p' | tr '\n' ' '; }
expect() { got=$(built); test "$got" = "$1" || { echo "expected: $1, got: $got" >&2; exit 9; }; }
"$SOTAY" build --progress=none
expect ''
echo '<!-- -->' >>styles/bulletin.xsl
expect 'ban-tin-01/ban-tin-01.pdf ban-tin-02/ban-tin-02.pdf '
rm out/ban-tin-02/ban-tin-02.pdf
expect 'ban-tin-02/ban-tin-02.pdf '
printf x | dd of=out/ban-tin-01/ban-tin-01.pdf bs=1 seek=900 conv=notrunc 2>/dev/null
expect 'ban-tin-01/ban-tin-01.pdf '
touch content/ban-tin-01/*
expect ''
cp -p out/ban-tin-01/ban-tin-01.pdf copy.pdf
cp copy.pdf out/ban-tin-01/ban-tin-01.pdf
expect ''
# Same size, same time: a racy change.
sed -i 's/Việc tiếp/Viếc tiếp/' content/ban-tin-02/so-2.vi.md
touch -r content/ban-tin-02/so-2.en.md content/ban-tin-02/so-2.vi.md
expect 'ban-tin-02/ban-tin-02.pdf '
# A file that was looked for and was not there.
cp content/glossary.xml content/ban-tin-01/glossary.xml
"$SOTAY" build --progress=plain
"$SOTAY" build --progress=none --force
expect ''
