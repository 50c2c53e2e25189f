# stdout: ^page 2 \(number
# stdout: ^  ends before fo:
# stderr:
cd "$ROOT"
LC_ALL=C "$SOTAY" explain ban-tin-01 2
