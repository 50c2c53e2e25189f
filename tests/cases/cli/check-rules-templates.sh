# stdout:
# stderr:
# What `new` begins is in form, of the party and of the state, however it is numbered, with a body's name and without.
mkdir content
cp -R "$ROOT/styles" .
for form in party state; do
    for numbering in headings articles; do
        for kind in resolution plan report minutes; do
            name=$kind-$form-$numbering
            "$SOTAY" new $kind $name -q >/dev/null 2>&1
            sed -i '/^form:/d; /^numbering:/d; /^urgency:/d' content/$name/publication.yaml
            printf 'form: %s\nnumbering: %s\nurgency: hoa-toc\n' $form $numbering >>content/$name/publication.yaml
        done
    done
done
"$SOTAY" check --progress=none --message-format=short >found.txt 2>&1 || true
grep -v ': note: ' found.txt >&2 || true
printf 'organisation:\n  vi: Đảng ủy Đồn Biên phòng Đa Lộc 2\nparent:\n  vi: Đảng bộ Bộ đội Biên phòng tỉnh\n' >content/sotay.yaml
"$SOTAY" check --progress=none --message-format=short >found.txt 2>&1 || true
grep -v ': note: ' found.txt >&2 || true
