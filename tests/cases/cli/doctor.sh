# stdout: ^libharu 2\.
# stdout: ^fonts:$
# stdout: ^  [0-9a-f]{64}  .*Liberation
# stderr:
"$SOTAY" doctor
