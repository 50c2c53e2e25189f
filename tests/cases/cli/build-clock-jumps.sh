# A source changed while the clock stood years back or ahead, its size as before, is built again; then there is nothing to do.
cp -R "$ROOT/content" "$ROOT/styles" .
built() { "$SOTAY" build ban-tin-01 --progress=plain 2>&1 | tail -1; }
source=content/ban-tin-01/so-1.vi.md
built | grep -q '^\[1/1\]'
for year in 2001 2041; do
    tr abc bca <$source >new && cat new >$source && touch -d $year-02-03 $source
    built | grep -q '^\[1/1\]'
    built | grep -qx '0 built, 1 unchanged'
done
# The records themselves from the future.
touch -d 2041-02-03 out/.sotay/build.db out/ban-tin-01/ban-tin-01.pdf
tr abc bca <$source >new && cat new >$source
built | grep -q '^\[1/1\]'
built | grep -qx '0 built, 1 unchanged'
