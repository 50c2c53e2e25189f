# stderr: ^([0-9]+) of \1 documents are there$
# The parts of a build as jobs of xargs, and one publication a process, as scripts/slurm/README.md has them.
mkdir content
cp -R "$ROOT/styles" .
cp -R "$ROOT/content/ban-tin-01" "$ROOT/content/ban-tin-02" "$ROOT/content/sinh-hoat-chi-bo" "$ROOT"/content/*.* content
"$SOTAY" build -q -o whole
seq 4 | xargs -P 2 -I{} "$SOTAY" build --wait -j1 -q --shard {}/4
"$SOTAY" merge
diff -r --exclude=.sotay --exclude=report.html whole out
"$SOTAY" plan | sed 's/^{"id":"\([^"]*\)".*/\1/' | sort -u | xargs -P 2 -I{} "$SOTAY" build -j1 -q -o parts/{} {}
for f in $(cd whole && find . -name '*.pdf'); do cmp "whole/$f" "parts/$(basename "$(dirname "$f")")/$f"; done
