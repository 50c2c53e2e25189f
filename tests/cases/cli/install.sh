# stdout: ^styles: .*/share/sotay$
# stderr:
here=$PWD
test -x "$ROOT/build/sotay" || exit 0
mkdir -p usr/bin usr/share/sotay
cp "$SOTAY" usr/bin
cp -R "$ROOT"/styles/. usr/share/sotay
usr/bin/sotay fo "$CASES/one-page.fo" -o one.pdf
pdftotext one.pdf - >/dev/null
usr/bin/sotay doctor
