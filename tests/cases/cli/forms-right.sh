# stderr:
# What the templates make is right by its rules, in both forms, with boxes, a body above and a wider pitch; the specimens as state
# documents too.
mkdir content
cp -R "$ROOT/styles" .
cp "$ROOT"/content/*.xml "$ROOT/content/sotay.yaml" content
for form in party state; do
    for kind in resolution plan report minutes; do
        "$SOTAY" new $kind $kind-$form >/dev/null
        sed -i "s/^form: party/form: $form/" content/$kind-$form/publication.yaml
    done
done
"$SOTAY" check --progress=none
for f in content/*/publication.yaml; do
    sed -i 's/^# \(urgency\|class\|line-pitch\|spelling\|parent\|record\)/\1/; s/hoa-toc/thuong-khan/; s/^line-pitch: 18/line-pitch: 20/' "$f"
done
cat >>content/resolution-state/noi-dung.vi.md <<'END'

1. Khoản.
   1. Điểm.
   2. Điểm.
   3. Điểm.
   4. Điểm.
   5. Điểm.
2. Khoản.
END
sed -i 's/^record/# record/' content/minutes-*/publication.yaml
"$SOTAY" check --progress=none
for id in nghi-quyet-dang-uy ke-hoach-thuc-hien bao-cao-thuc-hien bien-ban-sinh-hoat; do
    cp -R "$ROOT/content/$id" content
    sed -i 's/^form: party/form: state/' content/$id/publication.yaml
    "$SOTAY" check --progress=none $id
done
# and what is wrong is found
sed -i 's/<xsl:variable name="number-size">.*/<xsl:variable name="number-size">15<\/xsl:variable>/' styles/common/form.xsl
! "$SOTAY" check --progress=none plan-state 2>found
grep -q 'nd30' found
