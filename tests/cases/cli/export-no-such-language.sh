# status: 1
# stderr: so-tay-nghi-quyet has no translation into “lo”
"$SOTAY" export po so-tay-nghi-quyet --lang lo -C "$ROOT"
