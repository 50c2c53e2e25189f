# status: 2
# stderr: which format: po or xliff
"$SOTAY" export tmx so-tay-nghi-quyet -C "$ROOT"
